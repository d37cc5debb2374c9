"""When a case is transferred, its files are the receiving authority's and no longer the giver's (HL 21 §)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.documents.use_cases.storing import get_document, hand_over
from shared.errors import NotForYou
from tests.support.documents_builders import CASE, COMPANY, HANDLER, a_document
from tests.support.documents_fakes import FakeRoom

NUMBER = CASE.partition("/")[2]
ELSEWHERE = replace(HANDLER, person="lauri.lappi", authority="POH")


@pytest.fixture
def room() -> FakeRoom:
    return FakeRoom()


def test_the_files_of_the_case_go_with_it(room: FakeRoom) -> None:
    room.documents.add(a_document())

    hand_over(room.work(HANDLER), NUMBER, "POH")

    assert get_document(room.work(ELSEWHERE), a_document().document_id)["authority"] == "POH"
    with pytest.raises(NotForYou):
        get_document(room.work(HANDLER), a_document().document_id)
    assert get_document(room.work(COMPANY), a_document().document_id)["file_name"] == a_document().file_name


def test_the_files_of_other_cases_stay(room: FakeRoom) -> None:
    other = a_document(document_id="d-other", blob="blob-other", subject="application/A80999")
    room.documents.add(other)

    hand_over(room.work(HANDLER), NUMBER, "POH")

    assert room.documents.kept["d-other"] == other


def test_told_twice_it_changes_nothing_more(room: FakeRoom) -> None:
    room.documents.add(a_document())
    hand_over(room.work(HANDLER), NUMBER, "POH")
    once = dict(room.documents.kept)

    hand_over(room.work(HANDLER), NUMBER, "POH")

    assert room.documents.kept == once
