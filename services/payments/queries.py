"""Lists, straight from the tables: page by page, filtered and sorted, each asker its own part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, Select, false, func, or_, select, true
from sqlalchemy.orm import Session

from services.payments.domain.accounts import masked
from services.payments.domain.acts import SEES_ALL
from services.payments.domain.claims import ClaimState, PaymentDecision
from services.payments.domain.deadlines import days_used
from services.payments.mapping import to_decision, to_grant, to_payment
from services.payments.ports import Work
from services.payments.tables import BATCHES, CLAIMS, GRANTS, PAYMENTS
from services.payments.views import View, decided_view, grant_view, payment_view
from shared.asker import DECLARES, Asker, Role
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields, NotForYou, NotFound
from shared.sorting import sort_key

Columns = Mapping[str, ColumnElement[Any]]

GRANT_SORTS: Columns = {
    "name": GRANTS.c.name_key,
    "number": GRANTS.c.number,
    "opened_at": GRANTS.c.opened_at,
    "aid": GRANTS.c.aid,
    "left": GRANTS.c.aid - GRANTS.c.approved,
}
CLAIM_SORTS: Columns = {
    "due_on": CLAIMS.c.due_on,
    "submitted_at": CLAIMS.c.submitted_at,
    "name": GRANTS.c.name_key,
    "claim_id": CLAIMS.c.claim_id,
    "claimed": CLAIMS.c.claimed,
    "payable": CLAIMS.c.payable,
    "paid_on": CLAIMS.c.paid_on,
    "state": CLAIMS.c.state,
    # The clock runs from submission: the longest used is the earliest submitted.
    "days_used": -func.extract("epoch", CLAIMS.c.submitted_at),
}
BATCH_SORTS: Columns = {
    "made_at": BATCHES.c.made_at,
    "batch_id": BATCHES.c.batch_id,
    "amount": BATCHES.c.amount,
    "execute_on": BATCHES.c.execute_on,
}

_OF_CLAIM = (
    "claim_id number kind state version business_id authority period_first period_last claimed accepted payable "
    "submitted_at due_on paid_on decided_at"
)
_OF_GRANT = "undertaking_name title fund region"
_OF_BATCH = "batch_id authority state payments amount execute_on sha256 made_by made_at"


def list_grants(session: Session, asker: Asker, *, page: int, size: int, sort: str, search: str) -> View:
    """A company's own, an official's authority's, everything for auditors and operators; by name."""
    found = select(GRANTS).where(_own(asker, GRANTS), _grant_matches(search))
    rows, total = _page(session, found, _order(sort or "name", GRANT_SORTS, GRANTS.c.number), page, size)
    # What is planned is the case's content: an official opens the grant for it.
    plan = {"costs": []} if asker.role in DECLARES else {}
    return {"items": [grant_view(to_grant(row)) | plan for row in rows], "total": total}


def list_claims(
    work: Work,
    session: Session,
    *,
    page: int,
    size: int,
    sort: str,
    state: Sequence[str],
    number: str,
    region: str,
    search: str,
) -> View:
    """Claims by their due day, undated drafts last. Officials see no drafts: those are the company's own."""
    columns = [CLAIMS.c[name] for name in _OF_CLAIM.split()] + [GRANTS.c[name] for name in _OF_GRANT.split()]
    found = (
        select(*columns)
        .join_from(CLAIMS, GRANTS, CLAIMS.c.number == GRANTS.c.number)
        .where(CLAIMS.c.number == number if number else true(), *_narrowed(work.asker, state, region, search))
    )
    rows, total = _page(session, found, _order(sort or "due_on", CLAIM_SORTS, CLAIMS.c.claim_id), page, size)
    today = helsinki_day(work.now)
    last = _last_payments(session, [row["claim_id"] for row in rows])
    items = [{**row, "days_used": _days(row, today), "last_payment": last.get(row["claim_id"])} for row in rows]
    return {"items": items, "total": total}


def count_claims(session: Session, asker: Asker, narrowings: Sequence[Mapping[str, Any]]) -> View:
    """One statement for them all."""
    counted = [
        select(func.count())
        .select_from(CLAIMS.join(GRANTS, CLAIMS.c.number == GRANTS.c.number))
        .where(*_narrowed(asker, **one))
        .scalar_subquery()
        for one in narrowings
    ]
    return {"counts": list(session.execute(select(*counted)).one())}


def list_batches(session: Session, asker: Asker, *, page: int, size: int, sort: str) -> View:
    """Payment files, the newest first: a payer's authority's, all for an auditor."""
    found = select(*(BATCHES.c[name] for name in _OF_BATCH.split())).where(_own(asker, BATCHES))
    rows, total = _page(session, found, _order(sort or "-made_at", BATCH_SORTS, BATCHES.c.batch_id), page, size)
    return {"items": rows, "total": total}


