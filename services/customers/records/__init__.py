"""The tables of customers, one module a subject; `TABLES` knows them all."""

from services.customers.records.companies import (
    ApiKeyRecord,
    CompanyActRecord,
    CompanyPreferencesRecord,
    DisagreementRecord,
    InvitationRecord,
    MandateCheckRecord,
    OwnershipRecord,
    RegisterAnswerRecord,
)
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
    "ApiKeyRecord",
    "CompanyActRecord",
    "CompanyPreferencesRecord",
    "ContactRecord",
    "DisagreementRecord",
    "InvitationRecord",
    "KeptPostRecord",
    "MandateCheckRecord",
    "MandateRecord",
    "OwnershipRecord",
    "PersonRecord",
    "PostRecord",
    "Record",
    "RegisterAnswerRecord",
    "SessionRecord",
    "UndertakingRecord",
]
