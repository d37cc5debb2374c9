"""Whatever order grants, awards and releases come in, no envelope is over and every euro of it is explained."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.applications.domain.envelopes import Envelope
from services.applications.domain.errors import AuthorityBound, AuthorityShort
from services.applications.domain.movements import Movement, binding, bound_in_all, released
from shared.money import ZERO, Money
from tests.support.applications_builders import NOON

EMPTY = Envelope(authority="ITA", fund="ERDF", priority="1", budget_year=2026)
SUMS = st.integers(min_value=1, max_value=60_000_00).map(Money)


class AnyOrderOfAnEnvelope(RuleBasedStateMachine):
    """`cases` are the movements of each case, as they are stored beside the envelope."""

    @initialize(amount=st.integers(min_value=0, max_value=100_000_00).map(Money))
    def granted_first(self, amount: Money) -> None:
        self.envelope = EMPTY.granted(amount)
        self.cases: list[tuple[Movement, ...]] = []

    @rule(amount=st.integers(min_value=0, max_value=200_000_00).map(Money))
    def grant_another_amount(self, amount: Money) -> None:
        try:
            self.envelope = self.envelope.granted(amount)
        except AuthorityBound:
            assert amount < self.envelope.reserved

    @rule(aid=SUMS)
    def decide_an_award(self, aid: Money) -> None:
        try:
            self.envelope = self.envelope.reserving(aid)
        except AuthorityShort:
            assert aid > self.envelope.free
            return
        self.cases.append((binding(EMPTY, aid, act=1, why="award", at=NOON, by="tero.korhonen"),))

    @precondition(lambda self: any(bound_in_all(case) for case in getattr(self, "cases", [])))
    @rule(data=st.data())
    def release_some_or_all_of_an_award(self, data: st.DataObject) -> None:
        living = [at for at, case in enumerate(self.cases) if bound_in_all(case)]
        at = data.draw(st.sampled_from(living))
        amount = Money(data.draw(st.integers(min_value=1, max_value=bound_in_all(self.cases[at]).cents)))
        given = released(self.cases[at], amount, act=2, why="closure", at=NOON, by="tero.korhonen")
        self.cases[at] += given
        for movement in given:
            self.envelope = self.envelope.releasing(-movement.amount)

    @invariant()
    def never_over(self) -> None:
        envelope = getattr(self, "envelope", EMPTY)
        assert ZERO <= envelope.reserved <= envelope.amount

    @invariant()
    def every_euro_is_explained(self) -> None:
        cases = getattr(self, "cases", [])
        assert getattr(self, "envelope", EMPTY).reserved == bound_in_all(one for case in cases for one in case)
        assert all(bound_in_all(case) >= ZERO for case in cases)


TestAnyOrderOfAnEnvelope = AnyOrderOfAnEnvelope.TestCase
