"""Which undertaking has to do with which: recorded with its source and its days, ended, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.asker import Asker, Role
from shared.errors import Fault, InvalidFields, NotFound
from shared.money import Rate

SHARE_NEEDED = frozenset({"votes", "partner"})
MAJORITY = Rate.of("50")
PARTNER = Rate.of("25")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipLink:
    """`owner` holds over `owned` by `kind`, from `since` to `until` (both included; no end while it lasts).

    Kinds: 2003/361/EC annex art. 3(2)-(3); for one undertaking in de minimis aid Regulation (EU) 2023/2831 art. 2(2).
    """

    link_id: str
    owner: str
    owned: str
    kind: str
    share: Rate | None
    since: date
    until: date | None
    source: str
    recorded_by: str
    recorded_at: datetime

    @property
    def same_link(self) -> tuple[str, str, str, date]:
        """A record of the same four is a correction of the earlier one, not another link."""
        return self.owner, self.owned, self.kind, self.since


def must_be_possible(link: OwnershipLink, today: date) -> None:
    """Raises InvalidFields naming every field that cannot be."""
    faults = []
    if link.owner == link.owned:
        faults.append(Fault("owned", "owns_itself"))
    if link.share is None and link.kind in SHARE_NEEDED:
        faults.append(Fault("share", "required"))
    if link.share is not None and link.kind == "majority" and link.share <= MAJORITY:
        faults.append(Fault("share", "no_majority"))
    if link.share is not None and link.kind == "partner" and not PARTNER <= link.share <= MAJORITY:
        faults.append(Fault("share", "no_partner_share"))
    if link.since > today:
        faults.append(Fault("since", "day_in_future"))
    if link.until and link.until < link.since:
        faults.append(Fault("until", "ends_before_it_starts", {"first": link.since.isoformat()}))
    if faults:
        raise InvalidFields(faults=faults)


def must_be_own(asker: Asker, owner: str, owned: str) -> None:
    """A company speaks of itself alone, as owner or owned; officials of any. Raises NotFound."""
    if asker.role is Role.COMPANY and asker.business_id not in (owner, owned):
        raise NotFound(what="undertaking")
