"""Codes of forms, versions and paper filing in words."""

from services.gateway.sentences.marks import marked

WORDS = {
    "channel": {"paper": marked("on paper"), "email": marked("by e-mail")},
    "version_deed": {
        "draft": marked("draft"),
        "copied": marked("copied from an earlier application"),
        "filed": marked("submitted"),
        "completed": marked("completed"),
    },
    "change": {
        "changed": marked("changed"),
        "row_added": marked("added"),
        "row_removed": marked("removed"),
    },
    "left_out": {
        "not_asked": marked("the new call does not ask it"),
        "not_an_option": marked("no longer among the choices"),
        "not_in_call": marked("not possible in the new call"),
        "attachment": marked("attachments are not copied"),
    },
}
