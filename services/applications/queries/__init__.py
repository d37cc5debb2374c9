"""Lists, straight from SQL: filtered, sorted, one page at a time, with the true total; one module a subject."""

from services.applications.queries.core import list_applications, list_calls, list_envelopes

__all__ = ["list_applications", "list_calls", "list_envelopes"]
