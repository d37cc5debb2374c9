"""The tables of customers, one module a subject; `TABLES` knows them all."""

from services.customers.records.core import (
    TABLES,
    ContactRecord,
    KeptPostRecord,
    MandateRecord,
    PersonRecord,
    PostRecord,
    Record,
    SessionRecord,
    UndertakingRecord,
)

__all__ = [
    "TABLES",
    "ContactRecord",
    "KeptPostRecord",
    "MandateRecord",
    "PersonRecord",
    "PostRecord",
    "Record",
    "SessionRecord",
    "UndertakingRecord",
]
