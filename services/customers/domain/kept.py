"""Kept posts: a form whose sender's session had ended, kept for that person alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from services.customers.domain.errors import KeptPostTaken, KeptPostTooOld, TooMuchToKeep
from shared.errors import NotFound

KEPT_FOR = timedelta(days=1)
KILOBYTES_MOST = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPost:
    """`fields` is what the form held, to be sent again to `path`."""

    kept_id: str
    kept_for: str
    path: str
    fields: Mapping[str, Any]
    kept_at: datetime
    taken_at: datetime | None = None

    def must_fit(self) -> None:
        """Raises TooMuchToKeep: forms are small, files are uploaded on their own."""
        if len(json.dumps(self.fields, ensure_ascii=False).encode()) > KILOBYTES_MOST * 1024:
            raise TooMuchToKeep(most=KILOBYTES_MOST)

    def must_be_there_for(self, person: str, now: datetime) -> None:
        """Another person learns not even that it exists. Raises NotFound, KeptPostTaken or KeptPostTooOld."""
        if person != self.kept_for:
            raise NotFound(what="kept_post")
        if self.taken_at:
            raise KeptPostTaken(at=self.taken_at.isoformat())
        if now >= self.kept_at + KEPT_FOR:
            raise KeptPostTooOld(at=(self.kept_at + KEPT_FOR).isoformat())
