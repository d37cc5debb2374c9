"""People with addresses, facts that are heard, and rounds that send: mail as it goes in life."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from services.customers import use_cases
from services.customers.post.configured import post_in
from services.customers.post.outcome import Outcome
from services.customers.storage import CustomersWork
from services.customers.use_cases import mail
from shared.asker import Asker, Role, the_house
from shared.contracts import EVENTS
from shared.messaging.envelope import Envelope
from shared.messaging.schemas import schema_of
from shared.storage.database import Database
from tests.support.customers_builders import COMPANY, OPERATOR, a_person, an_undertaking

FRONT_PAGE = "https://tukivayla.example/"
SENDER = "palvelu@tukivayla.example"
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # 9.00 in Finland
OFFICIAL = "handler-1"
DECIDER = "decision-maker-1"
NUMBER = "A80655"

REQUEST = {"number": NUMBER, "business_id": COMPANY, "authority": "ITA", "handler": OFFICIAL, "place": 1}
COMPLETION = {**REQUEST, "due_on": date(2026, 11, 26), "language": "fi"}

_ids = count(1)


class MailJourney:
    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = MONDAY
        self.asker = the_house("mail")

    def work(self, asker: Asker | None = None) -> Any:
        # The clock of the room is the journey's; a request's own clock is for demonstrations only.
        self.database.clock = lambda: self.now
        return self.database.work(CustomersWork, asker or self.asker)

    def company(self, business_id: str = COMPANY) -> None:
        with self.work(OPERATOR) as work:
            work.undertakings.add(an_undertaking(business_id))

    def person(self, person_id: str, email: str = "", *, language: str = "fi", rights: tuple[str, ...] = ()) -> str:
        """A representative of COMPANY, with rights to prepare and sign unless told otherwise."""
        with self.work(OPERATOR) as work:
            newcomer = replace(a_person(person_id=person_id), language=language)
            work.people.welcome(newcomer, self.now)
        self.mandate(person_id, *(rights or ("prepare", "sign")))
        self.address(person_id, email or f"{person_id}@yritys.example")
        return person_id

    def mandate(self, person_id: str, *rights: str) -> None:
        with self.work(OPERATOR) as work:
            use_cases.give_mandate(work, person_id=person_id, business_id=COMPANY, rights=list(rights))

    def official(
        self, person_id: str = OFFICIAL, role: Role = Role.HANDLER, *, last: date | None = None, language: str = "fi"
    ) -> str:
        with self.work(OPERATOR) as work:
            newcomer = replace(a_person(person_id=person_id), language=language)
            work.people.welcome(newcomer, self.now)
            first = date(2026, 1, 1)
            use_cases.give_post(work, person_id=person_id, role=role.value, authority="ITA", first=first, last=last)
        self.address(person_id, f"{person_id}@virasto.example")
        return person_id

    def address(self, person_id: str, email: str) -> None:
        """An address that has been confirmed."""
        with self.work() as work:
            work.mail.set_address(person_id, email, self.now)

    def give_address(self, person_id: str, email: str) -> dict[str, Any]:
        """What the person types on the page of settings."""
        with self.work(self.as_person(person_id)) as work:
            return mail.set_contact(work, FRONT_PAGE, email=email)

    def confirm(self, person_id: str, code: str) -> dict[str, Any]:
        with self.work(self.as_person(person_id)) as work:
            return mail.confirm_contact(work, FRONT_PAGE, code=code)

    def as_person(self, person_id: str) -> Asker:
        return Asker(person=person_id, role=Role.COMPANY, business_id=COMPANY)

    def wish(self, person_id: str, **choices: str) -> None:
        with self.work(Asker(person=person_id, role=Role.COMPANY, business_id=COMPANY)) as work:
            mail.set_preferences(work, choices=choices)

    def hear(self, fact_type: str, data: Mapping[str, Any], *, times: int = 1, actor: str = "somebody") -> None:
        fact = self.fact(fact_type, data, actor)
        loaded = schema_of(EVENTS[fact_type, 1].schema).load(fact.data)
        for _ in range(times):
            with self.work() as work:
                mail.hear(work, fact, loaded, FRONT_PAGE)

    def fact(self, fact_type: str, data: Mapping[str, Any], actor: str) -> Envelope:
        event = EVENTS[fact_type, 1]
        return Envelope(
            id=f"fact-{next(_ids)}",
            source=f"/{event.room}",
            type=event.type,
            version=1,
            subject=f"{event.subject}/{data.get('number', NUMBER)}",
            sequence=1,
            time=self.now,
            actor=actor,
            role="handler",
            authority="ITA",
            correlation_id="c",
            causation_id="",
            data=schema_of(event.schema).dump(data),
        )

    def send(self, url: str) -> list[Outcome]:
        """One round of sending to the server at `url`."""
        way = post_in({"SMTP_URL": url, "MAIL_FROM": SENDER}).way
        assert way is not None
        outcomes = []
        while True:
            with self.work() as work:
                taken = mail.take_next(work)
            if taken is None:
                return outcomes
            outcomes.append(way.send(taken))
            with self.work() as work:
                mail.give_back(work, taken.mail_id, outcomes[-1])

    def take_and_die(self, url: str) -> None:
        """What a kill -9 between the wire and the database leaves behind: sent, and nobody noted it."""
        way = post_in({"SMTP_URL": url, "MAIL_FROM": SENDER}).way
        assert way is not None
        with self.work() as work:
            taken = mail.take_next(work)
        assert taken is not None
        assert way.send(taken).accepted

    def morning(self) -> bool:
        with self.work() as work:
            return mail.make_morning(work, FRONT_PAGE)
