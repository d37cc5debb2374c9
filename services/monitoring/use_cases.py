"""Hearing facts: into the trail, and from the trail into the read model, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.monitoring.domain.facts import Fact
from services.monitoring.domain.projection import project, touched_by
from services.monitoring.domain.trail import continued
from services.monitoring.ports import Model, Work
from shared.messaging.envelope import Envelope


def record_facts(work: Work, heard: Sequence[Envelope]) -> None:
    """Append the facts that are not there yet, in the order heard, and bring the read model up to them."""
    head = work.trail.lock_head()
    fresh = _fresh(heard, known=work.trail.known([fact.id for fact in heard]))
    if not fresh:
        return
    entries = list(continued(head, (fact.to_wire() for fact in fresh)))
    work.trail.append(entries)
    count_in(work.model, [entry.fact for entry in entries])
    work.model.name_current(entries[-1])


def count_in(model: Model, facts: Sequence[Fact]) -> None:
    """Bring the rows of a generation up to these facts."""
    rows = model.load({key for fact in facts for key in touched_by(fact)})
    for fact in facts:
        project(rows, fact)
    model.save(rows)


def _fresh(facts: Iterable[Envelope], known: set[str]) -> list[Envelope]:
    """Each fact once: neither those in the trail already nor a second copy in the same batch."""
    seen, fresh = set(known), []
    for fact in facts:
        if fact.id not in seen:
            seen.add(fact.id)
            fresh.append(fact)
    return fresh
