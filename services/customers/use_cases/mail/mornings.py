"""At seven in the morning of each office day: the officials' lists, and everybody's news in one letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import groupby

from services.customers.domain.mail.choices import NEVER, when_told
from services.customers.domain.mail.clocks import agenda_of
from services.customers.domain.mail.news import KeptNews
from services.customers.domain.mail.outgoing import OutgoingMail, mail_id_for
from services.customers.domain.mail.words import Written, morning, news_of_the_day
from services.customers.domain.people import Person
from services.customers.ports import Work
from services.customers.use_cases.mail.telling import holds
from shared.dates import HELSINKI, helsinki_day
from shared.rules.calendar import is_office_day

SEVEN = time(7)
AGENDA, NEWS = "agenda", "progress"


def make_morning(work: Work, address: str) -> bool:
    """Make the letters of this morning, once. Whether it was time for it and they had not been made."""
    today = helsinki_day(work.now)
    if not is_office_day(today) or work.now.astimezone(HELSINKI).time() < SEVEN:
        return False
    if not work.mail.begin_morning(today, work.now):
        return False
    _agendas(work, address, today)
    _news(work, address, today)
    return True


def _agendas(work: Work, address: str, today: date) -> None:
    clocks = work.mail.clocks()
    for person_id in work.mail.officials():
        person = work.people.get(person_id)
        posts = [(post.role, post.authority) for post in person.posts if post.is_held_on(today)] if person else []
        if person is None or not posts or not _wants(work, person_id, AGENDA):
            continue
        agenda = agenda_of(clocks, person_id, posts, today)
        if agenda:
            role, authority = posts[0]
            letter = morning(agenda, person.language, address, today)
            _send(work, person, letter, f"agenda/{today}", AGENDA, role.value, None, authority)


def _news(work: Work, address: str, today: date) -> None:
    """Per person; what concerns a company or an authority that the person has left is passed over."""
    for person_id, group in groupby(work.mail.untold_news(), key=lambda news: news.person_id):
        person, kept = work.people.get(person_id), list(group)
        current = [news for news in kept if person and _concerns(work, person, news)]
        work.mail.told(person_id, [news.cause for news in kept], work.now)
        if person and current and work.mail.address_of(person_id):
            letter = news_of_the_day([news.line for news in current], person.language, address, today)
            first = current[0]
            _send(work, person, letter, f"news/{today}", NEWS, first.role, first.business_id, _sender(current))


def _concerns(work: Work, person: Person, news: KeptNews) -> bool:
    return holds(person, news.role, news.business_id, news.line.authority, work)


def _sender(news: Sequence[KeptNews]) -> str | None:
    """The authority that they all come from; of several, None. To an official it is one of a post of theirs, which is
    asked once more when the letter goes: somebody may hold posts at two authorities."""
    first, all_of_them = news[0], {one.line.authority for one in news}
    return first.line.authority if len(all_of_them) == 1 or first.business_id is None else None


def _wants(work: Work, person_id: str, kind: str) -> bool:
    return when_told(kind, work.mail.wishes_of(person_id)) != NEVER and bool(work.mail.address_of(person_id))


def _send(
    work: Work,
    person: Person,
    letter: Written,
    cause: str,
    kind: str,
    role: str,
    business_id: str | None,
    authority: str | None,
) -> None:
    work.mail.add(
        OutgoingMail(
            mail_id=mail_id_for(person.person_id, cause),
            person_id=person.person_id,
            cause=cause,
            kind=kind,
            role=role,
            business_id=business_id,
            authority=authority,
            about=None,
            number=None,
            address=work.mail.address_of(person.person_id),
            language=person.language,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            made_at=work.now,
            next_try_at=work.now,
        )
    )
