"""Sentences of the work queue: why something chosen was left, and what the trail calls bulk work."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "nobody_waited_for": marked("Nothing has been asked of the applicant that is still to be answered."),
    "answer_more_time_first": marked("The applicant has asked for more time: answer that first."),
    "reminded_today": marked("The applicant has been reminded today already."),
    "handler_reminds": marked("The applicant is reminded by the presenting officer, %(handler)s."),
    "nothing_chosen": marked("Choose at least one case."),
    "list_too_long": marked(
        "The list has more than %(most)s rows, and a file has at most so many. Narrow it, and take the rest separately."
    ),
}

EVENTS: dict[str, str] = {
    "applications.queue_exported": marked("List of cases taken as a file"),
}
