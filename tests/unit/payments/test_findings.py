"""What the rules object to by themselves."""

from __future__ import annotations

from datetime import date

from services.payments.domain.findings import RULES, examined
from shared.contracts.payments import CUT_REASONS
from shared.dates import Period
from tests.support import payments_builders as a

PERIOD = Period(date(2027, 1, 1), date(2027, 2, 28))


def findings(*lines, grant=None, elsewhere=()) -> list[str | None]:
    return [line.finding for line in examined(lines, grant or a.a_grant(), PERIOD, elsewhere)]


def test_an_ordinary_line_has_no_finding():
    assert findings(a.a_line()) == [None]


def test_a_cost_incurred_after_the_claims_period_is_outside_it():
    assert findings(a.a_line(incurred_on=date(2027, 3, 1))) == ["outside_period"]


def test_the_last_day_of_the_period_is_inside():
    assert findings(a.a_line(incurred_on=date(2027, 2, 28))) == [None]


def test_a_category_without_a_plan_is_not_in_the_plan():
    assert findings(a.a_line(category="travel")) == ["not_in_plan"]


def test_a_cost_that_the_flat_rate_covers_is_not_in_the_plan():
    assert findings(a.a_line(category="services"), grant=a.a_grant(cost_model="flat_40")) == ["not_in_plan"]


def test_a_line_claimed_elsewhere_is_claimed_twice():
    assert findings(a.a_line(line=1), a.a_line(line=2), elsewhere={2}) == [None, "claimed_twice"]


def test_the_line_that_takes_the_category_over_its_plan_is_named_and_those_after_it():
    lines = [a.a_line("15000.00", line=1), a.a_line("5000.01", line=2), a.a_line("1.00", line=3)]

    assert findings(*lines) == [None, "above_category", "above_category"]


def test_what_was_accepted_before_fills_the_category():
    grant = a.a_grant(accepted={"services": a.eur("19999.99")}, accepted_costs=a.eur("19999.99"))

    assert findings(a.a_line("0.01", line=1), a.a_line("0.01", line=2), grant=grant) == [None, "above_category"]


def test_vat_in_the_claimed_sum_is_asked_about():
    with_vat = {"net": a.eur("100.00"), "vat": a.eur("25.50"), "gross": a.eur("125.50")}

    assert findings(a.a_line("100.00", **with_vat)) == [None]
    assert findings(a.a_line("100.01", **with_vat)) == ["vat_recoverable"]


def test_the_first_objection_in_the_order_of_the_rules_stands():
    line = a.a_line(category="travel", incurred_on=date(2026, 1, 1))

    assert findings(line, elsewhere={1}) == ["outside_period"]


def test_every_finding_is_a_reason_to_cut():
    assert {rule.__name__ for rule in RULES} <= set(CUT_REASONS)


def test_an_invoice_is_the_same_however_it_is_spelt():
    one = a.a_line(supplier_id="1572860-0", invoice_number="2027-15")
    other = a.a_line(supplier_id="15728600", invoice_number=" 2027 15 ", category="equipment")

    assert one.invoice_key == other.invoice_key


def test_a_supplier_without_an_id_is_known_by_name():
    one = a.a_line(supplier_id="", supplier="Insinööritoimisto Laine Oy")

    assert one.invoice_key == a.a_line(supplier_id="", supplier="INSINÖÖRITOIMISTO LAINE").invoice_key
    assert a.a_line(invoice_number="").invoice_key is None
