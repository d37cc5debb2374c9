"""What waits for an official after the decisions: amendments, reviews, proposed acts, cases that could be closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, Text, cast, func, literal, null, select, true, union_all
from sqlalchemy.orm import Session

from services.applications.domain.access import SEES_ALL
from services.applications.records import (
    ActRecord,
    AmendmentRecord,
    ApplicationRecord,
    DecidedCaseRecord,
    HeardClaimRecord,
    ReviewRecord,
)
from shared.asker import Asker
from shared.errors import Fault, InvalidFields

D, P = DecidedCaseRecord, ApplicationRecord


def list_follow_ups(
    session: Session, asker: Asker, *, page: int, size: int, sort: str, what: str = ""
) -> Mapping[str, Any]:
    """The authority's own, oldest first. `what` narrows to amendment, review, proposal or closable."""
    if sort not in ("", "since", "-since"):
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": "since"})])
    waiting = union_all(*(rows for name, rows in _KINDS.items() if what in ("", name))).subquery()
    seen: ColumnElement[bool] = true() if asker.role in SEES_ALL else D.authority == asker.authority
    found = (
        select(
            waiting.c.number,
            waiting.c.what,
            waiting.c.ordinal,
            waiting.c.kind,
            waiting.c.since,
            waiting.c.by,
            P.undertaking_name,
            P.title,
        )
        .join(D, D.number == waiting.c.number)
        .join(P, P.number == waiting.c.number)
        .where(seen)
    )
    order = waiting.c.since.desc() if sort == "-since" else waiting.c.since.asc()
    rows = found.order_by(order, waiting.c.number, waiting.c.what).limit(size).offset((page - 1) * size)
    total = session.execute(select(func.count()).select_from(found.subquery())).scalar_one()
    return {"items": session.execute(rows).mappings().all(), "total": total}


def _row(what: str, number: Any, ordinal: Any, kind: Any, since: Any, by: Any) -> Select[Any]:
    return select(
        number.label("number"),
        literal(what, Text).label("what"),
        cast(ordinal, Integer).label("ordinal"),
        cast(kind, Text).label("kind"),
        since.label("since"),
        cast(by, Text).label("by"),
    )


_FINAL = (
    select(HeardClaimRecord.number)
    .where(HeardClaimRecord.is_final, HeardClaimRecord.payable.is_not(None))
    .where(HeardClaimRecord.paid >= HeardClaimRecord.payable)
)
_KINDS: Mapping[str, Select[Any]] = {
    "amendment": _row(
        "amendment",
        AmendmentRecord.number,
        AmendmentRecord.ordinal,
        literal(""),
        AmendmentRecord.filed_at,
        AmendmentRecord.filed_by,
    ).where(AmendmentRecord.state == "filed"),
    "review": _row(
        "review", ReviewRecord.number, ReviewRecord.ordinal, ReviewRecord.kind, ReviewRecord.arrived_at, ReviewRecord.by
    ).where(ReviewRecord.state == "pending"),
    "proposal": _row(
        "proposal", ActRecord.number, ActRecord.ordinal, ActRecord.kind, ActRecord.proposed_at, ActRecord.proposed_by
    ).where(ActRecord.state == "proposed"),
    "closable": _row("closable", D.number, null(), literal(""), D.changed_at, literal("")).where(
        D.standing == "open", D.number.in_(_FINAL)
    ),
}
