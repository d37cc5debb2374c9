"""The payer makes a payment file out of approved claims."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

from services.payments.bank import credit_transfer
from services.payments.domain.acts import another_person
from services.payments.domain.bank_days import first_bank_day
from services.payments.domain.batches import (
    LONGEST_MESSAGE,
    LONGEST_NAME,
    Debtor,
    PaymentOrder,
    bank_text,
    batch_id,
    checked,
)
from services.payments.domain.claims import PAYABLE_STATES, Claim, ClaimState
from services.payments.domain.errors import AlreadyInPayment, ClaimNotPayable, NoDebtorAccount, TotalDiffers
from services.payments.domain.grants import Grant
from services.payments.domain.payments import Payment, payment_id
from services.payments.ports import Batch, Work
from services.payments.use_cases.claims import this_act
from services.payments.views import View, decided_view, payment_view
from shared.contracts import payments as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields, NotForYou
from shared.money import ZERO, Money, total

# What the payee reads on the account statement, before the claim's id.
_MESSAGE = {"fi": "Maksatus", "sv": "Utbetalning", "en": "Payment"}


def make_batch(work: Work, claim_ids: Sequence[str], total: Money, debtors: Mapping[str, Debtor]) -> View:
    """A payment file of these claims, checked, stored byte for byte, and announced payment by payment.

    Raises TotalDiffers, ClaimNotPayable, AlreadyInPayment, AlreadyActed for one who decided a claim in it,
    PaymentFileFaulty, NoDebtorAccount, NotForYou, GrantSuspended, GrantEnded.
    """
    claims = _payable_claims(work, claim_ids)
    debtor = _debtor(work, debtors)
    _the_sum_is(total, claims)
    grants = work.grants.several({claim.number for claim in claims})
    for grant in grants.values():
        grant.must_pay()
    order = _order(work, claims, grants, debtor)
    xml = credit_transfer.write(order)
    batch = Batch(order=order, sha256=hashlib.sha256(xml).hexdigest(), xml=xml)

    work.batches.add(batch)
    work.payments.add(order.payments)
    work.claims.put(*(_in_payment(work, claim) for claim in claims))
    _announce(work, batch, claims)
    return _view(batch, claims)


def _payable_claims(work: Work, claim_ids: Sequence[str]) -> tuple[Claim, ...]:
    if twice := sorted(claim_id for claim_id, times in Counter(claim_ids).items() if times > 1):
        raise InvalidFields(faults=[Fault("claim_ids", "claim_twice", {"claim_id": each}) for each in twice])
    found = work.claims.several(claim_ids, lock=True)
    for claim_id in claim_ids:
        claim = found.get(claim_id)
        if claim is None or claim.authority != work.asker.authority:
            raise NotForYou(claim_id=claim_id)
        _is_payable(work, claim)
    return tuple(found[claim_id] for claim_id in sorted(claim_ids))


def _is_payable(work: Work, claim: Claim) -> None:
    if claim.state is ClaimState.IN_PAYMENT:
        live = work.payments.of_claim(claim.claim_id)[-1]
        raise AlreadyInPayment(claim_id=claim.claim_id, batch_id=live.batch_id)
    if claim.state not in PAYABLE_STATES:
        raise ClaimNotPayable(claim_id=claim.claim_id, state=claim.state)
    another_person(work.asker, ("decider", _decided_by(claim)))


def _decided_by(claim: Claim) -> str:
    decided = claim.proposed_decision.decided
    if decided is None:
        raise ValueError(f"{claim.claim_id} is payable but was decided by nobody")
    return decided.by


def _debtor(work: Work, debtors: Mapping[str, Debtor]) -> Debtor:
    debtor = debtors.get(work.asker.authority or "")
    if debtor is None:
        raise NoDebtorAccount(authority=work.asker.authority)
    return debtor


def _the_sum_is(typed: Money, claims: Sequence[Claim]) -> None:
    real = total(claim.payable or ZERO for claim in claims)
    if typed != real:
        told = {"typed": str(typed), "sum": str(real)}
        raise TotalDiffers(faults=[Fault("total", "total_differs", told)], **told)


def _order(work: Work, claims: Sequence[Claim], grants: Mapping[str, Grant], debtor: Debtor) -> PaymentOrder:
    year = helsinki_day(work.now).year
    name = batch_id(year, work.batches.next_number(year))
    return checked(
        PaymentOrder(
            batch_id=name,
            debtor=debtor,
            made_by=work.asker.person,
            made_at=work.now,
            execute_on=first_bank_day(work.now, debtor.cut_off),
            payments=tuple(_payment(work, claim, grants[claim.number], name) for claim in claims),
        )
    )


def _payment(work: Work, claim: Claim, grant: Grant, batch: str) -> Payment:
    """After a rejection the next attempt has an id of its own: a bank never takes the same one twice."""
    attempt = claim.payments + 1
    message = f"{_MESSAGE.get(grant.language, _MESSAGE['fi'])} {claim.claim_id}"
    return Payment(
        payment_id=payment_id(claim.claim_id, attempt),
        claim_id=claim.claim_id,
        batch_id=batch,
        attempt=attempt,
        amount=claim.payable or ZERO,
        account=claim.account or "",
        name=bank_text(grant.undertaking_name, LONGEST_NAME),
        message=bank_text(message, LONGEST_MESSAGE),
        ordered_by=work.asker.person,
        decided_by=_decided_by(claim),
    )


def _in_payment(work: Work, claim: Claim) -> Claim:
    return claim.moved(ClaimState.IN_PAYMENT, this_act(work), payments=claim.payments + 1)


def _announce(work: Work, batch: Batch, claims: Sequence[Claim]) -> None:
    for claim, payment in zip(claims, batch.order.payments, strict=True):
        work.announce(
            contract.PAYMENT_ORDERED,
            claim.claim_id,
            claim_id=claim.claim_id,
            number=claim.number,
            authority=claim.authority,
            payment_id=payment.payment_id,
            batch_id=payment.batch_id,
            amount=payment.amount,
            file_sha256=batch.sha256,
            execute_on=batch.order.execute_on,
        )


def _view(batch: Batch, claims: Sequence[Claim]) -> View:
    order = batch.order
    return {
        "batch_id": order.batch_id,
        "authority": order.debtor.authority,
        "state": "made",
        "payments": len(order.payments),
        "amount": order.amount,
        "execute_on": order.execute_on,
        "sha256": batch.sha256,
        "made_by": order.made_by,
        "made_at": order.made_at,
        "items": [payment_view(payment) for payment in order.payments],
        "decided": decided_view(claim.proposed_decision for claim in claims),
    }
