"""Lists, straight from SQL: filtered, sorted, one page at a time, with the true total; one module a subject."""

from services.applications.queries.afterwards import list_follow_ups
from services.applications.queries.casework import (
    counted_view,
    list_officials,
    list_substitutes,
    list_views,
    work_queue,
)
from services.applications.queries.core import (
    APPLICATION_SORTS,
    CALL_SORTS,
    ENVELOPE_SORTS,
    list_applications,
    list_calls,
    list_envelopes,
)
from services.applications.queries.correspondence import list_open_requests, list_threads
from services.applications.queries.deciding import (
    count_unreckoned,
    decided_numbers,
    list_decidable,
    list_envelope_entries,
)
from services.applications.queries.drafts import left_drafts
from services.applications.queries.gate import pass_gate
from services.applications.queries.transfers import list_transfers

__all__ = [
    "APPLICATION_SORTS",
    "CALL_SORTS",
    "ENVELOPE_SORTS",
    "count_unreckoned",
    "counted_view",
    "decided_numbers",
    "left_drafts",
    "list_applications",
    "list_calls",
    "list_decidable",
    "list_envelope_entries",
    "list_envelopes",
    "list_follow_ups",
    "list_officials",
    "list_open_requests",
    "list_substitutes",
    "list_threads",
    "list_transfers",
    "list_views",
    "pass_gate",
    "work_queue",
]
