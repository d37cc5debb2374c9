"""Addresses, wishes, outgoing mail, news and clocks in PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from services.customers.domain.mail.addresses import AddressChange
from services.customers.domain.mail.clocks import Clock
from services.customers.domain.mail.news import KeptNews
from services.customers.domain.mail.outgoing import WAITING, OutgoingMail
from services.customers.domain.mail.words import Line
from services.customers.records import MandateRecord, PostRecord
from services.customers.records.mail import (
    AddressChangeRecord,
    AddressRecord,
    ClockRecord,
    MorningRecord,
    NewsRecord,
    OutgoingMailRecord,
    WishRecord,
)


class StoredMail:
    def __init__(self, session: Session) -> None:
        self._session = session

    # ---- who, and what each wants ----

    def address_of(self, person_id: str) -> str:
        found = select(AddressRecord.address).where(AddressRecord.person_id == person_id)
        return self._session.execute(found).scalar_one_or_none() or ""

    def set_address(self, person_id: str, address: str, at: datetime) -> None:
        if not address:
            self._session.execute(delete(AddressRecord).where(AddressRecord.person_id == person_id))
            return
        given = insert(AddressRecord).values(person_id=person_id, address=address, set_at=at)
        newer = {"address": address, "set_at": at}
        self._session.execute(given.on_conflict_do_update(index_elements=["person_id"], set_=newer))

    def change_of(self, person_id: str, *, locked: bool = False) -> AddressChange | None:
        how = {"with_for_update": True} if locked else {}
        found = self._session.get(AddressChangeRecord, person_id, populate_existing=True, **how)
        return AddressChange(**{one.name: getattr(found, one.name) for one in fields(AddressChange)}) if found else None

    def keep_change(self, change: AddressChange) -> None:
        row = {name.name: getattr(change, name.name) for name in fields(AddressChange)}
        given = insert(AddressChangeRecord).values(row)
        self._session.execute(given.on_conflict_do_update(index_elements=["person_id"], set_=row))

    def forget_change(self, person_id: str) -> None:
        self._session.execute(delete(AddressChangeRecord).where(AddressChangeRecord.person_id == person_id))

    def sent_since(self, person_id: str, kind: str, moment: datetime) -> int:
        mine = (OutgoingMailRecord.person_id == person_id, OutgoingMailRecord.kind == kind)
        made = select(func.count()).where(*mine, OutgoingMailRecord.made_at > moment)
        return int(self._session.execute(made).scalar_one())

    def wishes_of(self, person_id: str) -> Mapping[str, str]:
        found = self._session.execute(select(WishRecord.kind, WishRecord.told).where(WishRecord.person_id == person_id))
        return {row.kind: row.told for row in found}

    def wish(self, person_id: str, kind: str, told: str) -> None:
        given = insert(WishRecord).values(person_id=person_id, kind=kind, told=told)
        self._session.execute(given.on_conflict_do_update(index_elements=["person_id", "kind"], set_={"told": told}))

    def who_may_act_for(self, business_id: str) -> Sequence[str]:
        """Everybody who ever had a mandate for it; who has one now, the person's own record says."""
        found = select(MandateRecord.person_id).where(MandateRecord.business_id == business_id).distinct()
        return self._session.scalars(found.order_by(MandateRecord.person_id)).all()

    def who_held(self, role: str, authority: str) -> Sequence[str]:
        """Everybody who ever held such a post there."""
        found = select(PostRecord.person_id).where(PostRecord.role == role, PostRecord.authority == authority)
        return self._session.scalars(found.distinct().order_by(PostRecord.person_id)).all()

    def officials(self) -> Sequence[str]:
        return self._session.scalars(select(PostRecord.person_id).distinct().order_by(PostRecord.person_id)).all()

    # ---- on its way ----

    def add(self, mail: OutgoingMail) -> bool:
        """False when the person has been told of this cause already."""
        added = insert(OutgoingMailRecord).values(_columns(mail)).on_conflict_do_nothing()
        return self._session.execute(added.returning(OutgoingMailRecord.mail_id)).first() is not None

    def next_due(self, now: datetime) -> OutgoingMail | None:
        """The mail that has waited longest, locked; one that somebody else has in hand is passed over."""
        due = (
            select(OutgoingMailRecord)
            .where(OutgoingMailRecord.state == WAITING, OutgoingMailRecord.next_try_at <= now)
            .order_by(OutgoingMailRecord.next_try_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        found = self._session.scalars(due.execution_options(populate_existing=True)).first()
        return _to_mail(found) if found else None

    def locked(self, mail_id: str) -> OutgoingMail | None:
        found = self._session.get(OutgoingMailRecord, mail_id, with_for_update=True, populate_existing=True)
        return _to_mail(found) if found else None

    def put(self, mail: OutgoingMail) -> None:
        columns = _columns(mail)
        one = OutgoingMailRecord.mail_id == columns.pop("mail_id")
        self._session.execute(update(OutgoingMailRecord).where(one).values(columns))

    # ---- one letter a day ----

    def keep_news(self, news: KeptNews, at: datetime) -> None:
        row = {
            "person_id": news.person_id,
            "cause": news.cause,
            "words": news.line.words,
            "number": news.line.number,
            "day": news.line.day,
            "role": news.role,
            "business_id": news.business_id,
            "authority": news.line.authority,
            "heard_at": at,
        }
        self._session.execute(insert(NewsRecord).values(row).on_conflict_do_nothing())

    def untold_news(self) -> Sequence[KeptNews]:
        """By person, oldest first; locked, so that two mornings can't tell the same."""
        untold = select(NewsRecord).where(NewsRecord.told_at.is_(None))
        found = untold.order_by(NewsRecord.person_id, NewsRecord.heard_at, NewsRecord.cause).with_for_update()
        return [_to_news(record) for record in self._session.scalars(found)]

    def told(self, person_id: str, causes: Sequence[str], at: datetime) -> None:
        these = (NewsRecord.person_id == person_id, NewsRecord.cause.in_(causes))
        self._session.execute(update(NewsRecord).where(*these).values(told_at=at))

    # ---- the officials' mornings ----

    def clock(self, subject: str) -> Clock | None:
        found = self._session.get(ClockRecord, subject, populate_existing=True)
        return _to_clock(found) if found else None

    def put_clock(self, clock: Clock) -> None:
        row = {field.name: getattr(clock, field.name) for field in fields(Clock)}
        given = insert(ClockRecord).values(row)
        self._session.execute(given.on_conflict_do_update(index_elements=["subject"], set_=row))

    def forget_clock(self, subject: str) -> None:
        self._session.execute(delete(ClockRecord).where(ClockRecord.subject == subject))

    def clocks(self) -> Sequence[Clock]:
        return [_to_clock(record) for record in self._session.scalars(select(ClockRecord))]

    def begin_morning(self, day: date, at: datetime) -> bool:
        """False when this morning's letters have been made."""
        begun = insert(MorningRecord).values(day=day, made_at=at).on_conflict_do_nothing().returning(MorningRecord.day)
        return self._session.execute(begun).first() is not None


def _columns(mail: OutgoingMail) -> dict[str, Any]:
    return {field.name: getattr(mail, field.name) for field in fields(OutgoingMail)}


def _to_mail(record: OutgoingMailRecord) -> OutgoingMail:
    return OutgoingMail(**{field.name: getattr(record, field.name) for field in fields(OutgoingMail)})


def _to_clock(record: ClockRecord) -> Clock:
    return Clock(**{field.name: getattr(record, field.name) for field in fields(Clock)})


def _to_news(record: NewsRecord) -> KeptNews:
    line = Line(words=record.words, number=record.number, day=record.day, authority=record.authority)
    return KeptNews(
        person_id=record.person_id, cause=record.cause, line=line, role=record.role, business_id=record.business_id
    )
