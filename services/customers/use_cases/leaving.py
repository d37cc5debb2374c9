"""A person acts for a company no more: sessions and keys end at once, and what was theirs is handed over."""

from __future__ import annotations

from services.customers.domain.people import company_capacity_id
from services.customers.ports import Work
from services.customers.use_cases.acts import note_act
from services.customers.use_cases.company_choices import keep_preferences, withdraw_release_of
from shared.contracts import customers as contract


def leave(work: Work, business_id: str, person_id: str, successor: str | None = None) -> None:
    """Say so when the last ground has ended: other rooms hand over what they know to be the person's."""
    work.sessions.end_of(person_id, company_capacity_id(business_id), work.now)
    for key in work.api_keys.of(business_id):
        if key.person_id == person_id and key.revoked_at is None:
            work.api_keys.save(key.revoked(work.asker.person, work.now))
    withdraw_release_of(work, business_id, person_id)
    _hand_over(work, business_id, person_id, successor)
    note_act(work, business_id, "person_ended", subject=person_id)
    work.announce(
        contract.REPRESENTATIVE_ENDED,
        business_id,
        business_id=business_id,
        person_id=person_id,
        successor=successor,
    )


def _hand_over(work: Work, business_id: str, person_id: str, successor: str | None) -> None:
    chosen = work.preferences.get(business_id)
    if chosen.responsible != person_id:
        return
    handed = chosen.changed(
        second_signature=chosen.second_signature,
        responsible=successor,
        by=work.asker.person,
        at=work.now,
        version=chosen.version,
    )
    keep_preferences(work, handed)
