"""The invented people and companies of a demonstration, as data: whoever builds one puts them in place.

Names are made up on purpose and say so; business ids start with 9, hold to the check digit and are not in use.
Three chief people are enough to see a case from both sides; the others do what those three may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from shared.asker import Role

DEMO_ISSUER = "demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoUndertaking:
    business_id: str
    name: str
    language: str
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPerson:
    """`subject` is the name at the demonstration's sign-in; `duty` tells the builder what the person is for."""

    subject: str
    name: str
    language: str
    duty: str
    mandates: tuple[tuple[str, tuple[str, ...]], ...] = ()
    posts: tuple[tuple[Role, str], ...] = ()


IDENTITY_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
"""The last character of a personal identity code by the remainder of its nine digits by 31."""

ALL_RIGHTS = ("prepare", "sign")

UNDERTAKINGS: tuple[DemoUndertaking, ...] = (
    DemoUndertaking(business_id="9137024-1", name="Mallimetalli Esimerkki Oy", language="fi", municipality="Mikkeli"),
    DemoUndertaking(business_id="9211050-5", name="Keksitty Saha Oy", language="fi", municipality="Kuopio"),
    DemoUndertaking(business_id="9248063-7", name="Exempelbåtar Påhitt Ab", language="sv", municipality="Vasa"),
    DemoUndertaking(business_id="9285076-5", name="Kuvitelma Konepaja Oy", language="fi", municipality="Jyväskylä"),
    DemoUndertaking(business_id="9322089-6", name="Olematon Ohjelmisto Oy", language="fi", municipality="Oulu"),
    DemoUndertaking(business_id="9359102-1", name="Satukylän Leipomo Ky", language="fi", municipality="Lappeenranta"),
    DemoUndertaking(business_id="9433128-0", name="Sagogård Kvarn Ab", language="sv", municipality="Borgå"),
)

CHIEF: tuple[DemoPerson, ...] = (
    DemoPerson(
        subject="yritys",
        name="Satu Esimerkki",
        language="fi",
        duty="company",
        mandates=(("9137024-1", ALL_RIGHTS), ("9211050-5", ALL_RIGHTS)),
    ),
    DemoPerson(
        subject="virkailija",
        name="Aino Mallikas",
        language="fi",
        duty="handler",
        posts=((Role.HANDLER, "ITA"),),
    ),
    DemoPerson(
        subject="tarkastaja",
        name="Tarmo Tarkkala",
        language="fi",
        duty="auditor",
        posts=((Role.AUDITOR, "ITA"),),
    ),
)

REPRESENTATIVES: tuple[DemoPerson, ...] = (
    DemoPerson(
        subject="yritys-valmistelija",
        name="Veikko Valmistelija",
        language="fi",
        duty="company",
        mandates=(("9137024-1", ("prepare",)),),
    ),
    DemoPerson(
        subject="foretag",
        name="Svea Exempelström",
        language="sv",
        duty="company",
        mandates=(("9248063-7", ALL_RIGHTS), ("9433128-0", ALL_RIGHTS)),
    ),
    DemoPerson(
        subject="yritys-kes",
        name="Kaisa Kuviteltu",
        language="fi",
        duty="company",
        mandates=(("9285076-5", ALL_RIGHTS),),
    ),
    DemoPerson(
        subject="yritys-poh",
        name="Olli Olematon",
        language="fi",
        duty="company",
        mandates=(("9322089-6", ALL_RIGHTS),),
    ),
    DemoPerson(
        subject="yritys-kaa",
        name="Liisa Leipomo-Satunen",
        language="fi",
        duty="company",
        mandates=(("9359102-1", ALL_RIGHTS),),
    ),
)

# What each authority needs for a whole case: nobody decides on their own proposal, nobody verifies their own
# payment, and award and payment have other people (CPR21 art. 71(4)).
DUTIES: tuple[tuple[str, Role], ...] = (
    ("handler", Role.HANDLER),
    ("decision_maker", Role.DECISION_MAKER),
    ("verifier", Role.VERIFIER),
    ("payment_presenter", Role.HANDLER),
    ("payment_decision_maker", Role.DECISION_MAKER),
    ("payer", Role.PAYER),
    ("auditor", Role.AUDITOR),
    ("operator", Role.OPERATOR),
)

# One name for each duty, in the order above.
NAMES: dict[str, tuple[str, ...]] = {
    "ITA": (
        "Aimo Esittelijä",
        "Ritva Ratkaisija",
        "Vesa Varmentaja",
        "Eeva Esitelmä",
        "Reijo Ratkaisu",
        "Maija Maksaja",
        "Taina Tarkka",
        "Pekka Pääkäyttäjä",
    ),
    "KES": (
        "Keijo Käsittelijä",
        "Päivi Päätösmaa",
        "Varpu Varmala",
        "Hanna Hahmotelma",
        "Risto Ratkaisematon",
        "Marko Maksumies",
        "Tuija Tarkistettu",
        "Piia Palvelin",
    ),
    "POH": (
        "Pohja Pohdittu",
        "Lauri Lapinlupaus",
        "Vilma Vertailu",
        "Eino Esityslista",
        "Rauha Ratkaisukeskeinen",
        "Mauno Maksuerä",
        "Topi Tarkastelu",
        "Pirjo Pääsynhallinta",
    ),
    "KAA": (
        "Kaarina Kaavailu",
        "Raimo Ratkaiseva",
        "Veera Varmistus",
        "Elsa Ehdotus",
        "Riku Ratkottu",
        "Marja Maksukeino",
        "Timo Täsmäys",
        "Paula Palvelinhuone",
    ),
    "PLI": (
        "Håkan Handläggarson",
        "Beata Beslutsdotter",
        "Viktor Verifikat",
        "Fredrika Föredragare",
        "Bror Beslutsam",
        "Ulla Utbetalning",
        "Rurik Revisor",
        "Siv Systemvakt",
    ),
}


def people() -> tuple[DemoPerson, ...]:
    """Everyone a demonstration needs, the three chief ones first."""
    return (*CHIEF, *REPRESENTATIVES, *_officials())


def place_in_line(subject: str) -> tuple[int, str]:
    """Where a person stands among those one may sign in as; strangers to the list come last, by subject."""
    return _LINE.get(subject, len(_LINE)), subject


def identity_code_of(subject: str) -> str:
    """A personal identity code that nobody has: numbers from 900 on are not given to people. The same every time."""
    seed = int.from_bytes(sha256(subject.encode()).digest()[:8])
    day, month, year, number = seed % 28 + 1, seed // 28 % 12 + 1, seed // 336 % 50 + 50, seed // 16_800 % 100 + 900
    digits = f"{day:02}{month:02}{year:02}{number}"
    return f"{digits[:6]}-{digits[6:]}{IDENTITY_CHECK[int(digits) % 31]}"


def _officials() -> Iterator[DemoPerson]:
    for authority, names in NAMES.items():
        for (duty, role), name in zip(DUTIES, names, strict=True):
            yield DemoPerson(
                subject=f"{authority.lower()}-{duty.replace('_', '-')}",
                name=name,
                language="sv" if authority == "PLI" else "fi",
                duty=duty,
                posts=((role, authority),),
            )


_LINE = {person.subject: place for place, person in enumerate(people())}
