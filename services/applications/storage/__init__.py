"""Where the use cases find their things in PostgreSQL, within one transaction: one module a subject."""

from services.applications.storage.core import ApplicationsWork, metadata

__all__ = ["ApplicationsWork", "metadata"]
