"""Net, VAT and gross: the three sums that label, place and arithmetic agree on.

Labels alone mislead (a line's total, a yearly sum, what is left to pay), and so does
arithmetic alone (every line of a table adds up). A set of sums is chosen by both, and how
far they agree is the confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from .sums import Sum

# Rates in force in the European Union, Switzerland, Norway and the United Kingdom since 2010,
# in percent. A share that is none of these nor printed on the invoice is hardly VAT.
STATUTORY_RATES = tuple(
    Decimal(rate)
    for rate in ["25.5", "25", "24", "23", "22", "21", "20", "19.6", "19", "18", "17", "16", "15", "14", "13.5", "13", "12", "10", "9.5", "9", "8.5", "8.1", "8", "7.7", "7", "6", "5.5", "5", "4.8", "4", "3.8", "3", "2.6", "2.5", "2.1"]
)
GREATEST_SHARE = Decimal("0.28")  # VAT of net; Hungary's 27 percent is the highest of all
ROUNDING = 1  # cent by which rate times base may differ from the VAT printed
MOST_GROSS, MOST_VAT, MOST_PARTS = 60, 160, 8

Roles = dict[str, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums chosen together. `evidence` are the codes of what agrees; `score` ranks choices.

    Where net or VAT is not printed, its sum is absent and its cents follow from the other two.
    """

    net: Sum | None
    vat: tuple[Sum, ...]
    gross: Sum
    score: int
    evidence: frozenset[str]
    net_cents: int = 0
    vat_cents: int = 0


def roles_of(found: Sum) -> Roles:
    """How strongly, from 0 to 10, labels say that a sum is net, vat, gross, due or prepaid."""
    beside = _roles(found.beside)
    if not found.beside:
        # A heading over a single sum is its label; over several it heads the lines of a table.
        less = 1 if found.under_heading == 1 else 3
        return {role: max(1, weight - less) for role, weight in _roles(found.above).items()}
    if found.beside <= {"total", "amount", "subtotal", "grand"} and found.mates:
        # A row of totals under headed columns: the heading tells which total this is.
        above = _roles(found.above)
        for role, heading in (("gross", "incl"), ("net", "excl"), ("vat", "vat")):
            if heading in found.above and role in above:
                return {role: 9}
    return beside


def _roles(meanings: frozenset[str]) -> Roles:
    if (
        not meanings
        or (meanings & {"unit", "other"}
        and not meanings & {"grand", "pay", "total", "incl", "excl"})
    ):
        return {}
    if "prepaid" in meanings and "pay" not in meanings:
        return {"prepaid": 8}
    if "rounding" in meanings:
        return {"rounding": 8}
    return _roles_of_totals(meanings)


def _roles_of_totals(meanings: frozenset[str]) -> Roles:
    total = bool(meanings & {"total", "grand", "pay"})
    if "contained" in meanings:
        return {"vat": 8}
    if {"exempt", "excl"} <= meanings and not total:
        return {"net": 5, "vat": 5}  # "ALV 0 %" names a sum without VAT, or the VAT that is none
    if {"incl", "excl"} <= meanings:
        return {"gross": 3, "net": 3, "vat": 1}
    if "incl" in meanings:
        if "vat" in meanings and not total:
            return {"gross": 5, "vat": 5}
        return {"gross": 9 if total else 7, **({"due": 6} if "pay" in meanings else {})}
    if "excl" in meanings:
        return {
            "net": 9 if total or "subtotal" in meanings else 7,
            **({"vat": 3} if "vat" in meanings else {}),
        }
    if "vat" in meanings:
        return {"vat": 8}
    if "grand" in meanings:
        return {"gross": 9, "due": 6} if "pay" in meanings else {"gross": 9}
    if "pay" in meanings:
        return {"due": 8, "gross": 6}
    if "subtotal" in meanings:
        return {"net": 6, "gross": 1}
    if "total" in meanings:
        return {"gross": 6, "net": 3}
    return {"gross": 2, "net": 2} if "amount" in meanings else {}


def totals_of(found: Sequence[Sum], rates: Iterable[Decimal]) -> Totals | None:
    """The best set of net, VAT and gross; None when no sum can be called the gross."""
    ledger = Ledger(found, rates)
    choices = [*ledger.three_that_add_up(), *ledger.two_that_fit_a_rate(), *ledger.gross_alone()]
    return max(choices, key=lambda choice: (choice.score, abs(choice.gross.cents)), default=None)


