"""An assessment as typed: any text is kept, right or wrong; only what could not be its form at all is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.applications.domain.assessed import FIGURES, NO, TABLES, TEXTS, YES, Typed
from shared.errors import Fault, InvalidFields
from shared.reference.municipalities import municipality

MOST_ROWS = 200
MOST_BYTES = 100_000


def as_assessment(raw: Any) -> Typed:
    """The same answers in the house's shape: known keys, texts, rows of texts.

    Raises InvalidFields for what could not be an assessment's form at all: unknown_field, not_a_text, not_a_table,
    too_many_rows, control_characters, too_large.
    """
    if not isinstance(raw, Mapping):
        raise InvalidFields(faults=[Fault("answers", "not_a_table")])
    faults: list[Fault] = []
    typed: Typed = {}
    for key, value in raw.items():
        if key in TABLES:
            typed[key] = _table(key, value, faults)
        elif key in TEXTS:
            typed[key] = _text(key, value, faults)
        else:
            faults.append(Fault(str(key)[:40], "unknown_field"))
    if sum(len(text.encode()) for text in _texts(typed)) > MOST_BYTES:
        faults.append(Fault("answers", "too_large", {"most": f"{MOST_BYTES // 1000} kB"}))
    if faults:
        raise InvalidFields(faults=faults[:MOST_ROWS])
    return typed


def prefilled(application: Mapping[str, Any]) -> Typed:
    """What the application's own answers tell already: the place, earlier aid, and who owns whom."""
    place = str(application.get("municipality") or "")
    found = municipality(place) if place else None
    typed: Typed = {"municipality": found.code if found else place}
    aids = application.get("de_minimis") or []
    if aids:
        typed["earlier_aid"] = [
            {
                "business_id": "",
                "name": "",
                "granted_on": row.get("granted_on", ""),
                "amount": row.get("amount", ""),
                "authority": row.get("granter", ""),
                "regulation": row.get("basis", ""),
            }
            for row in aids
        ]
    owners = [row for row in application.get("ownership") or [] if row.get("business_id")]
    if owners:
        typed["enterprises"] = [
            {
                "name": row.get("name", ""),
                "business_id": row.get("business_id", ""),
                "share": row.get("share", ""),
                "controls": NO if row.get("kind") == "partner" else YES,
                **dict.fromkeys(FIGURES, ""),
            }
            for row in owners
        ]
    return typed


def _table(key: str, value: Any, faults: list[Fault]) -> list[dict[str, str]]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        faults.append(Fault(key, "not_a_table"))
        return []
    if len(value) > MOST_ROWS:
        faults.append(Fault(key, "too_many_rows", {"most": str(MOST_ROWS)}))
        return []
    return [_row(f"{key}.{at}", row, TABLES[key], faults) for at, row in enumerate(value)]


def _row(path: str, row: Any, columns: tuple[str, ...], faults: list[Fault]) -> dict[str, str]:
    if not isinstance(row, Mapping):
        faults.append(Fault(path, "not_a_table"))
        return {}
    faults.extend(Fault(f"{path}.{str(name)[:40]}", "unknown_field") for name in row if name not in columns)
    return {name: _text(f"{path}.{name}", row.get(name), faults) for name in columns}


def _text(path: str, value: Any, faults: list[Fault]) -> str:
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        faults.append(Fault(path, "not_a_text"))
        return ""
    if any((ord(one) < 32 and one not in "\n\r\t") or 0xD800 <= ord(one) <= 0xDFFF for one in value):
        faults.append(Fault(path, "control_characters"))
        return ""
    return value


def _texts(typed: Typed) -> Iterable[str]:
    for value in typed.values():
        if isinstance(value, str):
            yield value
        else:
            for row in value:
                yield from row.values()
