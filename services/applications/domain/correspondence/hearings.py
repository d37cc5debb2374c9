"""When the party has to be heard before a decision is proposed, and when it need not be (HL 434/2003 34 §)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.applications.domain.correspondence.requests import Kind, PartyRequest, Stage
from shared.errors import Fault

# HL 34 § 1 mom.: before an adverse decision. 34 § 2 mom. 1 k.: not when the matter is left unexamined; a case that
# lapses or is approved as applied for takes nothing from the party.
ADVERSE = frozenset({"reject", "approve_in_part"})

UNFOUNDED = "unfounded"
# Grounds of 34 § 2 mom. on which a matter is decided unheard. Clause 2 is of employment and voluntary training.
GROUNDS: Mapping[str, str] = {
    UNFOUNDED: "HL 434/2003 34 § 2 mom. 1 k.",
    "qualities": "HL 434/2003 34 § 2 mom. 3 k.",
    "purpose_at_risk": "HL 434/2003 34 § 2 mom. 4 k.",
    "unnecessary": "HL 434/2003 34 § 2 mom. 5 k.",
}
HEARD = "HL 434/2003 34 § 1 mom."


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """Why an official decides without hearing: a key of `GROUNDS`, and in words why it fits this case."""

    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """How the party was heard before a decision against it: by the request `place`, or not, on a ground of the law.

    `answered_at` None: it was given time and did not answer. Kept with the decision and told to the party.
    """

    place: int | None = None
    answered_at: datetime | None = None
    ground: str = ""
    reason: str = ""

    @property
    def source(self) -> str:
        return GROUNDS.get(self.ground, HEARD)


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingSoFar:
    """What a proposal has to show for hearing: the party's own hearing, or the official's ground for none."""

    heard: PartyRequest | None = None
    unheard: Unheard | None = None

    def objections(self, *, rejects: bool) -> Iterator[Fault]:
        """Why a decision against the party cannot be proposed yet. `rejects`: nothing of the claim is accepted;
        only then may the claim be unfounded."""
        if self.heard:
            return
        if self.unheard is None or self.unheard.ground not in GROUNDS:
            yield Fault("unheard.ground", "must_be_heard")
            return
        if self.unheard.ground == UNFOUNDED and not rejects:
            yield Fault("unheard.ground", "only_when_rejected")
        if not self.unheard.reason.strip():
            yield Fault("unheard.reason", "required")

    def found(self) -> Hearing | None:
        """What is kept with a proposal against the party that has no objections. A hearing comes before a ground."""
        if self.heard:
            return Hearing(place=self.heard.place, answered_at=self.heard.answered_at)
        if self.unheard:
            return Hearing(ground=self.unheard.ground, reason=self.unheard.reason.strip())
        return None


def last_heard(requests: Iterable[PartyRequest], *, since: datetime | None = None) -> PartyRequest | None:
    """The last hearing that was answered or given its time. `since`: an earlier decision used up what was asked
    before it."""
    return _last(requests, (Stage.ANSWERED, Stage.EXPIRED), since)


def last_asked(requests: Iterable[PartyRequest], *, since: datetime | None = None) -> PartyRequest | None:
    """The last hearing, also one that still waits for its answer."""
    return _last(requests, (Stage.OPEN, Stage.ANSWERED, Stage.EXPIRED), since)


def _last(requests: Iterable[PartyRequest], states: tuple[Stage, ...], since: datetime | None) -> PartyRequest | None:
    hearings = [one for one in requests if one.kind is Kind.HEARING and one.state in states]
    return next((one for one in reversed(hearings) if since is None or one.asked_at > since), None)
