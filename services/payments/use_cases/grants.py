"""The grant's account: opened when the grant is awarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.payments.domain.acts import sees
from services.payments.domain.grants import Grant, PlannedCost
from services.payments.ports import Work
from services.payments.views import View, grant_view
from shared.contracts import payments as contract
from shared.dates import Period, helsinki_day

_AS_AWARDED = (
    "number business_id undertaking_name title authority fund programme priority specific_objective region "
    "language cost_model aid aid_rate eu_share"
)


def open_grant_account(work: Work, award: Mapping[str, Any]) -> None:
    """Open the account of an awarded grant (`applications.grant_awarded`); an open one stays as it is."""
    grant = Grant(
        **{name: award[name] for name in _AS_AWARDED.split()},
        plan=tuple(
            PlannedCost(category=c["category"], year=c["year"], amount=c["amount"], description=c["description"])
            for c in award["costs"]
        ),
        period=Period(award["period_first"], award["period_last"]),
        awarded_on=helsinki_day(award["decided_at"]),
        award_proposed_by=award["proposed_by"],
        award_decided_by=award["decided_by"],
        opened_at=work.now,
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


def get_grant(work: Work, number: str) -> View:
    grant = work.grants.get(number)
    sees(work.asker, business_id=grant.business_id, authority=grant.authority)
    return grant_view(grant)
