"""The same case on the fake and on PostgreSQL: they may not differ."""

from __future__ import annotations

from tests.support import payments_builders as a


def test_a_claim_goes_from_the_award_to_the_account(journey):
    journey.award()
    claim_id = journey.approved(a.typed_line("10 000,00"), a.typed_line("2 000,50", invoice_number="16"))
    batch = journey.batch(claim_id)
    journey.bank_says(batch["batch_id"], status="ACCP")
    settled = journey.bank_says(batch["batch_id"], kind="camt.054")

    claim, grant = journey.claim(claim_id), journey.grant()

    assert settled["applied"] == 1
    assert claim["state"] == "paid"
    assert claim["payable"] == a.eur("4800.20")
    assert grant["paid"] == grant["approved"] == a.eur("4800.20")
