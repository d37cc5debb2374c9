"""What registers outside said, and what companies say against it, in PostgreSQL."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session as Transaction

from services.customers.domain.disagreements import Disagreement
from services.customers.domain.mandate_checks import Concluded, MandateCheck
from services.customers.domain.mandate_rules import Organisation
from services.customers.domain.register_data import Address, KeptAnswer, Line, RegisterData, Situation
from services.customers.records import DisagreementRecord, MandateCheckRecord, RegisterAnswerRecord


class StoredRegisterAnswers:
    """Every answer is kept: what was known on the day of a decision can be shown for ever."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def latest(self, business_id: str) -> RegisterData | None:
        found = (
            select(RegisterAnswerRecord)
            .where(RegisterAnswerRecord.business_id == business_id)
            .order_by(RegisterAnswerRecord.fetched_at.desc())
            .limit(1)
        )
        record = self._transaction.scalars(found).first()
        return _data(record) if record else None

    def add(self, data: RegisterData, raw: str) -> None:
        row = {
            "business_id": data.business_id,
            "fetched_at": data.fetched_at,
            "digest": data.digest,
            "raw": raw,
            "facts": _facts(data),
        }
        self._transaction.execute(insert(RegisterAnswerRecord).values(row).on_conflict_do_nothing())

    def with_digest(self, business_id: str, digest: str) -> KeptAnswer | None:
        found = (
            select(RegisterAnswerRecord)
            .where(RegisterAnswerRecord.business_id == business_id, RegisterAnswerRecord.digest == digest)
            .order_by(RegisterAnswerRecord.fetched_at)
            .limit(1)
        )
        row = self._transaction.scalars(found).first()
        if row is None:
            return None
        return KeptAnswer(business_id=row.business_id, fetched_at=row.fetched_at, digest=row.digest, raw=row.raw)


class StoredMandateChecks:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def begin(self, check: MandateCheck) -> None:
        still_open = update(MandateCheckRecord).where(
            MandateCheckRecord.person_id == check.person_id, MandateCheckRecord.state == "begun"
        )
        self._transaction.execute(still_open.values(state="failed", why="begun_again", finished_at=check.begun_at))
        self._transaction.execute(insert(MandateCheckRecord).values(_check_row(check)))

    def get_locked(self, check_id: str) -> MandateCheck | None:
        record = self._transaction.get(MandateCheckRecord, check_id, with_for_update=True)
        return mandate_check(record) if record else None

    def save(self, check: MandateCheck) -> None:
        row = _check_row(check)
        own = MandateCheckRecord.check_id == row.pop("check_id")
        self._transaction.execute(update(MandateCheckRecord).where(own).values(row))


class StoredDisagreements:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def add(self, disagreement: Disagreement) -> None:
        self._transaction.execute(insert(DisagreementRecord).values(_disagreement_row(disagreement)))

    def get_locked(self, disagreement_id: str) -> Disagreement | None:
        record = self._transaction.get(DisagreementRecord, disagreement_id, with_for_update=True)
        return disagreement_of(record) if record else None

    def save(self, disagreement: Disagreement) -> None:
        row = _disagreement_row(disagreement)
        own = DisagreementRecord.disagreement_id == row.pop("disagreement_id")
        self._transaction.execute(update(DisagreementRecord).where(own).values(row))


def mandate_check(record: MandateCheckRecord) -> MandateCheck:
    return MandateCheck(
        check_id=record.check_id,
        person_id=record.person_id,
        register_session=record.register_session,
        request_id=record.request_id,
        returning=record.returning,
        begun_at=record.begun_at,
        state=record.state,
        why=record.why,
        finished_at=record.finished_at,
        organisations=tuple(
            Concluded(
                organisation=Organisation(
                    business_id=each["business_id"],
                    name=each["name"],
                    complete=each["complete"],
                    roles=tuple(each["roles"]),
                ),
                rights=tuple(each["rights"]),
            )
            for each in record.organisations
        ),
    )


def _check_row(check: MandateCheck) -> dict[str, Any]:
    organisations = [
        {
            "business_id": each.organisation.business_id,
            "name": each.organisation.name,
            "complete": each.organisation.complete,
            "roles": list(each.organisation.roles),
            "rights": list(each.rights),
        }
        for each in check.organisations
    ]
    return {
        "check_id": check.check_id,
        "person_id": check.person_id,
        # After it is over the register's own name of the visit has no use.
        "register_session": check.register_session if check.state == "begun" else "",
        "request_id": check.request_id,
        "returning": check.returning,
        "begun_at": check.begun_at,
        "state": check.state,
        "why": check.why,
        "finished_at": check.finished_at,
        "organisations": organisations,
        "business_ids": [each["business_id"] for each in organisations],
    }


def disagreement_of(record: DisagreementRecord) -> Disagreement:
    return Disagreement(**{name: getattr(record, name) for name in Disagreement.__dataclass_fields__})


def _disagreement_row(disagreement: Disagreement) -> dict[str, Any]:
    return {name: getattr(disagreement, name) for name in Disagreement.__dataclass_fields__}


def _facts(data: RegisterData) -> dict[str, Any]:
    line = data.business_line
    return {
        "name": data.name,
        "form": dict(data.form),
        "form_code": data.form_code,
        "business_line": line and {"code": line.code, "code_set": line.code_set, "names": dict(line.names)},
        "addresses": [
            {name: getattr(address, name) for name in Address.__dataclass_fields__} for address in data.addresses
        ],
        "vat_liable": data.vat_liable,
        "situations": [{"kind": each.kind, "since": _day_out(each.since)} for each in data.situations],
        "registered_on": _day_out(data.registered_on),
        "ended_on": _day_out(data.ended_on),
        "website": data.website,
        "source": data.source,
    }


def _data(record: RegisterAnswerRecord) -> RegisterData:
    facts = record.facts
    line = facts["business_line"]
    return RegisterData(
        business_id=record.business_id,
        name=facts["name"],
        form=facts["form"],
        form_code=facts["form_code"],
        business_line=Line(**line) if line else None,
        addresses=tuple(Address(**address) for address in facts["addresses"]),
        vat_liable=facts["vat_liable"],
        situations=tuple(Situation(kind=each["kind"], since=_day_in(each["since"])) for each in facts["situations"]),
        registered_on=_day_in(facts["registered_on"]),
        ended_on=_day_in(facts["ended_on"]),
        website=facts["website"],
        digest=record.digest,
        fetched_at=record.fetched_at,
        source=facts["source"],
    )


def _day_out(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_in(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
