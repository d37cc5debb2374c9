"""Hearing facts: into the trail, and from the trail into the read model, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.monitoring.domain.projection import Key, project, touched_by
from services.monitoring.domain.trail import continued
from services.monitoring.ports import Work
from shared.messaging.envelope import Envelope


def record_facts(work: Work, facts: Sequence[Envelope]) -> None:
    """Append the facts that are not there yet, in the order heard, and bring the read model up to them."""
    head = work.trail.lock_head()
    fresh = _fresh(facts, known=work.trail.known([fact.id for fact in facts]))
    if not fresh:
        return
    entries = list(continued(head, fresh))
    work.trail.append(entries)
    rows = work.model.load(keys_of(fresh))
    for fact in fresh:
        project(rows, fact)
    work.model.save(rows, upto=entries[-1])


def keys_of(facts: Iterable[Envelope]) -> set[Key]:
    return {key for fact in facts for key in touched_by(fact)}


def _fresh(facts: Iterable[Envelope], known: set[str]) -> list[Envelope]:
    """Each fact once: neither those in the trail already nor a second copy in the same batch."""
    seen, fresh = set(known), []
    for fact in facts:
        if fact.id not in seen:
            seen.add(fact.id)
            fresh.append(fact)
    return fresh
