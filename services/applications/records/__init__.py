"""The room's tables, one module a subject; `metadata` knows them all."""

from services.applications.records.core import (
    APPLICATION_NUMBERS,
    SEARCHED,
    STATES,
    ApplicationRecord,
    CallRecord,
    EnvelopeRecord,
    Record,
    metadata,
)

__all__ = [
    "APPLICATION_NUMBERS",
    "SEARCHED",
    "STATES",
    "ApplicationRecord",
    "CallRecord",
    "EnvelopeRecord",
    "Record",
    "metadata",
]
