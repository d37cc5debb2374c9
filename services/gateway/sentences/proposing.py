"""Sentences of proposing: hearing before a decision against the party, and who may decide a review."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "request_waits": marked(
        "The party has already been asked something, and its answer is waited for until %(due_on)s."
    ),
    "read_first": marked("The applicant has written, and nobody has read it (%(unread)s). Read it before you sign."),
    "reviewed_by_you": marked(
        "You proposed or decided act %(act)s, so its review is proposed and decided by others (HL 28 §)."
    ),
}

RULES: dict[str, str] = {
    "same_authority": marked("The case is at this authority already. Choose another."),
    "must_be_heard": marked("Hear the party first, or choose the ground of the law on which it is not heard."),
    "only_when_rejected": marked("A claim is unfounded only when nothing of it is accepted."),
}

WORDS: dict[str, dict[str, str]] = {
    "unheard_ground": {
        "unfounded": marked("The claim is rejected at once as unfounded"),
        "qualities": marked("The benefit is granted by the applicant's qualities"),
        "purpose_at_risk": marked("A hearing could endanger the purpose of the decision"),
        "unnecessary": marked("A hearing is obviously unnecessary"),
    },
    "unheard_hint": {
        "unfounded": marked("HL 34 § 2 mom. 1 k. Only when nothing is granted."),
        "qualities": marked("HL 34 § 2 mom. 3 k."),
        "purpose_at_risk": marked("HL 34 § 2 mom. 4 k. For example money would go before the answer comes."),
        "unnecessary": marked(
            "HL 34 § 2 mom. 5 k. For example the decision rests only on what the party itself has told."
        ),
    },
}
