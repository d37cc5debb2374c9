from __future__ import annotations

from datetime import timedelta

import pytest

from services.documents.domain.letters import LEASE, LONGEST_WAIT, MOVES, Letter, LetterKind, LetterState
from services.documents.letters.words import NoSuchText
from services.documents.use_cases.checking import check_letter
from services.documents.use_cases.letters import owe_letter, print_owed_letters
from shared.asker import Asker, Role
from shared.contracts.documents import LETTER_WRITTEN
from shared.errors import NotFound
from tests.support.documents_builders import (
    NAMES,
    a_fact,
    a_payment_decision,
    a_refusal,
    a_step,
    an_award,
)
from tests.support.documents_fakes import FakeArchive, FakePress, FakeRoom, open_house

VISITOR = Asker(person="visitor", role=Role.VISITOR)
AWARDED, REFUSED, PAID = LetterKind.GRANT_AWARDED, LetterKind.GRANT_REFUSED, LetterKind.PAYMENT_DECIDED


def names_of(people):
    return {person: NAMES[person] for person in people}


def hear(room: FakeRoom, kind: LetterKind, data: dict, **changes) -> Letter:
    fact = a_fact(kind, data, **changes)
    owe_letter(room.work(), kind, fact, data)
    return room.letters.kept[fact.id]


def print_all(room: FakeRoom, archive: FakeArchive, press: FakePress, names=names_of) -> int:
    return print_owed_letters(
        room.opened, archive, press, names, no_facts, open_house, service_address="t.example", most=10
    )


def no_facts(letter):
    raise AssertionError("a decision tells everything itself")


@pytest.mark.parametrize(
    ("kind", "data", "file_name"),
    [
        (AWARDED, an_award(), "tukipaatos-A80655.pdf"),
        (REFUSED, a_refusal("sv"), "stodbeslut-A80655.pdf"),
        (PAID, a_payment_decision("en"), "payment-decision-A80655-1.pdf"),
    ],
)
def test_each_decision_becomes_one_letter_among_the_cases_documents(kind, data, file_name):
    room, archive = FakeRoom(), FakeArchive()
    letter = hear(room, kind, data)

    assert print_all(room, archive, FakePress()) == 1

    [document] = room.documents.kept.values()
    assert (document.kind, document.subject, document.language) == ("letter", letter.subject, data["language"])
    assert document.file_name == file_name
    [told] = room.told(LETTER_WRITTEN)
    assert told == {
        "document_id": document.document_id,
        "subject": letter.subject,
        "letter": kind,
        "language": data["language"],
        "business_id": data["business_id"],
        "authority": data["authority"],
        "sha256": document.sha256,
        "act": None,
        "translation": False,
    }
    assert print_all(room, archive, FakePress()) == 0, "it is written once"


def test_the_same_decision_heard_twice_is_one_letter():
    room = FakeRoom()

    hear(room, AWARDED, an_award())
    hear(room, AWARDED, an_award())

    assert len(room.letters.kept) == 1


def test_a_decision_with_a_step_nobody_has_words_for_is_refused_when_heard():
    room = FakeRoom()

    with pytest.raises(NoSuchText, match=r"steps\.moon_phase"):
        hear(room, AWARDED, an_award(steps=[a_step("×", "moon_phase", "1.00")]))
    assert room.letters.kept == {}


def test_a_letter_that_cannot_be_printed_is_tried_again_later_and_never_given_up():
    room, archive = FakeRoom(), FakeArchive()
    hear(room, AWARDED, an_award())
    waits = []
    for _ in range(15):
        print_all(room, archive, FakePress(fault="no paper"))
        [letter] = room.letters.kept.values()
        waits.append(letter.due_at - room.now)
        room.now = letter.due_at

    assert waits[:3] == [timedelta(seconds=5), timedelta(seconds=10), timedelta(seconds=20)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert (letter.fault, room.documents.kept) == ("no paper", {})

    print_all(room, archive, FakePress())
    assert room.letters.kept[letter.event_id].state is LetterState.WRITTEN


def test_without_the_names_of_those_who_decided_no_letter_is_printed_and_none_is_lost():
    room, archive, press = FakeRoom(), FakeArchive(), FakePress()
    hear(room, AWARDED, an_award())

    def away(_people):
        raise ConnectionError

    with pytest.raises(ConnectionError):
        print_all(room, archive, press, names=away)
    assert press.printed == []

    room.now += timedelta(seconds=5)
    assert print_all(room, archive, press) == 1
    assert ["Esittelijä", "Marja-Leena Hyvärinen"] in press.printed[0]["facts"]


def test_a_printer_that_comes_late_leaves_one_letter():
    room, archive = FakeRoom(), FakeArchive()
    hear(room, AWARDED, an_award())

    class Slow(FakePress):
        def print(self, sheets):
            room.now += LEASE + timedelta(seconds=1)
            print_all(room, archive, FakePress())
            return super().print(sheets)

    print_all(room, archive, Slow())

    assert len(room.documents.kept) == 1
    assert len(room.told(LETTER_WRITTEN)) == 1


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_anybody_may_check_a_letter_by_its_code_and_learns_no_name_and_no_sum(spelling):
    room = FakeRoom()
    letter = hear(room, AWARDED, an_award())
    print_all(room, FakeArchive(), FakePress())
    [document] = room.documents.kept.values()

    checked = check_letter(room.work(VISITOR), spelling(letter.check_code))

    assert (checked["number"], checked["letter"], checked["sha256"]) == ("A80655", AWARDED, document.sha256)
    assert not {"business_id", "data", "undertaking_name"} & checked.keys()


def test_a_letter_still_to_be_printed_can_be_checked_too():
    room = FakeRoom()
    letter = hear(room, AWARDED, an_award())

    assert check_letter(room.work(VISITOR), letter.check_code)["sha256"] is None


def test_a_code_nobody_wrote_is_not_found():
    with pytest.raises(NotFound):
        check_letter(FakeRoom().work(VISITOR), "0000-0000-0000-0000")


def test_every_state_of_a_letter_says_where_it_may_go_and_can_be_reached():
    assert MOVES.keys() == set(LetterState)
    assert {LetterState.TO_WRITE}.union(*MOVES.values()) == set(LetterState)
