"""What the reader has narrowed the queue to, read from the address; the address is all the state there is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from flask import request

from services.gateway.portal.staff.views import APPLICATION, CLAIM, KINDS, STATES, Source, View
from shared.contracts.applications import FUNDS, WAITING_FOR
from shared.typed import Unreadable, read_day, read_money

_REGION = re.compile(r"[0-9]{2}", re.ASCII)
_PERSON = re.compile(r"[\w.@:-]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Fields as typed; empty text is everything. A day or a sum that cannot be read narrows nothing, and is shown."""

    kind: str = ""
    state: str = ""
    region: str = ""
    fund: str = ""
    waiting: str = ""
    handler: str = ""
    before: str = ""
    least: str = ""
    most: str = ""
    search: str = ""
    mine: bool = False
    late: bool = False

    @property
    def any(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    @property
    def more(self) -> bool:
        """Whether any of the fields is in use that the page keeps folded."""
        return bool(self.fund or self.waiting or self.before or self.least or self.most or self.late)

    def of_cases(self) -> dict[str, Any]:
        """As filters of WORK_QUEUE."""
        asked: dict[str, Any] = {
            "state": [self.state] if self.state else [],
            "region": self.region,
            "fund": self.fund,
            "waiting_for": self.waiting,
            "handler": "me" if self.mine else self.handler,
            "overdue": self.late,
            "due_before": _read(read_day, self.before),
            "aid_least": _read(read_money, self.least),
            "aid_most": _read(read_money, self.most),
            "search": self.search,
        }
        return {name: value for name, value in asked.items() if value not in ("", [], False, None)}

    def sources(self, view: View, room_views: Mapping[str, Mapping[str, Any]]) -> list[Source]:
        """The lists that the view draws from, each narrowed; what nothing can be left of is left out."""
        found = []
        if self.kind in ("", APPLICATION) and not view.only_claims:
            bases = [view.filters] if view.filters is not None else [room_views[one] for one in view.cases]
            found += [Source(kind=APPLICATION, asked={**base, **self.of_cases()}) for base in bases]
        if self.kind in ("", CLAIM) and not self._beyond_claims:
            states = tuple(state for state in view.claims if self.state in ("", state))
            found += [Source(kind=CLAIM, asked=of_claims(view, states, self.region, self.search))] if states else []
        return [one for one in found if not (one.kind == APPLICATION and self.state == "verified")]

    @property
    def _beyond_claims(self) -> bool:
        """A claim has no handler, fund or due day in its list's filters: narrowed by those there are none."""
        return bool(self.mine or self.handler or self.more)


def of_claims(view: View, states: Sequence[str], region: str = "", search: str = "") -> dict[str, Any]:
    """As filters of LIST_CLAIMS and COUNT_CLAIMS: what the view itself is narrowed to, unless narrowed otherwise."""
    base = view.filters or {}
    return {
        "state": list(states),
        "region": region or base.get("region", ""),
        "search": search or base.get("search", ""),
    }


def narrowed() -> Narrowed:
    asked = request.args.get
    handler = asked("kasittelija", "")
    return Narrowed(
        kind=_one_of(asked("laji", ""), tuple(KINDS)),
        state=_one_of(asked("tila", ""), STATES),
        region=asked("maakunta", "") if _REGION.fullmatch(asked("maakunta", "")) else "",
        fund=_one_of(asked("rahasto", ""), FUNDS),
        waiting=_one_of(asked("odottaa", ""), WAITING_FOR),
        handler=handler if _PERSON.fullmatch(handler) else "",
        before=asked("ennen", "").strip()[:20],
        least=asked("vahintaan", "").strip()[:20],
        most=asked("enintaan", "").strip()[:20],
        search=asked("haku", "").replace("\0", "").strip()[:100],
        mine=bool(asked("omat")),
        late=bool(asked("myohassa")),
    )


def _one_of(value: str, known: tuple[str, ...]) -> str:
    return value if value in known else ""


def _read(reader: Any, typed: str) -> Any:
    try:
        return reader(typed) if typed else None
    except Unreadable:
        return None
