"""What still stands between a draft and its submission, field by field.

`faults_in` is the whole answer; the rules are in the order of the form, each named after what it objects to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from services.applications.domain.aid import Aid, aid_for
from services.applications.domain.attachments import Attachment
from services.applications.domain.call_forms import form_of, needed
from services.applications.domain.calls import Call
from services.applications.domain.forms import Form, counted, hidden_keys
from services.applications.domain.own_answers import wrong_own_answers
from services.applications.domain.plans import Plan
from services.applications.domain.reading import read
from services.applications.domain.rulesets import Ruleset
from services.applications.domain.typed_answers import Answers, is_blank
from shared.errors import Fault
from shared.money import ZERO, Money
from shared.reference import regions


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums of the plan. `missing_financing` is what nobody has promised yet of `eligible`."""

    costs: Money
    flat_costs: Money
    eligible: Money
    aid: Aid
    other_financing: Money

    @property
    def missing_financing(self) -> Money:
        return max(self.eligible - self.aid.amount - self.other_financing, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """A draft looked through: the plan that could be read, its sums, and what would stop it from being filed.

    `hidden` are the questions not asked with these answers, `required_kinds` the attachments needed with them.
    """

    plan: Plan
    totals: Totals
    faults: tuple[Fault, ...]
    hidden: frozenset[str] = frozenset()
    required_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    answers: Answers
    plan: Plan
    totals: Totals
    attachments: Sequence[Attachment]
    call: Call
    form: Form
    needed: tuple[str, ...]
    infected: frozenset[str] = frozenset()

    def rows(self, key: str) -> Iterator[tuple[int, str]]:
        """(place in the plan, path in the form): blank rows of the form are not in the plan."""
        filled = (at for at, row in enumerate(self.answers.get(key, ())) if not is_blank(row))
        return ((place, f"{key}.{at}") for place, at in enumerate(filled))


def look_through(
    answers: Answers,
    attachments: Sequence[Attachment],
    call: Call,
    ruleset: Ruleset,
    infected: frozenset[str] = frozenset(),
) -> Assessment:
    """Read the answers, add them up and name what is wrong. Never fails, whatever was typed.

    Answers to questions that are not asked neither count nor fail. `infected` are ids of documents with a virus. One
    that is still being checked hinders nobody: the deadline must not depend on how busy a scanner is.
    """
    form = form_of(call)
    known = counted(form, answers)
    reading = read(known)
    plan = reading.plan
    totals = totals_of(plan, call, ruleset)
    kinds = tuple(rule.kind for rule in needed(call.attachments, form, known))
    draft = _Draft(
        answers=known,
        plan=plan,
        totals=totals,
        attachments=attachments,
        call=call,
        form=form,
        needed=kinds,
        infected=infected,
    )
    faults = (*reading.faults, *(fault for rule in RULES for fault in rule(draft)))
    return Assessment(
        plan=plan,
        totals=totals,
        faults=_one_each(faults),
        hidden=hidden_keys(form, answers),
        required_kinds=kinds,
    )


def totals_of(plan: Plan, call: Call, ruleset: Ruleset) -> Totals:
    aid = aid_for(plan.costs, call, ruleset, public_financing=plan.public_financing)
    return Totals(
        costs=aid.costs.direct,
        flat_costs=aid.costs.flat,
        eligible=aid.costs.total,
        aid=aid,
        other_financing=plan.other_financing,
    )


def region_is_not_in_the_call(draft: _Draft) -> Iterator[Fault]:
    region = draft.plan.region
    if region and region not in regions.BY_CODE:
        yield Fault("region", "unknown_region")
    elif region and region not in draft.call.regions:
        yield Fault("region", "region_not_in_call", {"regions": ", ".join(draft.call.regions)})


def project_ends_before_it_starts(draft: _Draft) -> Iterator[Fault]:
    starts, ends = draft.plan.starts_on, draft.plan.ends_on
    if starts and ends and ends < starts:
        yield Fault("ends_on", "end_before_start", {"starts_on": starts.isoformat()})


def project_runs_outside_the_period_of_the_call(draft: _Draft) -> Iterator[Fault]:
    period = draft.call.period
    for path, day in (("starts_on", draft.plan.starts_on), ("ends_on", draft.plan.ends_on)):
        if day and day not in period:
            facts = {"first": period.first.isoformat(), "last": period.last.isoformat()}
            yield Fault(path, "outside_call_period", facts)


def no_costs(draft: _Draft) -> Iterator[Fault]:
    if not draft.plan.costs:
        yield Fault("costs", "required")


def category_is_not_aided_in_the_call(draft: _Draft) -> Iterator[Fault]:
    for place, path in draft.rows("costs"):
        category = draft.plan.costs[place].category
        if category and category not in draft.call.categories:
            yield Fault(f"{path}.category", "category_not_in_call", {"categories": ", ".join(draft.call.categories)})


def year_is_outside_the_project(draft: _Draft) -> Iterator[Fault]:
    starts, ends = draft.plan.starts_on, draft.plan.ends_on
    if not starts or not ends or ends < starts:
        return
    facts = {"first": str(starts.year), "last": str(ends.year)}
    for key, planned in (("costs", draft.plan.costs), ("financing", draft.plan.financing)):
        for place, path in draft.rows(key):
            year = planned[place].year
            if year and not starts.year <= year <= ends.year:
                yield Fault(f"{path}.year", "year_outside_project", facts)


def aid_is_too_small_to_grant(draft: _Draft) -> Iterator[Fault]:
    aid, least = draft.totals.aid.amount, draft.call.aid_least
    if draft.plan.costs and aid < least:
        yield Fault("costs", "aid_below_least", {"aid": str(aid), "least": str(least)})


def somebody_still_has_to_pay(draft: _Draft) -> Iterator[Fault]:
    missing = draft.totals.missing_financing
    if missing:
        facts = {"missing": str(missing), "eligible": str(draft.totals.eligible), "aid": str(draft.totals.aid.amount)}
        yield Fault("financing", "financing_missing", facts)


def indicator_is_unknown_or_twice(draft: _Draft) -> Iterator[Fault]:
    asked = {indicator.code for indicator in draft.call.indicators}
    seen: set[str] = set()
    for place, path in draft.rows("indicators"):
        code = draft.plan.indicators[place].code
        if code not in asked:
            yield Fault(f"{path}.code", "unknown_indicator" if code else "required")
        elif code in seen:
            yield Fault(f"{path}.code", "twice")
        seen.add(code)


def indicator_has_no_target(draft: _Draft) -> Iterator[Fault]:
    given = {target.code for target in draft.plan.indicators}
    for indicator in draft.call.indicators:
        if indicator.code not in given:
            yield Fault("indicators", "indicator_missing", {"code": indicator.code})


def own_question_is_open(draft: _Draft) -> Iterator[Fault]:
    yield from wrong_own_answers(draft.form, draft.answers)


def attachment_is_missing(draft: _Draft) -> Iterator[Fault]:
    attached = {attachment.kind for attachment in draft.attachments}
    for kind in draft.needed:
        if kind not in attached:
            yield Fault("attachments", "attachment_missing", {"kind": kind})


def attachment_has_a_virus(draft: _Draft) -> Iterator[Fault]:
    for attachment in draft.attachments:
        if attachment.document_id in draft.infected:
            yield Fault("attachments", "attachment_infected", {"file_name": attachment.file_name})


RULES: tuple[Callable[[_Draft], Iterator[Fault]], ...] = (
    region_is_not_in_the_call,
    project_ends_before_it_starts,
    project_runs_outside_the_period_of_the_call,
    no_costs,
    category_is_not_aided_in_the_call,
    year_is_outside_the_project,
    aid_is_too_small_to_grant,
    somebody_still_has_to_pay,
    indicator_is_unknown_or_twice,
    indicator_has_no_target,
    own_question_is_open,
    attachment_is_missing,
    attachment_has_a_virus,
)


def _one_each(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """One fault a field is enough to mend at a time; what concerns a whole table may have many."""
    kept: dict[tuple[str, ...], Fault] = {}
    for fault in faults:
        key = (fault.path,) if "." in fault.path else (fault.path, fault.rule, *fault.facts.values())
        kept.setdefault(key, fault)
    return tuple(kept.values())
