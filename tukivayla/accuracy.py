"""How well invoices are read: `python -m tukivayla.accuracy DIR` measures it on documents with known truth.

DIR (or DIR/invoices) holds `truth.jsonl` and `pdf/`, and may hold `scanned/` and `hostile/`.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber

from services.documents.reading import Figure, Reading, read_invoice
from services.documents.reading.amounts import as_text
from services.documents.reading.figures import NAMES, WORTH_CHECKING
from services.documents.reading.vocabulary import key_of

OUTCOMES = ("right", "wrong", "wrong but warned", "missing")
MAIN_FOUR = ("invoice_number", "invoice_date", "seller_vat_id", "gross")
IN_TRUTH = {"invoice_date": "date", "seller_name": "seller"}
IN_VISIBLE = {"invoice_date": "date", "seller_vat_id": "vat_id"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One document: its truth, its reading, and the seconds that took; and what bare pdfplumber took."""

    truth: dict[str, Any]
    reading: Reading
    seconds: float
    bare_seconds: float

    def outcome(self, name: str) -> str | None:
        """How the figure was read; None when the truth does not say or the page does not show it."""
        expected = expected_value(self.truth, name)
        if expected is None:
            return None
        found = self.reading.figures[name]
        if found is None:
            return "missing"
        if agrees(name, found.value, expected):
            return "right"
        return "wrong" if found.confidence >= WORTH_CHECKING else "wrong but warned"


def expected_value(truth: dict[str, Any], name: str) -> str | None:
    """The true value as text, if the page shows it."""
    value = truth.get(IN_TRUTH.get(name, name))
    if value is None or not truth.get("visible", {}).get(IN_VISIBLE.get(name, name), True):
        return None
    if name in ("net", "vat", "gross"):
        return as_text(int((Decimal(str(value)) * 100).to_integral_value()))
    return str(value)


def agrees(name: str, found: str, expected: str) -> bool:
    """Whether a value is the true one; of names, the shorter must be part of the longer."""
    if name == "seller_name":
        one, other = sorted((key_of(found), key_of(expected)), key=len)
        return bool(one) and one in other
    return found == expected


def main(directory: Path) -> None:
    """Measure the documents in `directory` and print the figures."""
    invoices = directory / "invoices" if (directory / "invoices").is_dir() else directory
    truths = _truths(invoices / "truth.jsonl")
    read_invoice(invoices / "pdf" / truths[0]["file"])  # starts a worker, which is no part of reading
    measured = [_measure(invoices / "pdf" / truth["file"], truth) for truth in truths]
    for line in (
        *_figure_table(measured),
        *_mistakes(measured),
        *_calibration(measured),
        *_speed(measured),
        *_refusals("scanned", invoices / "scanned", lambda reading: reading.reason == "no_text"),
        *_refusals("hostile", invoices / "hostile", lambda reading: not reading.readable),
    ):
        sys.stdout.write(f"{line}\n")


def _truths(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _measure(path: Path, truth: dict[str, Any]) -> Measured:
    started = time.perf_counter()
    reading = read_invoice(path)
    read = time.perf_counter()
    # Right after, so that whatever else the machine does weighs on both alike.
    _bare_text(path)
    return Measured(truth, reading, read - started, time.perf_counter() - read)


def _bare_text(path: Path) -> None:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def _figure_table(measured: Sequence[Measured]) -> Iterator[str]:
    yield f"{len(measured)} invoices"
    yield f"{'figure':<16}{'shown':>7}" + "".join(f"{outcome:>18}" for outcome in OUTCOMES)
    for name in NAMES:
        counts = Counter(outcome for one in measured if (outcome := one.outcome(name)))
        shown = counts.total()
        cells = (f"{counts[outcome]} ({_share(counts[outcome], shown)})" for outcome in OUTCOMES)
        yield f"{name:<16}{shown:>7}" + "".join(f"{cell:>18}" for cell in cells)
    whole = sum(all(one.outcome(name) in (None, "right") for name in MAIN_FOUR) for one in measured)
    yield f"all four right ({', '.join(MAIN_FOUR)}): {whole} ({_share(whole, len(measured))})"


def _mistakes(measured: Sequence[Measured]) -> Iterator[str]:
    for one in measured:
        for name in NAMES:
            outcome = one.outcome(name)
            if outcome not in (None, "right"):
                expected = expected_value(one.truth, name)
                said = _said(one.reading, name)
                yield f"  {outcome}: {one.truth['file']}: {name} is {expected!r}, {said}"


def _said(reading: Reading, name: str) -> str:
    found = reading.figures[name]
    if found is None:
        return f"nothing was said ({reading.reason})" if reading.reason else "nothing was said"
    return f"read {found.value!r} at {found.confidence} % ({found.why})"


def _calibration(measured: Sequence[Measured]) -> Iterator[str]:
    yield "confidence      said     right"
    bands: tuple[tuple[str, Callable[[Figure], bool]], ...] = (
        ("95 and over", lambda found: found.confidence >= 95),
        ("80 to 94", lambda found: 80 <= found.confidence < 95),
        ("under 80", lambda found: found.confidence < 80),
    )
    for title, within in bands:
        outcomes = [
            outcome
            for one in measured
            for name in NAMES
            if (found := one.reading.figures[name]) and within(found) and (outcome := one.outcome(name))
        ]
        right = outcomes.count("right")
        yield f"{title:<12}{len(outcomes):>8}{right:>7} ({_share(right, len(outcomes))})"


def _speed(measured: Sequence[Measured]) -> Iterator[str]:
    pages = sum(one.reading.pages for one in measured)
    ours, bare = (sum(times) for times in zip(*((one.seconds, one.bare_seconds) for one in measured), strict=True))
    yield f"speed: {pages / ours:.1f} pages/s in one worker, {bare / ours:.2f} times bare pdfplumber text"


def _refusals(kind: str, folder: Path, as_hoped: Callable[[Reading], bool]) -> Iterator[str]:
    files = sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
    hoped = 0
    for path in files:
        started = time.perf_counter()
        reading = read_invoice(path)
        hoped += as_hoped(reading)
        verdict = reading.reason or "READ AS AN INVOICE"
        yield f"  {kind}: {path.name}: {verdict} in {time.perf_counter() - started:.2f} s"
    if files:
        yield f"{kind}: {hoped} of {len(files)} refused as they should be"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else "-"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
