"""Invoices made for tests: facts are drawn, worded in a language and set in one of many layouts.

The layouts follow kinds of invoices that companies really send (letter, form with bank slip,
shop export, utility bill, ledger print), none of them a particular program's.
"""

# A page of typst reads better unbroken, and drawn facts need no strong chance.
# ruff: noqa: E501

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import typst
from stdnum.fi import ytunnus
from stdnum.iso7064 import mod_11_10

from tests.reading.wordings import MONTHS, WORDS

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    text: str
    quantity: int
    price: Decimal
    rate: Decimal

    @property
    def net(self) -> Decimal:
        return self.quantity * self.price


@dataclass(frozen=True)
class Facts:
    """What is true of one invoice, before anybody writes it down."""

    language: str
    number: str
    issued: date
    term: int
    seller: str
    seller_vat_id: str
    buyer: str
    buyer_vat_id: str
    lines: tuple[Line, ...]
    prepaid: Decimal = Decimal(0)
    currency: str = "EUR"
    style: int = 0  # of numbers and dates within the language
    street: str = ""
    town: str = ""
    domain: str = ""

    @property
    def rates(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        """Rate, base and VAT of each rate."""
        found = []
        for rate in sorted({line.rate for line in self.lines}):
            base = sum((line.net for line in self.lines if line.rate == rate), Decimal(0))
            found.append((rate, base, (base * rate / 100).quantize(CENT, ROUND_HALF_UP)))
        return found

    @property
    def net(self) -> Decimal:
        return sum((base for _, base, _ in self.rates), Decimal(0))

    @property
    def vat(self) -> Decimal:
        return sum((vat for _, _, vat in self.rates), Decimal(0))

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat

    @property
    def due(self) -> date:
        return self.issued + timedelta(days=self.term)

    @property
    def to_pay(self) -> Decimal:
        return self.gross - self.prepaid

    @property
    def credit(self) -> bool:
        return self.gross < 0

    def truth(self) -> dict[str, str | None]:
        return {
            "invoice_number": self.number,
            "invoice_date": self.issued.isoformat(),
            "seller_name": self.seller,
            "seller_vat_id": self.seller_vat_id,
            "net": f"{self.net:.2f}",
            "vat": f"{self.vat:.2f}",
            "gross": f"{self.gross:.2f}",
            "currency": self.currency,
        }


RATES = {
    "fi": ("25.5", "14", "10", "0"),
    "sv": ("25", "12", "6"),
    "de": ("19", "7"),
    "fr": ("20", "10", "5.5"),
    "en": ("24", "20", "10"),
}
SELLERS = {
    "fi": ("Saimaan Sorvaus Oy", "Oulun Anturi Oyj", "Tmi Kaisa Metsälä", "Pohjan Puu Ky", "Vaasan Verkko Oy Ab"),
    "sv": ("Bottens El Ab", "Norrskens Data AB", "Hamnens Smide HB", "Gävle Mätteknik AB"),
    "de": ("Nordlicht Messtechnik GmbH", "Bauer & Söhne KG", "Alpen Software AG", "Werkstatt Klein e.K."),
    "fr": ("Atelier du Lac SARL", "Mesures Nouvelles SAS", "Bois et Métal SA", "Imprimerie Vidal EURL"),
    "en": ("Northern Gauges Ltd", "Harbour Metals Limited", "Bright Prints LLP", "Quayside Software Inc."),
}
BUYERS = ("Lakeuden Kone Oy", "Meri Robotics Oy", "Kuusamo Foods Oyj", "Järvi Bygg Ab")
GOODS = (
    "Anturi A4",
    "Service visit",
    "Montering",
    "Kirjahylly 80 x 200",
    "Beratung",
    "Papier 80 g",
    "Licence annuelle",
    "Kupari 2 mm",
    "Sensor 12 V",
    "Messebau",
)
STREETS = {
    "fi": "Teollisuustie 14",
    "sv": "Hamngatan 3",
    "de": "Hauptstraße 27",
    "fr": "12 rue du Port",
    "en": "4 Mill Lane",
}
TOWNS = {
    "fi": "33100 Tampere",
    "sv": "411 06 Göteborg",
    "de": "20095 Hamburg",
    "fr": "44000 Nantes",
    "en": "Leeds LS1 4DY",
}


def a_business_id(chance: random.Random) -> str:
    while True:
        first = f"{chance.randint(1_000_000, 3_500_000)}"
        for check in range(10):
            if ytunnus.is_valid(f"{first}-{check}"):
                return f"{first}-{check}"


def a_vat_id(chance: random.Random, language: str) -> str:
    if language == "de":
        digits = f"{chance.randint(10_000_000, 99_999_999)}"
        return f"DE{digits}{mod_11_10.calc_check_digit(digits)}"
    if language == "fr":
        siren = _luhn(chance)
        return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"
    if language == "sv":
        return f"SE{_luhn(chance, 55)}01" if chance.random() < 0.9 else "FI" + a_business_id(chance).replace("-", "")
    return "FI" + a_business_id(chance).replace("-", "")


def _luhn(chance: random.Random, start: int = 0) -> str:
    body = f"{start or ''}{chance.randint(10_000_000, 99_999_999)}"[: 9 if start else 8]
    body = body.ljust(9 if start else 8, "3")
    for check in range(10):
        number = f"{body}{check}"
        total = sum(
            int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10))
            for place, digit in enumerate(reversed(number))
        )
        if total % 10 == 0:
            return number
    raise AssertionError("one of ten digits always fits")


