"""When the party has to be heard before a decision is proposed (HL 434/2003 34 §)."""

from __future__ import annotations

from collections.abc import Iterable

from services.applications.domain.correspondence.requests import Kind, PartyRequest, Stage

# HL 34 § 1 mom.: before an adverse decision. 34 § 2 mom. 1 k.: not when the matter is left unexamined; a case that
# lapses or is approved as applied for takes nothing from the party.
ADVERSE = frozenset({"reject", "approve_in_part"})


def hearing_needed(outcome: str, requests: Iterable[PartyRequest]) -> bool:
    """Whether the party should still be heard before this outcome is proposed.

    A hearing counts when it was answered or its time ran out. The handler may decide that hearing is obviously
    unnecessary (34 § 2 mom. 5 k.): that is a ground to write down, not a thing a program knows.
    """
    return outcome in ADVERSE and not any(_was_heard(request) for request in requests)


def _was_heard(request: PartyRequest) -> bool:
    return request.kind is Kind.HEARING and request.state in (Stage.ANSWERED, Stage.EXPIRED)
