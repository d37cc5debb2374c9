"""What is looked at before a PDF is read: whether it is one, and whether it wants to act."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pdfminer.pdftypes import resolve1

from .limits import Limits
from .refusals import Refused

HEADER_WITHIN = 1024  # bytes; readers accept a PDF header this far into the file
ACTING = frozenset(("JavaScript", "Launch", "ImportData", "SubmitForm"))
MOST_OBJECTS = 20_000  # looked through for actions; a document with more is refused
MOST_DEPTH = 40


def check_file(path: Path, limits: Limits) -> None:
    """Refuse what is no readable PDF by its size and first bytes."""
    try:
        size = path.stat().st_size
    except OSError:
        raise Refused("file_not_found") from None
    if size == 0:
        raise Refused("empty_file")
    if size > limits.file_bytes:
        raise Refused("file_too_large")
    with path.open("rb") as file:
        if b"%PDF-" not in file.read(HEADER_WITHIN):
            raise Refused("not_a_pdf")


def check_page_count(catalog: dict[str, Any], limits: Limits) -> None:
    """Refuse by the count the document itself gives, before its pages are listed."""
    tree = resolve1(catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else None
    if isinstance(count, int) and count > limits.pages_accepted:
        raise Refused("too_many_pages", count)


def check_inactive(catalog: dict[str, Any], pages: list[dict[str, Any]]) -> None:
    """Refuse a document that would run a script or a program when opened, printed or clicked."""
    for found in _actions(catalog, pages):
        if _name(found.get("S")) in ACTING or "JS" in found:
            raise Refused("active_content", len(pages))


def _actions(catalog: dict[str, Any], pages: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every action a viewer might carry out, wherever the format lets one be hung."""
    names = resolve1(catalog.get("Names"))
    form = resolve1(catalog.get("AcroForm"))
    starts: list[Any] = [catalog.get("OpenAction"), catalog.get("AA")]
    starts += [names.get("JavaScript")] if isinstance(names, dict) else []
    starts += [form.get("Fields")] if isinstance(form, dict) else []
    for page in pages:
        starts += [page.get("AA"), page.get("Annots")]
    seen: set[int] = set()
    for start in starts:
        yield from _dictionaries(start, seen, 0)


# These lead out of actions and fields, into pages, pictures and back to where one came from.
_OUT = frozenset(
    (
        *("P", "Parent", "Page", "D", "Dest", "AP", "MK", "DA", "DR", "Popup", "IRT", "Resources", "Contents"),
        *("Metadata", "Lock", "SV", "V", "DV", "BS"),
    )
)


def _dictionaries(start: Any, seen: set[int], depth: int) -> Iterator[dict[str, Any]]:
    found = resolve1(start)
    if not isinstance(found, dict | list) or id(found) in seen:
        return
    seen.add(id(found))
    if len(seen) > MOST_OBJECTS or depth > MOST_DEPTH:
        raise Refused("damaged")
    if isinstance(found, list):
        for item in found:
            yield from _dictionaries(item, seen, depth + 1)
        return
    yield found
    for key, value in found.items():
        if key not in _OUT:
            yield from _dictionaries(value, seen, depth + 1)


def _name(value: Any) -> str:
    return str(getattr(resolve1(value), "name", ""))
