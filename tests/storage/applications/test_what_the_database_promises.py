"""Promises that hold even if the code forgot them, each under its own name."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from services.applications.storage import metadata
from shared.storage.database import Database
from tests.support.applications_journeys import Journey

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        ("decided_by = proposed_by", "ck_applications_decided_by_another"),
        ("decided_by = handler", "ck_applications_decided_by_another"),
        ("decided_by = NULL", "ck_applications_decided_by_someone"),
        ("proposal = NULL", "ck_applications_decided_on_a_proposal"),
        ("digest = NULL", "ck_applications_filed_with_receipt"),
        ("state = 'proposed'", "ck_applications_decided_by_someone"),
        ("aid_decided = -1", "ck_applications_aid_never_below_zero"),
    ],
)
def test_a_decided_application_cannot_be_made_to_lie(
    stored_journey: Journey, room_database: Database, change: str, promise: str
) -> None:
    stored_journey.publish()
    stored_journey.fund("75000.00")
    stored_journey.decide(stored_journey.proposed())

    with pytest.raises(IntegrityError, match=f'"{promise}"'), room_database.engine.begin() as connection:
        connection.execute(text(f"UPDATE applications.applications SET {change}"))


def test_there_is_no_other_state_than_those_in_the_table(stored_journey: Journey, room_database: Database) -> None:
    stored_journey.publish()
    stored_journey.submitted()

    with (
        pytest.raises(IntegrityError, match='"ck_applications_state_known"'),
        room_database.engine.begin() as connection,
    ):
        connection.execute(text("UPDATE applications.applications SET state = 'paid'"))


def test_more_than_the_authority_cannot_be_reserved(stored_journey: Journey, room_database: Database) -> None:
    stored_journey.fund("100.00")

    with (
        pytest.raises(IntegrityError, match='"ck_envelopes_never_over_the_authority"'),
        room_database.engine.begin() as connection,
    ):
        connection.execute(text("UPDATE applications.envelopes SET reserved = amount + 1"))


@pytest.mark.filterwarnings("ignore:Expression #1:UserWarning")
def test_the_migrations_end_at_the_models(applications_engine: Engine) -> None:
    options = {
        "include_schemas": True,
        "include_name": lambda name, kind, _: name == "applications" if kind == "schema" else True,
        "version_table_schema": "applications",
    }
    with applications_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    # The bus's tables are the kernel's: what it says of them is its own tests' business.
    assert [difference for difference in differences if "outbox" not in str(difference)] == []
