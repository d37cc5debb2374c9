"""What the labels of a sum make of it: how strongly it is net, VAT, gross, due or prepaid."""

from __future__ import annotations

from .sums import Sum

Roles = dict[str, int]

LABELLED = 5  # of 10: from here on a role was told by words, not guessed from a table
CLEAR = 8

# Meanings a label must have, meanings it must not have, and the roles that follow. The first
# rule that fits decides; words such as "total" meet others in one label, so order matters.
_TOTALS = frozenset(("total", "grand", "pay"))
_NONE: frozenset[str] = frozenset()
_RULES: tuple[tuple[frozenset[str], frozenset[str], Roles], ...] = (
    (frozenset({"prepaid"}), frozenset({"pay"}), {"prepaid": 8}),
    (frozenset({"rounding"}), _NONE, {"rounding": 8}),
    (frozenset({"contained"}), _NONE, {"vat": 8}),
    # "ALV 0 %" names a sum without VAT, or the VAT that is none.
    (frozenset({"exempt", "excl"}), _TOTALS, {"net": 5, "vat": 5}),
    (frozenset({"incl", "excl"}), _NONE, {"gross": 3, "net": 3, "vat": 1}),
    # "incl. 19 % VAT" is said of the sum that includes it and of the VAT included.
    (frozenset({"incl", "vat"}), _TOTALS, {"gross": 5, "vat": 5}),
    (frozenset({"incl", "pay"}), _NONE, {"gross": 9, "due": 6}),
    (frozenset({"incl", "total"}), _NONE, {"gross": 9}),
    (frozenset({"incl", "grand"}), _NONE, {"gross": 9}),
    (frozenset({"incl"}), _NONE, {"gross": 7}),
    (frozenset({"excl", "vat"}), _TOTALS, {"net": 7, "vat": 3}),
    (frozenset({"excl", "vat"}), _NONE, {"net": 9, "vat": 3}),
    (frozenset({"excl", "total"}), _NONE, {"net": 9}),
    (frozenset({"excl", "grand"}), _NONE, {"net": 9}),
    (frozenset({"excl", "pay"}), _NONE, {"net": 9}),
    (frozenset({"excl", "subtotal"}), _NONE, {"net": 9}),
    (frozenset({"excl"}), _NONE, {"net": 7}),
    (frozenset({"vat"}), _NONE, {"vat": 8}),
    (frozenset({"grand", "pay"}), _NONE, {"gross": 9, "due": 6}),
    (frozenset({"grand"}), _NONE, {"gross": 9}),
    (frozenset({"pay"}), _NONE, {"due": 8, "gross": 6}),
    (frozenset({"subtotal"}), _NONE, {"net": 6, "gross": 1}),
    (frozenset({"total"}), _NONE, {"gross": 6, "net": 3}),
    (frozenset({"amount"}), _NONE, {"gross": 2, "net": 2}),
)
_BESIDE_THE_POINT = frozenset(("unit", "other"))  # prices, quantities, discounts, interest ...
_UNLESS = _TOTALS | {"incl", "excl"}
_ONLY_A_TOTAL = frozenset(("total", "amount", "subtotal", "grand"))
_HEADINGS = (("gross", "incl"), ("net", "excl"), ("vat", "vat"))


def roles_of(found: Sum) -> Roles:
    """How strongly, from 0 to 10, labels give a sum each role."""
    if not found.beside:
        # A heading over a single sum is its label; over several it heads the lines of a table.
        less = 1 if found.under_heading == 1 else 3
        return {role: max(1, weight - less) for role, weight in _roles(found.above).items()}
    if found.mates and found.beside <= _ONLY_A_TOTAL:
        # A row of totals under headed columns: the heading tells which total this is.
        above = _roles(found.above)
        for role, heading in _HEADINGS:
            if heading in found.above and role in above:
                return {role: 9}
    return _roles(found.beside)


def _roles(meanings: frozenset[str]) -> Roles:
    if meanings & _BESIDE_THE_POINT and not meanings & _UNLESS:
        return {}
    fitting = (roles for needed, barred, roles in _RULES if needed <= meanings and not barred & meanings)
    return next(fitting, {})
