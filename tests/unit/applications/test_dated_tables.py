"""Appeal routes, processing times, numbers: data with days and sources."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from services.applications.domain.appeals import ROUTES, NoAppealRoute, appeal_against
from services.applications.domain.applications import FUND_LETTERS, number_of
from services.applications.domain.deadlines import decision_due_on
from services.applications.domain.rulesets import PERIOD_2014, PERIOD_2021
from shared.contracts import applications as contract
from shared.reference.authorities import AuthorityKind

TODAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("kind", "period", "days", "law"),
    [
        (AuthorityKind.STATE, PERIOD_2021, 30, "688/2001 34 §"),
        (AuthorityKind.STATE, PERIOD_2014, 30, "688/2001 34 §"),
        (AuthorityKind.REGIONAL_COUNCIL, PERIOD_2021, 30, "434/2003 49 b–c §"),
        (AuthorityKind.REGIONAL_COUNCIL, PERIOD_2014, 14, "410/2015 134 §"),
    ],
)
def test_the_appeal_instruction_follows_the_authority_and_the_programme(
    kind: AuthorityKind, period: str, days: int, law: str
) -> None:
    appeal = appeal_against("ITA", kind, period, TODAY)

    assert appeal.days == days
    assert law in appeal.legal_basis
    assert appeal.to == "ITA"


def test_without_a_known_route_there_is_no_instruction_to_get_wrong() -> None:
    with pytest.raises(NoAppealRoute):
        appeal_against("ITA", AuthorityKind.STATE, PERIOD_2021, date(2020, 1, 1))


def test_only_one_route_fits_a_decision_at_a_time() -> None:
    keys = [(route.authority_kind, route.period, route.decision) for route in ROUTES if route.until is None]

    assert len(keys) == len(set(keys))


def test_a_decision_is_promised_ninety_days_after_submission() -> None:
    assert decision_due_on(datetime(2026, 9, 15, 9, 0, tzinfo=UTC)) == date(2026, 12, 14)


def test_the_days_are_finnish_days() -> None:
    just_past_midnight_in_finland = datetime(2026, 9, 15, 21, 30, tzinfo=UTC)

    assert decision_due_on(just_past_midnight_in_finland) == date(2026, 12, 15)


def test_every_fund_has_its_letter() -> None:
    assert {fund: number_of(fund, 80655) for fund in contract.FUNDS} == {
        "ERDF": "A80655",
        "ESF+": "S80655",
        "JTF": "J80655",
        "national": "K80655",
    }
    assert set(FUND_LETTERS) == set(contract.FUNDS)
