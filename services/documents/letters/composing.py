"""From a fact's data to a letter's sheet: which family of papers writes which kind of letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.documents.domain.letters import OF_THE_COMPANY, WITHOUT_REVIEW, LetterKind
from services.documents.letters.decision import DecisionPaper
from services.documents.letters.filed import FiledPaper
from services.documents.letters.gathered import gathered_data
from services.documents.letters.identifying import check_code_as_printed, check_code_of, digest_of
from services.documents.letters.paper import AGENTS, Paper
from services.documents.letters.repertoire import shown_everywhere
from services.documents.letters.request import RequestPaper
from services.documents.letters.review import times_of
from services.documents.letters.words import words
from shared.dates import helsinki_day
from shared.rules.review_times import ReviewTime

__all__ = [
    "Owed",
    "check_code_as_printed",
    "check_code_of",
    "compose",
    "digest_of",
    "metadata_of",
    "owed",
    "people_in",
    "review_of",
]

PARTS = tuple(AGENTS)  # what the data calls the people whom the letter names


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What identifies a letter before it is printed. `digest` is SHA-256 in hex, `check_code` its first digits."""

    file_name: str
    check_code: str
    digest: str


def owed(kind: LetterKind, data: Mapping[str, Any], wire: Mapping[str, Any]) -> Owed:
    """`wire` is the fact's data as it was announced: what the trail keeps and anybody may compute again."""
    digest = digest_of(wire)
    case = str(data["claim_id"] if kind is LetterKind.PAYMENT_DECIDED else data["number"]).replace("/", "-")
    stem = words(data["language"]).say(f"files.{kind}")
    which = data.get("act") or data.get("place")
    numbered = f"{case}-{which}" if which else case
    return Owed(file_name=f"{stem}-{numbered}.pdf", check_code=check_code_of(digest), digest=digest)


def compose(
    kind: LetterKind,
    data: Mapping[str, Any],
    wire: Mapping[str, Any],
    *,
    names: Mapping[str, str],
    service_address: str,
) -> dict[str, Any]:
    """The whole letter in its language. `names` of people by their ids; one not there goes by the id.

    Raises LookupError when the data holds a code, an authority or a language nobody has written a text for.
    """
    sheet: dict[str, Any] = shown_everywhere(_paper(kind, data, wire, names, service_address).sheet())
    return sheet


def metadata_of(
    kind: LetterKind, data: Mapping[str, Any], wire: Mapping[str, Any], names: Mapping[str, str]
) -> dict[str, Any]:
    """What the archive is told of the letter: the same that stands in the file."""
    metadata: dict[str, Any] = shown_everywhere(_paper(kind, data, wire, names, "").metadata())
    return metadata


def review_of(kind: LetterKind, data: Mapping[str, Any]) -> list[ReviewTime]:
    """When the time for review runs out; nothing for what no review can be sought against."""
    if kind in WITHOUT_REVIEW:
        return []
    paper = DecisionPaper(kind, words(data["language"]), data, {}, {}, "")
    decided_at: datetime = data["decided_at"]
    return times_of(paper.appeal(), helsinki_day(decided_at))


def people_in(data: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the people whom the letter names."""
    asked = (data.get("gathered") or {}).get("request") or {}
    told = {**data, "asked_by": asked.get("asked_by")}
    people = {told[part] for part in PARTS if told.get(part)}
    translation = data.get("translation") or {}
    return frozenset(people | ({translation["by"]} if translation else set()))


def _paper(
    kind: LetterKind, data: Mapping[str, Any], wire: Mapping[str, Any], names: Mapping[str, str], address: str
) -> Paper:
    whole = gathered_data(kind, data) if kind in WITHOUT_REVIEW else data
    named = {**whole, **{part: names.get(whole[part], whole[part]) for part in PARTS if whole.get(part)}}
    family: type[Paper] = DecisionPaper
    if kind in WITHOUT_REVIEW:
        family = FiledPaper if kind in OF_THE_COMPANY else RequestPaper
    return family(kind, words(data["language"]), named, wire, names, address)
