"""The words of mails, a file a language: what is to be done first, then why, then where. Plain text, and the same as
simple HTML; a link leads to the front page of the service, but in the one that asks to confirm an address."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from services.customers.domain.mail.clocks import Agenda, Clock
from shared.reference.authorities import BY_CODE

LANGUAGES = ("fi", "sv", "en")
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One piece of news in a letter of several: its words with its facts."""

    words: str
    number: str
    day: date | None
    authority: str


def written(line: Line, language: str, address: str) -> Written:
    """One piece of news as a mail of its own. `address` is the service's front page."""
    texts = _texts(language)
    own = texts["tidings"][line.words]
    facts = _facts(line, language)
    paragraphs = [paragraph.format(**facts) for paragraph in own["text"]]
    return _letter(own["subject"].format(**facts), paragraphs, (), texts, address)


def news_of_the_day(lines: Sequence[Line], language: str, address: str, today: date) -> Written:
    """Several pieces of news in one letter."""
    texts = _texts(language)
    rows = [texts["tidings"][line.words]["subject"].format(**_facts(line, language)) for line in lines]
    facts = {"day": day_in(today, language), "count": str(len(lines))}
    head = texts["news"]
    return _letter(head["subject"].format(**facts), [head["text"]], [(head["heading"], rows)], texts, address)


def morning(agenda: Agenda, language: str, address: str, today: date) -> Written:
    """The official's list of the morning: overdue, due this week, waiting."""
    texts = _texts(language)
    own = texts["agenda"]
    parts = [
        (own["overdue"], _rows(agenda.overdue, own, language)),
        (own["this_week"], _rows(agenda.this_week, own, language)),
        (own["waiting"], _rows(agenda.waiting, own, language)),
    ]
    facts = {"day": day_in(today, language), "overdue": str(len(agenda.overdue))}
    subject = own["subject_overdue" if agenda.overdue else "subject"].format(**facts)
    return _letter(subject, [own["text"].format(**facts)], [part for part in parts if part[1]], texts, address)


def to_confirm(language: str, link: str, until: date) -> Written:
    """The one mail whose link leads further than the front page: to confirm the address it was sent to."""
    texts = _texts(language)
    own = texts["address"]["confirm"]
    paragraphs = [paragraph.format(day=day_in(until, language)) for paragraph in own["text"]]
    return _letter(own["subject"], paragraphs, (), {**texts, "frame": {**texts["frame"], **own["frame"]}}, link)


def used_no_more(language: str, address: str) -> Written:
    """To the old address, so that a change that its reader has not made does not go unseen."""
    texts = _texts(language)
    own = texts["address"]["used_no_more"]
    return _letter(own["subject"], own["text"], (), {**texts, "frame": {**texts["frame"], **own["frame"]}}, address)


def sender_name(authority: str | None, language: str) -> str:
    """The authority is the sender; of several authorities' news, the service."""
    known = BY_CODE.get(authority or "")
    return known.names[_known(language)] if known else "Tukiväylä"


def day_in(day: date | None, language: str) -> str:
    """ "26.11.2026", in English "26 November 2026"."""
    if day is None:
        return "–"
    if language == "en":
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def every_text(language: str) -> Mapping[str, Any]:
    return _texts(language)


def _rows(clocks: Sequence[Clock], own: Mapping[str, Any], language: str) -> list[str]:
    return [
        own["row_dated" if clock.due_on else "row"].format(
            case=clock.subject.partition("/")[2], day=day_in(clock.due_on, language), deed=own["deeds"][clock.turn]
        )
        for clock in clocks
    ]


def _facts(line: Line, language: str) -> dict[str, str]:
    return {
        "number": line.number,
        "day": day_in(line.day, language),
        "authority": sender_name(line.authority, language),
    }


def _letter(
    subject: str,
    paragraphs: Sequence[str],
    lists: Sequence[tuple[str, Sequence[str]]],
    texts: Mapping[str, Any],
    address: str,
) -> Written:
    frame = texts["frame"]
    where, foot = frame["where"], frame["foot"]
    told = [frame["greeting"], *paragraphs]
    plain = ["\n\n".join(told)]
    plain += [f"{heading}\n" + "\n".join(f"- {row}" for row in rows) for heading, rows in lists]
    plain += [f"{where}\n{address}", f"-- \n{foot}"]
    body = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in told)
    body += "".join(
        f"<h2>{escape(heading)}</h2><ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>"
        for heading, rows in lists
    )
    link = escape(address, quote=True)
    body += f'<p>{escape(where)}<br><a href="{link}">{link}</a></p><hr><p><small>{escape(foot)}</small></p>'
    html = (
        f'<!doctype html><html lang="{frame["language"]}"><head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head><body>{body}</body></html>"
    )
    return Written(subject=subject, text="\n\n".join(plain) + "\n", html=html)


def _known(language: str) -> str:
    return language if language in LANGUAGES else "fi"


@cache
def _texts(language: str) -> Mapping[str, Any]:
    folder = files("services.customers") / "mail_texts"
    return tomllib.loads((folder / f"{_known(language)}.toml").read_text(encoding="utf-8"))
