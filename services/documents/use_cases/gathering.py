"""Asking the room of the cases what a letter tells: the request that was made, or what was filed and when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from services.documents.domain.letters import OF_THE_COMPANY, Letter, LetterKind
from services.documents.letters.gathered import picked
from services.documents.ports import OpenWork
from shared.contracts.applications import GET_APPLICATION, GET_REQUEST
from shared.errors import NotFound

MOST_REQUESTS = 999

Ask = Callable[..., dict[str, Any]]  # operation and its data; the answer as on the wire


class FiledVersionGone(LookupError):
    """No version of the case has the digest that its fact told."""


def facts_of(letter: Letter, ask: Ask, open_work: OpenWork) -> dict[str, Any]:
    """Raises what the other room raises, and FiledVersionGone."""
    application = ask(GET_APPLICATION, number=letter.number)
    request = None
    if "place" in letter.data:
        request = ask(GET_REQUEST, number=letter.number, place=letter.data["place"])
    filed = None
    if letter.kind in OF_THE_COMPANY:
        filed = _with_sizes(_filed(letter, application, request, ask), open_work)
    return picked(application, request, filed)


def _filed(
    letter: Letter, application: Mapping[str, Any], request: Mapping[str, Any] | None, ask: Ask
) -> Mapping[str, Any]:
    """The version whose digest the fact told; the case may have been completed since.

    A completion that came too late to become the filed version is told by what it brought.
    """
    if letter.kind is LetterKind.COMPLETION_FILED and request and not letter.data["took_effect"]:
        return {**request, "digest": letter.data["digest"]}
    digest = letter.data["digest"]
    for version in _versions(letter, application, ask):
        if version and version["digest"] == digest:
            return version
    raise FiledVersionGone(f"{letter.subject} {digest}")


def _versions(letter: Letter, application: Mapping[str, Any], ask: Ask) -> Iterator[Mapping[str, Any] | None]:
    yield application
    for place in range(1, MOST_REQUESTS):
        try:
            request = ask(GET_REQUEST, number=letter.number, place=place)
        except NotFound:
            return
        yield request["before"]
        yield request["after"]


def _with_sizes(filed: Mapping[str, Any], open_work: OpenWork) -> dict[str, Any]:
    """Each attachment with its size, which this room knows."""
    with open_work() as work:
        known = {one["document_id"]: work.documents.find(one["document_id"]) for one in filed["attachments"]}
    attachments = [
        {**one, "size": document.size if (document := known[one["document_id"]]) else one.get("size")}
        for one in filed["attachments"]
    ]
    return {**filed, "attachments": attachments}
