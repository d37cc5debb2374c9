"""What is asked, answered, written and read in a case between the authority and the party."""

from services.applications.use_cases.correspondence.answering import (
    answer_completion,
    answer_hearing,
    attach_to_reply,
    detach_from_reply,
    save_reply,
)
from services.applications.use_cases.correspondence.asking import (
    ask_completion,
    ask_hearing,
    ask_opinion,
    record_opinion,
)
from services.applications.use_cases.correspondence.clock import (
    close_open_requests,
    run_out_one,
    tell_of_deadlines,
)
from services.applications.use_cases.correspondence.hearing import hearing_screen, hearing_so_far
from services.applications.use_cases.correspondence.more_time import ask_more_time, move_due_day, refuse_more_time
from services.applications.use_cases.correspondence.reading import (
    get_correspondence,
    get_request,
    get_status,
)
from services.applications.use_cases.correspondence.writing import mark_read, save_message_draft, send_message

__all__ = [
    "answer_completion",
    "answer_hearing",
    "ask_completion",
    "ask_hearing",
    "ask_more_time",
    "ask_opinion",
    "attach_to_reply",
    "close_open_requests",
    "detach_from_reply",
    "get_correspondence",
    "get_request",
    "get_status",
    "hearing_screen",
    "hearing_so_far",
    "mark_read",
    "move_due_day",
    "record_opinion",
    "refuse_more_time",
    "run_out_one",
    "save_message_draft",
    "save_reply",
    "send_message",
    "tell_of_deadlines",
]
