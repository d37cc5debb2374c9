"""Small helps of these pages' templates: sums of columns, shares, a moment that came as text, names that break."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from services.gateway import formats
from services.gateway.portal.oversight.charts import share
from services.gateway.portal.pages import portal
from shared.money import Money, total

_LONG_WORD = re.compile(r"(\w{4,})(maa|laakso|botten|bothnia|land|dalen)\b")


@portal.app_template_filter("sum_of")
def sum_of(rows: Iterable[Mapping[str, Any]], name: str) -> Money:
    """The column's sum, to the cent."""
    return total(row[name] for row in rows)


@portal.app_template_filter("share_of")
def share_of(part: Money, whole: Money) -> int:
    """Whole percent; of nothing it is zero, and the page says a dash instead."""
    return share(part, whole) or 0


@portal.app_template_filter("iso_moment")
def iso_moment(text: str) -> str:
    return formats.moment(datetime.fromisoformat(text))


@portal.app_template_filter("soft_name")
def soft_name(name: str) -> str:
    """A region's name with a soft hyphen where a narrow tile may break it."""
    return _LONG_WORD.sub("\\1\u00ad\\2", name)
