"""What was measured, as it comes and once more as a table."""

from __future__ import annotations

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table


@dataclass
class Row:
    where: str
    what: str
    figure: str
    raw: str
    ratio: str
    target: str


@dataclass
class Report:
    rows: list[Row] = field(default_factory=list)
    where: str = ""

    def say(self, text: str) -> None:
        print(text, flush=True)

    def begin(self, where: str) -> None:
        self.where = where.partition(":")[0]
        self.say(f"\n{where}")

    def add(self, what: str, figure: float, raw: float, *, unit: str, target: str) -> None:
        """A rate and the raw limit's rate, both in `unit` a second."""
        ratio = figure / raw if raw else 0.0
        self.rows.append(Row(self.where, what, f"{figure:,.1f} {unit}/s", f"{raw:,.1f}", f"{ratio:.2f}", target))
        self.say(f"  {what}: {figure:,.1f} {unit}/s, raw {raw:,.1f}, ratio {ratio:.2f} (target {target})")

    def compare(self, what: str, large: float, small: float, *, most: float) -> None:
        """Milliseconds at a large size beside a small one; more than `most` times is too much."""
        ratio = large / small if small else 0.0
        verdict = "" if ratio <= most else ", TOO MUCH"
        self.rows.append(Row(self.where, what, f"{large:,.1f} ms", f"{small:,.1f} ms", f"{ratio:.2f}", f"≤ {most}"))
        self.say(f"  {what}: {large:.1f} ms, at the small size {small:.1f} ms, ratio {ratio:.2f} (≤ {most}){verdict}")

    def print_all(self) -> None:
        table = Table("where", "what", "measured", "raw limit", "ratio", "target")
        for row in self.rows:
            table.add_row(row.where, row.what, row.figure, row.raw, row.ratio, row.target)
        Console(width=140).print(table)
