"""Mail that was sent or is on its way, newest first: to officials that of one case, to operators all."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from services.customers.domain.mail.outgoing import OutgoingMail
from services.customers.records.mail import OutgoingMailRecord
from services.customers.use_cases.mail.sending import row_of
from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields

M = OutgoingMailRecord
SEES_ALL = frozenset({Role.OPERATOR, Role.AUDITOR})
SORTS = {"made_at": M.made_at, "state": M.state}


def mails(
    session: Session, asker: Asker, *, page: int, size: int, sort: str, number: str = "", state: str = ""
) -> dict[str, Any]:
    """An official asks of one case of their own authority."""
    wanted: list[ColumnElement[bool]] = []
    if asker.role not in SEES_ALL:
        if not number:
            raise InvalidFields(faults=[Fault("number", "required")])
        wanted.append(M.authority == asker.authority)
    wanted += [M.number == number] if number else []
    wanted += [M.state == state] if state else []
    name = (sort or "-made_at").removeprefix("-")
    if name not in SORTS:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(SORTS)})])
    order = SORTS[name].desc() if (sort or "-made_at").startswith("-") else SORTS[name].asc()
    rows = session.scalars(select(M).where(*wanted).order_by(order, M.mail_id).limit(size).offset((page - 1) * size))
    items = [row_of(_mail(row)) for row in rows]
    total = session.execute(select(func.count()).select_from(M).where(*wanted)).scalar_one()
    return {"items": items, "total": total}


def _mail(row: OutgoingMailRecord) -> OutgoingMail:
    return OutgoingMail(**{field.name: getattr(row, field.name) for field in fields(OutgoingMail)})
