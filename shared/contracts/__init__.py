"""What the rooms promise each other: facts (events) and requests (operations), as schemas.

`EVENTS` and `OPERATIONS` are the whole list; AsyncAPI and OpenAPI are generated from them.
"""

from shared.contracts import applications, calculating, customers, documents, monitoring, parking, payments
from shared.contracts.terms import Event, Kind, Operation

ROOMS = ("customers", "documents", "applications", "payments", "monitoring")

EVENTS: dict[tuple[str, int], Event] = {
    (event.type, event.version): event
    for module in (applications, customers, documents, payments)
    for event in module.EVENTS
}

OPERATIONS: dict[str, Operation] = {
    operation.address: operation
    for module in (applications, customers, documents, payments, monitoring)
    for operation in module.OPERATIONS
} | {operation.address: operation for room in ROOMS for operation in parking.operations(room)}
OPERATIONS |= {operation.address: operation for room in calculating.RULES for operation in calculating.operations(room)}

__all__ = ["EVENTS", "OPERATIONS", "ROOMS", "Event", "Kind", "Operation"]
