"""The room's tables, one module a subject; `metadata` knows them all."""

from services.applications.records.casework import (
    DeclarationRecord,
    OfficialRecord,
    SubstitutionRecord,
    ViewRecord,
)
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
from services.applications.records.deciding import (
    AidRecord,
    AssessmentRecord,
    EnvelopeEntryRecord,
    OwnershipLinkRecord,
    ReckoningRecord,
)
from services.applications.records.forms import DraftingRecord, VersionRecord

__all__ = [
    "APPLICATION_NUMBERS",
    "SEARCHED",
    "STATES",
    "AidRecord",
    "ApplicationRecord",
    "AssessmentRecord",
    "CallRecord",
    "DeclarationRecord",
    "DraftingRecord",
    "EnvelopeEntryRecord",
    "EnvelopeRecord",
    "OfficialRecord",
    "OwnershipLinkRecord",
    "ReckoningRecord",
    "Record",
    "SubstitutionRecord",
    "VersionRecord",
    "ViewRecord",
    "metadata",
]
