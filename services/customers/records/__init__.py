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
    ReleaseRecord,
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
from services.customers.records.mail import (
    AddressRecord,
    ClockRecord,
    MorningRecord,
    NewsRecord,
    OutgoingMailRecord,
    WishRecord,
)

__all__ = [
    "TABLES",
    "AddressRecord",
    "ApiKeyRecord",
    "ClockRecord",
    "CompanyActRecord",
    "CompanyPreferencesRecord",
    "ContactRecord",
    "DisagreementRecord",
    "InvitationRecord",
    "KeptPostRecord",
    "MandateCheckRecord",
    "MandateRecord",
    "MorningRecord",
    "NewsRecord",
    "OutgoingMailRecord",
    "OwnershipRecord",
    "PersonRecord",
    "PostRecord",
    "Record",
    "RegisterAnswerRecord",
    "ReleaseRecord",
    "SessionRecord",
    "UndertakingRecord",
    "WishRecord",
]
