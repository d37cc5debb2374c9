"""Who acts for a company: listed, invited, changed, ended.

Signatories look after the people, by their own hand: a program's key does not let anybody in.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from services.customers.domain.company import (
    ROLE_RIGHTS,
    Invitation,
    Member,
    Preferences,
    code_digest,
    member_in,
    must_be_by_own_hand,
    must_keep_a_signatory,
    must_leave_the_other_signatory,
    role_of,
)
from services.customers.domain.people import Mandate
from services.customers.ports import Work
from services.customers.use_cases.acts import members_locked, must_be_own, note_act, own_company
from services.customers.use_cases.company_choices import open_release, withdraw_release_of
from services.customers.use_cases.leaving import leave
from services.customers.use_cases.mail.within import tell_of_signatory
from services.customers.use_cases.people import get_person, person
from services.customers.use_cases.undertakings import undertaking
from shared.contracts import customers as contract
from shared.errors import NotFound


def company_people(work: Work, acted: Mapping[str, Any], *, business_id: str) -> dict[str, Any]:
    """Everybody who acts for the company now or is told what concerns it, open invitations, the company's choices.

    `release` waits for a second yes. `acted` is when each last did something, by person id.
    """
    must_be_own(work.asker, business_id)
    undertaking(work, business_id)
    chosen = work.preferences.get(business_id)
    members = work.people.members(business_id, work.now, told=True)
    return {
        "items": [_described(member, chosen, acted) for member in members],
        "invitations": work.invitations.open_of(business_id, work.now),
        "preferences": chosen,
        "release": open_release(work, business_id),
    }


def invite_person(work: Work, *, name: str, role: str, made_with: str) -> tuple[Invitation, str]:
    """(the invitation, its code). Sent again with the same key, the code is not told a second time."""
    must_be_by_own_hand(work.asker)
    business_id = own_company(work.asker)
    code = secrets.token_urlsafe(32)
    invitation = Invitation(
        invitation_id=str(uuid4()),
        business_id=business_id,
        name=name,
        role=role,
        digest=code_digest(code),
        invited_by=work.asker.person,
        invited_at=work.now,
    )
    if earlier := work.invitations.add(invitation, made_with):
        return earlier, ""
    note_act(work, business_id, "person_invited", subject=role)
    return invitation, code


def withdraw_invitation(work: Work, *, invitation_id: str) -> Invitation:
    """Raises NotFound for another company's, InvitationOver when it is over."""
    must_be_by_own_hand(work.asker)
    known = work.invitations.get_locked(invitation_id)
    if known is None or known.business_id != own_company(work.asker):
        raise NotFound(what="invitation")
    withdrawn = known.withdrawn(work.now)
    work.invitations.save(withdrawn)
    note_act(work, known.business_id, "invitation_withdrawn", subject=known.role)
    return withdrawn


def see_invitation(work: Work, *, code: str) -> dict[str, Any]:
    """What the holder of a code is invited to. Raises NotFound or InvitationOver."""
    known = _by_code(work, code)
    known.must_be_open(work.now)
    company = undertaking(work, known.business_id)
    return {
        "business_id": known.business_id,
        "undertaking_name": company.name,
        "name": known.name,
        "role": known.role,
        "expires_at": known.expires_at,
    }


def accept_invitation(work: Work, address: str, *, code: str, person_id: str) -> dict[str, Any]:
    """The person, known by strong identification, acts for the company from now on. Raises NotFound, InvitationOver.

    The same person again is told the same: a double click joins once. Of a new signatory the others are told by mail;
    `address` is the service's front page.
    """
    known = _by_code(work, code)
    if known.accepted_by == person_id:
        return get_person(work, person_id=person_id)
    accepted = known.accepted(person_id, work.now)
    work.undertakings.lock(known.business_id)
    work.invitations.save(accepted)
    signed = _signs(work, known.business_id, person_id)
    held = [
        role_of(mandate.rights)
        for mandate in person(work, person_id).mandates
        if mandate.business_id == known.business_id and mandate.source == "company" and mandate.rights
    ]
    # An invitation adds; it never takes a right away from somebody who has more already.
    role = min([known.role, *held], key=list(ROLE_RIGHTS).index)
    _give(work, person_id, known.business_id, ROLE_RIGHTS[role])
    note_act(work, known.business_id, "invitation_accepted", subject=known.role, person_id=person_id)
    if role == "signatory" and not signed:
        tell_of_signatory(work, known.business_id, person_id, address)
    return get_person(work, person_id=person_id)


