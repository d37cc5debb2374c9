"""From facts to rows: what each kind of fact changes in the read model.

Facts of one stream come in order, those of different streams in any order, and the rows come out the same.
Each column therefore belongs to one stream: a case's own columns to its application, a claim's to the
claim, and a case's sums and counts grow by what a claim has changed since it was last counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from services.monitoring.domain.case_states import OUTCOMES, CaseState, ClaimPhase
from services.monitoring.domain.facts import Fact
from services.monitoring.domain.rows import (
    CaseRow,
    ClaimLinesRow,
    ClaimRow,
    DocumentRow,
    PaymentRow,
    Row,
    Rows,
    SubjectRow,
)
from shared.money import ZERO, Money
from shared.sorting import sort_key

Data = Mapping[str, Any]
Key = tuple[type[Row], str]
Projection = Callable[[Rows, Data], Iterator[Row]]


def project(rows: Rows, fact: Fact) -> None:
    """Put what the fact changes into the rows. A kind or version nobody here knows changes nothing."""
    projection = PROJECTIONS.get((fact.type, fact.version))
    if projection is None:
        return
    for row in projection(rows, fact.data):
        rows.put(row)
    _touch_case(rows, fact)


def touched_by(fact: Fact) -> Iterator[Key]:
    """The rows that projecting the fact reads, to be fetched beforehand."""
    if (fact.type, fact.version) not in PROJECTIONS:
        return
    for name, kind in _KIND_BY_ID.items():
        if name in fact.data:
            yield kind, fact.data[name]
    if fact.type in ("payments.claim_verified", "payments.claim_released"):
        yield ClaimLinesRow, fact.data["claim_id"]


_KIND_BY_ID: Mapping[str, type[Row]] = {"number": CaseRow, "claim_id": ClaimRow, "payment_id": PaymentRow}


def _touch_case(rows: Rows, fact: Fact) -> None:
    number = fact.data.get("number")
    if number is None:
        return
    case = rows.get(CaseRow, number)
    rows.put(replace(case, state=case.state_now(), last_event_at=max(case.last_event_at, fact.at)))
    if fact.subject != f"application/{number}":
        rows.put(SubjectRow(subject=fact.subject, belongs_to=f"application/{number}"))


# ---- the application's stream ----


def application_submitted(rows: Rows, data: Data) -> Iterator[Row]:
    yield _identified(rows, data, application_state=CaseState.SUBMITTED)


def grant_awarded(rows: Rows, data: Data) -> Iterator[Row]:
    state = OUTCOMES[data["outcome"]]
    yield _identified(rows, data, application_state=state, awarded=Money.eur(data["aid"]))


def grant_refused(rows: Rows, data: Data) -> Iterator[Row]:
    state = OUTCOMES[data.get("outcome", "reject")]
    yield _identified(rows, data, application_state=state)


def act_decided(rows: Rows, data: Data) -> Iterator[Row]:
    """A later decision: the grant is what it says. A case that has been closed or cancelled stays so."""
    before = rows.get(CaseRow, data["number"])
    ended = {CaseState.CLOSED, CaseState.CANCELLED}
    state = before.application_state if before.application_state in ended else OUTCOMES[data["outcome"]]
    yield replace(before, application_state=state, awarded=Money.eur(data["aid"]))


def ends_in(state: CaseState) -> Projection:
    def ended(rows: Rows, data: Data) -> Iterator[Row]:
        case = rows.get(CaseRow, data["number"])
        yield replace(case, application_state=state, awarded=Money.eur(data["aid"]))

    return ended


def moves_application_to(state: CaseState) -> Projection:
    def moved(rows: Rows, data: Data) -> Iterator[Row]:
        yield replace(rows.get(CaseRow, data["number"]), application_state=state)

    return moved


def case_transferred(rows: Rows, data: Data) -> Iterator[Row]:
    """The competent authority has it from now on, and nobody there has taken it yet."""
    case = rows.get(CaseRow, data["number"])
    yield replace(case, authority=data["authority"], application_state=CaseState.SUBMITTED)


def hearing_requested(rows: Rows, data: Data) -> Iterator[Row]:
    """A case waits while its party is heard; a decided one, whose party is heard before a later act, stays decided."""
    if data.get("waits", True):
        yield from moves_application_to(CaseState.IN_HEARING)(rows, data)


def resumed(rows: Rows, data: Data) -> Iterator[Row]:
    """An answer that the case waited for puts it back in the assessment, and so does time that ran out; a late answer
    finds the case going on already."""
    case = rows.get(CaseRow, data["number"])
    yield replace(case, application_state=CaseState.IN_ASSESSMENT) if data.get("resumed", True) else case


def completion_answered(rows: Rows, data: Data) -> Iterator[Row]:
    yield from resumed(rows, data)
    if data["took_effect"]:
        filed = {"title": data["title"], "region": data["region"], "aid_sought": Money.eur(data["aid_sought"])}
        yield replace(rows.get(CaseRow, data["number"]), **filed)


def _identified(rows: Rows, data: Data, **columns: Any) -> CaseRow:
    return replace(
        rows.get(CaseRow, data["number"]),
        call_id=data["call_id"],
        business_id=data["business_id"],
        undertaking_name=data["undertaking_name"],
        sort_name=sort_key(data["undertaking_name"]),
        title=data["title"],
        authority=data["authority"],
        region=data["region"],
        fund=data["fund"],
        aid_sought=Money.eur(data["aid_sought"]),
        **columns,
    )


# ---- the grant's and the claims' streams ----


def nothing_but_the_case(rows: Rows, data: Data) -> Iterator[Row]:
    """The fact tells that the case is, and when something last happened in it."""
    return iter(())


def claim_submitted(rows: Rows, data: Data) -> Iterator[Row]:
    yield ClaimLinesRow(claim_id=data["claim_id"], submitted=data["lines"])
    yield from _claim_becomes(
        rows, data, state="submitted", business_id=data["business_id"], claimed=Money.eur(data["claimed"])
    )


def claim_verified(rows: Rows, data: Data) -> Iterator[Row]:
    yield replace(rows.get(ClaimLinesRow, data["claim_id"]), verdicts=data["lines"])
    yield from _claim_becomes(rows, data, state="verified")


def payment_proposed(rows: Rows, data: Data) -> Iterator[Row]:
    yield from _claim_becomes(rows, data, state="proposed")


def payment_returned(rows: Rows, data: Data) -> Iterator[Row]:
    yield from _claim_becomes(rows, data, state="verified")


def claim_released(rows: Rows, data: Data) -> Iterator[Row]:
    """A disqualified person's part has fallen: their proposal, or the verdicts with what stood on them."""
    if data["state"] == "submitted":
        yield replace(rows.get(ClaimLinesRow, data["claim_id"]), verdicts=[])
    yield from _claim_becomes(rows, data, state=data["state"])