def get_batch(session: Session, asker: Asker, batch_id: str) -> View:
    """Raises NotFound, NotForYou."""
    row = _batch(session, asker, batch_id, *(BATCHES.c[name] for name in _OF_BATCH.split()))
    columns = "payment_id claim_id batch_id amount state account reason settled_on bank_reference"
    found = select(*(PAYMENTS.c[name] for name in columns.split())).where(PAYMENTS.c.batch_id == batch_id)
    payments = session.execute(found.order_by(PAYMENTS.c.payment_id)).mappings()
    return {
        **row,
        "items": [{**payment, "account": masked(payment["account"])} for payment in payments],
        "decided": decided_view(_decisions(session, batch_id)),
    }


def get_batch_file(session: Session, asker: Asker, batch_id: str) -> View:
    """The file's text, whose UTF-8 bytes are what the digest covers. Raises NotFound, NotForYou."""
    row = _batch(session, asker, batch_id, BATCHES.c.authority, BATCHES.c.sha256, BATCHES.c.xml)
    return {
        "batch_id": batch_id,
        "file_name": f"{batch_id}.xml",
        "sha256": row["sha256"],
        "xml": bytes(row["xml"]).decode("utf-8"),
    }


def _decisions(session: Session, batch_id: str) -> Iterator[PaymentDecision]:
    """What was decided of each claim that the file pays."""
    paid = select(PAYMENTS.c.claim_id).where(PAYMENTS.c.batch_id == batch_id)
    claims = select(CLAIMS).where(CLAIMS.c.claim_id.in_(paid)).order_by(CLAIMS.c.claim_id)
    for row in session.execute(claims).mappings():
        if decision := to_decision(row):
            yield decision


def _last_payments(session: Session, claim_ids: Sequence[str]) -> dict[str, View]:
    ordered = select(PAYMENTS).where(PAYMENTS.c.claim_id.in_(claim_ids)).order_by(PAYMENTS.c.attempt)
    return {row["claim_id"]: payment_view(to_payment(row)) for row in session.execute(ordered).mappings()}


def _batch(session: Session, asker: Asker, batch_id: str, *columns: ColumnElement[Any]) -> RowMapping:
    row = session.execute(select(*columns).where(BATCHES.c.batch_id == batch_id)).mappings().first()
    if row is None:
        raise NotFound
    if asker.role not in SEES_ALL and row["authority"] != asker.authority:
        raise NotForYou(authority=row["authority"])
    return row


def _own(asker: Asker, table: FromClause) -> ColumnElement[bool]:
    if asker.role in SEES_ALL:
        return true()
    if asker.role is Role.COMPANY:
        return table.c.business_id == asker.business_id
    return table.c.authority == asker.authority


def _narrowed(asker: Asker, state: Sequence[str], region: str, search: str) -> tuple[ColumnElement[bool], ...]:
    return (
        _own(asker, CLAIMS),
        true() if asker.role is Role.COMPANY else CLAIMS.c.state != ClaimState.DRAFT.value,
        CLAIMS.c.state.in_(state) if state else true(),
        GRANTS.c.region == region if region else true(),
        _grant_matches(search),
    )


def _grant_matches(search: str) -> ColumnElement[bool]:
    """Any part of the undertaking's name or the title, or the beginning of a number or business id."""
    words = search.strip()
    if not words:
        return true()
    name = sort_key(words)
    return or_(
        GRANTS.c.number.istartswith(words, autoescape=True),
        GRANTS.c.business_id.startswith(words, autoescape=True),
        GRANTS.c.title.icontains(words, autoescape=True),
        GRANTS.c.name_key.contains(name, autoescape=True) if name else false(),
    )


def _order(sort: str, known: Columns, last: ColumnElement[Any]) -> tuple[Any, ...]:
    column = known.get(sort.removeprefix("-"))
    if column is None:
        raise InvalidFields(faults=[Fault("sort", "unknown_sort", {"known": ", ".join(known)})])
    ordered = column.desc() if sort.startswith("-") else column.asc()
    return ordered.nulls_last(), last


def _page(
    session: Session, found: Select[Any], order: tuple[Any, ...], page: int, size: int
) -> tuple[list[RowMapping], int]:
    """The page's rows and how many there are on all pages, counted only where the rows do not tell it."""
    rows = session.execute(found.order_by(*order).limit(size).offset((page - 1) * size)).mappings().all()
    before = (page - 1) * size
    if len(rows) < size and (rows or page == 1):
        return list(rows), before + len(rows)
    counted = select(func.count()).select_from(found.order_by(None).subquery())
    return list(rows), session.execute(counted).scalar_one()


def _days(row: RowMapping, today: date) -> int | None:
    until = row["paid_on"] or today
    if row["state"] == ClaimState.REJECTED and row["decided_at"]:
        until = helsinki_day(row["decided_at"])
    return days_used(row["submitted_at"], until)
