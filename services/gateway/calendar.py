"""Calls as a calendar (iCalendar, RFC 5545): the last day of each, so that a phone reminds of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.dates import helsinki_day

MEDIA_TYPE = "text/calendar"
LINE_MOST = 75  # octets, without the line break (3.1)
_ESCAPED = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": ""})


def calendar_of(calls: Iterable[Mapping[str, Any]], language: str, address: str, now: datetime) -> str:
    """One event a call on its last day. `address` is the page of a call with {call_id} in it."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tukiväylä//Haut//FI", "METHOD:PUBLISH"]
    for call in calls:
        lines += _event(call, language, address.format(call_id=call["call_id"]), now)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(call: Mapping[str, Any], language: str, address: str, now: datetime) -> list[str]:
    last_day = helsinki_day(call["closes_at"] - timedelta(microseconds=1))
    name = call["names"].get(language) or call["names"]["fi"]
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(call['call_id'])}@tukivayla",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{last_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last_day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_text(name)}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def _folded(line: str) -> Iterator[str]:
    """No line is over 75 octets, and no letter is cut in two."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > LINE_MOST:
            yield piece
            piece = " "
        piece += letter
    yield piece
