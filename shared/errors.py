"""Refusals: what the house says no with.

A refusal has a stable code, the facts a sentence needs, and where one field is to blame, its path.
It never knows about HTTP or languages: the gateway gives it a status by family and a sentence by code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one field. `path` is dotted ("costs.0.amount"); `rule` is a stable code."""

    path: str
    rule: str
    facts: Mapping[str, str] = field(default_factory=dict)


class DomainError(Exception):
    """The family of refusals. `facts` are texts for the sentence; `faults` name fields."""

    code: ClassVar[str]

    def __init__(self, *, faults: Iterable[Fault] = (), **facts: object) -> None:
        super().__init__(self.code)
        self.facts = {name: str(value) for name, value in facts.items()}
        self.faults = tuple(faults)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        fields = "; ".join(f"{fault.path}: {fault.rule}" for fault in self.faults)
        return " ".join(part for part in (self.code, facts and f"({facts})", fields) if part)


class Missing(DomainError):
    """The thing does not exist, or the asker may not know that it does."""


class Forbidden(DomainError):
    """The asker is known and may not do this."""


class Conflict(DomainError):
    """Somebody or something came first; the facts say who and when where there is a who."""


class Invalid(DomainError):
    """The request breaks a rule; the faults name the fields."""


class Gone(DomainError):
    """The time for this has passed."""


class InvalidFields(Invalid):
    code = "invalid_fields"


class NotForYou(Forbidden):
    code = "not_for_you"


class MayNotSign(Forbidden):
    """The representative may prepare for the company; its signature is another's."""

    code = "may_not_sign"


class MayNotPrepare(Forbidden):
    """The representative may only read what is the company's."""

    code = "may_not_prepare"


class NotFound(Missing):
    code = "not_found"


class ChangedMeanwhile(Conflict):
    """Someone saved a newer version; `by` and `at` say who and when."""

    code = "changed_meanwhile"


class KeyUsedForAnother(Invalid):
    """The same idempotency key came with another request."""

    code = "key_used_for_another"
