"""Whatever people try and in whatever order, the case stays legal and the sums agree."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.applications import use_cases
from services.applications.domain.states import DECIDED, State, may_move
from services.applications.use_cases import correspondence
from shared.asker import Asker, Role
from shared.errors import DomainError
from shared.money import Money, total
from tests.support import applications_builders as an
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey

ENVELOPE = "ITA/ERDF/1/2026"
BOTH_POSTS = Asker(person="marja.hyvarinen", role=Role.DECISION_MAKER, authority="ITA")

which = st.integers(0, 4)

companies = st.sampled_from([an.COMPANY, an.COLLEAGUE, an.STRANGER])
handlers = st.sampled_from([an.HANDLER, an.HANDLER, an.OTHER_HANDLER, an.HANDLER_ELSEWHERE])
deciders = st.sampled_from([an.DECIDER, an.OTHER_DECIDER, BOTH_POSTS])
behind = st.sampled_from([0, 0, 0, 0, 1])


class AnyOrderOfCommands(RuleBasedStateMachine):
    @initialize(authority=st.integers(0, 4000000).map(Money))
    def begin(self, authority: Money) -> None:
        self.desk = Desk()
        self.journey = Journey(self.desk.work)
        self.journey.publish()
        self.journey.fund(str(authority))
        stages = (self.journey.draft, self.journey.submitted, self.journey.taken, *[self.journey.proposed] * 2)
        self.numbers = [stage() for stage in stages]
        self.before = self.states()

    def states(self) -> dict[str, State]:
        return {number: application.state for number, application in self.desk.applications.items()}

    def attempt(self, asker: Asker, use_case: Any, at: int, behind: int, *rest: Any) -> None:
        self.before = self.states()
        number = self.numbers[at]
        version = self.desk.applications[number].version - behind
        try:
            self.journey.do(asker, use_case, number, version, *rest)
        except DomainError:
            assert self.states() == self.before, "a refused command leaves everything as it was"

    @rule(at=which, asker=companies, behind=behind)
    def save(self, at: int, asker: Asker, behind: int) -> None:
        self.attempt(asker, use_cases.save_draft, at, behind, an.complete_answers())

    @rule(at=which, asker=companies, behind=behind)
    def submit(self, at: int, asker: Asker, behind: int) -> None:
        self.attempt(asker, use_cases.submit, at, behind)

    @rule(at=which, asker=companies, behind=behind)
    def withdraw(self, at: int, asker: Asker, behind: int) -> None:
        self.attempt(asker, use_cases.withdraw, at, behind)

    @rule(at=which, asker=handlers, behind=behind)
    def take(self, at: int, asker: Asker, behind: int) -> None:
        self.attempt(asker, use_cases.take_case, at, behind)

    @rule(at=which, asker=handlers, behind=behind, outcome=st.sampled_from(["approve", "approve_in_part", "reject"]))
    def propose(self, at: int, asker: Asker, behind: int, outcome: str) -> None:
        costs = {"approve": [an.accepted("20000.00")], "approve_in_part": [an.accepted("7777.77")]}.get(outcome, [])
        self.attempt(asker, use_cases.propose, at, behind, outcome, costs, "Perustelut.", (), (), an.UNNECESSARY)

    @rule(at=which, asker=st.sampled_from([an.COMPANY, an.HANDLER]), attachments=st.sampled_from([[], [an.OFFER]]))
    def write(self, at: int, asker: Asker, attachments: list[Any]) -> None:
        self.before = self.states()
        with suppress(DomainError):
            self.journey.do(asker, correspondence.send_message, self.numbers[at], "Viesti.", attachments=attachments)

    @rule(at=which, asker=deciders)
    def read(self, at: int, asker: Asker) -> None:
        self.before = self.states()
        with suppress(DomainError):
            self.journey.do(asker, correspondence.mark_read, self.numbers[at], 99)

    @rule(at=which, asker=handlers, behind=behind, to=st.sampled_from(["POH", "ITA"]))
    def transfer(self, at: int, asker: Asker, behind: int, to: str) -> None:
        self.attempt(asker, use_cases.transfer_case, at, behind, to, "Kuuluu sille.")

    @rule(at=which, asker=deciders, behind=behind, verdict=st.sampled_from(["sign", "sign", "return"]))
    def decide(self, at: int, asker: Asker, behind: int, verdict: str) -> None:
        self.attempt(asker, use_cases.decide, at, behind, verdict, "Katso uudelleen.")

    @invariant()
    def a_case_moves_only_where_the_table_lets_it(self) -> None:
        for number, state in self.states().items():
            earlier = self.before.get(number, state)
            assert state is earlier or may_move(earlier, state)

    @invariant()
    def what_is_reserved_is_what_was_awarded_and_never_over(self) -> None:
        awarded = total(application.aid_decided or Money(0) for application in self.desk.applications.values())
        envelope = self.desk.envelopes[ENVELOPE]
        assert envelope.reserved == awarded <= envelope.amount

    @invariant()
    def nothing_is_decided_that_the_company_wrote_unread(self) -> None:
        for number, state in self.states().items():
            if state in DECIDED and self.before.get(number) is State.PROPOSED:
                kept = self.desk.correspondence.messages
                assert not [one for key, one in kept.items() if key[0] == number and _unread(one)]

    @invariant()
    def nobody_decides_what_they_prepared(self) -> None:
        for application in self.desk.applications.values():
            assert (application.decision is not None) == (application.state in DECIDED)
            if application.decision and application.proposal:
                assert application.decision.decided_by not in (application.proposal.proposed_by, application.handler)

    @invariant()
    def each_decision_is_announced_once(self) -> None:
        told = [
            subject for name, subject, _ in self.desk.announced if name.endswith(("grant_awarded", "grant_refused"))
        ]
        decided = [number for number, state in self.states().items() if state in DECIDED]
        assert sorted(told) == sorted(decided)


def _unread(message: Any) -> bool:
    return bool(message.side == "company" and message.read_at is None)


TestAnyOrderOfCommands = AnyOrderOfCommands.TestCase
TestAnyOrderOfCommands.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