class Ledger:
    """The sums of one invoice, ready for looking up by value and by role."""

    def __init__(self, found: Sequence[Sum], rates: Iterable[Decimal]) -> None:
        self.roles = {id(one): roles_of(one) for one in found}
        self.sums = [one for one in found if one.exact or self.roles[id(one)] or one.currency]
        self.rates = {rate for rate in rates if 0 < rate < 30}
        self.taxed = any(one.cents and one.exact and self.weight(one, "vat") >= 8 for one in self.sums)
        self.by_cents: dict[int, list[Sum]] = defaultdict(list)
        for one in self.sums:
            self.by_cents[one.cents].append(one)

    def weight(self, one: Sum, role: str) -> int:
        return self.roles[id(one)].get(role, 0)

    def best(self, cents: int, role: str) -> Sum | None:
        """The sum of this value whose labels fit the role best; the last one when several do."""
        return max(
            reversed(self.by_cents.get(cents, ())),
            key=lambda one: self.weight(one, role),
            default=None,
        )

    def of_role(self, role: str, least: int = 1) -> list[Sum]:
        """Sums of a role, one for each value, the best labelled first."""
        fitting = [one for one in self.sums if self.weight(one, role) >= least]
        fitting.sort(key=lambda one: (-self.weight(one, role), -abs(one.cents)))
        return list({one.cents: one for one in reversed(fitting)}.values())[::-1]

    def three_that_add_up(self) -> Iterator[Totals]:
        """Every net + VAT = gross among the sums, with several VAT sums added when rates differ."""
        grosses = self._possible_grosses()
        vats = [*((one,) for one in self._possible_vats()), *self._vat_groups()]
        roundings = [0, *(one.cents for one in self.of_role("rounding"))]
        for gross in grosses:
            for parts in vats:
                printed = sum(part.cents for part in parts)
                # Credit notes may print their VAT without the minus that the other sums have.
                cents = -printed if gross.cents < 0 < printed else printed
                for rounding in roundings:
                    net = self._net(gross, cents + rounding, parts)
                    if net and _could_be_vat(net.cents, cents) and (net.exact or self.weight(net, "net")):
                        yield self._weighed(net, parts, gross, cents)

    def _net(self, gross: Sum, rest: int, vat: tuple[Sum, ...]) -> Sum | None:
        """The sum that with VAT makes the gross; a cent may be lost in rounding where all are labelled."""
        exact = self.best(gross.cents - rest, "net")
        if exact or self.weight(gross, "gross") < 6 or min(self.weight(part, "vat") for part in vat) < 6:
            return exact
        near = (self.best(gross.cents - rest + cent, "net") for cent in (1, -1))
        return next((one for one in near if one and self.weight(one, "net") >= 6), None)

    def two_that_fit_a_rate(self) -> Iterator[Totals]:
        """Gross with net, or with the VAT it contains, whose third is not printed but follows by a printed rate."""
        for gross in self.of_role("gross", least=6):
            for net in self.of_role("net", least=7):
                rest = gross.cents - net.cents
                if rest and self._fits_a_printed_rate(net.cents, rest):
                    yield self._pair(net, (), gross, net.cents)
            for vat in self.of_role("vat", least=8):
                rest = gross.cents - vat.cents
                if vat.cents and self._fits_a_printed_rate(rest, vat.cents):
                    yield self._pair(None, (vat,), gross, rest)

    def _pair(self, net: Sum | None, vat: tuple[Sum, ...], gross: Sum, net_cents: int) -> Totals:
        printed = self.weight(net, "net") if net else self.weight(vat[0], "vat")
        score = printed + self.weight(gross, "gross") + 5
        return Totals(net, vat, gross, score, frozenset({"pair_fits_rate"}), net_cents, gross.cents - net_cents)

    def _fits_a_printed_rate(self, net: int, vat: int) -> bool:
        return any(fits(net, vat, rate) for rate in self.rates)

    def gross_alone(self) -> Iterator[Totals]:
        """Sums that labels call the gross (or what is due), where nothing need add up."""
        for gross in self.of_role("gross"):
            due = self.best(gross.cents, "due")
            evidence = {"labelled"} if self.weight(gross, "gross") >= 5 else set()
            if due and due is not gross and self.weight(due, "due") >= 6:
                evidence.add("due_agrees")
            if self._closes_a_column(gross):
                evidence.add("column_adds_up")
            score = self.weight(gross, "gross") + 3 * len(evidence)
            yield Totals(None, (), gross, score, frozenset(evidence))

    def _possible_grosses(self) -> list[Sum]:
        labelled = self.of_role("gross")
        if len(labelled) < MOST_GROSS:
            known = {one.cents for one in labelled}
            others = {one.cents: one for one in self.sums if one.exact and one.cents not in known}
            labelled += sorted(others.values(), key=lambda one: -abs(one.cents))
        return labelled[:MOST_GROSS]

    def _possible_vats(self) -> list[Sum]:
        labelled = self.of_role("vat")
        known = {one.cents for one in labelled}
        others = {one.cents: one for one in self.sums if one.exact and one.cents not in known}
        return (labelled + list(others.values()))[:MOST_VAT]

    def _vat_groups(self) -> Iterator[tuple[Sum, ...]]:
        """Two to four VAT sums under one another: one for each rate, without a sum of them."""
        parts: dict[tuple[int, int], Sum] = {}
        for one in self.sums:
            if self.weight(one, "vat") >= 5 and one.exact:
                # "VAT 24 % of 100.00: 24.00" names the base first; the tax stands last in its row.
                parts[one.page, one.row] = one
        rows = list(parts.values())[-MOST_PARTS:]
        for size in (2, 3, 4):
            yield from combinations(rows, size)

    def _weighed(self, net: Sum, vat: tuple[Sum, ...], gross: Sum, cents: int) -> Totals:
        exact = net.cents + cents == gross.cents or bool(self.of_role("rounding"))
        evidence = {"adds_up"} if exact else {"a_cent_off"}
        weights = (
            self.weight(net, "net"),
            min(self.weight(part, "vat") for part in vat),
            max(self.weight(gross, "gross"), self.weight(gross, "due") - 1),
        )
        if min(weights) >= 5:
            evidence.add("all_labelled")
        if weights[2] >= 5:
            evidence.add("labelled")
        due = self.best(gross.cents, "due")
        if due and due is not gross and self.weight(due, "due") >= 6:
            evidence.add("due_agrees")
        if cents != sum(part.cents for part in vat):
            evidence.add("sign_missing")
        evidence |= self._rate_evidence(net.cents, cents, vat)
        score = (
            sum(weights) + 6 + 4 * len(evidence & {"rate_fits", "rates_fit"}) + 2 * ("due_agrees" in evidence)
        )
        score -= 6 * (cents == 0 and self.taxed)
        score -= 3 * (len(vat) - 1) + 4 * ("a_cent_off" in evidence)
        if "all_labelled" in evidence and net.page == gross.page and abs(net.row - gross.row) < 8:
            score += 2
        return Totals(net, vat, gross, score, frozenset(evidence), net.cents, cents)

    def _rate_evidence(self, net: int, vat: int, parts: tuple[Sum, ...]) -> set[str]:
        if vat == 0:
            labelled = any(self.weight(part, "vat") >= 5 for part in parts)
            return {"zero_vat"} if labelled and not self.taxed else {"zero_unlabelled"}
        if self._fits_a_printed_rate(net, vat):
            return {"rate_fits"}
        if self._rates_make_up(net, vat):
            return {"rates_fit"}
        if any(fits(net, vat, rate) for rate in STATUTORY_RATES):
            return {"usual_rate"}
        return set()

    def _rates_make_up(self, net: int, vat: int) -> bool:
        """Whether bases of different rates, with their VAT, add up to this net and VAT."""
        pairs = self._taxed_bases()
        untaxed = {0, *(base for base in self.by_cents if abs(base) < abs(net))}
        for size in range(1, min(len(pairs), 5) + 1):
            for chosen in combinations(pairs, size):
                if abs(sum(pair[1] for pair in chosen) - vat) <= ROUNDING:
                    rest = net - sum(pair[0] for pair in chosen)
                    if rest in untaxed and (size > 1 or rest):
                        return True
        return False

    def _taxed_bases(self) -> list[tuple[int, int]]:
        """Pairs of a base and its VAT at a printed rate that stand in one row."""
        rows: dict[tuple[int, int], list[Sum]] = defaultdict(list)
        for one in self.sums:
            rows[one.page, one.row].append(one)
        pairs = {
            (base.cents, tax.cents): None
            for row in rows.values()
            for base in row
            for tax in row
            if base is not tax and tax.cents and any(fits(base.cents, tax.cents, rate) for rate in self.rates)
        }
        return list(pairs)[-12:]

    def _closes_a_column(self, total: Sum) -> bool:
        """Whether the sums above it in its column add up to it."""
        column = [
            one
            for one in self.sums
            if one.page == total.page and one.row < total.row and one.exact and abs(one.x1 - total.x1) < 6
        ]
        running = 0
        for count, one in enumerate(reversed(column[-40:]), start=1):
            running += one.cents
            if count > 1 and running == total.cents and total.cents:
                return True
        return False


def fits(base: int, tax: int, rate: Decimal) -> bool:
    """Whether `tax` is `rate` percent of `base`, to the cent that rounding leaves open."""
    exact = (base * rate / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return abs(int(exact) - tax) <= ROUNDING


def _could_be_vat(net: int, vat: int) -> bool:
    if vat == 0:
        return net != 0
    return (net > 0) == (vat > 0) and abs(vat) <= abs(net) * GREATEST_SHARE