def some_facts(seed: int, language: str) -> Facts:
    """The facts of an invoice, the same for the same seed."""
    chance = random.Random(f"{seed} {language}")
    number = chance.choice(
        (
            f"{chance.randint(1000, 999999)}",
            f"INV-{chance.randint(2019, 2026)}-{chance.randint(1, 999):04d}",
            f"{chance.randint(2019, 2026)}/{chance.randint(1, 9999)}",
            f"F{chance.randint(10000, 99999)}",
            f"RE{chance.randint(1000, 9999)}",
            f"{chance.randint(2020, 2026)}{chance.randint(1, 99999):05d}",
        )
    )
    rates = [Decimal(rate) for rate in RATES[language]]
    kinds = rates[:1] if chance.random() < 0.5 else rates[:2] if chance.random() < 0.7 else rates
    sign = -1 if chance.random() < 0.1 else 1
    lines = tuple(
        Line(
            chance.choice(GOODS),
            sign * chance.randint(1, 40),
            Decimal(chance.randint(99, 250_000)) / 100,
            kinds[i % len(kinds)],
        )
        for i in range(max(len(kinds), chance.randint(1, 6)))
    )
    seller = chance.choice(SELLERS[language])
    facts = Facts(
        language=language,
        number=number,
        issued=date(2019, 1, 1) + timedelta(days=chance.randint(0, 2700)),
        term=chance.choice((14, 30, 21, 7, 10, 45)),
        seller=seller,
        seller_vat_id=a_vat_id(chance, language),
        buyer=chance.choice(BUYERS),
        buyer_vat_id=a_vat_id(chance, "fi") if chance.random() < 0.5 else "",
        lines=lines,
        style=chance.randint(0, 5),
        street=STREETS[language],
        town=TOWNS[language],
        currency="SEK"
        if language == "sv" and chance.random() < 0.5
        else "GBP"
        if language == "en" and chance.random() < 0.3
        else "EUR",
        domain=seller.split()[0].lower().replace("ä", "a").replace("ö", "o"),
    )
    if sign > 0 and chance.random() < 0.15:
        facts = replace(facts, prepaid=(facts.gross / 3).quantize(CENT))
    return facts


