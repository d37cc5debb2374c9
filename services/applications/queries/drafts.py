"""Drafts that nobody in the company answers for any more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.applications.domain.states import UNFILED
from services.applications.queries.core import seen_by
from services.applications.records import ApplicationRecord, CallRecord
from services.applications.records.forms import DraftingRecord
from shared.asker import Asker

A, C, D = ApplicationRecord, CallRecord, DraftingRecord
MOST = 100


def left_drafts(session: Session, asker: Asker) -> dict[str, Any]:
    """Of the asker's company, the one whose call closes first before the others."""
    found = (
        select(A.number, A.title, C.names.label("call_names"), C.closes_at, D.left_by)
        .join(C, C.call_id == A.call_id)
        .join(D, D.number == A.number)
        .where(seen_by(asker), A.state.in_([state.value for state in UNFILED]), D.left_by.is_not(None))
        .order_by(C.closes_at, A.number)
        .limit(MOST)
    )
    return {"items": session.execute(found).mappings().all()}
