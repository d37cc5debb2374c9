"""From the mandate register's roles to what a person may do here (hallintolaki 434/2003 12 §).

Role codes are the register's: NIMKO sole right to sign, TJ managing director, TJS deputy managing director, ELI sole
trader, YHM partner, PR procurist, PJ chair, J board member. Which of them sign is the service's own rule, so it is a
setting; a mandate topic is a URI in the same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

GRANT_TOPIC = "http://valtuusrekisteri.suomi.fi/avustushakemuksen_tekeminen"
SIGNING = ("NIMKO", "TJ", "TJS", "ELI", "YHM", "PR", GRANT_TOPIC)
SIGNING_FOR_ASSOCIATIONS = ("PJ", "J")

HOLDS_FOR = timedelta(hours=12)
"""A register's word holds as long as the longest session, then it is asked again: roles end without telling us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One company the person chose. `complete` False: a register behind did not answer, so nothing is proved."""

    business_id: str
    name: str
    complete: bool
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateRules:
    signing: frozenset[str] = frozenset(SIGNING)
    signing_for_associations: frozenset[str] = frozenset(SIGNING_FOR_ASSOCIATIONS)

    def rights(self, organisation: Organisation, *, association: bool) -> tuple[str, ...]:
        """What the roles let the person do: prepare and sign, prepare, or nothing.

        A topic that is not about grants gives nothing: a mandate for one matter is none for another.
        """
        if not organisation.complete:
            return ()
        roles = frozenset(organisation.roles)
        if roles & self.signing or (association and roles & self.signing_for_associations):
            return ("prepare", "sign")
        return ("prepare",) if any(not _is_topic(role) for role in roles) else ()


def outcome(rights: Sequence[tuple[Organisation, tuple[str, ...]]]) -> tuple[str, str]:
    """(state, why) of a check: granted for at least one company, or why for none."""
    if any(given for _, given in rights):
        return "granted", ""
    if not rights:
        return "not_proved", "nothing_chosen"
    incomplete = any(not organisation.complete for organisation, _ in rights)
    return "not_proved", "incomplete" if incomplete else "no_right"


def _is_topic(role: str) -> bool:
    return "://" in role