def payment_decided(rows: Rows, data: Data) -> Iterator[Row]:
    payable = Money.eur(data["payable"])
    state = CaseState(data["outcome"]) if payable else CaseState.REJECTED
    yield from _claim_becomes(
        rows,
        data,
        state=state,
        business_id=data["business_id"],
        undertaking_name=data["undertaking_name"],
        claimed=Money.eur(data["claimed"]),
        approved=payable,
    )


def payment_ordered(rows: Rows, data: Data) -> Iterator[Row]:
    claim = rows.get(ClaimRow, data["claim_id"])
    yield replace(
        _payment(rows, data, state="in_file"),
        business_id=claim.business_id,
        undertaking_name=claim.undertaking_name,
        sort_name=sort_key(claim.undertaking_name),
        file_sha256=data["file_sha256"],
    )
    yield from _claim_becomes(rows, data, state="in_payment")


def payment_settled(rows: Rows, data: Data) -> Iterator[Row]:
    before = rows.get(PaymentRow, data["payment_id"])
    settled_on = date.fromisoformat(data["settled_on"])
    after = replace(_payment(rows, data, state="settled"), business_id=data["business_id"], settled_on=settled_on)
    yield after
    yield from _claim_becomes(rows, data, state="paid", paid=_paid_with(rows, before, after))


