"""Sentences of correspondence: refusals, rules, the plain status, and the words for its codes."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "request_answered": marked("%(by)s sent the answer on %(at)s."),
    "request_closed": marked("This request is over: its time has run out, or the case has ended."),
    "more_time_waits": marked("More time has already been asked for. The authority has not answered yet."),
    "more_time_not_asked": marked("Nobody waits for an answer to a request for more time."),
}

RULES: dict[str, str] = {
    "due_too_soon": marked("Give more time: the last day can be %(least)s at the earliest."),
    "due_too_late": marked("The last day can be %(most)s at the latest."),
    "not_later": marked("Choose a day after %(due_on)s."),
    "not_asked_for": marked("This was not asked for, so it stays as it was filed."),
    "opinion_from_future": marked("The day of the opinion cannot be in the future."),
    "cannot_be_turned_off": marked("This is always told, because a time to act runs from it."),
}

# What is waited for: a sentence for each state, for the company and for the officials where they differ.
STATUS: dict[str, str] = {
    "draft": marked("The application has not been sent yet. The call closes on %(until)s."),
    "signature": marked("The application waits for a signature. The call closes on %(until)s."),
    "handler": marked("The authority has received the application. An official takes it next."),
    "assessment": marked("An official of the authority assesses the application."),
    "completion.you": marked("The authority asks you to complete the application. Answer at the latest on %(until)s."),
    "completion": marked("The company has been asked to complete the application. The last day is %(until)s."),
    "hearing.you": marked("The authority asks for your comments before it decides. Answer at the latest on %(until)s."),
    "hearing": marked("The company is being heard. The last day is %(until)s."),
    "opinion": marked("The authority has asked for an opinion on the project. It should come by %(until)s."),
    "decision": marked("The application has been assessed. Another official decides it next."),
    "granted": marked("The aid was granted."),
    "granted_in_part": marked("The aid was granted in part."),
    "refused": marked("The application was rejected."),
    "not_examined": marked("The application was left unexamined."),
    "lapsed": marked("The case has lapsed. It is not handled any further."),
    "withdrawn": marked("The application has been withdrawn. It is not handled any further."),
}

DEEDS: dict[str, str] = {
    "": marked("You need do nothing now."),
    "send": marked("Finish the application and send it."),
    "sign": marked("Check the application and sign it."),
    "complete": marked("Answer the request for completion."),
    "comment": marked("Give your comments."),
    "answer_late": marked(
        "The time to answer is over. You can still send your answer: it is read if it comes before the decision."
    ),
    "read_decision": marked("Read the decision. Its reasons and how to seek review are below and in the letter."),
    "claim": marked("Read the decision. Pay your costs, then claim payment here."),
    "take": marked("Take the case into assessment."),
    "propose": marked("Assess the application and make the proposal."),
    "record": marked("Record the opinion when it comes."),
    "decide": marked("Decide the proposal."),
}

PROMISE: dict[str, str] = {
    "promised": marked("Decision at the latest on %(promised)s."),
    "prolonged": marked("Decision at the latest on %(promised)s. Days of waiting for an answer were added: %(days)s."),
    "waits": marked(
        "The decision was promised by %(first)s. The days that we wait for the answer are added: %(days)s so far."
    ),
}

WORDS: dict[str, dict[str, str]] = {
    "request_kind": {
        "completion": marked("Request for completion"),
        "hearing": marked("Hearing"),
        "opinion": marked("Opinion"),
    },
    "request_state": {
        "open": marked("waits for an answer"),
        "answered": marked("answered"),
        "expired": marked("the time ran out"),
        "closed": marked("closed"),
    },
    "opinion_giver": {
        "myr": marked("Regional management committee (MYR)"),
        "co_financier": marked("Co-financier"),
        "other": marked("Somebody else"),
    },
    "stance": {
        "for": marked("for"),
        "against": marked("against"),
        "none": marked("no opinion"),
    },
    "mail_kind": {
        "completion": marked("Requests for completion"),
        "hearing": marked("Hearings"),
        "decision": marked("Decisions"),
        "message": marked("Messages"),
        "deadline": marked("Deadlines that are near"),
        "signature": marked("Signatures and drafts within the company"),
        "file": marked("Files that cannot be used"),
        "payment": marked("Payments"),
        "transfer": marked("Transfer of a case to another authority"),
        "progress": marked("Other progress of cases"),
        "address": marked("The e-mail address itself"),
        "task": marked("Tasks that wait for you"),
        "agenda": marked("The morning's list"),
    },
    "mail_cause": {
        "no_mailbox": marked(
            "The receiving server knows no such address. The person has to correct it in the settings."
        ),
        "mailbox_full": marked("The person's mailbox is full."),
        "not_wanted": marked("The receiving server does not take mail from us. Ask its keeper why."),
        "refused": marked("The receiving server refused the message for good."),
        "busy": marked("The receiving server did not take it at the time."),
        "our_sign_in": marked("Our own mail server does not let us in. Check the user and the password in SMTP_URL."),
        "our_sender": marked("Our own mail server does not take the service's own address. Check MAIL_FROM."),
        "certificate": marked(
            "The connection to our own mail server could not be secured. Check its certificate; nothing was sent."
        ),
        "server_away": marked(
            "Our own mail server does not answer. Check that it is up and that SMTP_URL leads to it."
        ),
        "not_tried": marked("Nothing: its turn has not come yet."),
        "unknown": marked("Something else; the word beside says what the mail server told."),
    },
    "mail_when": {
        "at_once": marked("at once"),
        "daily": marked("once a day, in one letter"),
        "never": marked("never"),
    },
    "mail_state": {
        "waiting": marked("waits to be sent"),
        "sent": marked("sent"),
        "failed": marked("not delivered"),
        "dropped": marked("not sent: the recipient had left"),
    },
}

EVENTS: dict[str, str] = {
    "applications.completion_requested": marked("Completion requested"),
    "applications.completion_answered": marked("Completion received"),
    "applications.hearing_requested": marked("Hearing began"),
    "applications.hearing_answered": marked("Comments received"),
    "applications.request_expired": marked("Time to answer ran out"),
    "applications.opinion_requested": marked("Opinion requested"),
    "applications.opinion_recorded": marked("Opinion recorded"),
    "applications.more_time_asked": marked("More time asked for"),
    "applications.due_day_moved": marked("More time decided on"),
    "applications.message_written": marked("Message"),
    "applications.note_written": marked("Note among officials"),
    "applications.deadline_neared": marked("Reminded of a deadline"),
    "applications.standing_told": marked("The standing of the case told within the service"),
    "payments.claim_standing_told": marked("The standing of the claim told within the service"),
    "applications.signature_asked": marked("A colleague's signature asked for"),
    "applications.signature_given": marked("A colleague signed"),
    "applications.signature_declined": marked("A colleague returned the draft unsigned"),
    "applications.signature_withdrawn": marked("The request for a signature ended"),
    "applications.draft_reassigned": marked("Another person answers for the draft"),
    "customers.mail_failed": marked("E-mail could not be delivered"),
}
