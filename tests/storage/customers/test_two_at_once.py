"""Two people, one thing, the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from services.customers import use_cases
from services.customers.domain.errors import KeptPostTaken, RegisteredOtherwise
from services.customers.storage import CustomersWork
from shared.asker import Asker
from shared.errors import DomainError
from shared.storage.database import Database
from tests.support.customers_builders import COMPANY, OPERATOR, VISITOR, a_representative

pytestmark = pytest.mark.postgres


def both(database: Database, asker: Asker, *acts: Callable[[CustomersWork], Any]) -> list[Any]:
    """What each got, or the refusal it met; all begin together."""
    start = Barrier(len(acts))

    def run(act: Callable[[CustomersWork], Any]) -> Any:
        try:
            with database.work(CustomersWork, asker) as work:
                start.wait(5)
                return act(work)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(max_workers=len(acts)) as pool:
        return list(pool.map(run, acts))


def registering(name: str) -> Callable[[CustomersWork], Any]:
    return lambda work: use_cases.register_undertaking(work, business_id=COMPANY, name=name, language="fi")


def test_two_officials_registering_one_company_alike_both_succeed(room_database: Database) -> None:
    first, second = both(room_database, OPERATOR, registering("Mallimetalli Oy"), registering("Mallimetalli Oy"))
    assert first == second


def test_of_two_officials_registering_it_differently_one_is_told_who_was_first(room_database: Database) -> None:
    outcomes = both(room_database, OPERATOR, registering("Mallimetalli Oy"), registering("Metallimalli Oy"))
    (refusal,) = [outcome for outcome in outcomes if isinstance(outcome, DomainError)]
    assert isinstance(refusal, RegisteredOtherwise)
    assert refusal.facts["by"] == "operator-1"


def test_a_kept_form_taken_in_two_windows_at_once_is_given_back_in_one(room_database: Database) -> None:
    with room_database.work(CustomersWork, VISITOR) as work:
        kept = use_cases.keep_post(work, path="/oma", fields={"title": "x"}, kept_for="person-1")

    def take(work: CustomersWork) -> Any:
        return use_cases.take_kept(work, **kept)

    outcomes = both(room_database, a_representative(person="person-1"), take, take)
    assert sorted(isinstance(outcome, KeptPostTaken) for outcome in outcomes) == [False, True]


def test_one_person_welcomed_at_two_doors_at_once_is_one_person(room_database: Database) -> None:
    def welcome(work: CustomersWork) -> Any:
        return use_cases.welcome(work, demo=False, issuer="idp", subject="s", name="Satu Esimerkki")

    first, second = both(room_database, VISITOR, welcome, welcome)
    assert first["person_id"] == second["person_id"]
