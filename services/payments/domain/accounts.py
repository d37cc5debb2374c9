"""Bank accounts that a SEPA credit transfer can reach, and how they are shown."""

from __future__ import annotations

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException


class NotPayable(ValueError):
    """`rule` says why: not_an_iban, not_a_sepa_country."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def read_account(text: str) -> str:
    """The IBAN without spaces, its check digits computed. Raises NotPayable."""
    try:
        iban = IBAN(text)
    except SchwiftyException as error:
        raise NotPayable("not_an_iban") from error
    if not iban.in_sepa_zone:
        raise NotPayable("not_a_sepa_country")
    return str(iban.compact)


def masked(account: str) -> str:
    """ "FI21 **** 0785": enough to recognise one's own account, too little to use another's."""
    return f"{account[:4]} **** {account[-4:]}"
