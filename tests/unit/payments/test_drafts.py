"""Reading what a company typed: every figure read or its fault named, nothing guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.payments.domain import drafts
from services.payments.domain.typed_fields import Fields, unknown, unstorable
from shared.money import ZERO
from tests.support import payments_builders as a

TODAY = date(2027, 3, 10)


def faults_of(draft, grant=None, today=TODAY) -> dict[str, str]:
    _, faults = drafts.read(draft, grant or a.a_grant(), today)
    return {fault.path: fault.rule for fault in faults}


def of_a_line(**facts) -> dict[str, str]:
    return faults_of(a.a_draft({**a.typed_line(), **facts}))


def test_a_whole_draft_is_read():
    filing, faults = drafts.read(a.a_draft(a.typed_line("1 234,5", vat="0")), a.a_grant(), TODAY)

    assert faults == ()
    assert filing.account == a.ACCOUNT
    assert filing.claimed == a.eur("1234.50")
    assert filing.lines[0].incurred_on == date(2027, 1, 20)


def test_an_empty_draft_says_everything_that_is_missing():
    assert faults_of({}) == {
        "period_first": "required",
        "period_last": "required",
        "account": "required",
        "lines": "no_lines",
    }


@pytest.mark.parametrize(
    ("field", "typed", "rule"),
    [
        ("category", "", "required"),
        ("category", "lunch", "unknown_category"),
        ("category", "travel", "not_in_plan"),
        ("description", " ", "required"),
        ("description", "x" * 301, "too_long"),
        ("supplier", "", "required"),
        ("invoice_number", "", "required"),
        ("incurred_on", "yesterday", "not_a_date"),
        ("incurred_on", "30.2.2027", "no_such_day"),
        ("incurred_on", "31.12.2026", "outside_grant_period"),
        ("paid_on", "11.3.2027", "paid_after_submission"),
        ("net", "1.234", "ambiguous_number"),
        ("net", "0,999", "three_decimals"),
        ("net", "much", "not_a_number"),
        ("claimed", "-5", "negative"),
        ("claimed", "0", "nothing_claimed"),
        ("claimed", "1 000,01", "claimed_over_gross"),
        ("gross", "999 999 999", "too_large"),
        ("gross", "1 000,02", "net_vat_gross_differ"),
        ("claimed", 1000, "not_text"),
    ],
)
def test_a_field_that_breaks_a_rule_is_named(field, typed, rule):
    assert of_a_line(**{field: typed})[f"lines.0.{field}"] == rule


def test_a_cost_paid_on_the_day_of_submission_counts():
    assert of_a_line(paid_on="10.3.2027") == {}


def test_one_fault_does_not_hide_another():
    draft = a.a_draft(a.typed_line(claimed="x"), a.typed_line(incurred_on=""), account="FI00")

    assert faults_of(draft) == {
        "account": "not_an_iban",
        "lines.0.claimed": "not_a_number",
        "lines.0.net": "not_a_number",
        "lines.0.gross": "not_a_number",
        "lines.1.incurred_on": "required",
    }


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("FI21 1234 5600 0007 86", "not_an_iban"),
        ("TR33 0006 1005 1978 6457 8413 26", "not_a_sepa_country"),
        ("0785", "not_an_iban"),
        ("", "required"),
        ({}, "not_text"),
    ],
)
def test_an_account_that_no_credit_transfer_reaches_is_refused(typed, rule):
    assert faults_of(a.a_draft(account=typed)) == {"account": rule}


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("1.2.2027", "31.1.2027", {"period_last": "end_before_start"}),
        ("1.12.2026", "31.1.2027", {"period_first": "period_outside_grant"}),
        ("1.1.2027", "1.1.2028", {"period_last": "period_outside_grant"}),
    ],
)
def test_a_period_must_run_forward_inside_the_grant(first, last, expected):
    assert faults_of(a.a_draft(period_first=first, period_last=last)) == expected


def test_a_cost_that_the_flat_rate_covers_is_not_claimed_by_line():
    grant = a.a_grant(cost_model="flat_40")

    assert faults_of(a.a_draft(a.typed_line()), grant) == {"lines.0.category": "not_in_plan"}
    assert faults_of(a.a_draft(a.typed_line(category="staff", supplier="")), grant) == {}


@pytest.mark.parametrize("model", ["actual", "flat_7", "flat_15_staff"])
def test_other_cost_models_take_every_planned_category_by_line(model):
    assert faults_of(a.a_draft(a.typed_line(category="services")), a.a_grant(cost_model=model)) == {}


def test_what_the_machine_was_unsure_of_must_be_confirmed():
    read = {"gross": {"value": "1 000,00", "confidence": 61}, "supplier": {"value": "Laine", "confidence": 99}}
    line = a.typed_line(document_id="D-1", read=read)

    assert faults_of(a.a_draft(line)) == {"lines.0.gross": "unconfirmed_reading"}
    assert faults_of(a.a_draft({**line, "confirmed": ["gross"]})) == {}
    assert faults_of(a.a_draft({**line, "confirmed": True})) == {}


def test_what_a_person_corrected_needs_no_confirmation():
    line = a.typed_line(document_id="D-1", read={"gross": {"value": "100,00", "confidence": 61}})

    assert faults_of(a.a_draft(line)) == {}


def test_a_draft_adds_up_what_can_be_read():
    draft = a.a_draft(a.typed_line("10,50"), a.typed_line("x"), a.typed_line("-3"), a.typed_line("2"))

    assert drafts.claimed_so_far(draft) == a.eur("12.50")


@pytest.mark.parametrize("lines", [None, "many", 7, {"0": {}}, [None, 1, "x", []]])
def test_lines_that_are_none_add_up_to_nothing(lines):
    assert drafts.claimed_so_far({"lines": lines}) == ZERO
    assert faults_of(a.a_draft() | {"lines": lines}) != {}


@pytest.mark.parametrize(
    ("typed", "path", "rule"),
    [
        ({"account": "FI\x0021"}, "account", "control_characters"),
        ({"lines": [{"description": "\ud800"}]}, "lines.0.description", "control_characters"),
        ({"lines": [{"net": 12.5}]}, "lines.0.net", "not_text"),
        ({"a\x00": "b"}, "", "control_characters"),
        ({"a": [[[[[[[[1]]]]]]]]}, "a.0.0.0.0.0.0", "too_deep"),
    ],
)
def test_what_no_database_can_keep_is_refused_at_once(typed, path, rule):
    assert [(fault.path, fault.rule) for fault in unstorable(typed)] == [(path, rule)]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
names = st.sampled_from([*a.typed_line(), "document_id", "read", "confirmed"])


@given(st.dictionaries(names, anything), anything)
def test_whatever_is_typed_is_read_or_faulted_and_never_breaks(changes, account):
    draft = a.a_draft({**a.typed_line(), **changes}, account=account)

    filing, faults = drafts.read(draft, a.a_grant(), TODAY)

    assert (filing is None) == bool(faults)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_no_line_is_filed_that_claims_more_than_it_cost(net, vat, claimed):
    typed = {"net": net, "vat": vat, "gross": net + vat, "claimed": claimed}
    figures = {name: f"{cents // 100},{cents % 100:02}" for name, cents in typed.items()}

    filing, _ = drafts.read(a.a_draft({**a.typed_line(), **figures}), a.a_grant(), TODAY)

    assert (filing is not None) == (claimed <= net + vat)
    if filing:
        assert filing.lines[0].claimed.cents == claimed


def test_a_field_that_no_claim_has_is_named_and_not_quietly_kept():
    typed = {"acount": "FI21", "lines": [{"claimed": "1,00"}, {"invoice_nr": "7"}, "no line"]}

    assert [(fault.path, fault.rule) for fault in unknown(typed)] == [
        ("acount", "unknown_field"),
        ("lines.1.invoice_nr", "unknown_field"),
    ]


@pytest.mark.parametrize("typed", ["999 999 999 999 999", "100 000 000,00"])
def test_too_large_a_sum_is_told_the_largest(typed):
    fields = Fields({"claimed": typed})

    assert fields.money("claimed") is None
    assert [(fault.rule, fault.facts) for fault in fields.faults] == [("too_large", {"most": "99999999.99"})]
