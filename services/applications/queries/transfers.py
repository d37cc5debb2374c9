"""Transfers that the asker's authority has given or received, the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session

from services.applications.domain.access import SEES_ALL
from services.applications.queries.core import order_of
from services.applications.records.transfers import TransferRecord
from shared.asker import Asker

T = TransferRecord
SORTS: Mapping[str, Any] = {"transferred_at": T.transferred_at, "number": T.number, "given_to": T.given_to}


def list_transfers(session: Session, asker: Asker, *, page: int, size: int, sort: str) -> dict[str, Any]:
    own: ColumnElement[bool] = or_(T.given_by == asker.authority, T.given_to == asker.authority)
    wanted = true() if asker.role in SEES_ALL else own
    order = (*order_of(sort or "-transferred_at", SORTS), T.number, T.ordinal)
    rows = select(T).where(wanted).order_by(*order).limit(size).offset((page - 1) * size)
    total = session.execute(select(func.count()).select_from(T).where(wanted)).scalar_one()
    return {"items": session.scalars(rows).all(), "total": total}
