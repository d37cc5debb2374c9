"""The words are whole in every language: nothing missing, nothing borrowed, every code of the rooms has a text."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.applications.domain.aid import aid_for
from services.applications.domain.appeals import ROUTES
from services.applications.domain.rulesets import RULESETS
from services.documents.domain.letters import LetterKind
from services.documents.letters.appeals import ORDER, PAYMENT_ROUTES, appeal_instruction
from services.documents.letters.words import LANGUAGES, NoSuchText, Words, words
from services.payments.domain.payable import work_out
from shared.contracts.applications import COST_CATEGORIES, COST_MODELS, FUNDS
from shared.contracts.payments import CUT_REASONS
from shared.money import Money
from shared.reference.authorities import AUTHORITIES, authority
from tests.support import applications_builders, payments_builders

SAME_IN_FINNISH_AND_SWEDISH = {"labels.objective_value", "appeal.basis_text"}  # places only, no words
SERVICES = Path(__file__).parents[2] / "services"

everywhere = pytest.mark.parametrize("language", LANGUAGES)


def texts(language: str) -> dict[str, list[str]]:
    kept = {key: text for key, text in words(language).texts.items() if key != "sources.rewritten"}
    return {key: text if isinstance(text, list) else [text] for key, text in kept.items()}


def places(paragraphs: list[str]) -> set[str]:
    fields = (field for text in paragraphs for _, field, _, _ in string.Formatter().parse(text))
    return {field for field in fields if field}


@everywhere
def test_every_text_exists_in_every_language_with_the_same_places(language):
    finnish, theirs = texts("fi"), texts(language)

    assert theirs.keys() == finnish.keys()
    assert {key: places(theirs[key]) for key in theirs} == {key: places(finnish[key]) for key in finnish}
    assert {key: len(theirs[key]) for key in theirs} == {key: len(finnish[key]) for key in finnish}


@pytest.mark.parametrize(("one", "another"), [("fi", "sv"), ("fi", "en"), ("sv", "en")])
def test_no_text_is_left_in_another_language(one, another):
    theirs = texts(another)

    same = {key for key, text in texts(one).items() if text == theirs[key]}

    assert same - SAME_IN_FINNISH_AND_SWEDISH == set()


@everywhere
def test_every_cut_category_model_fund_and_outcome_has_a_text(language):
    known = words(language)
    keys = [f"cut_reasons.{reason}" for reason in CUT_REASONS]
    keys += [f"categories.{category}" for category in COST_CATEGORIES]
    keys += [f"cost_models.{model}" for model in COST_MODELS]
    keys += [f"funds.{fund}" for fund in FUNDS]
    keys += [f"{part}.{kind}" for kind in LetterKind for part in ("titles", "files")]
    keys += ["award.approve", "award.approve_in_part"]
    keys += [f"payment.{outcome}" for outcome in ("approved", "approved_in_part", "rejected")]

    assert [key for key in keys if not known.knows(key)] == []


def step_codes(room: str) -> Iterator[str]:
    """Codes of the steps that a room's rules write: the constant `what=` of every Step."""
    for module in (SERVICES / room / "domain").glob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Step":
                yield from (
                    keyword.value.value
                    for keyword in call.keywords
                    if keyword.arg == "what" and isinstance(keyword.value, ast.Constant)
                )


@everywhere
@pytest.mark.parametrize("room", ["applications", "payments"])
def test_every_step_of_a_calculation_has_a_text(room, language):
    codes = set(step_codes(room))

    assert codes
    assert {code for code in codes if not words(language).knows(f"steps.{code}")} == set()


def steps_of_applications():
    cost, call = applications_builders.a_cost, applications_builders.a_call
    costs = (cost("80000.00"), cost("20000.00", "staff"))
    for model in COST_MODELS:
        aid = aid_for(
            costs,
            call(cost_model=model),
            RULESETS[0],
            public_financing=Money.eur("60000.00"),
            sought=Money.eur("40000.00"),
        )
        yield from aid.steps


def steps_of_payments():
    line = payments_builders.accepted("50000.00", "staff", "40000.00")
    for model in COST_MODELS:
        grant = payments_builders.a_grant(cost_model=model)
        first = work_out([line], grant)
        yield from first.steps
        yield from work_out([line] * 4, grant.with_decision(first.direct, first.accepted_costs, first.amount)).steps


@everywhere
@pytest.mark.parametrize("steps", [steps_of_applications, steps_of_payments])
def test_the_steps_that_the_rules_really_give_can_be_said(steps, language):
    said = {step.what: words(language).say(f"steps.{step.what}", **step.facts) for step in steps()}

    assert len(said) >= 7
    assert all("{" not in text for text in said.values())


@everywhere
def test_every_route_of_appeal_has_its_whole_instruction(language):
    routes = {(route.key, route.authority_kind, route.days, route.legal_basis) for route in ROUTES}
    routes |= {(key, kind, 30, basis) for kind, _, key, basis in PAYMENT_ROUTES}
    for key, kind, days, basis in routes:
        to = next(one for one in AUTHORITIES if one.kind is kind)
        appeal = {"route": key, "days": days, "to": to.code, "legal_basis": basis}

        [block] = appeal_instruction(words(language), appeal, to)
        instruction = " ".join(text for _, text in block["rows"])

        assert len(block["rows"]) == len(ORDER)
        assert f" {days} " in instruction
        assert to.names[language] in instruction
        assert to.email in instruction
        assert to.address in instruction


def test_a_route_without_words_is_an_error_and_not_a_letter_without_an_instruction():
    appeal = {"route": "by_pigeon", "days": 30, "to": "ITA", "legal_basis": ""}

    with pytest.raises(NoSuchText):
        appeal_instruction(words("fi"), appeal, authority("ITA"))


@pytest.mark.parametrize(
    ("language", "source", "written"),
    [
        ("fi", "VAL 688/2001 6 §", "valtionavustuslaki 688/2001 6\u00a0§"),
        ("sv", "VAL 688/2001 6 §", "statsunderstödslagen 688/2001 6\u00a0§"),
        ("en", "VAL 688/2001 6 §", "Act on Discretionary Government Transfers 688/2001, section 6"),
        ("fi", "award", "tukipäätös"),
        ("sv", "(EU) 2021/1060 54 (a); VNa 866/2021", "(EU) 2021/1060 54 (a); statsrådets förordning 866/2021"),
        ("en", "laki 758/2021 6 §", "Act 758/2021, section 6"),
        ("sv", "IS-2026-14", "IS-2026-14"),
        ("fi", "(EU) 2021/1060 art. 53(1)(a)", "(EU) 2021/1060 53 artiklan 1 kohdan a alakohta"),
        ("sv", "(EU) 2021/1060 art. 53(1)(a)", "(EU) 2021/1060 artikel 53.1 a"),
        ("en", "(EU) 2021/1060 art. 53(1)(a)", "(EU) 2021/1060 Article 53(1)(a)"),
        ("sv", "asetus (EU) 2021/1060 54 art. a alak.", "förordning (EU) 2021/1060 artikel 54 a"),
        ("fi", "(EU) 651/2014 17 art.", "(EU) 651/2014 17 artikla"),
    ],
)
def test_legal_sources_are_named_in_the_letters_language(language, source, written):
    assert words(language).abbreviated(source) == written


def test_a_text_that_asks_for_more_than_is_known_is_an_error():
    bare = Words("fi", {"greeting": "Hei {name}"}, words("fi").formats)

    with pytest.raises(NoSuchText, match="greeting"):
        bare.say("greeting")
