"""The grant's account: opened when the grant is awarded, and brought along by what is decided after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.payments.domain.acts import sees
from services.payments.domain.grants import Grant, PlannedCost, Standing
from services.payments.ports import Work
from services.payments.views import View, grant_view
from shared.contracts import payments as contract
from shared.dates import Period, helsinki_day
from shared.money import ZERO

_AS_AWARDED = (
    "number business_id undertaking_name title authority fund programme priority specific_objective region "
    "language cost_model aid aid_rate eu_share"
)


# What a later act makes of the grant; an act of another kind changes its terms only.
_ENDS: Mapping[str, Standing] = {"cancellation": Standing.CANCELLED, "closure": Standing.CLOSED}
_TURNS: Mapping[str, Standing] = {"suspension": Standing.SUSPENDED, "resumption": Standing.OPEN}


def open_grant_account(work: Work, award: Mapping[str, Any]) -> None:
    """Open the account of an awarded grant (`applications.grant_awarded`); an open one stays as it is."""
    grant = Grant(
        **{name: award[name] for name in _AS_AWARDED.split()},
        plan=_plan(award),
        period=Period(award["period_first"], award["period_last"]),
        awarded_on=helsinki_day(award["decided_at"]),
        award_proposed_by=award["proposed_by"],
        award_decided_by=award["decided_by"],
        opened_at=work.now,
        act=award.get("act", 1),
    )
    if work.grants.open(grant):
        work.announce(
            contract.GRANT_ACCOUNT_OPENED,
            grant.number,
            number=grant.number,
            business_id=grant.business_id,
            authority=grant.authority,
            aid=grant.aid,
        )


def follow_act(work: Work, act: Mapping[str, Any]) -> None:
    """Bring the account where a later act of the case has put the grant: plan, time, aid, standing.

    The facts of a case come in order; one that the account has followed already changes nothing. A refusal that was
    turned into an award opens the account. Raises MoreThanTheGrant when more is approved than the act leaves: the
    fact is then parked for a person, and nothing is changed.
    """
    known = work.grants.several([act["number"]], lock=True)
    if act["number"] not in known:
        if act["aid"] > ZERO:
            open_grant_account(work, act)
        return
    grant = known[act["number"]]
    if act["act"] <= grant.act:
        return
    after = _after(grant, act)
    work.grants.put(after)
    work.announce(
        contract.GRANT_ACCOUNT_CHANGED,
        after.number,
        number=after.number,
        business_id=after.business_id,
        authority=after.authority,
        act=after.act,
        kind=act["kind"],
        aid_before=grant.aid,
        aid=after.aid,
        standing=after.standing.value,
    )


def _after(grant: Grant, act: Mapping[str, Any]) -> Grant:
    people = (act["proposed_by"], act["decided_by"])
    ordinal, kind = act["act"], act["kind"]
    if kind in _ENDS:
        return grant.ended(ordinal, _ENDS[kind], act["aid"], *people)
    if act["aid"] == ZERO:
        return grant.ended(ordinal, Standing.CANCELLED, ZERO, *people)
    period = Period(act["period_first"], act["period_last"])
    followed = grant.followed(ordinal, act["aid"], _plan(act), period, *people)
    standing = _TURNS.get(kind, grant.standing)
    if grant.standing is Standing.CANCELLED:
        standing = Standing.OPEN  # what was taken back as an error or on review has been granted again
    return replace(followed, standing=standing)


def _plan(award: Mapping[str, Any]) -> tuple[PlannedCost, ...]:
    return tuple(
        PlannedCost(category=c["category"], year=c["year"], amount=c["amount"], description=c["description"])
        for c in award["costs"]
    )


def get_grant(work: Work, number: str) -> View:
    grant = work.grants.get(number)
    sees(work.asker, business_id=grant.business_id, authority=grant.authority)
    return grant_view(grant)
