"""What a person may be told, and what each chose: at once, in one letter a day, or never where the law allows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shared.asker import Role
from shared.errors import Fault, InvalidFields

AT_ONCE, DAILY, NEVER = "at_once", "daily", "never"

# A time to act runs from these: HL 434/2003 33–34 §, 54 §; laki 13/2003 18 § (notice of a document to be fetched). Of a
# transfer to another authority the sender is told by law (HL 21 §).
ALWAYS_SENT = frozenset({"completion", "hearing", "decision", "transfer"})

OF_COMPANY = (
    *("completion", "hearing", "decision", "transfer"),
    *("message", "deadline", "signature", "file", "payment", "progress"),
)
OF_OFFICIALS = ("task", "message", "agenda")
ADDRESS = "address"  # goes to the address itself, and is nobody's choice

DEFAULTS: Mapping[str, str] = {"progress": DAILY}

LONGEST = 254  # RFC 5321 4.5.3.1.3
# An address as people have them: no spaces, no quotes, no brackets, no line breaks, a dot in the domain.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+", re.ASCII)


def kinds_for(role: Role) -> tuple[str, ...]:
    return OF_COMPANY if role is Role.COMPANY else OF_OFFICIALS


def when_told(kind: str, chosen: Mapping[str, str]) -> str:
    if kind in ALWAYS_SENT:
        return AT_ONCE
    return chosen.get(kind) or DEFAULTS.get(kind, AT_ONCE)


def must_be_allowed(choices: Mapping[str, str]) -> None:
    """Raises InvalidFields: cannot_be_turned_off."""
    faults = [
        Fault(f"choices.{kind}", "cannot_be_turned_off")
        for kind, when in choices.items()
        if kind in ALWAYS_SENT and when != AT_ONCE
    ]
    if faults:
        raise InvalidFields(faults=faults)


def as_address(typed: str) -> str:
    """The address as kept; empty stays empty. Raises InvalidFields: not_an_email, too_long."""
    address = typed.strip()
    if len(address) > LONGEST:
        raise InvalidFields(faults=[Fault("email", "too_long", {"most": str(LONGEST)})])
    if address and not _ADDRESS.fullmatch(address):
        raise InvalidFields(faults=[Fault("email", "not_an_email")])
    return address


def masked(address: str) -> str:
    """ "anna@example.fi" → "a…@example.fi": enough to know which, not enough to write to."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""
