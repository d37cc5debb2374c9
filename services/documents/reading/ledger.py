"""The sums of one invoice, ready to be looked up by value, by role and by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations

from .roles import LABELLED, roles_of
from .sums import Sum

MOST_GROSS, MOST_VAT = 60, 160  # candidates looked at; invoices with more have long tables of lines
MOST_VAT_ROWS = 8  # no country has more rates than these
MOST_BASES = 12
SAME_EDGE = 6  # points by which the right edges of one column may differ
LONGEST_COLUMN = 40


class Ledger:
    """Sums by value and by role. A sum without cents counts only if a label or a currency vouches for it."""

    def __init__(self, found: Sequence[Sum]) -> None:
        self._roles = {id(one): roles_of(one) for one in found}
        self.sums = [one for one in found if one.exact or self._roles[id(one)] or one.currency]
        self.by_cents: dict[int, list[Sum]] = defaultdict(list)
        for one in self.sums:
            self.by_cents[one.cents].append(one)

    def weight(self, one: Sum, role: str) -> int:
        """How strongly, from 0 to 10, labels give the sum this role."""
        return self._roles[id(one)].get(role, 0)

    def best(self, cents: int, role: str) -> Sum | None:
        """The sum of this value whose labels fit the role best; the last one when several do."""
        return max(reversed(self.by_cents.get(cents, ())), key=lambda one: self.weight(one, role), default=None)

    def of_role(self, role: str, least: int = 1) -> list[Sum]:
        """Sums of a role, one for each value, the best labelled first."""
        fitting = [one for one in self.sums if self.weight(one, role) >= least]
        fitting.sort(key=lambda one: (-self.weight(one, role), -abs(one.cents)))
        return list({one.cents: one for one in reversed(fitting)}.values())[::-1]

    def possible_grosses(self) -> list[Sum]:
        """What may be the gross, labelled first; of the unlabelled the greatest, as totals are."""
        labelled = self.of_role("gross")
        known = {one.cents for one in labelled}
        others = {one.cents: one for one in self.sums if one.exact and one.cents not in known}
        return (labelled + sorted(others.values(), key=lambda one: -abs(one.cents)))[:MOST_GROSS]

    def possible_vats(self) -> list[Sum]:
        labelled = self.of_role("vat")
        known = {one.cents for one in labelled}
        others = {one.cents: one for one in self.sums if one.exact and one.cents not in known}
        return (labelled + list(others.values()))[:MOST_VAT]

    def vat_groups(self) -> Iterator[tuple[Sum, ...]]:
        """Two to four VAT sums of different rows: one for each rate, without a sum of them."""
        parts: dict[tuple[int, int], Sum] = {}
        for one in self.sums:
            if one.exact and self.weight(one, "vat") >= LABELLED:
                # "VAT 24 % of 100.00: 24.00" names the base first; the tax stands last in its row.
                parts[one.page, one.row] = one
        rows = list(parts.values())[-MOST_VAT_ROWS:]
        for size in (2, 3, 4):
            yield from combinations(rows, size)

    def bases_and_taxes(self, fits: Callable[[int, int], bool]) -> dict[int, list[tuple[int, int]]]:
        """Every sum of taxes that stand in one row with a base they fit: with its base and how many rows."""
        rows: dict[tuple[int, int], list[Sum]] = defaultdict(list)
        for one in self.sums:
            rows[one.page, one.row].append(one)
        pairs = {
            (base.cents, tax.cents): None
            for row in rows.values()
            for base, tax in permutations(row[:MOST_BASES], 2)
            if tax.cents and fits(base.cents, tax.cents)
        }
        made: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for size in range(1, 6):
            for chosen in combinations(list(pairs)[-MOST_BASES:], size):
                made[sum(tax for _, tax in chosen)].append((sum(base for base, _ in chosen), size))
        return made

    def closes_a_column(self, total: Sum) -> bool:
        """Whether the sums above it in its column add up to it."""
        above = [
            one
            for one in self.sums
            if one.page == total.page and one.row < total.row and one.exact and abs(one.x1 - total.x1) < SAME_EDGE
        ]
        running = 0
        for count, one in enumerate(reversed(above[-LONGEST_COLUMN:]), start=1):
            running += one.cents
            if count > 1 and running == total.cents != 0:
                return True
        return False
