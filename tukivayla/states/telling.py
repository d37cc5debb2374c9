"""The states and moves in words: a table of each, and a Mermaid diagram in three languages."""

from __future__ import annotations

from collections.abc import Iterator

from services.applications.domain.states import DECIDED, MOVES, State
from services.gateway.texts import words
from shared.fields import LANGUAGES

LANGUAGE_NAMES = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}
# Whose deed a move is, in the interface's words for roles; the clock is the house itself.
ROLES = {"company": "company", "handler": "handler", "decision_maker": "decision_maker", "clock": "system"}


def telling() -> str:
    """docs/states.md, whole."""
    return "\n".join(_lines()) + "\n"


def name_of(state: State, language: str) -> str:
    return words("application_state", state.value, language)


def who_of(who: str, language: str) -> str:
    return words("role", ROLES[who], language)


def _lines() -> Iterator[str]:
    yield "# The states of a case"
    yield ""
    yield "Written by `make docs` from the table in `services/applications/domain/states.py`: change that, not this."
    yield "A move that is not here cannot be made: the room refuses it, whoever asks."
    yield ""
    yield "![The states of a case and the moves between them](states.svg)"
    yield ""
    yield "## States"
    yield ""
    yield "| code | suomeksi | på svenska | in English | comes from | goes to |"
    yield "|---|---|---|---|---|---|"
    for state in State:
        names = " | ".join(name_of(state, language) for language in LANGUAGES)
        before = _codes({move.before for move in MOVES if move.after is state})
        after = _codes({move.after for move in MOVES if move.before is state})
        yield f"| `{state.value}` | {names} | {before} | {after} |"
    yield ""
    yield "## Moves"
    yield ""
    yield "| from | to | deed | who | source |"
    yield "|---|---|---|---|---|"
    for move in MOVES:
        deed, who = move.deed.replace("_", " "), who_of(move.who.value, "en")
        yield f"| `{move.before.value}` | `{move.after.value}` | {deed} | {who} | {move.source} |"
    for language in LANGUAGES:
        yield ""
        yield f"## {LANGUAGE_NAMES[language]}"
        yield ""
        yield from _mermaid(language)


def _codes(states: set[State]) -> str:
    return ", ".join(f"`{state.value}`" for state in State if state in states) or "–"


def _mermaid(language: str) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    direction LR"
    for state in State:
        yield f'    state "{name_of(state, language)}" as {state.value}'
    yield f"    [*] --> {State.DRAFT.value}"
    for before, after, who in dict.fromkeys((move.before, move.after, move.who) for move in MOVES):
        yield f"    {before.value} --> {after.value} : {who_of(who.value, language)}"
    for state in State:
        if state in DECIDED or state is State.WITHDRAWN:
            yield f"    {state.value} --> [*]"
    yield "```"
