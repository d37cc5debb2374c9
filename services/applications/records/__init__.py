"""The room's tables, one module a subject; `metadata` knows them all."""

from services.applications.records.afterwards import (
    ActRecord,
    AmendmentRecord,
    DecidedCaseRecord,
    HeardClaimRecord,
    ReviewRecord,
)
from services.applications.records.casework import (
    DeclarationRecord,
    OfficialRecord,
    SubstitutionRecord,
    ViewRecord,
)
from services.applications.records.core import (
    APPLICATION_NUMBERS,
    STATES,
    ApplicationRecord,
    CallRecord,
    EnvelopeRecord,
    Record,
    metadata,
)
from services.applications.records.correspondence import (
    MessageDraftRecord,
    MessageRecord,
    ReminderRecord,
    RequestRecord,
)
from services.applications.records.deciding import (
    AidRecord,
    AssessmentRecord,
    MovementRecord,
    OwnershipLinkRecord,
    ReckoningRecord,
    RegisterFactsRecord,
)
from services.applications.records.forms import CompanyPreferenceRecord, DraftingRecord, VersionRecord
from services.applications.records.scans import InfectedFileRecord
from services.applications.records.searching import SearchedWordRecord
from services.applications.records.standings import StandingRecord
from services.applications.records.transfers import TransferRecord

__all__ = [
    "APPLICATION_NUMBERS",
    "STATES",
    "ActRecord",
    "AidRecord",
    "AmendmentRecord",
    "ApplicationRecord",
    "AssessmentRecord",
    "CallRecord",
    "CompanyPreferenceRecord",
    "DecidedCaseRecord",
    "DeclarationRecord",
    "DraftingRecord",
    "EnvelopeRecord",
    "HeardClaimRecord",
    "InfectedFileRecord",
    "MessageDraftRecord",
    "MessageRecord",
    "MovementRecord",
    "OfficialRecord",
    "OwnershipLinkRecord",
    "ReckoningRecord",
    "Record",
    "RegisterFactsRecord",
    "ReminderRecord",
    "RequestRecord",
    "ReviewRecord",
    "SearchedWordRecord",
    "StandingRecord",
    "SubstitutionRecord",
    "TransferRecord",
    "VersionRecord",
    "ViewRecord",
    "metadata",
]
