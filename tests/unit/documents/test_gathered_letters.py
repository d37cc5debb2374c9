"""Letters whose facts say little: what they tell is asked of the room of the cases before they are written."""

from __future__ import annotations

import json

import pytest

from services.documents.domain.letters import LetterKind, LetterState
from services.documents.use_cases.gathering import FiledVersionGone, facts_of
from services.documents.use_cases.letters import FACTS_AWAY, owe_letter, print_owed_letters
from shared.contracts.applications import GET_APPLICATION, GET_REQUEST
from shared.contracts.documents import DOCUMENT_STORED, LETTER_WRITTEN
from shared.errors import NotFound
from shared.messaging.wire import ServiceAway
from tests.support.documents_builders import NAMES, a_document, a_fact, an_award
from tests.support.documents_fakes import FakeArchive, FakePress, FakeRoom, open_house
from tests.support.letters_builders import (
    DIGEST,
    FILED_AT,
    a_completion,
    a_filing,
    a_party_request,
    a_request,
    an_application,
    an_attachment,
)

FILING, COMPLETED, ASKED = LetterKind.FILING, LetterKind.COMPLETION_FILED, LetterKind.COMPLETION_REQUEST


class Applications:
    """The room of the cases: one application and the requests in it, by place."""

    def __init__(self, application=None, *requests):
        self.application = application or an_application()
        self.requests = requests
        self.away = False

    def __call__(self, operation, **data):
        if self.away:
            raise ConnectionError
        if operation is GET_APPLICATION:
            return self.application
        assert operation is GET_REQUEST
        if data["place"] > len(self.requests):
            raise NotFound(what="request")
        return self.requests[data["place"] - 1]


def owed(room: FakeRoom, kind: LetterKind, data, **fact):
    told = a_fact(kind, {"decided_at": FILED_AT, "decided_by": "p-marja", **data}, time=FILED_AT, **fact)
    owe_letter(room.work(), kind, told, data)
    return room.letters.kept[told.id]


def written(
    room: FakeRoom, applications: Applications, press: FakePress | None = None, closing=open_house
) -> FakePress:
    press = press or FakePress()
    print_owed_letters(
        room.opened,
        FakeArchive(),
        press,
        lambda people: {person: NAMES[person] for person in people},
        lambda letter: facts_of(letter, applications, room.opened),
        closing,
        service_address="t.example",
        most=10,
    )
    return press


def test_what_was_filed_becomes_a_paper_of_its_own_kind_among_the_cases_documents():
    room = FakeRoom()
    letter = owed(room, FILING, a_filing())

    written(room, Applications())

    [document] = room.documents.kept.values()
    assert (document.kind, document.subject, document.file_name) == (
        "filing",
        "application/A80655",
        "hakemus-A80655.pdf",
    )
    assert room.told(LETTER_WRITTEN) == [], "nobody is sent a letter of what they sent themselves"
    assert [told["kind"] for told in room.told(DOCUMENT_STORED)] == ["filing"]
    whole = room.letters.kept[letter.event_id]
    assert whole.digest != letter.digest, "what identifies it is of all that it tells"
    assert room.letters.to_archive[document.document_id].metadata["Tyyppi"] == "filing"


def test_it_is_in_the_companys_language_whatever_the_fact_knows_of_it():
    room = FakeRoom()
    owed(room, COMPLETED, a_completion())

    press = written(room, Applications(an_application("sv"), a_party_request(after=an_application())))

    [document] = room.documents.kept.values()
    assert (document.language, document.file_name) == ("sv", "komplettering-A80655-1.pdf")
    assert press.printed[0]["title"] == "Kompletteringen så som den lämnades in"


def test_the_answers_are_those_that_were_filed_though_the_case_has_been_completed_since():
    room = FakeRoom()
    owed(room, FILING, a_filing())
    completed = an_application(digest="77" * 32, answers={"title": "Uusi nimi"})
    request = a_party_request(before=an_application(answers={"title": "Silloinen nimi"}), after=completed)

    press = written(room, Applications(completed, request))

    assert "Silloinen nimi" in str(press.printed)
    assert "Uusi nimi" not in str(press.printed)


def test_a_filing_that_no_version_of_the_case_matches_is_never_told_as_another():
    room = FakeRoom()
    letter = owed(room, FILING, a_filing())

    with pytest.raises(FiledVersionGone):
        facts_of(letter, Applications(an_application(digest="77" * 32)), room.opened)


