from __future__ import annotations

import pytest

from services.documents.domain.errors import NotTranslated, TranslatedAlready
from services.documents.domain.letters import LetterKind
from services.documents.letters.archive import seal_of
from services.documents.use_cases.checking import check_file, check_letter
from services.documents.use_cases.letters import owe_letter, print_owed_letters
from services.documents.use_cases.translating import (
    ask_letter_in,
    get_archived,
    get_letter,
    list_letters,
    translate_letter,
)
from shared.asker import Asker, Role
from shared.contracts.documents import LETTER_WRITTEN, TRANSLATION_ASKED
from shared.errors import InvalidFields, NotForYou, NotFound
from tests.support.documents_builders import COMPANY, HANDLER, NAMES, THEIRS, a_document, a_fact, an_award
from tests.support.documents_fakes import FakeArchive, FakePress, FakeRoom, open_house
from tests.support.letters_builders import scores

AWARDED = LetterKind.GRANT_AWARDED
STRANGER = Asker(person="p-x", role=Role.COMPANY, business_id=THEIRS)
ELSEWHERE = Asker(person="p-y", role=Role.HANDLER, authority="POH")
VISITOR = Asker(person="visitor", role=Role.VISITOR)
TEXTS = {"reasons": "Motivering.", "conditions.0": "Villkor.", "scores.0.grounds": "Grund."}


@pytest.fixture
def room() -> FakeRoom:
    room = FakeRoom()
    award = an_award(**scores())
    owe_letter(room.work(), AWARDED, a_fact(AWARDED, award), award)
    written(room)
    return room


def written(room: FakeRoom) -> FakePress:
    press = FakePress()
    print_owed_letters(
        room.opened,
        FakeArchive(),
        press,
        lambda people: {person: NAMES[person] for person in people},
        lambda letter: {},
        open_house,
        service_address="t.example",
        most=10,
    )
    return press


def only(room: FakeRoom) -> str:
    [letter_id] = room.letters.kept
    return letter_id


def test_an_official_gives_the_words_and_the_letter_is_written_in_the_other_language(room):
    original = only(room)

    told = translate_letter(room.work(HANDLER), original, "sv", TEXTS)
    press = written(room)

    assert (told["language"], told["translation_of"]) == ("sv", original)
    [sheet] = press.printed
    assert sheet["language"] == "sv"
    assert "Motivering." in str(sheet)
    first, second = list_letters(room.work(COMPANY), "A80655")["items"]
    assert first["check_code"] != second["check_code"]
    assert second["file_name"] == "stodbeslut-A80655.pdf"
    assert [fact["translation"] for fact in room.told(LETTER_WRITTEN)] == [False, True]
    assert check_letter(room.work(VISITOR), second["check_code"])["translation"]


def test_the_texts_to_translate_are_those_that_people_wrote(room):
    assert set(get_letter(room.work(HANDLER), only(room))["texts"]) == set(TEXTS)


@pytest.mark.parametrize(
    ("texts", "path", "rule"),
    [
        ({**TEXTS, "conditions.0": "  "}, "texts.conditions.0", "text_missing"),
        ({"reasons": "x"}, "texts.conditions.0", "text_missing"),
        ({**TEXTS, "aid": "1.00"}, "texts.aid", "no_such_text"),
    ],
)
def test_half_a_translation_or_one_of_something_else_is_refused(room, texts, path, rule):
    with pytest.raises(InvalidFields) as refusal:
        translate_letter(room.work(HANDLER), only(room), "sv", texts)

    assert (path, rule) in [(fault.path, fault.rule) for fault in refusal.value.faults]


def test_a_letter_is_translated_once_into_a_language_and_never_into_its_own(room):
    translate_letter(room.work(HANDLER), only(room), "sv", TEXTS)
    original, translation = room.letters.kept

    with pytest.raises(TranslatedAlready):
        translate_letter(room.work(HANDLER), original, "sv", TEXTS)
    with pytest.raises(NotTranslated):
        translate_letter(room.work(HANDLER), original, "fi", TEXTS)
    with pytest.raises(NotTranslated):
        translate_letter(room.work(HANDLER), translation, "en", TEXTS)


def test_the_party_asks_for_it_and_the_asking_stands_until_it_is_written(room):
    original = only(room)

    assert ask_letter_in(room.work(COMPANY), original, "sv")["asked_in"] == ["sv"]
    ask_letter_in(room.work(COMPANY), original, "sv")
    assert [told["language"] for told in room.told(TRANSLATION_ASKED)] == ["sv"], "asked twice is asked once"
    assert list_letters(room.work(HANDLER), "A80655")["items"][0]["asked_in"] == ["sv"]

    translate_letter(room.work(HANDLER), original, "sv", TEXTS)

    assert list_letters(room.work(HANDLER), "A80655")["items"][0]["asked_in"] == []
    with pytest.raises(TranslatedAlready):
        ask_letter_in(room.work(COMPANY), original, "sv")


def test_letters_are_for_the_party_and_its_authority(room):
    original = only(room)

    assert list_letters(room.work(STRANGER), "A80655") == {"items": [], "total": 0}
    for deed in (get_letter, lambda work, letter: ask_letter_in(work, letter, "sv")):
        with pytest.raises(NotFound):
            deed(room.work(STRANGER), original)
    with pytest.raises(NotForYou):
        translate_letter(room.work(ELSEWHERE), original, "sv", TEXTS)


def test_each_letter_tells_when_its_time_for_review_runs_out(room):
    [row] = list_letters(room.work(COMPANY), "A80655")["items"]

    assert [(one["way"], str(one["last_day"]), str(one["final_on"])) for one in row["review"]] == [
        ("electronic", "2026-12-28", "2026-12-29"),
        ("letter", "2026-12-30", "2026-12-31"),
    ]


def test_the_archives_record_is_sealed_with_the_file(room):
    [document] = room.documents.kept.values()

    archived = get_archived(room.work(HANDLER), document.document_id)

    assert archived["seal"] == seal_of(archived["metadata"], document.sha256)
    assert {"Rooli": "ratkaisija", "Nimi": "Tero Korhonen"} in archived["metadata"]["Toimija"]
    with pytest.raises(NotForYou):
        get_archived(room.work(ELSEWHERE), document.document_id)
    with pytest.raises(NotFound):
        get_archived(room.work(HANDLER), "no-such")


def test_a_file_that_somebody_holds_is_known_by_its_digest_and_a_companys_own_file_is_not(room):
    [letter] = room.documents.kept.values()
    room.documents.add(a_document(sha256="ab" * 32))

    assert check_file(room.work(VISITOR), letter.sha256.upper())["number"] == "A80655"
    for digest in ("ab" * 32, "00" * 32):
        with pytest.raises(NotFound):
            check_file(room.work(VISITOR), digest)
