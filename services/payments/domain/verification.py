"""The verifier's word on every line: what is accepted, and why not the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from services.payments.domain.cost_lines import CostLine
from services.payments.domain.errors import VerdictsFaulty
from shared.errors import Fault
from shared.money import ZERO, Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the verifier accepts of a line; less than claimed needs a reason (a code) and a note."""

    line: int
    accepted: Money
    cut_reason: str | None = None
    cut_note: str = ""


def verified(lines: Iterable[CostLine], verdicts: Sequence[Verdict]) -> tuple[CostLine, ...]:
    """The lines with their verdicts. `lines` carry their findings already.

    Raises VerdictsFaulty, a fault for each verdict at `lines.<index>` and each line without one.
    """
    by_number = {line.line: line for line in lines}
    faults = [*_about_the_set(by_number, verdicts), *_about_each(by_number, verdicts)]
    if faults:
        raise VerdictsFaulty(faults=faults)
    said = {verdict.line: verdict for verdict in verdicts}
    return tuple(_with_verdict(line, said[number]) for number, line in by_number.items())


def _with_verdict(line: CostLine, verdict: Verdict) -> CostLine:
    return replace(
        line,
        accepted=verdict.accepted,
        cut_reason=verdict.cut_reason if verdict.accepted < line.claimed else None,
        cut_note=verdict.cut_note.strip() or None,
    )


def _about_the_set(lines: dict[int, CostLine], verdicts: Sequence[Verdict]) -> Iterator[Fault]:
    counted = Counter(verdict.line for verdict in verdicts)
    for number in sorted(lines.keys() - counted.keys()):
        yield Fault("lines", "line_missing", {"line": str(number)})
    for number in sorted(line for line, times in counted.items() if times > 1):
        yield Fault("lines", "line_twice", {"line": str(number)})


def _about_each(lines: dict[int, CostLine], verdicts: Sequence[Verdict]) -> Iterator[Fault]:
    for index, verdict in enumerate(verdicts):
        line = lines.get(verdict.line)
        if line is None:
            yield Fault(f"lines.{index}.line", "no_such_line", {"line": str(verdict.line)})
        else:
            yield from _about_one(f"lines.{index}", line, verdict)


def _about_one(path: str, line: CostLine, verdict: Verdict) -> Iterator[Fault]:
    number = {"line": str(line.line)}
    if verdict.accepted < ZERO:
        yield Fault(f"{path}.accepted", "negative", number)
    elif verdict.accepted > line.claimed:
        yield Fault(f"{path}.accepted", "more_than_claimed", {**number, "claimed": str(line.claimed)})
    elif verdict.accepted < line.claimed:
        if not verdict.cut_reason:
            yield Fault(f"{path}.cut_reason", "reason_needed", number)
        if not verdict.cut_note.strip():
            yield Fault(f"{path}.cut_note", "note_needed", number)
    elif line.finding and not verdict.cut_note.strip():
        # To accept in full what the rules object to, the verifier says why: the auditor will ask.
        yield Fault(f"{path}.cut_note", "finding_needs_note", {**number, "finding": line.finding})
