"""The gates that the call itself sets: eligibility, scores, checklist, and the opinion that it asks."""

from __future__ import annotations

from services.applications.domain.assessed import Assessed
from services.applications.domain.findings import Gate, at_discretion, failed, not_applied, passed, to_be_found_out
from services.applications.domain.scoring import Points
from services.applications.domain.selection import Selection

# What a project's own rules say of choosing it.
SELECTION_SOURCE = "(EU) 2021/1060 art. 73(2)"
OPINION_SOURCE = "laki 756/2021"


def eligibility(selection: Selection, assessed: Assessed) -> Gate:
    """Every question of general eligibility is answered yes, with its ground."""
    asked = [question.code for question in selection.eligibility]
    if not asked:
        return not_applied("eligibility")
    no = [code for code in asked if code in assessed.eligibility and not assessed.eligibility[code].answer]
    if no:
        return failed("eligibility", "not_eligible", SELECTION_SOURCE, questions=", ".join(no))
    missing = [code for code in asked if code not in assessed.eligibility]
    if missing:
        return to_be_found_out("eligibility", "questions_unanswered", SELECTION_SOURCE, questions=", ".join(missing))
    return passed("eligibility", "eligible", SELECTION_SOURCE, count=str(len(asked)))


def criteria(selection: Selection, points: Points) -> Gate:
    """Every criterion is scored, none below its own minimum, and the weighted total reaches the call's."""
    if not selection.criteria:
        return not_applied("criteria")
    told = {"total": str(points.total), "least": str(points.least), "most": str(points.most)}
    if points.fallen:
        return failed("criteria", "criterion_below_least", SELECTION_SOURCE, **told, criteria=", ".join(points.fallen))
    if points.unscored:
        return to_be_found_out("criteria", "criteria_unscored", SELECTION_SOURCE, criteria=", ".join(points.unscored))
    if points.total < points.least:
        return failed("criteria", "points_below_least", SELECTION_SOURCE, **told)
    return passed("criteria", "points_reach_least", SELECTION_SOURCE, **told)


def checklist(selection: Selection, assessed: Assessed) -> Gate:
    asked = [item.code for item in selection.checklist]
    if not asked:
        return not_applied("checklist")
    missing = [code for code in asked if code not in assessed.done]
    if missing:
        return to_be_found_out("checklist", "checklist_undone", items=", ".join(missing))
    return passed("checklist", "checklist_done", count=str(len(asked)))


def opinion(selection: Selection, assessed: Assessed) -> Gate:
    """The regional cooperation group has been asked. Its opinion does not bind, but going against it is explained."""
    if not selection.opinion_asked:
        return not_applied("opinion")
    given = assessed.opinion
    if given is None:
        return to_be_found_out("opinion", "opinion_not_given", OPINION_SOURCE)
    if given.result == "against":
        return at_discretion(failed("opinion", "opinion_against", OPINION_SOURCE, day=given.on.isoformat()))
    return passed("opinion", "opinion_heard", OPINION_SOURCE, day=given.on.isoformat(), result=given.result)
