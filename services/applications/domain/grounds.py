"""The law that each kind of act after the decision stands on, and which grounds there are to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from services.applications.domain.acts import ActKind

CORRECTION_GROUNDS = ("facts", "law", "procedure", "new_evidence")
# Paragraphs of VAL 688/2001 by ground: 21 § obliges to claim back, 22 § leaves it to discretion (aviavustukset.fi;
# that a Commission's order and assets given away stand in 22 § from knowledge, to be checked).
CANCELLATION_GROUNDS: Mapping[str, str] = {
    "false_information": "VAL 688/2001 21 §",
    "wrong_use": "VAL 688/2001 21 §",
    "condition_broken": "VAL 688/2001 21 §",
    "unused": "VAL 688/2001 20–21 §",
    "recovery_order_of_commission": "VAL 688/2001 22 §",
    "assets_given_away": "VAL 688/2001 22 §",
    "insolvency": "VAL 688/2001 22 §",
    "given_up": "VAL 688/2001 20 §",
}
_BASIS: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.CORRECTION_OF_FACT: ("HL 434/2003 50 §", "HL 434/2003 52–53 §"),
    ActKind.CORRECTION_OF_ERROR: ("HL 434/2003 51 §", "HL 434/2003 52–53 §"),
    ActKind.AMENDMENT: ("VAL 688/2001 11–12 §",),
    ActKind.TRANCHE: ("laki 8/2014", "VAL 688/2001 11 §"),
    ActKind.SUSPENSION: ("VAL 688/2001 19 §",),
    ActKind.RESUMPTION: ("VAL 688/2001 19 §",),
    ActKind.CLOSURE: ("VAL 688/2001 12 §, 20 §",),
    ActKind.REVIEW_DECISION: ("HL 434/2003 49 b–49 g §",),
}
# These end the grant at what has been paid: nothing may be on its way in the bank then.
ENDING = frozenset({ActKind.CANCELLATION, ActKind.CLOSURE})


def basis_of(kind: ActKind, ground: str) -> tuple[str, ...]:
    if kind is ActKind.CANCELLATION:
        return (CANCELLATION_GROUNDS[ground],)
    return _BASIS[kind]
