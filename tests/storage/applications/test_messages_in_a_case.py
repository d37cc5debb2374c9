"""Messages both ways, what each side has read, notes that only officials see, and who is reminded when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.applications.domain.errors import WrongState
from services.applications.use_cases import correspondence
from shared.asker import the_house
from shared.errors import InvalidFields, NotForYou, NotFound
from tests.support import applications_builders as an
from tests.support import correspondence_journeys as waiting
from tests.support.applications_fakes import Desk
from tests.support.applications_journeys import Journey


@pytest.fixture
def case(journey: Journey) -> Journey:
    journey.publish()
    return journey


def write(case: Journey, number: str, text: str, asker: Any = an.COMPANY, **more: Any) -> Any:
    return case.do(asker, correspondence.send_message, number, text, **more)


def thread(case: Journey, number: str, asker: Any = an.COMPANY) -> Any:
    return case.do(asker, correspondence.get_correspondence, number)


def test_a_message_is_unread_by_the_other_side_until_it_is_opened(case: Journey) -> None:
    number = case.taken()
    write(case, number, "Milloin päätös tulee?")

    assert (thread(case, number)["unread"], thread(case, number, an.HANDLER)["unread"]) == (0, 1)
    left = case.do(an.OTHER_HANDLER, correspondence.mark_read, number, 1, now=an.later(hours=1))

    assert left["unread"] == 0
    assert thread(case, number)["messages"][0]["read_at"] == an.later(hours=1)


def test_a_file_in_which_a_virus_was_found_does_not_go_with_a_message(case: Journey) -> None:
    number = case.taken()
    with case.open_work(the_house("documents")) as work:
        work.infected_files.note(an.OFFER["document_id"], an.NOON)

    with pytest.raises(InvalidFields) as refused:
        write(case, number, "Ohessa.", an.HANDLER, attachments=[an.OFFER])

    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [("attachments", "attachment_infected")]
    assert thread(case, number)["messages"] == []


def test_a_note_leaves_the_files_to_the_message_that_they_were_meant_for(case: Journey) -> None:
    number = case.taken()
    case.do(an.HANDLER, correspondence.save_message_draft, number, "Hei", [an.OFFER])

    write(case, number, "Tarkista omistus.", an.HANDLER, internal=True)

    kept = thread(case, number, an.HANDLER)
    assert (kept["draft"], [one.document_id for one in kept["draft_attachments"]]) == ("", [an.OFFER["document_id"]])


def test_reading_again_does_not_move_the_moment_of_reading(case: Journey) -> None:
    number = case.taken()
    write(case, number, "Hei.")
    case.do(an.HANDLER, correspondence.mark_read, number, 1, now=an.later(hours=1))

    case.do(an.HANDLER, correspondence.mark_read, number, 1, now=an.later(hours=2))

    assert thread(case, number)["messages"][0]["read_at"] == an.later(hours=1)


def test_who_answers_has_read_what_is_answered(case: Journey) -> None:
    number = case.taken()
    write(case, number, "Milloin päätös tulee?")

    write(case, number, "Ennen joulua.", an.HANDLER)

    assert thread(case, number, an.HANDLER)["unread"] == 0
    assert thread(case, number)["unread"] == 1


def test_a_note_among_officials_is_not_there_for_the_company(case: Journey) -> None:
    number = case.taken()
    write(case, number, "Tarkista omistus.", an.HANDLER, internal=True, public=False)

    assert thread(case, number)["messages"] == []
    notes = thread(case, number, an.AUDITOR)["messages"]
    assert [(note["text"], note["internal"], note["public"]) for note in notes] == [("Tarkista omistus.", True, False)]


def test_a_company_writes_no_official_notes(case: Journey) -> None:
    number = case.taken()

    with pytest.raises(NotForYou):
        write(case, number, "Salaa.", internal=True)


def test_an_empty_message_is_not_sent(case: Journey) -> None:
    number = case.taken()

    with pytest.raises(InvalidFields):
        write(case, number, "  \n ")


def test_nobody_reads_messages_of_a_draft_because_nobody_has_it(case: Journey) -> None:
    number = case.draft()

    with pytest.raises(WrongState):
        write(case, number, "Hei?")


def test_a_strangers_thread_is_not_there(case: Journey) -> None:
    number = case.taken()

    with pytest.raises(NotFound):
        thread(case, number, an.STRANGER)


def test_what_is_being_written_is_kept_for_its_writer_alone_and_goes_with_the_message(case: Journey) -> None:
    number = case.taken()
    case.do(an.COMPANY, correspondence.save_message_draft, number, "Hei, kysyis")

    assert thread(case, number)["draft"] == "Hei, kysyis"
    assert thread(case, number, an.COLLEAGUE)["draft"] == ""
    case.do(an.COMPANY, correspondence.save_message_draft, number, "Hei, kysyis", [an.OFFER])
    case.do(an.COMPANY, correspondence.save_message_draft, number, "Hei, kysyisin")
    assert [one.document_id for one in thread(case, number)["draft_attachments"]] == ["D-1"]

    write(case, number, "Hei, kysyisin aikataulua.", attachments=[an.OFFER])

    assert (thread(case, number)["draft"], thread(case, number)["draft_attachments"]) == ("", ())
    sent = thread(case, number, an.HANDLER)["messages"][0]
    assert [one["document_id"] for one in sent["attachments"]] == ["D-1"]


def told(case: Journey, now: datetime) -> None:
    with case.open_work(the_house("clock"), now) as work:
        correspondence.tell_of_deadlines(work)


def test_a_draft_is_reminded_of_a_call_that_closes_seven_days_and_one_day_before() -> None:
    desk = Desk()
    case = Journey(desk.work)
    case.publish()
    number = case.draft()
    morning = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)  # 9.00 in Finland; the call's last day is 30.11.

    for day in range(12):
        for hours in (0, 1, 2):
            told(case, morning + timedelta(days=day, hours=hours))

    nearing = [fact for kind, _, fact in desk.announced if kind == "applications.deadline_neared"]
    assert [(fact["application"], fact["days"], fact["what"]) for fact in nearing] == [
        (number, 7, "call_closes"),
        (number, 1, "call_closes"),
    ]


def test_nobody_is_reminded_at_night() -> None:
    desk = Desk()
    case = Journey(desk.work)
    case.publish()
    case.draft()

    told(case, datetime(2026, 11, 23, 22, 30, tzinfo=UTC))

    assert [kind for kind, _, _ in desk.announced if kind == "applications.deadline_neared"] == []


def test_an_answer_is_reminded_of_three_days_and_one_day_before_and_not_once_it_is_sent() -> None:
    desk = Desk()
    case = Journey(desk.work)
    case.publish()
    number = waiting.ask_completion(case)
    morning = datetime(2026, 9, 24, 7, 0, tzinfo=UTC)

    told(case, morning)
    told(case, morning + timedelta(days=2))
    told(case, morning + timedelta(days=3))
    waiting.save(case, number, reply="Tässä.", answers={"summary": "Tarkempi."})
    waiting.answer(case, number, 2, now=morning + timedelta(days=3, hours=3))
    told(case, morning + timedelta(days=4))

    nearing = [fact for kind, _, fact in desk.announced if kind == "applications.deadline_neared"]
    assert [(fact["what"], fact["place"], fact["days"]) for fact in nearing] == [("completion", 1, 3)]
