"""The gate before a case, in every room that keeps something of it (ADR 0020).

An official in whom there is a conflict of interest neither handles the case nor reads it (hallintolaki 434/2003
27–30 §; CPR 2021/1060 art. 71(4) and Annex XI). Who has answered what is known in one room alone, and that room is
asked each time: an answer opens the case with the next request, and a conflict shuts it at once everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

from shared.asker import DECLARES, Asker
from shared.contracts.applications import PASS_GATE
from shared.contracts.terms import Operation
from shared.messaging.handlers import Answers


class Office(Protocol):
    def work(self, asker: Asker, *, read_only: bool = False) -> AbstractContextManager[Any]: ...

    def ask(self, operation: Operation, asker: Asker, /, **data: Any) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Gate:
    """`opens` finds the cases a request opens; `unanswered` lets past whoever has not answered.

    `stands_on` finds the people whose part in the case the request builds upon.
    """

    opens: Callable[..., Collection[str]]
    unanswered: bool = False
    stands_on: Callable[..., Collection[str]] | None = None

    def let_through(self, office: Office, asker: Asker, data: Mapping[str, Any]) -> None:
        """Returns when the asker may open every case of the request, or is none of those who declare.

        Raises what `opens` raises, and the refusals of PASS_GATE: declare_first, interest_waits, disqualified,
        part_disqualified.
        Raises ServiceAway when the room that knows does not answer: what nobody can vouch for stays shut.
        """
        if asker.role not in DECLARES:
            return
        with office.work(asker, read_only=True) as work:
            numbers = sorted(set(self.opens(work, **data)))
            others = sorted(set(self.stands_on(work, **data))) if self.stands_on else []
        if numbers:
            office.ask(PASS_GATE, asker, numbers=numbers, unanswered=self.unanswered, others=others)


def gate_of(mark: Answers) -> Gate | None:
    return Gate(mark.opens, mark.unanswered, mark.stands_on) if mark.opens else None