@dataclass
class Writer:
    """Words, numbers and dates as one invoice writes them."""

    facts: Facts
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.facts.number} {self.facts.style}")
        self.words = {what: self.chance.choice(ways) for what, ways in WORDS[self.facts.language].items()}

    def money(self, value: Decimal) -> str:
        whole, cents = f"{abs(value):.2f}".split(".")
        group, mark = {
            "fi": ((" ", ","), ("", ","), ("\u00a0", ",")),
            "sv": ((" ", ","), ("", ","), (".", ",")),
            "de": ((".", ","), ("", ","), ("'", ".")),
            "fr": (("\u202f", ","), (" ", ","), ("", ",")),
            "en": ((",", "."), ("", "."), (",", ".")),
        }[self.facts.language][self.facts.style % 3]
        text = ""
        while len(whole) > 3:
            text, whole = f"{group}{whole[-3:]}{text}", whole[:-3]
        minus = ("-", "−", "-")[self.facts.style % 3] if value < 0 else ""
        return f"{minus}{whole}{text}{mark}{cents}"

    def priced(self, value: Decimal) -> str:
        """Money with its currency."""
        sign = {"EUR": "€", "SEK": "kr", "GBP": "£"}[self.facts.currency]
        return {
            0: f"{self.money(value)} {sign}",
            1: f"{self.money(value)} {self.facts.currency}",
            2: f"{self.facts.currency} {self.money(value)}",
            3: f"{self.money(value)} {sign}",
            4: f"{sign}{self.money(value)}" if sign != "kr" else f"{self.money(value)} kr",
            5: f"{self.money(value)} {self.facts.currency}",
        }[self.facts.style]

    def day(self, day: date) -> str:
        month = MONTHS[self.facts.language][day.month - 1]
        ways = {
            "fi": (
                f"{day.day}.{day.month}.{day.year}",
                f"{day:%d.%m.%Y}",
                f"{day.day}. {month}ta {day.year}",
                f"{day:%Y-%m-%d}",
            ),
            "sv": (
                f"{day:%Y-%m-%d}",
                f"{day.day}.{day.month}.{day.year}",
                f"{day.day} {month} {day.year}",
                f"{day:%Y-%m-%d}",
            ),
            "de": (f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", f"{day.day}. {month} {day.year}", f"{day:%d.%m.%Y}"),
            "fr": (f"{day:%d/%m/%Y}", f"{day.day} {month} {day.year}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%Y}"),
            "en": (
                f"{day.day} {month} {day.year}",
                f"{month} {day.day}, {day.year}",
                f"{day:%Y-%m-%d}",
                f"{day.day}-{month[:3]}-{day.year}",
            ),
        }[self.facts.language]
        return ways[self.facts.style % 4]

    def rate(self, rate: Decimal) -> str:
        text = f"{rate}" if self.facts.language == "en" else f"{rate}".replace(".", ",")
        return f"{text} %" if self.facts.style % 2 else f"{text}%"

    def __getitem__(self, what: str) -> str:
        return self.words[what]

    @property
    def title(self) -> str:
        return self["credit_note"] if self.facts.credit else self["invoice"]

    @property
    def vat_id(self) -> str:
        value = self.facts.seller_vat_id
        if value.startswith("FR") and self.facts.style % 2:
            return f"{value[:4]} {value[4:7]} {value[7:10]} {value[10:]}"
        if value.startswith("FI") and self.facts.style == 1:
            return f"{value[2:9]}-{value[9]}"
        return value

    @property
    def vat_id_label(self) -> str:
        return self["business_id"] if "-" in self.vat_id else self["vat_id"]


def escaped(text: str) -> str:
    for sign in "\\#$*_`@<>[]~=-+/":
        text = text.replace(sign, f"\\{sign}")
    return text


def cell(text: str) -> str:
    return f"[{escaped(text)}]"


def grid(columns: str, cells: list[str], align: str = "left", gutter: str = "6pt", kind: str = "grid") -> str:
    inset = ", inset: 3pt, stroke: none" if kind == "table" else ""
    return f"#{kind}(columns: ({columns}), align: ({align}), column-gutter: {gutter}, row-gutter: 4pt{inset}, {', '.join(cell(text) for text in cells)})\n"


def line_table(w: Writer, *, gross: bool = False) -> str:
    cells = [w["item"], w["quantity"], w["unit_price"], w["vat_percent"], w["line_gross"] if gross else w["line_net"]]
    for line in w.facts.lines:
        total = (line.net * (1 + line.rate / 100)).quantize(CENT, ROUND_HALF_UP) if gross else line.net
        cells += [line.text, str(line.quantity), w.money(line.price), w.rate(line.rate), w.money(total)]
    return grid("1fr, auto, auto, auto, auto", cells, "left, right, right, right, right", "14pt", "table")


def totals_rows(w: Writer) -> list[tuple[str, str]]:
    rows = [(w["net_total"], w.priced(w.facts.net))]
    for rate, base, vat in w.facts.rates:
        label = f"{w['vat']} {w.rate(rate)}"
        rows.append((f"{label} ({w['of_base']} {w.money(base)})" if w.facts.style == 5 else label, w.priced(vat)))
    rows.append((w["gross_total"], w.priced(w.facts.gross)))
    if w.facts.prepaid:
        rows += [(w["prepaid"], w.priced(-w.facts.prepaid)), (w["to_pay"], w.priced(w.facts.to_pay))]
    return rows


def right_totals(w: Writer, extra: str = "") -> str:
    cells = [text for row in totals_rows(w) for text in row]
    return f"#align(right, block(width: 58%)[{grid('1fr, auto', cells, 'left, right', '20pt')}])\n{extra}"


def footer(w: Writer, *, vat_id: bool = True) -> str:
    facts = w.facts
    first = f"{facts.seller}\n{facts.street}\n{facts.town}"
    second = f"www.{facts.domain}.example\ninfo@{facts.domain}.example"
    third = "IBAN FI21 1234 5600 0007 85\nBIC NDEAFIHH" + (f"\n{w.vat_id_label}: {w.vat_id}" if vat_id else "")
    columns = ", ".join(
        "[" + " \\ ".join(escaped(line) for line in column.split("\n")) + "]" for column in (first, second, third)
    )
    return f"#set page(footer: text(size: 7pt, grid(columns: (1fr, 1fr, 1fr), {columns})))\n"


def buyer_block(w: Writer, heading: bool = True) -> str:
    lines = [w["buyer"]] if heading else []
    lines += [w.facts.buyer, "Kauppakatu 3", "00100 Helsinki"]
    if w.facts.buyer_vat_id:
        lines.append(f"{w['buyer_vat_id']}: {w.facts.buyer_vat_id}")
    return " \\ ".join(escaped(line) for line in lines) + "\n\n"


def meta(w: Writer) -> list[tuple[str, str]]:
    facts = w.facts
    rows = [
        (w["number"], facts.number),
        (w["date"], w.day(facts.issued)),
        (w["due"], w.day(facts.due)),
        (w["customer_number"], str(10_000 + facts.term * 37)),
        (w["delivery"], w.day(facts.issued - timedelta(days=3))),
        (w["order_number"], f"T-{facts.term * 111}"),
    ]
    w.chance.shuffle(rows)
    return rows


def letter(w: Writer) -> str:
    """Sender's line, recipient left, data right, totals right, sender's data in the footer."""
    rows = [text for label, value in meta(w) for text in (f"{label}:", value)]
    sender = f"{w.facts.seller} · {w.facts.street} · {w.facts.town}"
    return (
        footer(w)
        + f"#text(size: 7pt)[{escaped(sender)}]\n\n"
        + f"#grid(columns: (1fr, 1fr), [{buyer_block(w, heading=False)}], [{grid('auto, auto', rows)}])\n"
        + f'#v(20pt)\n#text(size: 16pt, weight: "bold")[{escaped(w.title)}]\n\n{line_table(w)}\n{right_totals(w)}'
    )


def headed_strip(w: Writer) -> str:
    """Data in a strip: labels in one row, values in the row below."""
    rows = meta(w)[:5]
    keep = [row for row in rows if row[0] not in (w["number"], w["date"])][:3]
    rows = [(w["number"], w.facts.number), *keep[:1], (w["date"], w.day(w.facts.issued)), *keep[1:]]
    cells = [label for label, _ in rows] + [value for _, value in rows]
    columns = ", ".join("1fr" for _ in rows)
    return (
        f"#text(size: 18pt)[{escaped(w.facts.seller)}] \\ {escaped(w.facts.street)}, {escaped(w.facts.town)} \\ {escaped(w.vat_id_label)} {escaped(w.vat_id)}\n\n"
        f"{buyer_block(w)}= {escaped(w.title)}\n{grid(columns, cells)}\n#v(10pt)\n{line_table(w)}\n{right_totals(w)}"
    )


def cards(w: Writer) -> str:
    """Label above value in cards; what is to be paid in large print at the top."""
    facts = w.facts
    pairs = [
        (w["number"], facts.number),
        (w["date"], w.day(facts.issued)),
        (w["due"], w.day(facts.due)),
        (w["to_pay"], w.priced(facts.to_pay)),
    ]
    boxes = ", ".join(
        f"[#text(size: 7pt)[{escaped(label)}] \\ #text(size: 12pt)[{escaped(value)}]]" for label, value in pairs
    )
    who = f"[{escaped(w['seller'])} \\ {escaped(facts.seller)} \\ {escaped(facts.street)} \\ {escaped(facts.town)} \\ {escaped(w.vat_id_label)} {escaped(w.vat_id)}]"
    return (
        f"#text(size: 22pt, tracking: 4pt)[{escaped(w.title.upper())}]\n\n#grid(columns: (1fr, 1fr, 1fr, 1fr), {boxes})\n#v(16pt)\n"
        f"#grid(columns: (1fr, 1fr), {who}, [{buyer_block(w)}])\n#v(12pt)\n{line_table(w)}\n{right_totals(w)}"
    )


def titled_number(w: Writer) -> str:
    """The number in the title, the date without more than the word for it."""
    facts = w.facts
    rows = [w["plain_date"], w["due"], w["order_number"], w.day(facts.issued), w.day(facts.due), f"S{facts.term}07"]
    return (
        footer(w)
        + f'#text(weight: "bold")[{escaped(facts.seller)}] \\ {escaped(facts.street)} \\ {escaped(facts.town)}\n\n'
        + f"#align(right)[{buyer_block(w, heading=False)}]\n#text(size: 20pt)[{escaped(w.title)} {escaped(facts.number)}]\n\n"
        + f"{grid('1fr, 1fr, 1fr', rows)}\n#v(8pt)\n{line_table(w)}\n{right_totals(w)}"
    )


def rate_table(w: Writer) -> str:
    """VAT by rate in a table of its own whose last row is the sum."""
    facts = w.facts
    cells = [w["vat_percent"], w["column_net"], w["column_vat"], w["column_gross"]]
    for rate, base, vat in facts.rates:
        cells += [w.rate(rate), w.money(base), w.money(vat), w.money(base + vat)]
    cells += [w["sum"], w.money(facts.net), w.money(facts.vat), w.money(facts.gross)]
    table = grid("auto, auto, auto, auto", cells, "right, right, right, right", "18pt", "table")
    rows = [text for label, value in meta(w)[:6] for text in (label, value)]
    slip = [
        w["payee"],
        facts.seller,
        w["to_pay"],
        w.priced(facts.to_pay),
        "IBAN",
        "FI21 1234 5600 0007 85",
        w["due"],
        w.day(facts.due),
    ]
    return (
        f"#grid(columns: (1fr, 1fr), [#text(size: 14pt)[{escaped(w.title)}] \\ {escaped(w['seller'])}: {escaped(facts.seller)} \\ {escaped(w.vat_id_label)}: {escaped(w.vat_id)}], [{grid('auto, auto', rows)}])\n"
        f"{buyer_block(w)}{line_table(w, gross=True)}\n#align(right)[{table}]\n#v(1fr)\n{grid('auto, 1fr, auto, auto', slip)}"
    )


def bottom_strip(w: Writer) -> str:
    """Totals side by side under their headings at the foot of the page."""
    facts = w.facts
    rows = [text for label, value in meta(w) for text in (label, ":", value)]
    cells = [w["column_net"], w["column_vat"], w["column_gross"]]
    cells += [w.money(facts.net), w.money(facts.vat), w.money(facts.gross)]
    if facts.prepaid:
        cells = [*cells[:3], w["to_pay"], *cells[3:], w.money(facts.to_pay)]
    return (
        footer(w)
        + f"#grid(columns: (1fr, 1fr), [#text(size: 13pt)[{escaped(facts.seller)}] \\ {escaped(facts.street)} \\ {escaped(facts.town)}], [#align(right)[#text(size: 13pt)[{escaped(w.title)}]]])\n"
        + f"#v(8pt)\n#grid(columns: (1fr, 1fr), [{buyer_block(w)}], [{grid('auto, auto, auto', rows)}])\n{line_table(w)}\n#v(1fr)\n"
        + f"{escaped(facts.currency)}\n{grid(', '.join('1fr' for _ in cells[: len(cells) // 2]), cells, ', '.join('right' for _ in cells[: len(cells) // 2]))}"
    )


def sentence(w: Writer) -> str:
    """Number and date in one line of text, as utilities and consultants write."""
    facts = w.facts
    return (
        footer(w)
        + f"{escaped(facts.seller)} – {escaped(facts.street)} – {escaped(facts.town)}\n\n{buyer_block(w, heading=False)}\n"
        + f"*{escaped(w['number_sentence'].format(title=w.title, number=facts.number, date=w.day(facts.issued)))}*\n\n"
        + f"{escaped(w['due'])} {escaped(w.day(facts.due))}\n\n{line_table(w)}\n{right_totals(w)}"
    )


def ledger_print(w: Writer) -> str:
    """Fixed-width print with rules of hyphens, as old programs make."""
    facts = w.facts
    out = [
        f"{facts.seller:<44}{w.title.upper()}",
        f"{facts.street:<44}{w['number']}: {facts.number}",
        f"{facts.town:<44}{w['date']}: {w.day(facts.issued)}",
        f"{w.vat_id_label + ' ' + w.vat_id:<44}{w['due']}: {w.day(facts.due)}",
        "",
        f"{w['buyer']}:",
        facts.buyer,
        "Kauppakatu 3",
        "",
        "-" * 78,
    ]
    out += [
        f"{line.text:<32}{line.quantity:>6}{w.money(line.price):>14}{w.rate(line.rate):>8}{w.money(line.net):>16}"
        for line in facts.lines
    ]
    out += ["-" * 78, *(f"{label:>58}{value:>20}" for label, value in totals_rows(w))]
    body = "\n".join(out).replace("`", "'")
    return f'#set text(font: "DejaVu Sans Mono", size: 8pt)\n```\n{body}\n```\n'


def two_pages(w: Writer) -> str:
    """Lines that run onto a second page, with the sum carried over."""
    facts = w.facts
    rows = [text for label, value in meta(w) for text in (label, value)]
    half = max(1, len(facts.lines) // 2)
    carried = sum((line.net for line in facts.lines[:half]), Decimal(0))
    first, second = (
        Writer(replace(facts, lines=facts.lines[:half])),
        Writer(replace(facts, lines=facts.lines[half:] or facts.lines[:1])),
    )
    first.words = second.words = w.words
    return (
        footer(w)
        + f"#text(size: 15pt)[{escaped(facts.seller)}]\n\n{buyer_block(w)}#text(size: 15pt)[{escaped(w.title)}]\n{grid('auto, auto', rows)}\n"
        + f"{line_table(first)}\n#align(right)[{escaped(w['carried'])} {escaped(w.money(carried))}]\n#pagebreak()\n"
        + f"{escaped(w['number'])} {escaped(facts.number)}\n\n#align(right)[{escaped(w['carried'])} {escaped(w.money(carried))}]\n{line_table(second)}\n{right_totals(w)}"
    )


LAYOUTS: dict[str, Callable[[Writer], str]] = {
    layout.__name__: layout
    for layout in (
        letter,
        headed_strip,
        cards,
        titled_number,
        rate_table,
        bottom_strip,
        sentence,
        ledger_print,
        two_pages,
    )
}
LANGUAGES = tuple(WORDS)


def invoice_pdf(facts: Facts, layout: str) -> bytes:
    """The invoice as PDF."""
    writer = Writer(facts)
    font = (
        ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern")[facts.style % 3]
        if facts.style != 1
        else "Libertinus Serif"
    )
    size = (9, 10, 8)[facts.style % 3]
    source = (
        f'#set page(paper: "a4", margin: 50pt)\n#set text(font: "{font}", size: {size}pt)\n{LAYOUTS[layout](writer)}'
    )
    return bytes(typst.compile(source.encode(), format="pdf"))