def test_a_completion_that_came_too_late_to_take_effect_is_told_by_what_it_brought():
    room = FakeRoom()
    owed(room, COMPLETED, a_completion(took_effect=False, late=True))

    press = written(room, Applications(an_application(), a_party_request(answers={"title": "Myöhässä"})))

    assert "Myöhässä" in str(press.printed)
    assert "Hankesuunnitelma 2.pdf" in str(press.printed)


def test_each_attachment_has_the_size_that_this_room_counted():
    room = FakeRoom()
    room.documents.add(a_document(size=4711))
    owed(room, FILING, a_filing())

    press = written(room, Applications(an_application(attachments=[an_attachment(size=None)])))

    assert "4\u00a0711 tavua" in json.dumps(press.printed, ensure_ascii=False)


def test_while_the_case_room_is_away_the_letter_waits_and_others_are_written():
    room, applications = FakeRoom(), Applications()
    applications.away = True
    waiting = owed(room, FILING, a_filing())
    award = a_fact(LetterKind.GRANT_AWARDED, an_award(), id="22222222-2222-4222-8222-222222222222")
    owe_letter(room.work(), LetterKind.GRANT_AWARDED, award, an_award())

    written(room, applications)

    kept = room.letters.kept[waiting.event_id]
    assert (kept.state, kept.fault) == (LetterState.TO_WRITE, FACTS_AWAY)
    assert room.letters.kept[award.id].state is LetterState.WRITTEN

    applications.away = False
    room.now = kept.due_at
    written(room, applications)
    assert room.letters.kept[waiting.event_id].state is LetterState.WRITTEN


def test_a_case_room_that_does_not_answer_is_asked_once_a_round_and_the_round_ends():
    room, asked = FakeRoom(), []
    waiting = [owed(room, FILING, a_filing(), id=f"2222222{n}-2222-4222-8222-222222222222") for n in range(3)]
    award = a_fact(LetterKind.GRANT_AWARDED, an_award(), id="33333333-2222-4222-8222-222222222222")
    owe_letter(room.work(), LetterKind.GRANT_AWARDED, award, an_award())

    def silent(operation, **data):
        asked.append(data)
        raise ServiceAway("applications: TimeoutError")

    with pytest.raises(ServiceAway):
        written(room, silent)

    assert len(asked) == 1, "each silence costs a whole time limit, and a house that closes waits for the round"
    kept = [room.letters.kept[letter.event_id] for letter in waiting]
    assert {(letter.state, letter.fault) for letter in kept} == {(LetterState.TO_WRITE, FACTS_AWAY)}
    assert room.letters.kept[award.id].state is LetterState.WRITTEN


def test_a_house_that_closes_asks_no_more_and_begins_no_printing():
    """What it had taken up is put back, due at once: the next house does not wait for a lease to end."""
    room, asked = FakeRoom(), []
    taken = [owed(room, FILING, a_filing(), id=f"2222222{n}-2222-4222-8222-222222222222") for n in range(3)]
    applications = Applications()

    def asks(operation, **data):
        asked.append(data)
        return applications(operation, **data)

    press = written(room, asks, closing=lambda: bool(asked))

    assert (len(asked), press.printed) == (1, [])
    kept = [room.letters.kept[letter.event_id] for letter in taken]
    assert {(letter.state, letter.attempts, letter.due_at) for letter in kept} == {(LetterState.TO_WRITE, 0, room.now)}

    assert len(written(room, applications).printed) == 3
    assert len(room.documents.kept) == 3


def test_a_printing_that_failed_does_not_ask_again():
    room, applications = FakeRoom(), Applications()
    letter = owed(room, FILING, a_filing())
    written(room, applications, FakePress(fault="no paper"))
    applications.away = True
    room.now = room.letters.kept[letter.event_id].due_at

    written(room, applications)

    assert room.letters.kept[letter.event_id].state is LetterState.WRITTEN


def test_a_request_for_completion_is_a_letter_to_the_party():
    room = FakeRoom()
    owed(room, ASKED, a_request())

    press = written(room, Applications(an_application(), a_party_request()))

    [told] = room.told(LETTER_WRITTEN)
    assert (told["letter"], told["translation"]) == ("completion_request", False)
    assert "Täydennä rahoitussuunnitelmaa." in str(press.printed)
    assert "Marja-Leena Hyvärinen" in str(press.printed)


def test_the_digest_of_what_was_filed_stands_on_the_paper():
    room = FakeRoom()
    owed(room, FILING, a_filing())

    press = written(room, Applications())

    assert DIGEST in str(press.printed).replace(" ", "")
