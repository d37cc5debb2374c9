"""A house that is brought up to date tells where each claim on its way stands, so that mornings forget none of them."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.payments.use_cases.standings import tell_one_standing
from shared.asker import the_house
from tests.support import payments_builders as a
from tests.support.migrating_again import run_again

pytestmark = pytest.mark.postgres

HOUSE = the_house("payments")


def test_the_standing_of_each_claim_on_its_way_is_told_once(stored_journey, payments_engine):
    stored_journey.award()
    stored_journey.drafted(a.typed_line("1 000,00"))
    verified = stored_journey.verified(a.typed_line("2 000,00", invoice_number="16"))

    run_again(payments_engine, "payments", after="0002", to="0003", made="standings_to_tell")
    while stored_journey.do(HOUSE, tell_one_standing):
        pass

    with payments_engine.connect() as connection:
        bodies = connection.scalars(text("SELECT body FROM payments.outbox ORDER BY id")).all()
    told = [body["data"] for body in bodies if body["type"] == "payments.claim_standing_told"]
    assert [(one["claim_id"], one["state"]) for one in told] == [(verified, "verified")]
    assert told[0]["due_on"] == str(stored_journey.claim(verified)["due_on"])
