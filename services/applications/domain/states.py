"""The states of a case and every move between them, in one table: who may make it, and on what ground.

The diagram in docs/states.md is drawn from this table; the words for the states are the interface's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    DRAFT = "draft"  # luonnos / utkast
    AWAITING_SIGNATURE = "awaiting_signature"  # odottaa allekirjoitusta / väntar på underskrift
    SUBMITTED = "submitted"  # jätetty viranomaiskäsittelyyn / inlämnad
    IN_ASSESSMENT = "in_assessment"  # arvioitavana / i urvalsbehandling
    IN_COMPLETION = "in_completion"  # täydennettävänä / kompletteras
    ON_OPINION = "on_opinion"  # lausunnolla / på utlåtande
    IN_HEARING = "in_hearing"  # kuultavana / hörande
    PROPOSED = "proposed"  # esittelyssä / föredras
    APPROVED = "approved"  # hyväksytty / beviljad
    APPROVED_IN_PART = "approved_in_part"  # osittain hyväksytty / delvis beviljad
    REJECTED = "rejected"  # hylätty / avslag
    NOT_EXAMINED = "not_examined"  # jätetty tutkimatta / lämnad utan prövning
    LAPSED = "lapsed"  # rauennut / förfallen
    WITHDRAWN = "withdrawn"  # peruutettu / återkallad


class Who(StrEnum):
    """Who makes a move; `clock` is the house itself when a time has run out."""

    COMPANY = "company"
    HANDLER = "handler"
    DECISION_MAKER = "decision_maker"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    before: State
    after: State
    deed: str
    who: Who
    source: str


UNFILED = frozenset({State.DRAFT, State.AWAITING_SIGNATURE})
GRANTED = frozenset({State.APPROVED, State.APPROVED_IN_PART})
REFUSED = frozenset({State.REJECTED, State.NOT_EXAMINED, State.LAPSED})
DECIDED = GRANTED | REFUSED
# The handler has the case in hand: what the others are asked for meanwhile comes back to the assessment.
UNDER_WAY = frozenset({State.IN_ASSESSMENT, State.IN_COMPLETION, State.ON_OPINION, State.IN_HEARING})

TRANSFERABLE = UNDER_WAY | {State.SUBMITTED}

STATE_OF_OUTCOME: Mapping[str, State] = {
    "approve": State.APPROVED,
    "approve_in_part": State.APPROVED_IN_PART,
    "reject": State.REJECTED,
    "leave_unexamined": State.NOT_EXAMINED,
    "lapse": State.LAPSED,
}

_C, _H, _D, _K = Who.COMPANY, Who.HANDLER, Who.DECISION_MAKER, Who.CLOCK


def _move(before: State, after: State, deed: str, who: Who, source: str) -> Move:
    return Move(before=before, after=after, deed=deed, who=who, source=source)


# A draft is the company's own paper: it becomes a case, and can be withdrawn, only when it is filed.
MOVES: tuple[Move, ...] = (
    _move(State.DRAFT, State.SUBMITTED, "submit", _C, "HL 434/2003 19–20 §"),
    _move(State.DRAFT, State.AWAITING_SIGNATURE, "ask_for_signature", _C, "HL 434/2003 12 §"),
    _move(State.AWAITING_SIGNATURE, State.SUBMITTED, "submit", _C, "HL 434/2003 12 §, 19–20 §"),
    _move(State.AWAITING_SIGNATURE, State.DRAFT, "take_back", _C, "HL 434/2003 12 §"),
    _move(State.SUBMITTED, State.IN_ASSESSMENT, "take", _H, "HL 434/2003 23 §, 31 §"),
    # The competent authority takes it up anew, whatever the one that had it by mistake was waiting for. A case that
    # nobody had taken stays submitted and is transferred all the same; a proposal is returned first.
    *(_move(before, State.SUBMITTED, "transfer", _H, "HL 434/2003 21 §") for before in sorted(UNDER_WAY)),
    _move(State.IN_ASSESSMENT, State.IN_COMPLETION, "ask_to_complete", _H, "HL 434/2003 22 §, 33 §"),
    _move(State.IN_COMPLETION, State.IN_ASSESSMENT, "complete", _C, "HL 434/2003 22 §"),
    _move(State.IN_COMPLETION, State.IN_ASSESSMENT, "time_ran_out", _K, "HL 434/2003 33 §"),
    _move(State.IN_ASSESSMENT, State.ON_OPINION, "ask_for_opinion", _H, "HL 434/2003 31 §; 756/2021"),
    _move(State.ON_OPINION, State.IN_ASSESSMENT, "record_opinion", _H, "HL 434/2003 31 §"),
    _move(State.ON_OPINION, State.IN_ASSESSMENT, "time_ran_out", _K, "HL 434/2003 31 §, 33 §"),
    _move(State.IN_ASSESSMENT, State.IN_HEARING, "hear", _H, "HL 434/2003 34 §, 36 §"),
    _move(State.IN_HEARING, State.IN_ASSESSMENT, "answer_hearing", _C, "HL 434/2003 34 §"),
    _move(State.IN_HEARING, State.IN_ASSESSMENT, "time_ran_out", _K, "HL 434/2003 33–34 §"),
    _move(State.IN_ASSESSMENT, State.PROPOSED, "propose", _H, "CPR 2021/1060 art. 73"),
    _move(State.PROPOSED, State.IN_ASSESSMENT, "return", _D, "CPR 2021/1060 art. 71(4)"),
    _move(State.PROPOSED, State.IN_ASSESSMENT, "fall", _H, "HL 434/2003 31 §"),
    _move(State.PROPOSED, State.IN_ASSESSMENT, "disqualify", _H, "HL 434/2003 27–29 §"),
    *(
        _move(State.PROPOSED, after, "sign", _D, "HL 434/2003 43–45 §; VAL 688/2001 11 §")
        for after in STATE_OF_OUTCOME.values()
    ),
    # On review, or to set an error right, a later act may turn the decision.
    *(
        _move(before, after, "decide_anew", _D, "HL 434/2003 49 g §, 50 §")
        for before, after in (
            *((before, State.REJECTED) for before in (State.APPROVED, State.APPROVED_IN_PART)),
            *(
                (before, after)
                for before in (State.REJECTED, State.NOT_EXAMINED, State.LAPSED)
                for after in (State.APPROVED, State.APPROVED_IN_PART)
            ),
        )
    ),
    *(
        _move(before, State.WITHDRAWN, "withdraw", _C, "HL 434/2003 53 §")
        for before in (State.SUBMITTED, *sorted(UNDER_WAY), State.PROPOSED)
    ),
)

_AFTER: Mapping[State, frozenset[State]] = {
    state: frozenset(move.after for move in MOVES if move.before is state) for state in State
}


def may_move(before: State, after: State) -> bool:
    return after in _AFTER[before]
