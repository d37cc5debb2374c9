"""Net, VAT and gross: the three sums that label, place and arithmetic agree on.

Labels alone mislead (a line's total, a yearly sum, what is left to pay), and so does
arithmetic alone (every line of a table adds up). A set of sums is chosen by both, and how
far they agree is the confidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from .ledger import Ledger
from .roles import CLEAR, LABELLED
from .sums import Sum

# Rates in force in the European Union, Switzerland, Norway and the United Kingdom since 2010,
# in percent. A share that is none of these nor printed on the invoice is hardly VAT.
STATUTORY_RATES = tuple(
    Decimal(rate)
    for rate in (
        *("25.5", "25", "24", "23", "22", "21", "20", "19.6", "19", "18", "17", "16", "15", "14", "13.5", "13"),
        *("12", "10", "9.5", "9", "8.5", "8.1", "8", "7.7", "7", "6", "5.5", "5", "4.8", "4", "3.8", "3"),
        *("2.6", "2.5", "2.1"),
    )
)
GREATEST_SHARE = Decimal("0.28")  # VAT of net; Hungary's 27 percent is the highest of all
ROUNDING = 1  # cent by which rate times base may differ from the VAT printed
NEARBY_ROWS = 8


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


def totals_of(found: Sequence[Sum], rates: Iterable[Decimal]) -> Totals | None:
    """The best set of net, VAT and gross; None when no sum can be called the gross."""
    choices = Choices(Ledger(found), rates)
    every = [*choices.three_that_add_up(), *choices.two_that_fit_a_rate(), *choices.gross_alone()]
    return max(every, key=lambda choice: (choice.score, abs(choice.gross.cents)), default=None)


class Choices:
    """The sets of sums an invoice's ledger allows, each weighed by what speaks for it."""

    def __init__(self, ledger: Ledger, rates: Iterable[Decimal]) -> None:
        self.ledger = ledger
        self.rates = [rate for rate in set(rates) if 0 < rate < 30]
        self.taxed = any(one.cents and one.exact for one in ledger.of_role("vat", least=CLEAR))
        self.made_up = ledger.bases_and_taxes(self._fits_a_printed_rate)

    def three_that_add_up(self) -> Iterator[Totals]:
        """Every net + VAT = gross among the sums, with several VAT sums added when rates differ."""
        ledger = self.ledger
        vats = [*((one,) for one in ledger.possible_vats()), *ledger.vat_groups()]
        roundings = [0, *(one.cents for one in ledger.of_role("rounding"))]
        for gross in ledger.possible_grosses():
            for parts in vats:
                printed = sum(part.cents for part in parts)
                # Credit notes may print their VAT without the minus that the other sums have.
                cents = -printed if gross.cents < 0 < printed else printed
                for rounding in roundings:
                    net = self._net(gross, cents + rounding, parts)
                    if net and _could_be_vat(net.cents, cents):
                        yield self._weighed(net, parts, gross, cents)

    def two_that_fit_a_rate(self) -> Iterator[Totals]:
        """Gross with net, or with the VAT it contains; the third is not printed but a printed rate gives it."""
        nets = self.ledger.of_role("net", least=7)[:20]
        vats = self.ledger.of_role("vat", least=CLEAR)[:20]
        for gross in self.ledger.of_role("gross", least=6)[:20]:
            # A third that is printed but does not add up is a contradiction, not a gap to fill.
            for net in () if self.taxed else nets:
                rest = gross.cents - net.cents
                if rest and self._fits_a_printed_rate(net.cents, rest):
                    yield self._pair(net, (), gross, net.cents)
            for vat in () if nets else vats:
                rest = gross.cents - vat.cents
                if vat.cents and self._fits_a_printed_rate(rest, vat.cents):
                    yield self._pair(None, (vat,), gross, rest)

    def gross_alone(self) -> Iterator[Totals]:
        """Sums that labels call the gross (or what is due), where nothing need add up."""
        ledger = self.ledger
        for gross in ledger.of_role("gross")[:30]:
            weight = ledger.weight(gross, "gross")
            evidence = {"labelled"} if weight >= LABELLED else set()
            evidence |= self._due_agrees(gross)
            if ledger.closes_a_column(gross):
                evidence.add("column_adds_up")
            yield Totals(None, (), gross, weight + 3 * len(evidence), frozenset(evidence))

    def _net(self, gross: Sum, rest: int, vat: tuple[Sum, ...]) -> Sum | None:
        """The sum that with VAT makes the gross; a cent may be lost in rounding where all are labelled."""
        ledger = self.ledger
        exact = ledger.best(gross.cents - rest, "net")
        if exact:
            return exact if exact.exact or ledger.weight(exact, "net") else None
        if ledger.weight(gross, "gross") < 6 or min(ledger.weight(part, "vat") for part in vat) < 6:
            return None
        near = (ledger.best(gross.cents - rest + cent, "net") for cent in (1, -1))
        return next((one for one in near if one and ledger.weight(one, "net") >= 6), None)

    def _weighed(self, net: Sum, vat: tuple[Sum, ...], gross: Sum, cents: int) -> Totals:
        ledger = self.ledger
        weights = (
            ledger.weight(net, "net"),
            min(ledger.weight(part, "vat") for part in vat),
            max(ledger.weight(gross, "gross"), ledger.weight(gross, "due") - 1),
        )
        evidence = self._label_evidence(weights) | self._due_agrees(gross)
        evidence |= self._sum_evidence(net.cents, cents, gross.cents, vat)
        score = sum(weights) + 6 + 4 * len(evidence & {"rate_fits", "rates_fit"}) + 2 * ("due_agrees" in evidence)
        score -= 6 * (cents == 0 and self.taxed) + 3 * (len(vat) - 1) + 4 * ("a_cent_off" in evidence)
        if "all_labelled" in evidence and net.page == gross.page and abs(net.row - gross.row) < NEARBY_ROWS:
            score += 2
        return Totals(net, vat, gross, score, frozenset(evidence), net.cents, cents)

    def _pair(self, net: Sum | None, vat: tuple[Sum, ...], gross: Sum, net_cents: int) -> Totals:
        printed = self.ledger.weight(net, "net") if net else self.ledger.weight(vat[0], "vat")
        score = printed + self.ledger.weight(gross, "gross") + 5
        return Totals(net, vat, gross, score, frozenset({"pair_fits_rate"}), net_cents, gross.cents - net_cents)

    @staticmethod
    def _label_evidence(weights: tuple[int, int, int]) -> set[str]:
        if min(weights) >= LABELLED:
            return {"all_labelled", "labelled"}
        return {"labelled"} if weights[2] >= LABELLED else set()

    def _due_agrees(self, gross: Sum) -> set[str]:
        due = self.ledger.best(gross.cents, "due")
        elsewhere = due is not None and due is not gross and self.ledger.weight(due, "due") >= 6
        return {"due_agrees"} if elsewhere else set()

    def _sum_evidence(self, net: int, vat: int, gross: int, parts: tuple[Sum, ...]) -> set[str]:
        exact = net + vat == gross or bool(self.ledger.of_role("rounding"))
        evidence = {"adds_up" if exact else "a_cent_off"}
        if vat != sum(part.cents for part in parts):
            evidence.add("sign_missing")
        if vat == 0:
            labelled = any(self.ledger.weight(part, "vat") >= LABELLED for part in parts)
            return evidence | ({"zero_vat"} if labelled and not self.taxed else set())
        return evidence | self._rate_evidence(net, vat)

    def _rate_evidence(self, net: int, vat: int) -> set[str]:
        if self._fits_a_printed_rate(net, vat):
            return {"rate_fits"}
        if self._rates_make_up(net, vat):
            return {"rates_fit"}
        return {"usual_rate"} if any(fits(net, vat, rate) for rate in STATUTORY_RATES) else set()

    def _fits_a_printed_rate(self, net: int, vat: int) -> bool:
        return any(fits(net, vat, rate) for rate in self.rates)

    def _rates_make_up(self, net: int, vat: int) -> bool:
        """Whether bases of different rates, with their VAT, add up to this net and VAT."""
        for cent in (0, ROUNDING, -ROUNDING):
            for base, count in self.made_up.get(vat + cent, ()):
                rest = net - base
                if (count > 1 and rest == 0) or (rest and abs(rest) < abs(net) and rest in self.ledger.by_cents):
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