def payment_failed(rows: Rows, data: Data) -> Iterator[Row]:
    before = rows.get(PaymentRow, data["payment_id"])
    after = replace(_payment(rows, data, state=data["state"]), business_id=data["business_id"], settled_on=None)
    yield after
    yield from _claim_becomes(rows, data, state="payment_failed", paid=_paid_with(rows, before, after))


def _payment(rows: Rows, data: Data, *, state: str) -> PaymentRow:
    return replace(
        rows.get(PaymentRow, data["payment_id"]),
        batch_id=data["batch_id"],
        claim_id=data["claim_id"],
        number=data["number"],
        authority=data["authority"],
        amount=Money.eur(data["amount"]),
        state=state,
    )


def _paid_with(rows: Rows, before: PaymentRow, after: PaymentRow) -> Money:
    """What is paid on the claim, once this payment counts as it now is."""
    return rows.get(ClaimRow, after.claim_id).paid - _settled(before) + _settled(after)


def _settled(payment: PaymentRow) -> Money:
    return payment.amount if payment.state == "settled" else ZERO


def _claim_becomes(rows: Rows, data: Data, **columns: Any) -> Iterator[Row]:
    before = rows.get(ClaimRow, data["claim_id"])
    after = replace(before, number=data["number"], authority=data["authority"], **columns)
    yield after
    yield _counted_anew(rows.get(CaseRow, data["number"]), before, after)


def _counted_anew(case: CaseRow, before: ClaimRow, after: ClaimRow) -> CaseRow:
    def counted(count: int, phase: ClaimPhase) -> int:
        return count - (before.phase is phase) + (after.phase is phase)

    return replace(
        case,
        claimed=case.claimed - before.claimed + after.claimed,
        approved=case.approved - before.approved + after.approved,
        paid=case.paid - before.paid + after.paid,
        deciding=counted(case.deciding, ClaimPhase.DECIDING),
        paying=counted(case.paying, ClaimPhase.PAYING),
        failed_claims=counted(case.failed_claims, ClaimPhase.FAILED),
        paid_claims=counted(case.paid_claims, ClaimPhase.PAID),
    )


# ---- the documents' streams ----


def document_stored(rows: Rows, data: Data) -> Iterator[Row]:
    yield from _document(data, data["kind"])


def letter_written(rows: Rows, data: Data) -> Iterator[Row]:
    yield from _document(data, "letter")


def _document(data: Data, kind: str) -> Iterator[Row]:
    yield DocumentRow(document_id=data["document_id"], kind=kind, sha256=data["sha256"])
    yield SubjectRow(subject=f"document/{data['document_id']}", belongs_to=data["subject"])


# ---- the mails' streams ----


def handed_on(rows: Rows, data: Data) -> Iterator[Row]:
    """Another has the case, or nobody; a disqualified handler's proposal has fallen with it."""
    case = rows.get(CaseRow, data["number"])
    fallen = data["why"] == "disqualified" and case.application_state == CaseState.PROPOSED
    yield replace(case, application_state=CaseState.IN_ASSESSMENT) if fallen else case


def mail_failed(rows: Rows, data: Data) -> Iterator[Row]:
    """The failure is told in the case that the mail was about."""
    yield SubjectRow(subject=f"mail/{data['mail_id']}", belongs_to=data["about"])


