"""Every refusal of the house has a status and a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

import services
from services.gateway import errors, problems, texts
from shared.contracts import ROOMS
from shared.errors import DomainError
from tests.support.gateway import ApiClient


def leaves(kind: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Every refusal that has a code, of every room."""
    for sub in kind.__subclasses__():
        if "code" in sub.__dict__ and sub.__module__.startswith(("services.", "shared.")):
            yield sub
        yield from leaves(sub)


def import_every_rooms_errors() -> None:
    for room in ROOMS:
        package = import_module(f"{services.__name__}.{room}.domain")
        for module in iter_modules(package.__path__):
            import_module(f"{package.__name__}.{module.name}")


import_every_rooms_errors()
REFUSALS = sorted(set(leaves()), key=lambda refusal: refusal.code)
GATEWAYS = sorted({refusal.code for refusal in REFUSALS if refusal.__module__ == errors.__name__})


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_has_a_status(refusal: type[DomainError]):
    assert any(kind in problems.STATUS for kind in refusal.__mro__)


@pytest.mark.parametrize("code", sorted({refusal.code for refusal in REFUSALS}))
def test_every_refusal_has_a_sentence(code: str):
    assert texts.has_sentence(code)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 428, 429, 500, 503])
def test_every_status_has_a_title(status: int):
    assert texts.has_sentence(f"status_{status}")


def test_every_refusal_of_the_gateway_is_told_of_in_one_place():
    assert all(f"    {code} " in (errors.__doc__ or "") for code in GATEWAYS)


def test_a_problems_type_leads_to_its_meaning_in_three_languages(visitor: ApiClient):
    kind = visitor.get("/api/v1/applications").json["type"]
    meaning = visitor.get(kind).json["meaning"]
    assert meaning.keys() == {"fi", "sv", "en"}
    assert len(set(meaning.values())) == 3


def test_a_type_that_no_problem_has_leads_nowhere(visitor: ApiClient):
    assert visitor.get("/problems/nothing_of_the_kind").status_code == 404
