"""From facts to what is told: to which side, of which kind, in which words, with which day. No sums, no texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shared.dates import helsinki_day

Data = Mapping[str, Any]

NO_DECISIONS = frozenset({"completion_request", "hearing", "filing", "completion_filed"})

# What is heard so long after it happened is no news any more: the service itself has it.
NEWS_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiding:
    """`to` is company (all who act for it), signatories, preparers, one (`person`, of the company), handler (the
    case's), verifiers or decision_makers; `words` name the text; `about` the case or claim. `but` is told otherwise.
    `hourly`: the same of the same case within an hour is told once, for it says where to look and not what at.
    """

    to: str
    kind: str
    words: str
    about: str
    number: str
    authority: str
    business_id: str | None = None
    person: str | None = None
    day: date | None = None
    but: str | None = None
    hourly: bool = False

    def cause(self, fact_id: str, happened_at: datetime) -> str:
        """What one person is told of once."""
        if self.hourly:
            return f"{self.words}/{self.about}/{happened_at.astimezone(UTC):%Y-%m-%dT%H}"
        return f"{fact_id}/{self.words}"


def tidings_in(fact_type: str, data: Data) -> tuple[Tiding, ...]:
    """What is told of a fact; nothing for a fact that tells nobody anything to do."""
    told = TIDINGS.get(fact_type)
    return tuple(told(data)) if told else ()


def is_news(happened_at: datetime, now: datetime) -> bool:
    return now - happened_at <= NEWS_FOR


def _company(data: Data, kind: str, words: str, **more: Any) -> Tiding:
    number = str(data["number"])
    return Tiding(
        kind=kind,
        words=words,
        number=number,
        authority=data["authority"],
        business_id=data["business_id"],
        **{"to": "company", "about": f"application/{number}", **more},
    )


def _official(data: Data, to: str, kind: str, words: str, **more: Any) -> Tiding:
    number = str(data["number"])
    plain = {"about": f"application/{number}", "person": data.get("handler")}
    return Tiding(to=to, kind=kind, words=words, number=number, authority=data["authority"], **{**plain, **more})


def application_submitted(data: Data) -> Iterator[Tiding]:
    yield _company(data, "progress", "received")


def case_transferred(data: Data) -> Iterator[Tiding]:
    """The authority that now has it writes: who sent it to another is told of the transfer (HL 434/2003 21 §)."""
    yield _company(data, "transfer", "transferred")


def completion_requested(data: Data) -> Iterator[Tiding]:
    yield _company(data, "completion", "complete", day=data["due_on"])


def hearing_requested(data: Data) -> Iterator[Tiding]:
    yield _company(data, "hearing", "comment", day=data["due_on"])


def answered(data: Data) -> Iterator[Tiding]:
    yield _official(data, "handler", "task", "answer_came")


def more_time_asked(data: Data) -> Iterator[Tiding]:
    yield _official(data, "handler", "task", "more_time_asked", day=data["until"])


def due_day_moved(data: Data) -> Iterator[Tiding]:
    if data["kind"] != "opinion":
        words = "more_time_refused" if data["refused"] else "due_moved"
        yield _company(data, data["kind"], words, day=data["due_on"])


def request_expired(data: Data) -> Iterator[Tiding]:
    if data["kind"] != "opinion":
        yield _company(data, "deadline", "time_ran_out")
    yield _official(data, "handler", "task", "request_ran_out")


def message_written(data: Data) -> Iterator[Tiding]:
    if data["side"] == "authority":
        yield _company(data, "message", "message_to_company")
    else:
        yield _official(data, "handler", "message", "message_to_handler")


def _last_day(data: Data) -> date:
    return helsinki_day(data["ends_at"] - timedelta(microseconds=1))


def _draft(data: Data, to: str, words: str, **more: Any) -> Tiding:
    """Of a draft, among the company's own people, with the last day on which it can be sent."""
    named = {**data, "number": data["application"]}
    return _company(named, "signature", words, **{"to": to, "day": _last_day(data), **more})


def signature_asked(data: Data) -> Iterator[Tiding]:
    yield _draft(data, "signatories", "sign", but=data["asked_by"])


def signature_given(data: Data) -> Iterator[Tiding]:
    yield _draft(data, "one", "signed", person=data["asked_by"])


def signature_declined(data: Data) -> Iterator[Tiding]:
    yield _draft(data, "one", "not_signed", person=data["asked_by"])


def signature_withdrawn(data: Data) -> Iterator[Tiding]:
    yield _draft(data, "signatories", "no_signature_asked", but=data["asked_by"])
    yield _draft(data, "one", "request_taken_back", person=data["asked_by"])


def draft_reassigned(data: Data) -> Iterator[Tiding]:
    """Whoever answers for it now is told; where nobody does, everybody who could."""
    if data["now"] is None:
        yield _draft(data, "preparers", "draft_left", but=data["before"])
    elif data["why"] == "left":
        yield _draft(data, "one", "draft_given", person=data["now"])
    elif data["before"]:
        yield _draft(data, "one", "draft_taken", person=data["before"])


def document_scanned(data: Data) -> Iterator[Tiding]:
    """A virus: the company has a clean file to send, and whoever reads the case knows what is missing in it."""
    if data["state"] != "infected":
        return
    about = str(data["subject"])
    kind, _, number = about.partition("/")
    named = {**data, "number": number}
    if not data.get("by_official"):  # what officials sent or scanned from paper the company has no clean one of
        yield _company(named, "file", "virus_in_file", about=about, hourly=True)
    reader = "verifiers" if kind == "claim" else "handler"
    yield _official(named, reader, "task", "virus_in_case", about=about, hourly=True)


def deadline_neared(data: Data) -> Iterator[Tiding]:
    last_day = _last_day(data)
    words = "call_closes" if data["what"] == "call_closes" else "answer_due"
    yield _company({**data, "number": data["application"]}, "deadline", words, day=last_day)


def case_assigned(data: Data) -> Iterator[Tiding]:
    yield _official(data, "handler", "task", "case_given")


def decision_proposed(data: Data) -> Iterator[Tiding]:
    yield _official(data, "decision_makers", "task", "to_decide")


def proposal_returned(data: Data) -> Iterator[Tiding]:
    yield _official(data, "handler", "task", "proposal_returned")


def payment_proposed(data: Data) -> Iterator[Tiding]:
    yield _official(data, "decision_makers", "task", "payment_to_decide", about=f"claim/{data['claim_id']}")


def claim_submitted(data: Data) -> Iterator[Tiding]:
    yield _company(data, "progress", "claim_received", about=f"claim/{data['claim_id']}")


def payment_settled(data: Data) -> Iterator[Tiding]:
    yield _company(data, "payment", "paid", about=f"claim/{data['claim_id']}")


def payment_failed(data: Data) -> Iterator[Tiding]:
    yield _company(data, "payment", "payment_failed", about=f"claim/{data['claim_id']}")


def letter_written(data: Data) -> Iterator[Tiding]:
    """A decision's letter is there to be read. Of requests their own facts tell; receipts the company has seen."""
    if data["letter"] in NO_DECISIONS:
        return
    subject = str(data["subject"])
    named = {**data, "number": subject.partition("/")[2]}
    words = "payment_letter" if data["letter"] == "payment_decided" else "decision_letter"
    yield _company(named, "decision", words, about=subject)


TIDINGS: Mapping[str, Callable[[Data], Iterator[Tiding]]] = {
    "applications.application_submitted": application_submitted,
    "applications.case_transferred": case_transferred,
    "applications.completion_requested": completion_requested,
    "applications.completion_answered": answered,
    "applications.hearing_requested": hearing_requested,
    "applications.hearing_answered": answered,
    "applications.more_time_asked": more_time_asked,
    "applications.due_day_moved": due_day_moved,
    "applications.request_expired": request_expired,
    "applications.message_written": message_written,
    "applications.deadline_neared": deadline_neared,
    "applications.signature_asked": signature_asked,
    "applications.signature_given": signature_given,
    "applications.signature_declined": signature_declined,
    "applications.signature_withdrawn": signature_withdrawn,
    "applications.draft_reassigned": draft_reassigned,
    "applications.case_assigned": case_assigned,
    "applications.decision_proposed": decision_proposed,
    "applications.proposal_returned": proposal_returned,
    "payments.payment_proposed": payment_proposed,
    "payments.claim_submitted": claim_submitted,
    "payments.payment_settled": payment_settled,
    "payments.payment_failed": payment_failed,
    "documents.letter_written": letter_written,
    "documents.document_scanned": document_scanned,
}