def change_persons_role(work: Work, address: str, *, person_id: str, role: str) -> None:
    """The company's own word from now on, in the place of an operator's. Of a new signatory the others are told by
    mail; `address` is the service's front page.

    Raises NotFound, LastSignatory, SignatoryStays.
    """
    must_be_by_own_hand(work.asker)
    business_id, members = members_locked(work)
    member = member_in(work.people.members(business_id, work.now, told=True), person_id)
    must_keep_a_signatory(members, person_id, stays_as=role)
    chosen = work.preferences.get(business_id)
    must_leave_the_other_signatory(members, chosen, person_id, work.asker.person, stays_as=role)
    if member.role == role:
        return
    signed = _signs(work, business_id, person_id)
    _give(work, person_id, business_id, ROLE_RIGHTS[role])
    _end(work, member, ("operator",))
    if role != "signatory":
        withdraw_release_of(work, business_id, person_id)
    note_act(work, business_id, "role_changed", subject=person_id)
    if role == "signatory" and not signed:
        tell_of_signatory(work, business_id, person_id, address)


def end_person(work: Work, *, person_id: str, successor: str | None = None) -> None:
    """The person acts for the company no more: every ground ends, sessions are cut, keys in their name are revoked.

    What they were responsible for goes to `successor`. Raises NotFound, LastSignatory, SignatoryStays. A right that
    the mandate register gives has to be ended there too: asked again, it would be given again.
    """
    must_be_by_own_hand(work.asker)
    business_id, members = members_locked(work)
    member = member_in(work.people.members(business_id, work.now, told=True), person_id)
    must_keep_a_signatory(members, person_id)
    must_leave_the_other_signatory(members, work.preferences.get(business_id), person_id, work.asker.person)
    if successor is not None:
        member_in([each for each in members if each.person_id != person_id], successor)
    _end(work, member, tuple(mandate.source for mandate in member.mandates))
    leave(work, business_id, person_id, successor)


def _signs(work: Work, business_id: str, person_id: str) -> bool:
    members = work.people.members(business_id, work.now)
    return any("sign" in member.rights for member in members if member.person_id == person_id)


def _give(work: Work, person_id: str, business_id: str, rights: tuple[str, ...], source: str = "company") -> None:
    company = undertaking(work, business_id)
    mandate = Mandate(business_id=business_id, undertaking_name=company.name, rights=rights, source=source)
    work.people.give_mandate(person_id, mandate, by=work.asker.person, at=work.now)
    work.announce(
        contract.MANDATE_GIVEN, business_id, person_id=person_id, business_id=business_id, rights=mandate.rights
    )


def _end(work: Work, member: Member, sources: tuple[str, ...]) -> None:
    for mandate in member.mandates:
        if mandate.source in sources:
            _give(work, member.person_id, mandate.business_id, (), mandate.source)


def _by_code(work: Work, code: str) -> Invitation:
    known = work.invitations.by_digest_locked(code_digest(code))
    if known is None:
        raise NotFound(what="invitation")
    return known


def _described(member: Member, chosen: Preferences, acted: Mapping[str, Any]) -> dict[str, Any]:
    latest = member.mandates[-1]
    lasting = any(mandate.until is None for mandate in member.mandates)
    return {
        "person_id": member.person_id,
        "name": member.name,
        "role": member.role,
        "rights": member.rights,
        "sources": sorted(mandate.source for mandate in member.mandates),
        "given_by": latest.given_by,
        "given_at": latest.given_at,
        "until": None if lasting else max(mandate.until for mandate in member.mandates if mandate.until),
        "acted_at": acted.get(member.person_id),
        "responsible": member.person_id == chosen.responsible,
    }
