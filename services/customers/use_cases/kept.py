"""Posts kept for people whose session had ended, and the sweeping of what is old."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.customers.domain.kept import KEPT_FOR, KeptPost
from services.customers.ports import Work
from shared.errors import NotFound

# Who was signed in and as what can be looked up for so long; the trail names the actor of each fact for ever.
SESSIONS_REMEMBERED = timedelta(days=90)


def keep_post(work: Work, *, path: str, fields: Mapping[str, Any], kept_for: str) -> dict[str, str]:
    """Keep a form for a day for the person whose session it was. Raises TooMuchToKeep."""
    kept = KeptPost(
        kept_id=secrets.token_urlsafe(16), kept_for=kept_for, path=path, fields=dict(fields), kept_at=work.now
    )
    kept.must_fit()
    work.kept_posts.add(kept)
    return {"kept_id": kept.kept_id}


def take_kept(work: Work, *, kept_id: str) -> KeptPost:
    """Give it back to the same person, once. Raises NotFound, KeptPostTooOld or KeptPostTaken."""
    kept = work.kept_posts.get_locked(kept_id)
    if kept is None:
        raise NotFound(what="kept_post")
    kept.must_be_there_for(work.asker.person, work.now)
    work.kept_posts.taken(kept_id, work.now)
    return kept


def forget_old(work: Work) -> None:
    """Kept posts a day past their time, sessions ninety days past theirs."""
    work.kept_posts.forget_before(work.now - 2 * KEPT_FOR)
    work.sessions.forget_before(work.now - SESSIONS_REMEMBERED)
