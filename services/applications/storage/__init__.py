"""How the room's things lie in PostgreSQL: records, their mapping to the domain, repositories, one transaction."""

from services.applications.storage.records import metadata
from services.applications.storage.repositories import ApplicationsWork

__all__ = ["ApplicationsWork", "metadata"]
