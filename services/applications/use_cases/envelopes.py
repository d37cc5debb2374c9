"""Authority to grant, as the ministry has divided it."""

from __future__ import annotations

from typing import Any

from services.applications.domain.envelopes import Envelope
from services.applications.ports import Work
from shared.errors import Fault, InvalidFields
from shared.money import Money
from shared.reference import authorities


def grant_authority(work: Work, amount: Money, **key: Any) -> Envelope:
    """Set the whole amount of one envelope: it replaces the earlier one, so a repeat does no harm.

    Raises AuthorityBound when decisions have already bound more.
    """
    if key["authority"] not in authorities.BY_CODE:
        raise InvalidFields(faults=[Fault("authority", "unknown_authority")])
    envelope = work.envelopes.locked(Envelope(**key)).granted(amount)
    work.envelopes.put(envelope)
    return envelope
