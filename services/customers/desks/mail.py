"""E-mail to the parties and to officials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from services.customers import mail_lists
from services.customers.post.configured import post
from services.customers.storage import CustomersWork
from services.customers.use_cases import mail
from shared.asker import Asker
from shared.contracts import applications, documents, payments
from shared.contracts import customers as contract
from shared.messaging.envelope import Envelope
from shared.messaging.service import answers, hears, regularly

log = structlog.get_logger(__name__)

EVERY_FEW_SECONDS = 5.0
EVERY_MINUTE = 60.0
MOST_IN_A_ROUND = 200


class MailDesk:
    """Mixed into the room's service: methods marked `@answers`, `@hears`, `@regularly`, and no rules."""

    office: Any

    @answers(contract.SET_CONTACT)
    def set_contact(self, work: CustomersWork, **asked: Any) -> Any:
        return mail.set_contact(work, post().front_page, **asked)

    @answers(contract.CONFIRM_CONTACT)
    def confirm_contact(self, work: CustomersWork, code: str) -> Any:
        return mail.confirm_contact(work, post().front_page, code=code)

    @answers(contract.SET_PREFERENCES)
    def set_preferences(self, work: CustomersWork, **asked: Any) -> Any:
        return mail.set_preferences(work, **asked)

    @answers(contract.GET_PREFERENCES)
    def get_preferences(self, work: CustomersWork) -> Any:
        return mail.get_preferences(work)

    @answers(contract.LIST_MAIL)
    def list_mail(self, work: CustomersWork, **asked: Any) -> Any:
        return mail_lists.mails(work.session, work.asker, **asked)

    @answers(contract.SEND_AGAIN)
    def send_again(self, work: CustomersWork, mail_id: str) -> Any:
        return mail.send_again(work, mail_id=mail_id)

    # What `on_contact` hears is told from there: a room has one pair of ears for each fact.
    @hears(
        applications.CASE_TAKEN,
        applications.CASE_ASSIGNED,
        applications.CASE_RELEASED,
        applications.COMPLETION_REQUESTED,
        applications.COMPLETION_ANSWERED,
        applications.HEARING_REQUESTED,
        applications.HEARING_ANSWERED,
        applications.OPINION_REQUESTED,
        applications.OPINION_RECORDED,
        applications.REQUEST_EXPIRED,
        applications.MORE_TIME_ASKED,
        applications.DUE_DAY_MOVED,
        applications.MESSAGE_WRITTEN,
        applications.DEADLINE_NEARED,
        applications.STANDING_TOLD,
        applications.SIGNATURE_ASKED,
        applications.SIGNATURE_GIVEN,
        applications.SIGNATURE_DECLINED,
        applications.SIGNATURE_WITHDRAWN,
        applications.DRAFT_REASSIGNED,
        applications.DECISION_PROPOSED,
        applications.PROPOSAL_RETURNED,
        applications.PROPOSAL_FELL,
        payments.CLAIM_VERIFIED,
        payments.PAYMENT_PROPOSED,
        payments.PAYMENT_RETURNED,
        payments.CLAIM_RELEASED,
        payments.PAYMENT_ORDERED,
        payments.CLAIM_STANDING_TOLD,
        documents.DOCUMENT_SCANNED,
    )
    def on_news(self, work: CustomersWork, fact: Envelope, data: Mapping[str, Any]) -> None:
        tell_of(work, fact, data)

    @regularly(seconds=EVERY_MINUTE)
    def make_morning(self, work: CustomersWork) -> None:
        mail.make_morning(work, post().front_page)

    @regularly(seconds=EVERY_FEW_SECONDS, transaction=False)
    def send_mail(self, asker: Asker) -> None:
        """Each mail in its own transactions; none is open while a server is spoken to."""
        way = post().way
        if way is None:
            return
        for _ in range(MOST_IN_A_ROUND):
            if self.office.closing:
                return
            with self.office.work(asker) as work:
                taken = mail.take_next(work)
            if taken is None:
                return
            outcome = way.send(taken)
            if not outcome.accepted:
                log.warning("mail_not_sent", mail_id=taken.mail_id, why=outcome.why, tries=taken.tries)
            with self.office.work(asker) as work:
                mail.give_back(work, taken.mail_id, outcome)


def tell_of(work: CustomersWork, fact: Envelope, data: Mapping[str, Any]) -> None:
    mail.hear(work, fact, data, post().front_page)
