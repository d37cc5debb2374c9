"""Nobody changes what somebody else has just changed: every act says which version it was looking at."""

from __future__ import annotations

import re
from typing import Any

from flask import request

from services.gateway.errors import VersionMissing, VersionUnclear

_TAG = re.compile(r'"?(\d{1,9})"?', re.ASCII)


def expected(in_body: int | None) -> int:
    """The version in `If-Match`, or in the body. Raises VersionMissing, or VersionUnclear when they differ.

    `If-Match: *` means "whatever it is by now", which is just what must not be said here.
    """
    sent = request.headers.get("If-Match")
    if sent is None:
        if in_body is None:
            raise VersionMissing
        return in_body
    found = _TAG.fullmatch(sent.strip())
    if found is None or in_body not in (None, int(found[1])):
        raise VersionUnclear
    return int(found[1])


def tag(answer: dict[str, Any]) -> dict[str, str]:
    """The ETag header of what has a version, else no header."""
    return {"ETag": f'"{answer["version"]}"'} if "version" in answer else {}
