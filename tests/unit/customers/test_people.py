"""People at the door, and what each may act as."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.customers import use_cases
from services.customers.demo import DEMO_ISSUER
from services.customers.domain.errors import DemoIsOff, NotYourCapacity
from shared.asker import Role
from shared.errors import InvalidFields, NotFound
from tests.support.customers_builders import COMPANY, NOW, TODAY, a_mandate, a_person, a_post, an_undertaking
from tests.support.customers_fakes import FakeWork


def a_work_with(*duties: Any) -> FakeWork:
    work = FakeWork()
    work.people.welcome(a_person(*duties), work.now)
    work.undertakings.add(an_undertaking())
    return work


def capacity_ids(answer: dict[str, Any]) -> list[str]:
    return [capacity.capacity_id for capacity in answer["capacities"]]


def rules_broken(refused: pytest.ExceptionInfo[InvalidFields]) -> list[tuple[str, str]]:
    return [(fault.path, fault.rule) for fault in refused.value.faults]


class TestWelcome:
    def test_a_person_is_the_same_whatever_name_the_identity_provider_gives_today(self) -> None:
        work = FakeWork()
        first = use_cases.welcome(work, demo=False, issuer="idp", subject="s", name="Aino Ennen", language="fi")
        later = use_cases.welcome(work, demo=False, issuer="idp", subject="s", name="Aino Nyt", language="sv")
        assert later == {**first, "name": "Aino Nyt", "language": "sv"}

    def test_the_same_subject_at_another_identity_provider_is_another_person(self) -> None:
        work = FakeWork()
        one = use_cases.welcome(work, demo=False, issuer="idp", subject="s", name="Aino", language="fi")
        other = use_cases.welcome(work, demo=False, issuer="other", subject="s", name="Aino", language="fi")
        assert one["person_id"] != other["person_id"]

    def test_an_invented_person_is_not_welcome_where_people_are_real(self) -> None:
        with pytest.raises(DemoIsOff):
            use_cases.welcome(FakeWork(), demo=False, issuer=DEMO_ISSUER, subject="yritys", name="Satu", language="fi")


class TestMandates:
    def test_a_mandate_makes_a_capacity_with_a_stable_id(self) -> None:
        answer = use_cases.give_mandate(a_work_with(), person_id="person-1", business_id=COMPANY, rights=["sign"])
        assert capacity_ids(answer) == [f"c:{COMPANY}"]
        assert answer["capacities"][0].rights == ("sign",)

    def test_a_mandate_is_announced_for_the_company(self) -> None:
        work = a_work_with()
        use_cases.give_mandate(work, person_id="person-1", business_id=COMPANY, rights=["sign", "prepare"])
        data = {"person_id": "person-1", "business_id": COMPANY, "rights": ("prepare", "sign")}
        assert work.announced == [("customers.mandate_given", COMPANY, data)]

    def test_giving_the_same_rights_again_is_no_news(self) -> None:
        work = a_work_with(a_mandate(COMPANY, "prepare", "sign"))
        use_cases.give_mandate(work, person_id="person-1", business_id=COMPANY, rights=["sign", "prepare"])
        assert work.announced == []

    def test_a_mandate_without_rights_ends_it(self) -> None:
        work = a_work_with(a_mandate())
        answer = use_cases.give_mandate(work, person_id="person-1", business_id=COMPANY, rights=[])
        assert capacity_ids(answer) == []

    def test_nobody_can_act_for_an_undertaking_that_is_not_registered(self) -> None:
        with pytest.raises(NotFound) as refused:
            use_cases.give_mandate(a_work_with(), person_id="person-1", business_id="9248063-7", rights=["sign"])
        assert refused.value.facts == {"what": "undertaking"}


class TestPosts:
    def test_a_post_makes_a_capacity_with_a_stable_id(self) -> None:
        answer = use_cases.give_post(a_work_with(), person_id="person-1", role="handler", authority="ITA")
        assert capacity_ids(answer) == ["p:HANDLER:ITA"]

    def test_a_post_that_begins_tomorrow_is_no_capacity_today(self) -> None:
        tomorrow = TODAY + timedelta(days=1)
        answer = use_cases.give_post(a_work_with(), person_id="person-1", role="payer", authority="ITA", first=tomorrow)
        assert capacity_ids(answer) == []

    def test_a_post_is_held_on_its_last_day_and_not_after(self) -> None:
        post = a_post(first=TODAY, last=TODAY)
        assert post.is_held_on(TODAY)
        assert not post.is_held_on(TODAY + timedelta(days=1))

    def test_the_same_post_given_again_is_no_news(self) -> None:
        work = a_work_with(a_post(Role.HANDLER, "ITA"))
        use_cases.give_post(work, person_id="person-1", role="handler", authority="ITA")
        assert work.announced == []

    def test_a_post_can_be_ended_by_giving_it_a_last_day(self) -> None:
        work = a_work_with(a_post(Role.HANDLER, "ITA", first=date(2026, 1, 1)))
        answer = use_cases.give_post(
            work,
            person_id="person-1",
            role="handler",
            authority="ITA",
            first=date(2026, 1, 1),
            last=TODAY - timedelta(days=1),
        )
        assert capacity_ids(answer) == []

    def test_there_are_no_posts_at_an_authority_nobody_has_heard_of(self) -> None:
        with pytest.raises(InvalidFields) as refused:
            use_cases.give_post(a_work_with(), person_id="person-1", role="handler", authority="XXX")
        assert rules_broken(refused) == [("authority", "unknown_authority")]

    def test_a_post_cannot_end_before_it_starts(self) -> None:
        with pytest.raises(InvalidFields) as refused:
            use_cases.give_post(
                a_work_with(),
                person_id="person-1",
                role="handler",
                authority="ITA",
                first=TODAY,
                last=TODAY - timedelta(days=1),
            )
        assert rules_broken(refused) == [("last", "ends_before_it_starts")]


class TestCapacities:
    def test_companies_come_before_posts(self) -> None:
        person = a_person(a_post(), a_mandate())
        roles = [capacity.role for capacity in person.capacities_at(NOW)]
        assert roles == [Role.COMPANY, Role.HANDLER]

    def test_a_capacity_that_is_not_the_persons_own_is_refused(self) -> None:
        with pytest.raises(NotYourCapacity) as refused:
            a_person(a_mandate()).acting_as("p:HANDLER:ITA", NOW)
        assert refused.value.facts == {"capacity_id": "p:HANDLER:ITA"}
