"""What must hold of rights, keys and mandates at every moment, whatever the numbers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.customers.domain.api_keys import ApiKey, parts_of, token_of
from services.customers.domain.company import ROLE_RIGHTS, Member, must_keep_a_signatory, role_of
from services.customers.domain.errors import ApiKeyNotValid, LastSignatory
from services.customers.domain.mandate_rules import SIGNING, SIGNING_FOR_ASSOCIATIONS, MandateRules, Organisation
from services.customers.domain.people import Mandate, company_capacity_id
from shared.dates import helsinki_day
from tests.support.customers_builders import COMPANY, a_person

START = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
RIGHTS = st.frozensets(st.sampled_from(["read", "prepare", "sign"]), min_size=1).map(lambda held: tuple(sorted(held)))
MANDATES = st.builds(
    Mandate,
    business_id=st.just(COMPANY),
    undertaking_name=st.just("Malli Oy"),
    rights=RIGHTS,
    source=st.sampled_from(["register", "company", "operator"]),
    until=st.none() | MOMENTS,
)
ROLES = st.lists(
    st.sampled_from([*SIGNING, *SIGNING_FOR_ASSOCIATIONS, "VTJ", "S", "http://valtuusrekisteri.suomi.fi/muu_asia"])
).map(tuple)


def a_key(rights: tuple[str, ...], expires_on: date) -> ApiKey:
    return ApiKey(
        key_id="0" * 16,
        name="k",
        business_id=COMPANY,
        person_id="person-1",
        rights=rights,
        digest="",
        made_with="",
        created_by="person-1",
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
        expires_on=expires_on,
    )


@given(st.lists(MANDATES, max_size=4), MOMENTS)
def test_a_person_may_what_some_mandate_in_force_lets_and_nothing_more(mandates: list[Mandate], now: datetime) -> None:
    capacities = a_person(*mandates).capacities_at(now)
    allowed = {right for one in mandates if one.until is None or now < one.until for right in one.rights}
    assert {right for capacity in capacities for right in capacity.rights} == allowed
    assert len(capacities) == bool(allowed)


@given(st.lists(MANDATES, min_size=1, max_size=4), RIGHTS, MOMENTS)
def test_a_key_never_does_more_than_its_person_or_than_it_was_given(
    mandates: list[Mandate], rights: tuple[str, ...], now: datetime
) -> None:
    for capacity in a_person(*mandates).capacities_at(now):
        narrowed = a_key(rights, date(2029, 1, 1)).narrowed(capacity)
        assert set(narrowed.rights) <= set(capacity.rights)
        assert set(narrowed.rights) - {"read"} <= set(rights)
        assert narrowed.capacity_id == company_capacity_id(COMPANY)


@given(MOMENTS, st.dates(date(2026, 1, 1), date(2028, 12, 31)))
def test_a_key_works_exactly_until_its_last_moment(now: datetime, expires_on: date) -> None:
    key = a_key(("prepare",), expires_on)
    assert key.is_usable(now) == (now < key.last_moment)
    assert helsinki_day(key.last_moment - timedelta(microseconds=1)) == expires_on


@given(ROLES, st.booleans(), st.booleans())
def test_nobody_signs_without_being_allowed_to_prepare_and_nothing_incomplete_proves(
    roles: tuple[str, ...], complete: bool, association: bool
) -> None:
    organisation = Organisation(business_id=COMPANY, name="Malli Oy", complete=complete, roles=roles)
    rights = MandateRules().rights(organisation, association=association)
    assert rights in ((), ("prepare",), ("prepare", "sign"))
    assert complete or rights == ()
    assert rights != ("prepare", "sign") or {*SIGNING, *SIGNING_FOR_ASSOCIATIONS} & set(roles)


@given(st.dictionaries(st.integers(0, 5).map(str), st.sampled_from(list(ROLE_RIGHTS)), min_size=1), st.data())
def test_however_people_leave_somebody_who_may_sign_is_left(roles: dict[str, str], data: st.DataObject) -> None:
    def members() -> list[Member]:
        return [
            Member(
                person_id=person,
                name=person,
                mandates=(Mandate(business_id=COMPANY, undertaking_name="Malli Oy", rights=ROLE_RIGHTS[role]),),
            )
            for person, role in roles.items()
        ]

    had_signatory = "signatory" in roles.values()
    for _ in range(len(roles)):
        leaving = data.draw(st.sampled_from(sorted(roles)))
        try:
            must_keep_a_signatory(members(), leaving)
        except LastSignatory:
            continue
        del roles[leaving]
        assert "signatory" in roles.values()
    assert not had_signatory or "signatory" in roles.values()


@given(st.sampled_from(list(ROLE_RIGHTS)))
def test_a_role_is_known_by_its_rights(role: str) -> None:
    assert role_of(ROLE_RIGHTS[role]) == role


@given(st.text())
def test_what_is_no_key_of_ours_is_refused_and_never_an_error(text: str) -> None:
    with pytest.raises(ApiKeyNotValid):
        parts_of(text)


def test_a_token_is_taken_apart_as_it_was_put_together() -> None:
    secret = "s" * 42 + "_"
    assert parts_of(token_of("0123456789abcdef", secret)) == ("0123456789abcdef", secret)
