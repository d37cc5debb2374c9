"""A payment file before it is XML: what is ordered, of which bank, and the checks a bank would make."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from services.payments.domain.accounts import NotPayable, read_account
from services.payments.domain.bank_days import is_bank_day
from services.payments.domain.errors import PaymentFileFaulty
from services.payments.domain.payments import Payment
from shared.errors import Fault
from shared.money import ZERO, Money, total

LONGEST_ID, LONGEST_NAME, LONGEST_MESSAGE = 35, 70, 140  # EPC SEPA credit transfer implementation guidelines
MOST_PER_PAYMENT = Money.eur("999999999.99")
# The EPC's basic Latin set, and the letters that Finnish banks carry between themselves.
_SEPA = re.compile(r"[A-Za-z0-9/\-?:().,'+ åäöÅÄÖ]*")
_SEPA_ID = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/\-?:().,'+ ]+(?<!/)")
_INSTEAD = str.maketrans(
    {"&": "+", "–": "-", "—": "-", "_": "-", "’": "'", "“": "'", "”": "'", '"': "'"}
    | {"ß": "ss", "ø": "ö", "Ø": "Ö", "æ": "ä", "Æ": "Ä", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
_KEPT = "åäöÅÄÖ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Debtor:
    """The account an authority pays from. `schema`: the bank's version of pain.001; `cut_off` in Finnish time."""

    authority: str
    name: str
    account: str
    bic: str
    customer_id: str
    schema: str
    cut_off: time


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentOrder:
    """Everything a payment file says. `made_at` is a moment, `execute_on` a bank day."""

    batch_id: str
    debtor: Debtor
    made_by: str
    made_at: datetime
    execute_on: date
    payments: tuple[Payment, ...]

    @property
    def message_id(self) -> str:
        """Unique for ever: batch numbers are never used again and authorities' codes differ."""
        return f"TV-{self.debtor.authority}-{self.batch_id}"

    @property
    def payment_info_id(self) -> str:
        return f"{self.message_id}-P"

    @property
    def amount(self) -> Money:
        return total(payment.amount for payment in self.payments)


def batch_id(year: int, number: int) -> str:
    return f"E{year}-{number:05}"


def bank_text(text: str, most: int) -> str:
    """The text in characters that every SEPA bank takes, å ä ö kept, cut to the most it may have."""
    spelled = "".join(_plain(character) for character in unicodedata.normalize("NFC", text).translate(_INSTEAD))
    return " ".join(spelled.split())[:most].strip()


def _plain(character: str) -> str:
    if character in _KEPT:
        return character
    letter = unicodedata.normalize("NFD", character)[0]
    return letter if _SEPA.fullmatch(letter) else " "


def checked(order: PaymentOrder) -> PaymentOrder:
    """The order, if the bank would take it. Raises PaymentFileFaulty, a fault per payment and rule."""
    if faults := [*_about_the_file(order), *_about_payments(order.payments)]:
        raise PaymentFileFaulty(faults=faults)
    return order


def _about_the_file(order: PaymentOrder) -> Iterator[Fault]:
    if not is_bank_day(order.execute_on):
        yield Fault("execute_on", "not_a_bank_day", {"day": order.execute_on.isoformat()})
    if len(order.payment_info_id) > LONGEST_ID:
        yield Fault("message_id", "too_long", {"most": str(LONGEST_ID)})


def _about_payments(payments: Sequence[Payment]) -> Iterator[Fault]:
    seen = Counter(payment.payment_id for payment in payments)
    for payment in payments:
        for field, rule in _faults_of(payment):
            yield Fault(payment.payment_id, rule, {"field": field, "claim_id": payment.claim_id})
        if seen[payment.payment_id] > 1:
            yield Fault(payment.payment_id, "duplicate_end_to_end_id", {"claim_id": payment.claim_id})


def _faults_of(payment: Payment) -> Iterator[tuple[str, str]]:
    if len(payment.payment_id) > LONGEST_ID:
        yield "end_to_end_id", "too_long"
    if not _SEPA_ID.fullmatch(payment.payment_id):
        yield "end_to_end_id", "bad_characters"
    if not payment.name:
        yield "name", "required"
    for field, text, most in (("name", payment.name, LONGEST_NAME), ("message", payment.message, LONGEST_MESSAGE)):
        if len(text) > most:
            yield field, "too_long"
        if not _SEPA.fullmatch(text):
            yield field, "bad_characters"
    if not ZERO < payment.amount <= MOST_PER_PAYMENT:
        yield "amount", "amount_out_of_range"
    yield from _account_faults(payment.account)


def _account_faults(account: str) -> Iterator[tuple[str, str]]:
    try:
        read_account(account)
    except NotPayable as refusal:
        yield "account", refusal.rule
