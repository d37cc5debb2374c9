"""Lists: which page and order the address asks for (`?sivu=2&jarjestys=-closes_at`)."""

from __future__ import annotations

import re
from typing import TypedDict

from flask import request

SIZE = 50
_SORT = re.compile(r"-?[a-z_]{1,39}", re.ASCII)


class Wanted(TypedDict):
    """The contract's PageRequest."""

    page: int
    size: int
    sort: str


def asked_page(size: int = SIZE, sort: str = "") -> Wanted:
    """The page asked for; a spoiled number is the first page, a spoiled order is `sort`."""
    page = request.args.get("sivu", "1")
    order = request.args.get("jarjestys", sort)
    return {
        "page": int(page) if page.isdigit() and 0 < int(page[:7]) < 100_000 and len(page) < 7 else 1,
        "size": size,
        "sort": order if _SORT.fullmatch(order) else sort,
    }
