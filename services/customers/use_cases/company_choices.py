"""What a company chose for itself. Two signatures are asked by one signatory's word, and given up by two."""

from __future__ import annotations

from uuid import uuid4

from services.customers.domain.company import Preferences, member_in, must_be_by_own_hand
from services.customers.domain.errors import OneIsEnoughAlready, ReleaseAskedAlready, TwoSignaturesStay
from services.customers.domain.releases import CONFIRMED, LAPSED, LASTS, Release
from services.customers.ports import Work
from services.customers.use_cases.acts import members_locked, must_be_own, note_act
from services.customers.use_cases.mail.within import tell_of_release
from services.customers.use_cases.undertakings import undertaking
from shared.contracts import customers as contract
from shared.errors import NotFound


def get_preferences(work: Work, *, business_id: str) -> Preferences:
    must_be_own(work.asker, business_id)
    undertaking(work, business_id)
    return work.preferences.get(business_id)


def set_preferences(work: Work, *, second_signature: bool, responsible: str | None, version: int) -> Preferences:
    """Raises ChangedMeanwhile, TwoSignaturesStay; NotFound for a responsible person of another company."""
    must_be_by_own_hand(work.asker)
    business_id, members = members_locked(work)
    if responsible is not None:
        member_in(members, responsible)
    before = work.preferences.get(business_id)
    chosen = before.changed(
        second_signature=second_signature,
        responsible=responsible,
        by=work.asker.person,
        at=work.now,
        version=version,
    )
    if before.second_signature and not second_signature:
        raise TwoSignaturesStay()
    keep_preferences(work, chosen)
    return chosen


def ask_release(work: Work, address: str) -> Release:
    """Ask the other signatories whether one signature may be enough again; each of them is told by mail.

    A second press is the same request. `address` is the service's front page. Raises OneIsEnoughAlready,
    ReleaseAskedAlready by another.
    """
    must_be_by_own_hand(work.asker)
    business_id, _members = members_locked(work)
    if not work.preferences.get(business_id).second_signature:
        raise OneIsEnoughAlready()
    by = work.asker.person
    if waiting := work.releases.unsettled_of(business_id):
        if waiting.is_open(work.now):
            if waiting.asked_by != by:
                raise ReleaseAskedAlready(by=waiting.asked_by, at=waiting.asked_at.isoformat())
            return waiting
        _let_lapse(work, waiting, address)
    asked = Release(release_id=str(uuid4()), business_id=business_id, asked_by=by, asked_at=work.now)
    work.releases.add(asked)
    note_act(work, business_id, "release_asked")
    work.announce(
        contract.RELEASE_ASKED,
        business_id,
        release_id=asked.release_id,
        business_id=business_id,
        asked_by=by,
        expires_at=asked.expires_at,
    )
    tell_of_release(work, asked, address)
    return asked


def settle_release(work: Work, address: str, *, release_id: str, confirmed: bool) -> Release:
    """Another signatory's yes ends the rule of two signatures; a no, or who asked thinking again, leaves it.

    Raises NotFound for another company's, ReleaseIsAnothers, ReleaseOver.
    """
    must_be_by_own_hand(work.asker)
    business_id, _members = members_locked(work)
    known = work.releases.get(release_id)
    if known is None or known.business_id != business_id:
        raise NotFound(what="release")
    by = work.asker.person
    settled = known.confirmed(by, work.now) if confirmed else known.refused(by, work.now)
    if settled.outcome == CONFIRMED:
        before = work.preferences.get(business_id)
        keep_preferences(
            work,
            before.changed(
                second_signature=False,
                responsible=before.responsible,
                by=by,
                at=work.now,
                version=before.version,
            ),
        )
    _keep_settled(work, settled)
    tell_of_release(work, settled, address)
    return settled


def let_releases_lapse(work: Work, address: str) -> None:
    """Settle what nobody has answered in its time; who asked is told. In the order of the companies, each locked."""
    for business_id in work.releases.left_unsettled(work.now - LASTS):
        work.undertakings.lock(business_id)
        waiting = work.releases.unsettled_of(business_id)
        if waiting and not waiting.is_open(work.now):
            _let_lapse(work, waiting, address)


def open_release(work: Work, business_id: str) -> Release | None:
    """What waits for another signatory now."""
    waiting = work.releases.unsettled_of(business_id)
    return waiting if waiting and waiting.is_open(work.now) else None


def withdraw_release_of(work: Work, business_id: str, person_id: str) -> None:
    """Whoever may sign no more asks for nothing any more."""
    waiting = open_release(work, business_id)
    if waiting and waiting.asked_by == person_id:
        _keep_settled(work, waiting.refused(person_id, work.now))


def keep_preferences(work: Work, chosen: Preferences) -> None:
    work.preferences.save(chosen)
    note_act(work, chosen.business_id, "preferences_set")
    work.announce(
        contract.COMPANY_PREFERENCES_SET,
        chosen.business_id,
        business_id=chosen.business_id,
        second_signature=chosen.second_signature,
        responsible=chosen.responsible,
    )


def _let_lapse(work: Work, waiting: Release, address: str) -> None:
    lapsed = waiting.lapsed(work.now)
    _keep_settled(work, lapsed)
    tell_of_release(work, lapsed, address)


def _keep_settled(work: Work, settled: Release) -> None:
    work.releases.save(settled)
    if settled.outcome != LAPSED:  # which is nobody's deed
        note_act(work, settled.business_id, f"release_{settled.outcome}")
    work.announce(
        contract.RELEASE_SETTLED,
        settled.business_id,
        release_id=settled.release_id,
        business_id=settled.business_id,
        outcome=settled.outcome,
        settled_by=settled.settled_by,
    )
