"""Tables of this room and the work that reads and writes them."""

from services.payments.records import metadata
from services.payments.storage.work import PaymentsWork

__all__ = ["PaymentsWork", "metadata"]
