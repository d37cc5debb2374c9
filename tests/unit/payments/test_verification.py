"""The verifier answers for every line, and says why where something is cut."""

from __future__ import annotations

import pytest

from services.payments.domain.errors import VerdictsFaulty
from services.payments.domain.verification import Verdict, verified
from tests.support import payments_builders as a

LINES = (a.a_line("100.00", line=1), a.a_line("50.00", line=2))
WHY = {"cut_reason": "no_voucher", "cut_note": "Kuitti puuttuu."}


def verdict(line: int, accepted: str, **facts) -> Verdict:
    return Verdict(line=line, accepted=a.eur(accepted), **facts)


def faults(*verdicts: Verdict, lines=LINES) -> set[tuple[str, str]]:
    with pytest.raises(VerdictsFaulty) as refusal:
        verified(lines, verdicts)
    return {(fault.path, fault.rule) for fault in refusal.value.faults}


def test_every_line_gets_its_verdict():
    first, second = verified(LINES, [verdict(2, "20.00", **WHY), verdict(1, "100.00")])

    assert (first.accepted, first.cut, first.cut_reason) == (a.eur("100.00"), a.eur("0.00"), None)
    assert (second.accepted, second.cut, second.cut_reason) == (a.eur("20.00"), a.eur("30.00"), "no_voucher")


def test_a_line_without_a_verdict_is_not_passed_over():
    assert faults(verdict(1, "100.00")) == {("lines", "line_missing")}


def test_one_line_has_one_verdict():
    assert faults(verdict(1, "100.00"), verdict(1, "100.00"), verdict(2, "50.00")) == {("lines", "line_twice")}


def test_a_line_nobody_filed_is_refused():
    assert ("lines.2.line", "no_such_line") in faults(verdict(1, "100.00"), verdict(2, "50.00"), verdict(3, "1.00"))


@pytest.mark.parametrize(
    ("accepted", "why", "expected"),
    [
        ("100.01", {}, {("lines.0.accepted", "more_than_claimed")}),
        ("-0.01", WHY, {("lines.0.accepted", "negative")}),
        ("99.99", {}, {("lines.0.cut_reason", "reason_needed"), ("lines.0.cut_note", "note_needed")}),
        ("99.99", {"cut_reason": "no_voucher", "cut_note": " "}, {("lines.0.cut_note", "note_needed")}),
    ],
)
def test_a_verdict_that_does_not_add_up_is_named(accepted, why, expected):
    assert faults(verdict(1, accepted, **why), verdict(2, "50.00")) == expected


def test_to_accept_what_the_rules_object_to_one_says_why():
    objected = (a.a_line("100.00", line=1, finding="claimed_twice"),)

    assert faults(verdict(1, "100.00"), lines=objected) == {("lines.0.cut_note", "finding_needs_note")}
    (line,) = verified(objected, [verdict(1, "100.00", cut_note="Lasku kattaa kaksi kuukautta.")])
    assert line.cut_note == "Lasku kattaa kaksi kuukautta."


def test_a_reason_without_a_cut_is_left_out():
    (line, _) = verified(LINES, [verdict(1, "100.00", cut_reason="no_voucher"), verdict(2, "50.00")])

    assert line.cut_reason is None