PROJECTIONS: Mapping[tuple[str, int], Projection] = {
    ("applications.application_submitted", 1): application_submitted,
    ("applications.application_withdrawn", 1): moves_application_to(CaseState.WITHDRAWN),
    ("applications.case_taken", 1): moves_application_to(CaseState.IN_ASSESSMENT),
    ("applications.interest_declared", 1): nothing_but_the_case,
    ("applications.interest_resolved", 1): nothing_but_the_case,
    ("applications.case_assigned", 1): handed_on,
    ("applications.case_transferred", 1): case_transferred,
    ("applications.case_released", 1): handed_on,
    ("applications.assessment_saved", 1): nothing_but_the_case,
    ("applications.completion_requested", 1): moves_application_to(CaseState.IN_COMPLETION),
    ("applications.completion_answered", 1): completion_answered,
    ("applications.hearing_requested", 1): hearing_requested,
    ("applications.hearing_answered", 1): resumed,
    ("applications.opinion_requested", 1): moves_application_to(CaseState.ON_OPINION),
    ("applications.opinion_recorded", 1): resumed,
    ("applications.request_expired", 1): resumed,
    ("applications.due_day_moved", 1): nothing_but_the_case,
    ("applications.more_time_asked", 1): nothing_but_the_case,
    ("applications.message_written", 1): nothing_but_the_case,
    ("applications.note_written", 1): nothing_but_the_case,
    ("applications.standing_told", 1): nothing_but_the_case,
    ("payments.claim_standing_told", 1): nothing_but_the_case,
    ("customers.mail_failed", 1): mail_failed,
    ("applications.decision_proposed", 1): moves_application_to(CaseState.PROPOSED),
    ("applications.proposal_returned", 1): moves_application_to(CaseState.IN_ASSESSMENT),
    ("applications.proposal_fell", 1): moves_application_to(CaseState.IN_ASSESSMENT),
    ("applications.grant_awarded", 1): grant_awarded,
    ("applications.grant_refused", 1): grant_refused,
    ("applications.decision_corrected", 1): act_decided,
    ("applications.grant_amended", 1): act_decided,
    ("applications.tranche_granted", 1): act_decided,
    ("applications.review_decided", 1): act_decided,
    ("applications.grant_suspended", 1): nothing_but_the_case,
    ("applications.grant_resumed", 1): nothing_but_the_case,
    ("applications.grant_cancelled", 1): ends_in(CaseState.CANCELLED),
    ("applications.project_closed", 1): ends_in(CaseState.CLOSED),
    ("applications.act_proposed", 1): nothing_but_the_case,
    ("applications.act_returned", 1): nothing_but_the_case,
    ("applications.review_requested", 1): nothing_but_the_case,
    ("applications.review_recorded", 1): nothing_but_the_case,
    ("applications.court_ruled", 1): nothing_but_the_case,
    ("applications.decision_sent", 1): nothing_but_the_case,
    ("applications.finality_reached", 1): nothing_but_the_case,
    ("applications.amendment_requested", 1): nothing_but_the_case,
    ("applications.amendment_withdrawn", 1): nothing_but_the_case,
    ("applications.channel_chosen", 1): nothing_but_the_case,
    ("payments.grant_account_opened", 1): nothing_but_the_case,
    ("payments.grant_account_changed", 1): nothing_but_the_case,
    ("payments.claim_submitted", 1): claim_submitted,
    ("payments.claim_verified", 1): claim_verified,
    ("payments.payment_proposed", 1): payment_proposed,
    ("payments.payment_returned", 1): payment_returned,
    ("payments.claim_released", 1): claim_released,
    ("payments.payment_decided", 1): payment_decided,
    ("payments.payment_ordered", 1): payment_ordered,
    ("payments.payment_settled", 1): payment_settled,
    ("payments.payment_failed", 1): payment_failed,
    ("documents.document_stored", 1): document_stored,
    ("documents.letter_written", 1): letter_written,
    ("documents.translation_asked", 1): nothing_but_the_case,
}
