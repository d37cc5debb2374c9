"""The digest and the check code that identify a letter's data on paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

CHECK_CODE = 16  # hexadecimal digits of the digest: 64 bits, short enough to type


def digest_of(wire: Mapping[str, Any]) -> str:
    """SHA-256 of the data as JSON in UTF-8 with sorted keys and no spaces."""
    canonical = json.dumps(wire, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_code_of(digest: str) -> str:
    return check_code_as_printed(digest[:CHECK_CODE])


def check_code_as_printed(typed: str) -> str:
    """ "9d9e23bec8f97a6a" or "9D9E 23BE-…" as it stands on paper, "9D9E-23BE-C8F9-7A6A"."""
    digits = "".join(character for character in typed.upper() if character.isalnum())
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def in_groups(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
