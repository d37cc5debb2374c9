"""Cases at every stage of their way, made through the API, and the pages a person of each duty sees of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shared.dates import helsinki_day
from shared.storage.database import right_now
from tukivayla.demo.flow import AUTHORITY, COMPANY, STEPS_OF_STAFF, Flow, Players, open_a_call, players
from tukivayla.demo.people import eventually

STEPS = (
    *("apply", "attach", "submit", "take", "propose", "decide", "letter", "open_claim", "read_invoice"),
    *("save_claim", "submit_claim", "verify", "present_payment", "decide_payment", "order", "settle", "trace"),
)
CAPACITIES = {
    "company": ("Satu Esimerkki", {"business_id": COMPANY}),
    **{duty: (name, {"authority": AUTHORITY}) for duty, name in STEPS_OF_STAFF.items()},
}


def cast_at(address: str) -> Players:
    return eventually(lambda: _players_or_none(address), seconds=60, what="the people of the demonstration")


def _players_or_none(address: str) -> Players | None:
    try:
        return players(address)
    except LookupError:
        return None


class Stages:
    """One open call, and cases of it brought as far as a test needs them."""

    def __init__(self, address: str) -> None:
        self.cast = cast_at(address)
        self.today = helsinki_day(right_now())
        self.call_id = open_a_call(self.cast.operator, today=self.today)
        self._made: dict[str, Flow] = {}

    def fresh(self, last: str) -> Flow:
        """A case of its own, after the step `last` of tukivayla.demo.flow.Flow."""
        flow = Flow(self.cast, self.call_id, self.today)
        told: dict[str, Any] | None = None
        for step in STEPS[: STEPS.index(last) + 1]:
            # What the machine read goes into the claim; the other steps need nothing from the one before.
            told = flow.save_claim(told) if step == "save_claim" else getattr(flow, step)()
        return flow

    def after(self, last: str) -> Flow:
        """A case that tests only look at, made once."""
        if last not in self._made:
            self._made[last] = self.fresh(last)
        return self._made[last]

    def empty_draft(self) -> str:
        opened = self.cast.company.post("/applications", {"call_id": self.call_id, "language": "fi"})
        return str(opened["number"])

    def pages(self) -> Iterator[tuple[str, str]]:
        """(duty, path) of every kind of page, in the order of a case's way."""
        yield from (("", path) for path in self._public())
        yield from (("company", path) for path in self._company())
        yield from self._staff()
        yield from self._oversight()

    def _public(self) -> tuple[str, ...]:
        return (
            *("/", "/haut", f"/haut/{self.call_id}", "/kirjaudu", "/ohjeet", "/tila", "/saavutettavuus"),
            *("/tietosuoja", "/ei-ole", "/laskuri", f"/laskuri?haku={self.call_id}"),
            f"/laskuri?haku={self.call_id}&laske=1&costs.staff=20000&costs.equipment=20000&works_start_on=1.1.2025",
        )

    def _company(self) -> Iterator[str]:
        empty, ready, sent = self.empty_draft(), self.after("attach").number, self.after("submit").number
        yield from ("/oma", "/oma/hakemukset", "/oma/hankkeet", "/oma/yritys", f"/haut/{self.call_id}", "/ulos")
        yield from (f"/oma/yritys/{page}" for page in ("oikaisu", "ihmiset", "avaimet", "omistus"))
        yield from ("/valitse-yritys", "/kutsu")
        parts = ("perustiedot", "kustannukset", "rahoitus", "mittarit")
        yield f"/oma/asiat/{empty}"
        yield from (f"/oma/asiat/{empty}/{part}?tarkista=1" for part in parts)
        yield f"/oma/asiat/{empty}/tarkista"
        yield f"/oma/asiat/{ready}"
        yield from (f"/oma/asiat/{ready}/{part}" for part in (*parts, "liitteet", "tarkista", "peru"))
        yield from (f"/oma/asiat/{sent}{page}" for page in ("", "/vastaanotto"))
        yield f"/oma/asiat/{self.after('trace').number}"
        claim, filed = self.after("read_invoice"), self.after("submit_claim")
        pages = ("", "/lasku", f"/lasku/{claim.invoice_id}", "/rivi/1", "/tarkista")
        yield from (f"/oma/maksatus/{claim.claim_id}{page}" for page in pages)
        yield f"/oma/maksatus/{self.after('save_claim').claim_id}"
        yield from (f"/oma/maksatus/{filed.claim_id}{page}" for page in ("", "/vastaanotto"))
        yield f"/oma/maksatus/{self.after('trace').claim_id}"

    def _staff(self) -> Iterator[tuple[str, str]]:
        done = self.after("trace")
        yield from (("handler", path) for path in ("/tyo/jono", "/tyo/jono?nakyma=kaikki", "/tyo/valtuus"))
        # Before an answer the case leads to its gate.
        yield "handler", f"/tyo/asiat/{self.after('submit').number}"
        yield from (("handler", path) for path in ("/tyo/asiakkaat", "/tyo/asiakkaat/9137024-1"))
        yield from (("handler", path) for path in ("/tyo/sijaiset", "/tyo/nakymat/uusi?group=open"))
        yield "handler", f"/tyo/asiat/{self.after('take').number}/este"
        yield "handler", f"/tyo/asiat/{self.after('take').number}/kasittelija"
        tabs = ("arviointi", "hakemus", "liitteet", "tuet", "maksatukset", "ketju")
        yield from (("handler", f"/tyo/asiat/{done.number}?valilehti={tab}") for tab in tabs)
        yield from (("handler", f"/tyo/asiat/{self.after('take').number}/{page}") for page in ("arviointi", "esitys"))
        yield from (("auditor", f"/tyo/asiat/{done.number}/{page}") for page in ("arviointi", "laskelma", "todistus"))
        yield from (("decision_maker", path) for path in ("/tyo/paatettavat", "/tyo/valtuus/tapahtumat"))
        proposed = self.after("propose").number
        self.may_open("decision_maker", proposed)
        yield from (("handler", f"/tyo/asiat/{proposed}{page}") for page in ("", "/esitys", "/ratkaise"))
        yield from (("decision_maker", f"/tyo/asiat/{proposed}{page}") for page in ("", "/ratkaise"))
        yield "verifier", "/tyo/jono"
        filed = self.after("submit_claim")
        self.may_open("verifier", filed.number)
        yield "verifier", f"/tyo/maksatus/{filed.claim_id}"
        self.may_open("payment_presenter", self.after("verify").number)
        yield "payment_presenter", f"/tyo/maksatus/{self.after('verify').claim_id}/esitys"
        presented = self.after("present_payment").claim_id
        self.may_open("payment_decision_maker", self.after("present_payment").number)
        yield from (("payment_decision_maker", f"/tyo/maksatus/{presented}{page}") for page in ("", "/ratkaise"))
        yield "handler", f"/tyo/maksatus/{done.claim_id}"

    def may_open(self, duty: str, number: str) -> None:
        """The official has answered that nothing disqualifies them from the case."""
        getattr(self.cast, duty).post(f"/applications/{number}/interest", {"answer": "none"})

    def _oversight(self) -> Iterator[tuple[str, str]]:
        done = self.after("trace")
        self.after("decide_payment")
        payer = ("/maksu/valmiit", "/maksu/erat", f"/maksu/erat/{done.batch_id}", "/maksu/vastaukset")
        yield from (("payer", path) for path in (*payer, "/maksu/palautuneet", "/valvonta/maksut"))
        auditor = ("/valvonta", "/valvonta/hankkeet", f"/valvonta/hankkeet/{done.number}", "/valvonta/maksut")
        route = f"/valvonta/reitti/{done.payment_id}"
        yield from (("auditor", path) for path in (*auditor, route, "/valvonta/ketju", "/valvonta/valtuus"))
        yield from (("operator", path) for path in ("/yllapito/pysaytetyt", "/yllapito/valtuus", "/valvonta/ketju"))
