"""What a company's people are told of their own rules, in the transaction that makes or settles the request."""

from __future__ import annotations

from services.customers.domain.mail.tidings import Tiding
from services.customers.domain.releases import CONFIRMED, DECLINED, LAPSED, Release
from services.customers.ports import Work
from services.customers.use_cases.mail.telling import tell
from shared.dates import helsinki_day

# The business id says which of their companies it is about: a bookkeeper acts for many.
WORDS = {None: "release_asked", CONFIRMED: "release_confirmed", DECLINED: "release_declined", LAPSED: "release_lapsed"}


def tell_of_release(work: Work, release: Release, address: str) -> None:
    """Every signatory but the one who acts: of the request, of a yes and of a no. Of one that nobody answered, who
    asked. A second thought tells nobody.
    """
    words = WORDS.get(release.outcome)
    if words is None:
        return
    tiding = Tiding(
        to="one" if release.outcome == LAPSED else "signatories",
        person=release.asked_by,
        kind="signature",
        words=words,
        about="",
        number=release.business_id,
        authority="",
        business_id=release.business_id,
        day=helsinki_day(release.expires_at),
    )
    tell(work, tiding, f"release/{release.release_id}/{words}", address)


def tell_of_signatory(work: Work, business_id: str, person_id: str, address: str) -> None:
    """The other signatories, of whoever may sign from now on: one of them lets anybody in, and two shall know."""
    tiding = Tiding(
        to="signatories",
        kind="signature",
        words="new_signatory",
        about="",
        number=business_id,
        authority="",
        business_id=business_id,
        but=person_id,
    )
    tell(work, tiding, f"signatory/{business_id}/{person_id}/{work.now.isoformat()}", address)
