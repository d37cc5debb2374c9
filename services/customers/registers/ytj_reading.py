"""From the business register's company to our facts. Unknown keys are passed over; missing and empty are one.

Codes are texts there; classifications and forms come with descriptions in three languages, in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from services.customers.domain.register_data import Address, Line, RegisterData, Situation
from services.customers.ports import Told
from services.customers.registers.ytj import id_of

LANGUAGES = {"1": "fi", "2": "sv", "3": "en"}
KINDS = {1: "visiting", 2: "postal"}
SITUATIONS = {"SANE": "restructuring", "SELTILA": "liquidation", "KONK": "bankruptcy"}
MAIN_NAME = "1"
TEXT_MOST = 200
VAT_REGISTER = "6"

Item = Mapping[str, Any]


def register_data(told: Told, fetched_at: datetime) -> RegisterData:
    """The facts in what was told. A company without a name of its own bears its id."""
    company = told.company
    form = next(iter(_in_force(company, "companyForms")), {})
    return RegisterData(
        business_id=id_of(company),
        name=name_of(company),
        form=form_of(company),
        form_code=_text(form, "type"),
        business_line=_line(company),
        addresses=tuple(_addresses(company)),
        vat_liable=any(_text(entry, "register") == VAT_REGISTER for entry in _open(company, "registeredEntries")),
        situations=tuple(
            Situation(kind=SITUATIONS[_text(item, "type")], since=day_in(item.get("registrationDate")))
            for item in _open(company, "companySituations")
            if _text(item, "type") in SITUATIONS
        ),
        registered_on=day_in(company.get("registrationDate")),
        ended_on=ended_on(company),
        website=_text(_item(company, "website"), "url"),
        digest=told.digest,
        fetched_at=fetched_at,
    )


def name_of(company: Item) -> str:
    """The current main name: type 1, open, version 1; else any open main name; else any open name."""
    names = list(_open(company, "names"))
    main = [name for name in names if _text(name, "type") == MAIN_NAME]
    current = [name for name in main if name.get("version") == 1]
    found = next((_text(name, "name") for name in (*current, *main, *names) if _text(name, "name")), "")
    return found or id_of(company)


def form_of(company: Item) -> dict[str, str]:
    """The form by its description: its code is a number here and letters elsewhere."""
    return _described(next(iter(_in_force(company, "companyForms")), {}))


def ended_on(company: Item) -> date | None:
    return day_in(company.get("endDate"))


def city_of(company: Item) -> str:
    return next((address.city for address in _addresses(company) if address.city), "")


def day_in(told: Any) -> date | None:
    """Of "2026-08-19", "2026-08-19T10:04:06", "2024-11-21 01:49:24" or with an offset; anything else is no day."""
    if not isinstance(told, str) or not told.strip():
        return None
    try:
        return datetime.fromisoformat(told.strip()).date()
    except ValueError:
        return None


def _line(company: Item) -> Line | None:
    item = _item(company, "mainBusinessLine")
    code = _text(item, "type")
    return Line(code=code, code_set=_text(item, "typeCodeSet"), names=_described(item)) if code else None


def _addresses(company: Item) -> Iterator[Address]:
    found = [item for item in _items(company, "addresses") if item.get("type") in KINDS]
    for item in sorted(found, key=lambda item: int(item["type"])):
        office = _office(item)
        yield Address(
            kind=KINDS[item["type"]],
            line=_address_line(item),
            post_code=_text(item, "postCode"),
            city=_text(office, "city"),
            municipality_code=_text(office, "municipalityCode") or None,
            country=_text(item, "country"),
        )


def _address_line(item: Item) -> str:
    if free := _text(item, "freeAddressLine"):
        return free
    street = " ".join(
        part
        for part in (
            _text(item, "street"),
            _text(item, "buildingNumber"),
            _text(item, "entrance"),
            _text(item, "apartmentNumber") + _text(item, "apartmentIdSuffix"),
        )
        if part
    )
    box = _text(item, "postOfficeBox")
    care = _text(item, "co")
    return ", ".join(part for part in (care and f"c/o {care}", street, box and f"PL {box}") if part)


def _office(item: Item) -> Item:
    """The town in Finnish, else in Swedish, else as it is."""
    offices = [office for office in item.get("postOffices") or () if isinstance(office, dict)]
    order = ["1", "2"]
    return min(
        offices,
        key=lambda office: order.index(code) if (code := _text(office, "languageCode")) in order else len(order),
        default={},
    )


def _described(item: Item) -> dict[str, str]:
    told = [each for each in item.get("descriptions") or () if isinstance(each, dict)]
    return {
        LANGUAGES[code]: _text(each, "description")
        for each in told
        if (code := _text(each, "languageCode")) in LANGUAGES and _text(each, "description")
    }


def _in_force(company: Item, key: str) -> list[Item]:
    """Open ones, the current version first."""
    return sorted(_open(company, key), key=lambda item: item.get("version") != 1)


def _open(company: Item, key: str) -> Iterator[Item]:
    return (item for item in _items(company, key) if day_in(item.get("endDate")) is None)


def _items(company: Item, key: str) -> Iterator[Item]:
    found = company.get(key)
    return (item for item in (found if isinstance(found, list) else ()) if isinstance(item, dict))


def _item(company: Item, key: str) -> Item:
    found = company.get(key)
    return found if isinstance(found, dict) else {}


def _text(item: Item, key: str) -> str:
    """A text, also of a number; control characters have no place in a name."""
    value = item.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return "".join(character for character in str(value) if ord(character) >= 32).strip()[:TEXT_MOST]


def summary(company: Item) -> dict[str, Any]:
    """One line of a search: enough to tell which company it is."""
    return {
        "business_id": id_of(company),
        "name": name_of(company),
        "form": form_of(company),
        "city": city_of(company),
        "ended_on": ended_on(company),
    }
