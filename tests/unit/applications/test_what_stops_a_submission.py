"""One test a rule: what stands between a draft and its submission."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.applications.domain.attachments import Attachment
from services.applications.domain.completeness import look_through
from services.applications.domain.rulesets import PERIOD_2021, ruleset_on
from services.applications.domain.typed_answers import as_answers
from shared.errors import Fault
from tests.support import applications_builders as an

RULES = ruleset_on(date(2026, 9, 15), PERIOD_2021)
OFFER = Attachment(**an.OFFER)


def own(amount: str, year: str = "2027") -> dict[str, str]:
    return {"source": "own", "year": year, "amount": amount}


def faults_of(call: Any = None, attachments: tuple[Attachment, ...] = (OFFER,), **answers: Any) -> tuple[Fault, ...]:
    typed = as_answers(an.complete_answers(**answers))
    return look_through(typed, attachments, call or an.a_call(), RULES).faults


def test_a_complete_application_has_nothing_against_it() -> None:
    assert faults_of() == ()


def test_an_empty_form_is_told_everything_at_once() -> None:
    named = {(fault.path, fault.rule) for fault in look_through({}, (), an.a_call(), RULES).faults}

    assert named == {
        *((key, "required") for key in ("title", "summary", "region", "starts_on", "ends_on")),
        ("contact_name", "required"),
        ("contact_email", "required"),
        ("costs", "required"),
        ("indicators", "indicator_missing"),
        ("attachments", "attachment_missing"),
    }


@pytest.mark.parametrize(
    ("answers", "path", "rule"),
    [
        ({"title": "x" * 301}, "title", "too_long"),
        ({"contact_email": "eeva(at)yritys.fi"}, "contact_email", "not_an_email"),
        ({"region": "99"}, "region", "unknown_region"),
        ({"region": "01"}, "region", "region_not_in_call"),
        ({"starts_on": "ensi vuonna"}, "starts_on", "not_a_date"),
        ({"starts_on": "31.2.2027"}, "starts_on", "no_such_day"),
        ({"ends_on": "31.12.2026"}, "ends_on", "end_before_start"),
        ({"starts_on": "31.8.2026"}, "starts_on", "outside_call_period"),
        ({"ends_on": "1.1.2029"}, "ends_on", "outside_call_period"),
        ({"costs": [an.cost_row("20000", category="")]}, "costs.0.category", "required"),
        ({"costs": [an.cost_row("20000", category="yacht")]}, "costs.0.category", "unknown_category"),
        ({"costs": [an.cost_row("20000", category="materials")]}, "costs.0.category", "category_not_in_call"),
        ({"costs": [an.cost_row("20000", year="2026")]}, "costs.0.year", "year_outside_project"),
        ({"costs": [an.cost_row("20000", year="27")]}, "costs.0.year", "not_a_year"),
        ({"costs": [an.cost_row("")]}, "costs.0.amount", "required"),
        ({"costs": [an.cost_row("10,005")]}, "costs.0.amount", "ambiguous_number"),
        ({"costs": [an.cost_row("1234,567")]}, "costs.0.amount", "three_decimals"),
        ({"costs": [an.cost_row("kymppitonni")]}, "costs.0.amount", "not_a_number"),
        ({"costs": [an.cost_row("-1")]}, "costs.0.amount", "negative"),
        ({"costs": [an.cost_row("1 000 000 000")]}, "costs.0.amount", "too_large"),
        ({"costs": [an.cost_row("1999,99")]}, "costs", "aid_below_least"),
        ({"financing": []}, "financing", "financing_missing"),
        ({"financing": [{"source": "bank", "year": "2027", "amount": "1"}]}, "financing.0.source", "unknown_source"),
        (
            {"financing": [{"source": "own", "year": "2028", "amount": "10000"}]},
            "financing.0.year",
            "year_outside_project",
        ),
        ({"indicators": []}, "indicators", "indicator_missing"),
        ({"indicators": [{"code": "XX", "target": "1"}]}, "indicators.0.code", "unknown_indicator"),
        ({"indicators": [{"code": "RCR01", "target": "kaksi"}]}, "indicators.0.target", "not_a_number"),
        ({"indicators": [{"code": "RCR01", "target": "1"}] * 2}, "indicators.1.code", "twice"),
    ],
)
def test_each_mistake_is_named_where_it_was_made(answers: dict[str, Any], path: str, rule: str) -> None:
    assert (path, rule) in [(fault.path, fault.rule) for fault in faults_of(**answers)]


def test_a_mistake_keeps_its_row_when_rows_above_are_blank() -> None:
    rows = [{}, {"amount": "  "}, an.cost_row("20000", category="materials")]

    assert [fault.path for fault in faults_of(costs=rows)] == ["costs.2.category"]


def test_own_money_others_money_and_aid_must_cover_the_flat_part_too() -> None:
    call = an.a_call(cost_model="flat_7")

    [fault] = faults_of(call)

    assert fault == Fault(
        "financing", "financing_missing", {"missing": "700.00", "eligible": "21400.00", "aid": "10700.00"}
    )


def test_an_optional_attachment_may_be_missing() -> None:
    call = an.a_call()
    optional = an.a_call(
        attachments=tuple(type(rule)(kind=rule.kind, names=rule.names, required=False) for rule in call.attachments)
    )

    assert [fault.rule for fault in faults_of(attachments=())] == ["attachment_missing"]
    assert faults_of(optional, attachments=()) == ()


def test_the_first_and_the_last_day_of_the_calls_period_are_inside_it() -> None:
    assert faults_of(starts_on="1.9.2026", ends_on="31.12.2028") == ()


def test_aid_of_exactly_the_least_amount_is_enough() -> None:
    assert faults_of(costs=[an.cost_row("2000,00")]) == ()
