"""Asked of the procedure: who decides, by when, and until when review can be sought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from services.applications.calculations.aid import PERIODS
from services.applications.domain.appeals import MUNICIPAL_ROUTES, NoAppealRoute, appeal_against
from services.applications.domain.deadlines import PROCESSING_TIMES, decision_due_on
from services.applications.domain.rulesets import PERIOD_2021
from shared.calculations import Calculation
from shared.calculations.inputs import Inputs, choice, day, words
from shared.dates import HELSINKI
from shared.errors import Fault, InvalidFields
from shared.explained import Step
from shared.reference.authorities import AuthorityKind
from shared.rules import competence
from shared.rules.review_times import review_time
from shared.rules.rule import Rule, titled
from shared.rules.service_of_decision import SERVED_AFTER, Way

APPEAL = Rule(
    name="appeal_deadline",
    version="1",
    since=date(2014, 1, 20),
    until=None,
    source="hallintolaki 434/2003 49 b-c, 59 §; laki 13/2003 19 §; kuntalaki 410/2015 134 §; laki 150/1930 5 §",
    titles=titled("Oikaisuvaatimuksen määräaika", "Tid för begäran om omprövning", "Time to seek review"),
)
DUE = Rule(
    name="decision_due",
    version="1",
    since=date(2014, 1, 1),
    until=None,
    source=PROCESSING_TIMES[0].source,
    titles=titled("Päätöksen luvattu päivä", "Utlovad dag för beslut", "Promised day of decision"),
)


class AppealInputs(Inputs):
    decided_on = day("The day the decision was signed.", "2026-11-20", required=True)
    sent_on = day("The day it was sent; left out when the same.", "2026-11-20", allow_none=True)
    way = choice("How it was sent.", tuple(Way), load_default="electronic")
    authority_kind = choice("Kind of authority.", tuple(AuthorityKind), load_default="state")
    period = choice("Programme period.", PERIODS, load_default=PERIOD_2021)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTime:
    route: str
    days: int
    served_on: date
    last_day: date
    final_from: date
    steps: tuple[Step, ...]


def _appeal(decided_on: date, way: str, authority_kind: str, period: str, sent_on: date | None = None) -> AppealTime:
    try:
        route = appeal_against("", AuthorityKind(authority_kind), period, decided_on)
    except NoAppealRoute as error:
        raise InvalidFields(faults=[Fault("decided_on", "no_rule_on_the_day")]) from error
    sent = sent_on or decided_on
    if sent < decided_on:
        raise InvalidFields(faults=[Fault("sent_on", "end_before_start", {"starts_on": decided_on.isoformat()})])
    shown_on = sent if route.route in MUNICIPAL_ROUTES else None
    told = review_time(Way(way), sent, route.days, shown_on)
    rule = SERVED_AFTER[told.way]
    steps = (
        Step(sign="", what="decision_sent", facts={"day": sent.isoformat()}),
        Step(sign="+", what="served_after", source=rule.source, facts=_days(rule.days, told.served_on)),
        Step(sign="+", what="review_days", source=route.legal_basis, facts=_days(route.days, told.last_day)),
        Step(
            sign="=", what="last_day_for_review", source="laki 150/1930 5 §", facts={"day": told.last_day.isoformat()}
        ),
    )
    return AppealTime(
        route=route.route,
        days=route.days,
        served_on=told.served_on,
        last_day=told.last_day,
        final_from=told.final_from,
        steps=steps,
    )


def _days(days: int, until: date) -> dict[str, str]:
    return {"days": str(days), "day": until.isoformat()}


class DueInputs(Inputs):
    submitted_on = day("The day the application arrived.", "2026-09-01", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    due_on: date
    days: int
    steps: tuple[Step, ...]


def _due(submitted_on: date) -> Due:
    due = decision_due_on(datetime.combine(submitted_on, time(12), HELSINKI))
    days = (due - submitted_on).days
    step = Step(sign="=", what="decision_due", source=DUE.source, facts=_days(days, due))
    return Due(due_on=due, days=days, steps=(step,))


class CompetenceInputs(Inputs):
    on = day("The day of the decision.", required=True)
    region = words("Region (maakunta) of the project, two figures.", "05", required=True)


CALCULATIONS: tuple[Calculation, ...] = (
    Calculation(rule=APPEAL, takes=AppealInputs, works_out=_appeal, day="decided_on"),
    Calculation(rule=DUE, takes=DueInputs, works_out=_due, day="submitted_on"),
    Calculation(rule=competence.RULE, takes=CompetenceInputs, works_out=competence.competent_authority),
)
