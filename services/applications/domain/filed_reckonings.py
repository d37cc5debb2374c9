"""A reckoning as it is kept: what went in, what came out, who made it, and the seal over both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.applications.domain.reckoning import Inputs, Reckoned
from services.applications.domain.reckoning_documents import digest_of

PROPOSAL = "proposal"
DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledReckoning:
    """`inputs` and `results` as documents, exactly as the digest sealed them."""

    number: str
    kind: str
    case_version: int
    inputs: Mapping[str, Any]
    results: Mapping[str, Any]
    digest: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAssessment:
    """An assessment as typed; `version` is its own, from 1."""

    number: str
    version: int
    answers: Mapping[str, Any]
    saved_by: str
    saved_at: datetime


def filed(inputs: Inputs, reckoned: Reckoned, kind: str, case_version: int, by: str, at: datetime) -> FiledReckoning:
    went_in, came_out = inputs.to_json(), reckoned.to_json()
    return FiledReckoning(
        number=inputs.number,
        kind=kind,
        case_version=case_version,
        inputs=went_in,
        results=came_out,
        digest=digest_of(went_in, came_out),
        made_by=by,
        made_at=at,
    )
