"""An application from draft to decision: what it knows, and where it may go from each state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from services.applications.domain.arrivals import Arrival
from services.applications.domain.attachments import Attachment
from services.applications.domain.calls import Call
from services.applications.domain.decisions import Decision, ReturnedProposal
from services.applications.domain.errors import (
    AlreadyDecided,
    AlreadyProposed,
    AlreadySubmitted,
    AlreadyTaken,
    AlreadyWithdrawn,
    AwaitsSignature,
    NotYourCase,
    PreparedByYou,
    SignatureIsAnothers,
    WrongState,
)
from services.applications.domain.plans import Plan
from services.applications.domain.proposals import Proposal
from services.applications.domain.states import (
    DECIDED,
    STATE_OF_OUTCOME,
    TRANSFERABLE,
    UNDER_WAY,
    UNFILED,
    State,
    may_move,
)
from services.applications.domain.typed_answers import Answers
from shared.errors import ChangedMeanwhile, DomainError
from shared.money import ZERO, Money
from shared.reference import regions

FUND_LETTERS: Mapping[str, str] = {"ERDF": "A", "ESF+": "S", "JTF": "J", "national": "K"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """`costs` is the eligible total and `aid_sought` the aid, as the rules read the plan when it was last saved.

    `changed_by` and `changed_at` tell who made this version. `digest` is the SHA-256 of what was filed.
    `returned` are proposals that the decision maker sent back, oldest first. `transferred_at` is when the competent
    authority got it, from which its promise counts. `aid_decided` is the sum in force: the first stands in the
    proposal, and later acts move it. `arrival` tells of a case that an official entered.
    """

    number: str
    call_id: str
    authority: str
    business_id: str
    undertaking_name: str
    language: str
    started_at: datetime
    changed_by: str
    changed_at: datetime
    state: State = State.DRAFT
    version: int = 1
    answers: Answers
    attachments: tuple[Attachment, ...] = ()
    title: str = ""
    region: str = ""
    costs: Money = ZERO
    aid_sought: Money = ZERO
    submitted_by: str | None = None
    submitted_at: datetime | None = None
    digest: str | None = None
    due_on: date | None = None
    transferred_at: datetime | None = None
    handler: str | None = None
    taken_at: datetime | None = None
    proposal: Proposal | None = None
    returned: tuple[ReturnedProposal, ...] = ()
    decision: Decision | None = None
    aid_decided: Money | None = None
    withdrawn_reason: str | None = None
    arrival: Arrival | None = None

    @property
    def is_being_entered(self) -> bool:
        """An official is typing in what came on paper: till it is filed it is the authority's paper."""
        return self.arrival is not None and self.state in UNFILED

    @property
    def return_note(self) -> str | None:
        """Why the last proposal came back, while the case is being prepared anew."""
        return self.returned[-1].note if self.returned and self.state is State.IN_ASSESSMENT else None

    def must_be_draft(self, version: int) -> None:
        """Raises AlreadySubmitted, AlreadyWithdrawn, AwaitsSignature or ChangedMeanwhile."""
        if self.state is State.WITHDRAWN:
            raise self._already_withdrawn()
        if self.state is State.AWAITING_SIGNATURE:
            raise AwaitsSignature(by=self.changed_by, at=_iso(self.changed_at))
        if self.state is not State.DRAFT:
            raise AlreadySubmitted(number=self.number, by=self.submitted_by, at=_iso(self.submitted_at))
        self.must_be_at(version)

    def saved(self, answers: Answers, plan: Plan, costs: Money, aid: Money, by: str, at: datetime) -> Application:
        """The draft with new answers; right or wrong, they are kept as typed."""
        return self._changed(
            by,
            at,
            answers=answers,
            title=plan.title[:300],
            region=plan.region if plan.region in regions.BY_CODE else "",
            costs=costs,
            aid_sought=aid,
        )

    def with_attachments(self, attachments: tuple[Attachment, ...], by: str, at: datetime) -> Application:
        return self._changed(by, at, attachments=attachments)

    def signature_asked(self, version: int, by: str, at: datetime) -> Application:
        """The draft locked, until another person signs it or sends it back. Raises as `must_be_draft`."""
        self.must_be_draft(version)
        return self._moved(State.AWAITING_SIGNATURE, by, at)

    def request_ended(self, version: int, by: str, at: datetime) -> Application:
        """The draft open again: taken back by who asked, or returned by who was asked. Raises WrongState."""
        self._must_allow(State.DRAFT, "take_back")
        self.must_be_at(version)
        return self._moved(State.DRAFT, by, at)

    def must_be_fileable(self, version: int, by: str) -> None:
        """Raises as `must_be_draft`; SignatureIsAnothers for who asked for the signature that it waits for."""
        if self.state is not State.AWAITING_SIGNATURE:
            self.must_be_draft(version)
            return
        if self.changed_by == by:
            raise SignatureIsAnothers
        self.must_be_at(version)

    def submitted(
        self, answers: Answers, digest: str, due_on: date, by: str, at: datetime, *, arrived_at: datetime | None = None
    ) -> Application:
        """Filed with the answers that count. What came on paper was submitted when it arrived."""
        return self._moved(
            State.SUBMITTED,
            by,
            at,
            answers=answers,
            digest=digest,
            due_on=due_on,
            submitted_by=by,
            submitted_at=arrived_at or at,
        )

    def withdrawn(self, version: int, reason: str, by: str, at: datetime) -> Application:
        """Raises AlreadyDecided, AlreadyWithdrawn, ChangedMeanwhile; WrongState for a draft."""
        self._must_allow(State.WITHDRAWN, "withdraw")
        self.must_be_at(version)
        return self._moved(State.WITHDRAWN, by, at, withdrawn_reason=reason)

    def taken(self, version: int, by: str, at: datetime) -> Application:
        """The case with its handler. Taken again by the same person it stays as it is.

        Raises AlreadyTaken when someone else has it.
        """
        if self.handler and self.state not in DECIDED and self.state is not State.WITHDRAWN:
            if self.handler != by:
                raise AlreadyTaken(by=self.handler, at=_iso(self.taken_at))
            if self.state is not State.SUBMITTED:
                return self
        if self.handler is None and self.state in UNDER_WAY:
            self.must_be_at(version)
            return self._changed(by, at, handler=by, taken_at=at)
        self._must_allow(State.IN_ASSESSMENT, "take")
        self.must_be_at(version)
        return self._moved(State.IN_ASSESSMENT, by, at, handler=by, taken_at=at)

    def transferred(self, version: int, to: str, due_on: date, by: str, at: datetime) -> Application:
        """The case with the competent authority, where nobody has it yet.

        What is proposed is returned before it is transferred. Raises WrongState, AlreadyDecided, ChangedMeanwhile.
        """
        if self.state not in TRANSFERABLE:
            raise self._refusal("transfer")
        self.must_be_at(version)
        return self._changed(
            by,
            at,
            state=State.SUBMITTED,
            authority=to,
            handler=None,
            taken_at=None,
            due_on=due_on,
            transferred_at=at,
        )

    def handed_to(self, version: int, handler: str | None, by: str, at: datetime) -> Application:
        """The case with another handler or, given back, with none; its state goes on as it is.

        What is proposed is returned before it changes hands. Raises WrongState, AlreadyDecided, ChangedMeanwhile.
        """
        if self.state is not State.SUBMITTED and self.state not in UNDER_WAY:
            raise self._refusal("assign")
        self.must_be_at(version)
        if handler == self.handler:
            return self
        return self._changed(by, at, handler=handler, taken_at=at if handler else None)

    def without_its_preparer(self, handler: str | None, by: str, at: datetime) -> Application:
        """The case out of the hands of a disqualified handler; a proposal of theirs falls (HL 434/2003 27–29 §)."""
        if self.state is not State.PROPOSED:
            return self._changed(by, at, handler=handler, taken_at=at if handler else None)
        fallen = self.fallen("disqualified", by, at)
        return replace(fallen, handler=handler, taken_at=at if handler else None)

    def waiting(self, state: State, version: int, by: str, at: datetime) -> Application:
        """The case put to wait for somebody else's answer, by its handler.

        Raises AlreadyDecided, AlreadyWithdrawn, WrongState, NotYourCase, ChangedMeanwhile.
        """
        self._must_allow(state, state.value)
        self.must_be_handled_by(by)
        self.must_be_at(version)
        return self._moved(state, by, at)

    def must_be_handled_by(self, by: str) -> None:
        """Raises NotYourCase."""
        if self.handler != by:
            raise NotYourCase(handler=self.handler)

    def resumed(self, due_on: date | None, by: str, at: datetime) -> Application:
        """The case back in the assessment; `due_on` the promised day with the days waited for the party added."""
        return self._moved(State.IN_ASSESSMENT, by, at, due_on=due_on)

    def completed(self, file: Application, digest: str, by: str, at: datetime) -> Application:
        """With the answers and attachments of the completed `file`, whose plan was read by the rules of its filing."""
        return self._changed(
            by,
            at,
            answers=file.answers,
            attachments=file.attachments,
            title=file.title,
            region=file.region,
            costs=file.costs,
            aid_sought=file.aid_sought,
            digest=digest,
        )

    def must_be_proposable(self, version: int, by: str) -> None:
        """Raises AlreadyProposed, AlreadyDecided, AlreadyWithdrawn, WrongState, NotYourCase, ChangedMeanwhile."""
        if self.state is State.PROPOSED and self.proposal:
            raise AlreadyProposed(by=self.proposal.proposed_by, at=_iso(self.proposal.proposed_at))
        self._must_allow(State.PROPOSED, "propose")
        if self.handler != by:
            raise NotYourCase(handler=self.handler)
        self.must_be_at(version)

    def proposed(self, proposal: Proposal) -> Application:
        return self._moved(State.PROPOSED, proposal.proposed_by, proposal.proposed_at, proposal=proposal)

    def must_be_decidable(self, version: int, by: str) -> Proposal:
        """The proposal that waits for this person's decision.

        Raises AlreadyDecided, AlreadyWithdrawn, WrongState, PreparedByYou, ChangedMeanwhile.
        """
        if self.state is not State.PROPOSED:
            raise self._refusal("decide")
        if self.proposal is None or by in self._preparers:
            raise PreparedByYou
        self.must_be_at(version)
        return self.proposal

    @property
    def _preparers(self) -> frozenset[str | None]:
        """Who has the case or has proposed on it, this time or earlier: none of them decides it, for anyone."""
        proposals = (self.proposal, *(one.proposal for one in self.returned))
        return frozenset({self.handler, *(one.proposed_by for one in proposals if one)})

    def sent_back(self, note: str, by: str, at: datetime) -> Application:
        """The case back with its handler. What was proposed is kept beside the note."""
        assert self.proposal  # noqa: S101  a proposed case has one; the database says so too
        returned = ReturnedProposal(proposal=self.proposal, returned_by=by, returned_at=at, note=note)
        return self._moved(State.IN_ASSESSMENT, by, at, proposal=None, returned=(*self.returned, returned))

    def fallen(self, why: str, by: str, at: datetime) -> Application:
        """The case back with its handler because it changed: what was proposed no longer holds.

        The proposal is kept beside the reason, a stable code. A case without a proposal stays as it is.
        """
        if self.state is not State.PROPOSED or self.proposal is None:
            return self
        fallen = ReturnedProposal(proposal=self.proposal, returned_by=by, returned_at=at, note="", why=why)
        return self._moved(State.IN_ASSESSMENT, by, at, proposal=None, returned=(*self.returned, fallen))

    @property
    def fell(self) -> ReturnedProposal | None:
        """The last proposal, when it fell by itself and no new one has been made."""
        last = self.returned[-1] if self.returned and self.proposal is None else None
        return last if last and last.why != "returned" else None

    def decided(self, proposal: Proposal, decision: Decision) -> Application:
        """`proposal` as it was signed: its rule set is that of the day. A later act that turns the decision gives both
        anew, and the one it replaces is kept as an act of the decided case."""
        return self._moved(
            STATE_OF_OUTCOME[decision.outcome],
            decision.decided_by,
            decision.decided_at,
            proposal=proposal,
            decision=decision,
            aid_decided=proposal.aid,
        )

    def with_aid(self, aid: Money, by: str, at: datetime) -> Application:
        """With the sum that a later act left in force. What was decided first stays in the proposal."""
        return self._changed(by, at, aid_decided=aid)

    def must_be_at(self, version: int) -> None:
        """Raises ChangedMeanwhile."""
        if version != self.version:
            raise ChangedMeanwhile(by=self.changed_by, at=_iso(self.changed_at))

    def _must_allow(self, state: State, action: str) -> None:
        if not may_move(self.state, state):
            raise self._refusal(action)

    def _refusal(self, action: str) -> DomainError:
        """Who came first, where someone did."""
        if self.decision:
            done = self.decision
            return AlreadyDecided(by=done.decided_by, at=_iso(done.decided_at), outcome=done.outcome)
        if self.state is State.WITHDRAWN:
            return self._already_withdrawn()
        return WrongState(state=self.state.value, action=action)

    def _already_withdrawn(self) -> AlreadyWithdrawn:
        return AlreadyWithdrawn(at=_iso(self.changed_at))

    def _moved(self, state: State, by: str, at: datetime, **changes: Any) -> Application:
        self._must_allow(state, state.value)
        return self._changed(by, at, state=state, **changes)

    def _changed(self, by: str, at: datetime, **changes: Any) -> Application:
        return replace(self, version=self.version + 1, changed_by=by, changed_at=at, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An application together with the call it answers: no rule needs the one without the other."""

    application: Application
    call: Call

    @property
    def came_late(self) -> bool:
        """After the call had closed, on paper or by e-mail: it is left unexamined and never granted."""
        filed = self.application.submitted_at or (self.application.arrival and self.application.arrival.arrived_at)
        return bool(filed and filed >= self.call.closes_at)


def number_of(fund: str, running: int) -> str:
    """ "A80655": the fund's letter and a running number that is never used twice."""
    return f"{FUND_LETTERS[fund]}{running}"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
