"""What every rule says of itself, and how days and thresholds are told in its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

# Metadata of a result's field that a program needs and a reader has in the steps: an answer leaves it out.
TOLD_IN_STEPS: Mapping[str, bool] = {"told_in_steps": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule that can be asked alone. `version` grows when the same inputs may give another answer.

    `since` and `until` are the first and the last day for which the rule knows an answer; `until` None while
    the law it stands on has no end. `titles` by language.
    """

    name: str
    version: str
    since: date
    until: date | None
    source: str
    titles: Mapping[str, str]


def titled(fi: str, sv: str, en: str) -> dict[str, str]:
    return {"fi": fi, "sv": sv, "en": en}


def plain(number: Decimal) -> str:
    """A number for a step's facts, without an exponent and without zeros that say nothing: 12.50 is "12.5"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yes(value: bool) -> str:
    """A verdict for a step's facts."""
    return "yes" if value else "no"
