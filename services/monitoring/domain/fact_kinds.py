"""What each kind of fact is to a reader of the trail: its ground, its sum, and what its company may see of it.

One row a kind. A kind without a row is in the trail all the same, with no ground and no sum, and hidden
from companies until somebody has thought about it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.money import Money

BASIS_MOST = 200
WHOLE = ("*",)


@dataclass(frozen=True, slots=True)
class FactKind:
    """`basis`: the law or regulation the act rests on. `amount`: the key of the fact's main sum.

    `shown`: the keys of its data that the case's company sees, WHOLE for all of them, none for a fact
    that is the authority's inner preparation (laki 621/1999 6–7 §: public once decided and signed).
    """

    basis: str
    amount: str = ""
    shown: tuple[str, ...] = ()


KINDS: Mapping[str, FactKind] = {
    "customers.undertaking_registered": FactKind("yritys- ja yhteisötietolaki 244/2001"),
    "customers.mandate_given": FactKind("hallintolaki 434/2003 12 §"),
    "customers.mandate_checked": FactKind("hallintolaki 434/2003 12 §; laki 571/2016 10 §"),
    "customers.register_data_fetched": FactKind("hallintolaki 434/2003 31 §; laki 244/2001"),
    "customers.disagreement_reported": FactKind("asetus (EU) 2016/679 16 art.; hallintolaki 434/2003 34 §"),
    "customers.disagreement_settled": FactKind("hallintolaki 434/2003 45 §"),
    "customers.ownership_recorded": FactKind("komission suositus 2003/361/EY, liite 3 art."),
    "customers.representative_ended": FactKind("hallintolaki 434/2003 12 §"),
    "customers.company_preferences_set": FactKind("hallintolaki 434/2003 12 §"),
    "customers.second_signature_release_asked": FactKind("hallintolaki 434/2003 12 §"),
    "customers.second_signature_release_settled": FactKind("hallintolaki 434/2003 12 §"),
    "customers.api_key_created": FactKind("hallintolaki 434/2003 12 §"),
    "customers.api_key_revoked": FactKind("hallintolaki 434/2003 12 §"),
    "customers.post_given": FactKind("asetus (EU) 2021/1060 71 art. 4 k."),
    "applications.application_submitted": FactKind("hallintolaki 434/2003 19–20 §", "aid_sought", WHOLE),
    "applications.application_withdrawn": FactKind("hallintolaki 434/2003 19 §", shown=WHOLE),
    "applications.case_taken": FactKind("hallintolaki 434/2003 23 §, 31 §", shown=("number", "authority")),
    "applications.interest_declared": FactKind("hallintolaki 434/2003 27–30 §"),
    "applications.interest_resolved": FactKind("hallintolaki 434/2003 29 §"),
    "applications.case_assigned": FactKind("hallintolaki 434/2003 23 §, 27 §"),
    "applications.case_released": FactKind("hallintolaki 434/2003 23 §, 27 §"),
    "applications.case_transferred": FactKind("hallintolaki 434/2003 21 §", shown=WHOLE),
    "applications.substitute_named": FactKind("hallintolaki 434/2003 23 §"),
    "applications.queue_exported": FactKind("laki 906/2019 17 §"),
    "applications.completion_requested": FactKind("hallintolaki 434/2003 22 §, 33 §", shown=WHOLE),
    "applications.completion_answered": FactKind("hallintolaki 434/2003 22 §", "aid_sought", WHOLE),
    "applications.hearing_requested": FactKind("hallintolaki 434/2003 34 §, 36 §", shown=WHOLE),
    "applications.hearing_answered": FactKind("hallintolaki 434/2003 34 §", shown=WHOLE),
    "applications.request_expired": FactKind("hallintolaki 434/2003 33 §", shown=WHOLE),
    "applications.opinion_requested": FactKind("hallintolaki 434/2003 31 §", shown=WHOLE),
    "applications.opinion_recorded": FactKind("hallintolaki 434/2003 31 §", shown=WHOLE),
    "applications.more_time_asked": FactKind("hallintolaki 434/2003 33 § 2 mom.", shown=WHOLE),
    "applications.due_day_moved": FactKind("hallintolaki 434/2003 33 § 2 mom.", shown=WHOLE),
    "applications.message_written": FactKind("hallintolaki 434/2003 8 §, 42 §", shown=WHOLE),
    "applications.note_written": FactKind("hallintolaki 434/2003 42 §"),
    "applications.deadline_neared": FactKind("hallintolaki 434/2003 8 §", shown=WHOLE),
    "applications.signature_asked": FactKind("hallintolaki 434/2003 12 §", shown=WHOLE),
    "applications.signature_given": FactKind("hallintolaki 434/2003 12 §", shown=WHOLE),
    "applications.signature_declined": FactKind("hallintolaki 434/2003 12 §", shown=WHOLE),
    "applications.signature_withdrawn": FactKind("hallintolaki 434/2003 12 §", shown=WHOLE),
    "applications.draft_reassigned": FactKind("hallintolaki 434/2003 12 §", shown=WHOLE),
    "applications.standing_told": FactKind("hallintolaki 434/2003 8 §"),
    "payments.claim_standing_told": FactKind("hallintolaki 434/2003 8 §"),
    "customers.mail_failed": FactKind("hallintolaki 434/2003 8 §", shown=("kind", "failed_at")),
    "applications.assessment_saved": FactKind("hallintolaki 434/2003 31 §; asetus (EU) 2021/1060 73 art."),
    "applications.decision_proposed": FactKind("hallintolaki 434/2003 31 §", "aid"),
    "applications.proposal_returned": FactKind("hallintolaki 434/2003 31 §"),
    "applications.proposal_fell": FactKind("hallintolaki 434/2003 31 §"),
    "applications.grant_awarded": FactKind("valtionavustuslaki 688/2001 11 §", "aid", WHOLE),
    "applications.grant_refused": FactKind("hallintolaki 434/2003 43–45 §", shown=WHOLE),
    "applications.act_proposed": FactKind("hallintolaki 434/2003 31 §", "aid"),
    "applications.act_returned": FactKind("hallintolaki 434/2003 31 §"),
    "applications.decision_corrected": FactKind("hallintolaki 434/2003 50–53 §", "aid", WHOLE),
    "applications.grant_amended": FactKind("valtionavustuslaki 688/2001 11–12 §", "aid", WHOLE),
    "applications.tranche_granted": FactKind("laki 8/2014", "aid", WHOLE),
    "applications.grant_suspended": FactKind("valtionavustuslaki 688/2001 19 §", "aid", WHOLE),
    "applications.grant_resumed": FactKind("valtionavustuslaki 688/2001 19 §", "aid", WHOLE),
    "applications.grant_cancelled": FactKind("valtionavustuslaki 688/2001 21–22 §", "aid", WHOLE),
    "applications.project_closed": FactKind("valtionavustuslaki 688/2001 12 §, 20 §", "aid", WHOLE),
    "applications.review_decided": FactKind("hallintolaki 434/2003 49 b–49 g §", "aid", WHOLE),
    "applications.review_requested": FactKind("hallintolaki 434/2003 49 b–c §", shown=WHOLE),
    "applications.review_recorded": FactKind("hallintolaki 434/2003 49 b–c §", shown=WHOLE),
    "applications.court_ruled": FactKind("laki 808/2019", shown=WHOLE),
    "applications.decision_sent": FactKind("hallintolaki 434/2003 54–55 §, 59 §; laki 13/2003 19 §", shown=WHOLE),
    "applications.finality_reached": FactKind("hallintolaki 434/2003 49 c §", shown=WHOLE),
    "applications.amendment_requested": FactKind("valtionavustuslaki 688/2001 12 §", shown=WHOLE),
    "applications.amendment_withdrawn": FactKind("hallintolaki 434/2003 53 §", shown=WHOLE),
    "applications.channel_chosen": FactKind("laki 13/2003 18–19 §", shown=WHOLE),
    "payments.grant_account_changed": FactKind("valtionavustuslaki 688/2001 11–12 §", "aid", WHOLE),
    "payments.grant_account_opened": FactKind("valtionavustuslaki 688/2001 12 §", "aid", WHOLE),
    "payments.claim_submitted": FactKind("asetus (EU) 2021/1060 74 art. 1 k. b alak.", "claimed", WHOLE),
    "payments.claim_verified": FactKind("asetus (EU) 2021/1060 74 art. 1 k. a alak. ja 2 k.", "accepted"),
    "payments.payment_proposed": FactKind("asetus (EU) 2021/1060 71 art. 4 k.", "payable"),
    "payments.payment_returned": FactKind("asetus (EU) 2021/1060 71 art. 4 k."),
    "payments.claim_released": FactKind("hallintolaki 434/2003 27 §"),
    "payments.payment_decided": FactKind(
        "asetus (EU) 2021/1060 74 art. 1 k. b alak.; valtionavustuslaki 688/2001 12 §", "payable", WHOLE
    ),
    "payments.payment_ordered": FactKind(
        "asetus (EU) 2021/1060 74 art. 1 k. b alak.",
        "amount",
        ("claim_id", "number", "authority", "payment_id", "amount", "execute_on"),
    ),
    "payments.payment_settled": FactKind("asetus (EU) 2021/1060 74 art. 1 k. b alak.", "amount", WHOLE),
    "payments.payment_failed": FactKind("asetus (EU) 2021/1060 74 art. 1 k. b alak.", "amount", WHOLE),
    "documents.document_stored": FactKind("asetus (EU) 2021/1060 82 art.", shown=WHOLE),
    "documents.document_scanned": FactKind("laki 906/2019 13–15 §", shown=WHOLE),
    "documents.invoice_read": FactKind("asetus (EU) 2021/1060 69 art. 8 k., liite XIV"),
    "documents.letter_written": FactKind("hallintolaki 434/2003 43 §, 54 §", shown=WHOLE),
    "documents.translation_asked": FactKind("kielilaki 423/2003 20 §", shown=WHOLE),
}
_UNKNOWN = FactKind("")


def basis_of(fact_type: str, data: Mapping[str, Any]) -> str:
    """The fact's own legal basis where it names one (a decision does), else the kind's."""
    own = "; ".join(data.get("legal_basis") or ())
    return (own or KINDS.get(fact_type, _UNKNOWN).basis)[:BASIS_MOST]


def amount_of(fact_type: str, data: Mapping[str, Any]) -> Money | None:
    key = KINDS.get(fact_type, _UNKNOWN).amount
    return Money.eur(data[key]) if key and data.get(key) else None


def shown_to_company(fact_type: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The data that the case's company sees of the fact; None when it doesn't see the fact at all.

    Of a file that an official has not sent yet (`withheld`) it sees nothing; the message that it goes with tells.
    """
    if data.get("withheld"):
        return None
    shown = KINDS.get(fact_type, _UNKNOWN).shown
    if shown == WHOLE:
        return data
    return {key: data[key] for key in shown if key in data} or None


COMPANY_KINDS = frozenset(name for name, kind in KINDS.items() if kind.shown)
