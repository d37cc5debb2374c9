"""The company's part: open a claim, save it as typed, submit it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import rfc8785

from services.payments.domain import claims, drafts
from services.payments.domain.acts import Act, sees
from services.payments.domain.claims import Claim, ClaimKind, ClaimState
from services.payments.domain.cost_lines import CostLine
from services.payments.domain.deadlines import due_on, payment_term
from services.payments.domain.drafts import Filing
from services.payments.domain.errors import ClaimHasFaults
from services.payments.domain.findings import examined
from services.payments.domain.grants import Grant
from services.payments.domain.typed_fields import unknown, unstorable
from services.payments.ports import Work
from services.payments.views import View, claim_view, line_view
from shared.asker import Role
from shared.contracts import payments as contract
from shared.dates import helsinki_day
from shared.errors import InvalidFields, NotForYou


def open_claim(work: Work, number: str, kind: str) -> View:
    """A new draft on the company's own grant. Raises FinalClaimMade after the final claim."""
    grant = work.grants.get(number, lock=True)
    sees(work.asker, business_id=grant.business_id, authority=grant.authority)
    grant = grant.with_claim_opened()
    owner = (grant.business_id, grant.authority)
    claim = claims.opened(number, grant.claims, ClaimKind(kind), owner, this_act(work))

    work.grants.put(grant)
    work.claims.add(claim, grant)
    return claim_view(work, claim, grant, faults=_faults(work, claim, grant))


def save_claim(work: Work, claim_id: str, version: int, typed: Mapping[str, Any]) -> View:
    """Keep the draft as typed, right or wrong. Refused only for what no database can keep and fields nobody knows."""
    if faults := tuple(unstorable(typed)) or tuple(unknown(typed)):
        raise InvalidFields(faults=faults)
    claim = own_claim(work, claim_id, version)
    claim = claim.drafted(typed, drafts.claimed_so_far(typed), this_act(work))

    work.claims.draft(claim)
    return {
        "claim_id": claim.claim_id,
        "version": claim.version,
        "state": claim.state,
        "saved_at": claim.saved.at,
        "claimed": claim.claimed,
    }


def submit_claim(work: Work, claim_id: str, version: int) -> View:
    """File the draft: from now on the term for payment runs. Raises ClaimHasFaults, FinalClaimMade."""
    claim = own_claim(work, claim_id, version).expect(ClaimState.DRAFT)
    # Locked, so that no other claim of the grant slips in beside the final one.
    grant = work.grants.get(claim.number, lock=True)
    grant.takes_claims()
    filing, faults = drafts.read(claim.typed, grant, helsinki_day(work.now))
    if filing is None:
        raise ClaimHasFaults(faults=faults)
    claim = _submitted(work, claim, grant, filing)

    work.claims.put(claim)
    work.lines.file(claim, filing.lines)
    if claim.kind is ClaimKind.FINAL:
        work.grants.put(grant.with_final_claim(claim.claim_id))
    _announce_submission(work, claim, filing)
    return _receipt(claim)


def _submitted(work: Work, claim: Claim, grant: Grant, filing: Filing) -> Claim:
    act = this_act(work)
    return claim.moved(
        ClaimState.SUBMITTED,
        act,
        submitted=act,
        period=filing.period,
        account=filing.account,
        claimed=filing.claimed,
        digest=_digest(claim, filing),
        due_on=due_on(act.at, payment_term(grant.programme)),
    )


def get_claim(work: Work, claim_id: str) -> View:
    """The whole claim. A draft is the company's own; before verification the findings are today's opinion."""
    claim = work.claims.get(claim_id)
    sees(work.asker, business_id=claim.business_id, authority=claim.authority)
    if claim.state is ClaimState.DRAFT and work.asker.role is not Role.COMPANY:
        raise NotForYou(state=claim.state)
    grant = work.grants.get(claim.number)
    payments = work.payments.of_claim(claim_id) if claim.payments else ()
    return claim_view(work, claim, grant, lines_now(work, claim, grant), payments, _faults(work, claim, grant))


def lines_now(work: Work, claim: Claim, grant: Grant) -> tuple[CostLine, ...]:
    """The filed lines; until they are verified, each with what the rules object to at this moment."""
    if claim.state is ClaimState.DRAFT:
        return ()
    lines = work.lines.of(claim.claim_id)
    if claim.state is not ClaimState.SUBMITTED:
        return lines
    return examined(lines, grant, claim.filed_period, work.lines.claimed_elsewhere(claim.claim_id))


def own_claim(work: Work, claim_id: str, version: int) -> Claim:
    """The claim, locked, if the asker may act on it and has seen its newest version."""
    claim = work.claims.get(claim_id, lock=True)
    sees(work.asker, business_id=claim.business_id, authority=claim.authority)
    return claim.at_version(version)


def this_act(work: Work) -> Act:
    return Act(by=work.asker.person, at=work.now)


def _faults(work: Work, claim: Claim, grant: Grant) -> tuple[Any, ...]:
    if claim.state is not ClaimState.DRAFT:
        return ()
    return drafts.read(claim.typed, grant, helsinki_day(work.now))[1]


def _digest(claim: Claim, filing: Filing) -> str:
    """SHA-256 of the filed claim in canonical JSON (RFC 8785): what the company gets as proof of what it filed."""
    filed = {
        "claim_id": claim.claim_id,
        "kind": claim.kind.value,
        "period": [filing.period.first.isoformat(), filing.period.last.isoformat()],
        "account": filing.account,
        "lines": [_plain(line_view(line)) for line in filing.lines],
    }
    return hashlib.sha256(rfc8785.dumps(filed)).hexdigest()


def _plain(line: View) -> dict[str, str]:
    return {name: str(value) for name, value in line.items() if value not in (None, {}, "") and name != "read"}


def _receipt(claim: Claim) -> View:
    return {
        "claim_id": claim.claim_id,
        "version": claim.version,
        "submitted_at": claim.changed.at,
        "submitted_by": claim.changed.by,
        "claimed": claim.claimed,
        "digest": claim.digest,
        "due_on": claim.due_on,
    }


def _announce_submission(work: Work, claim: Claim, filing: Filing) -> None:
    facts = "line category claimed incurred_on invoice_number supplier_id document_id"
    work.announce(
        contract.CLAIM_SUBMITTED,
        claim.claim_id,
        claim_id=claim.claim_id,
        number=claim.number,
        business_id=claim.business_id,
        authority=claim.authority,
        kind=claim.kind,
        period_first=filing.period.first,
        period_last=filing.period.last,
        claimed=claim.claimed,
        lines=[{name: getattr(line, name) for name in facts.split()} for line in filing.lines],
        digest=claim.digest,
        submitted_at=work.now,
        due_on=claim.due_on,
    )
