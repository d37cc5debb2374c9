"""The accounts that authorities pay from, and how each bank wants its files. Read once."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from types import MappingProxyType

from services.payments.bank.credit_transfer import SCHEMAS
from services.payments.domain.accounts import NotPayable, read_account
from services.payments.domain.batches import Debtor

DEBTORS_FILE = "TUKIVAYLA_DEBTORS"
_FOR_DEMONSTRATION = Path(__file__).parent / "debtors.toml"


class BadDebtors(ValueError):
    """The file of debtor accounts has mistakes; all of them are named."""


@dataclass(frozen=True, slots=True)
class PaymentSettings:
    """`debtors` by the authority's code."""

    debtors: Mapping[str, Debtor]


def read_settings(environ: Mapping[str, str] = os.environ) -> PaymentSettings:
    """Debtors from the file that TUKIVAYLA_DEBTORS names, else the demonstration accounts. Raises BadDebtors."""
    path = Path(environ.get(DEBTORS_FILE) or _FOR_DEMONSTRATION)
    rows = tomllib.loads(path.read_text("utf-8"))
    if mistakes := [mistake for code, row in rows.items() for mistake in _mistakes(code, row)]:
        raise BadDebtors(f"{path}: {'; '.join(mistakes)}")
    return PaymentSettings(MappingProxyType({code: Debtor(authority=code, **row) for code, row in rows.items()}))


def _mistakes(code: str, row: Mapping[str, object]) -> list[str]:
    wanted = {"name": str, "account": str, "bic": str, "customer_id": str, "schema": str, "cut_off": time}
    found = [f"{code}.{name} is missing" for name, kind in wanted.items() if not isinstance(row.get(name), kind)]
    found += [f"{code}.{name} is not known" for name in row.keys() - wanted.keys()]
    if row.get("schema") not in SCHEMAS:
        found.append(f"{code}.schema is none of {', '.join(SCHEMAS)}")
    try:
        read_account(str(row.get("account", "")))
    except NotPayable as refusal:
        found.append(f"{code}.account: {refusal.rule}")
    return found
