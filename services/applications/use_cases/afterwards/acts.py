"""A handler proposes an act after the decision, and another person decides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from services.applications.decided_screens import Screen, decided_screen
from services.applications.domain import later_acts
from services.applications.domain.acts import Act, ActKind, ActState, digest_of
from services.applications.domain.amendments import AmendmentState
from services.applications.domain.appeals import FUNDING_DECISION, REVIEW_DECISION, Appeal, appeal_against
from services.applications.domain.decided_cases import DecidedCase
from services.applications.domain.errors import NoSuchProposal, PreparedByYou
from services.applications.domain.later_acts import Decided
from services.applications.domain.plans import Cost, Target
from services.applications.domain.proposals import APPROVE
from services.applications.domain.reached import Reached
from services.applications.domain.reckoning import reckon
from services.applications.domain.review_decisions import must_be_of_others
from services.applications.domain.reviews import ReviewState
from services.applications.domain.rulesets import ruleset_on
from services.applications.domain.term_changes import AidOnCosts, Setting
from services.applications.domain.wanted import TermsWish, Wanted
from services.applications.ports import Work
from services.applications.use_cases.afterwards.binding import bind_and_release
from services.applications.use_cases.afterwards.facts import act_fact, event_of
from services.applications.use_cases.afterwards.reaching import to_change
from services.applications.use_cases.afterwards.registered_aid import follow, hold_to_ceiling
from services.applications.use_cases.afterwards.turning import turned
from services.applications.use_cases.correspondence.hearing import hearing_so_far
from services.applications.use_cases.decisions import must_have_read
from services.applications.use_cases.reckonings import inputs_of
from shared.contracts import applications as contract
from shared.dates import helsinki_day
from shared.errors import Fault, InvalidFields
from shared.reference.authorities import authority

SEND_BACK = "return"


def propose_act(
    work: Work,
    number: str,
    version: int,
    kind: str,
    changes: Mapping[str, Any] | None = None,
    unheard: Mapping[str, str] | None = None,
    **wanted: Any,
) -> Screen:
    """Propose a correction, a decision on an amendment or a review, a tranche, a closure or another later act.

    Raises ActWaits, NoProject and the refusals of the kind; InvalidFields with everything wrong at once.
    """
    reached = to_change(work, number, version)
    act = later_acts.propose(
        reached.decided,
        Wanted(
            kind=ActKind(kind),
            changes=None if changes is None else TermsWish(**terms_wished(changes)),
            by=work.asker.person,
            at=work.now,
            hearing=hearing_so_far(work, number, unheard, since=reached.decided.last_decided_at),
            **wanted,
        ),
        setting_of(work, reached),
    )
    decided = reached.decided.done(work.asker.person, work.now, acts=reached.decided.with_act(act))
    work.decided_cases.put(decided)
    work.announce(
        contract.ACT_PROPOSED,
        number,
        **_of_case(decided),
        act=act.ordinal,
        kind=act.kind.value,
        aid=act.terms.aid,
        proposed_by=act.proposed_by,
        hearing=act.hearing,
    )
    return decided_screen(work, replace(reached, decided=decided))


def decide_act(work: Work, number: str, version: int, act: int, verdict: str, note: str = "") -> Screen:
    """Sign the proposed act or send it back with a note. More aid binds authority to grant in the same transaction,
    less gives it back.

    Raises NoSuchProposal, PreparedByYou, ReviewedByYou, ReadFirst, ChangedMeanwhile, AuthorityShort, PaymentsUnderWay.
    """
    reached = to_change(work, number, version)
    proposed = reached.decided.act(act)
    if proposed.state is not ActState.PROPOSED:
        raise NoSuchProposal(act=act, state=proposed.state.value)
    if work.asker.person in (proposed.proposed_by, reached.application.handler):
        raise PreparedByYou
    if proposed.kind is ActKind.REVIEW_DECISION and proposed.about:
        reviewed = reached.decided.review(proposed.about).act
        must_be_of_others(reached.decided, reviewed, work.asker.person)
    if verdict == SEND_BACK:
        after = replace(reached, decided=_sent_back(work, reached.decided, proposed, note))
    else:
        after = _signed(work, reached, proposed)
    return decided_screen(work, after)


def _signed(work: Work, reached: Reached, proposed: Act) -> Reached:
    must_have_read(work, reached.decided.number)
    by, at = work.asker.person, work.now
    signed = later_acts.sign(reached.decided, proposed, _appeal(work, reached, proposed), by, at)
    act = replace(signed.act, digest=digest_of(signed.case.number, signed.act))
    case = _with_what_it_answers(replace(signed.case, acts=signed.case.with_act(act)), act)
    hold_to_ceiling(work, reached, act, signed.before)
    case, moved = bind_and_release(work, case, Decided(act=act, case=case, before=signed.before), reached.call)
    follow(work, reached, act, signed.before)
    application = turned(work, reached.application, act)
    work.decided_cases.put(case)
    after = Reached(decided=case, application=application, call=reached.call)
    fact = act_fact(after, act, signed.before, moved)
    work.announce(event_of(act.kind), case.number, **fact)
    return after


def _with_what_it_answers(case: DecidedCase, act: Act) -> DecidedCase:
    """The amendment or the review that the act decided, marked so."""
    if act.kind is ActKind.AMENDMENT and act.about:
        amendment = replace(case.amendment(act.about), state=AmendmentState.DECIDED, decided_by_act=act.ordinal)
        return replace(case, amendments=case.with_amendment(amendment))
    if act.kind is ActKind.REVIEW_DECISION and act.about:
        review = replace(
            case.review(act.about), state=ReviewState.DECIDED, result=act.verdict, decided_by_act=act.ordinal
        )
        return replace(case, reviews=case.with_review(review))
    return case


def _sent_back(work: Work, case: DecidedCase, proposed: Act, note: str) -> DecidedCase:
    if not note.strip():
        raise InvalidFields(faults=[Fault("note", "required")])
    by = work.asker.person
    returned = replace(proposed, state=ActState.RETURNED, return_note=note)
    after = case.done(by, work.now, acts=case.with_act(returned))
    work.decided_cases.put(after)
    work.announce(
        contract.ACT_RETURNED,
        case.number,
        **_of_case(case),
        act=proposed.ordinal,
        kind=proposed.kind.value,
        returned_by=by,
        note=note,
    )
    return after


def _appeal(work: Work, reached: Reached, act: Act) -> Appeal:
    call = reached.call
    decision = REVIEW_DECISION if act.kind is ActKind.REVIEW_DECISION else FUNDING_DECISION
    kind = authority(reached.application.authority).kind
    today = helsinki_day(work.now)
    return appeal_against(reached.application.authority, kind, call.programme_period, today, decision)


def setting_of(work: Work, reached: Reached) -> Setting:
    """The aid by the rules of the day of the award: size, area and rates were frozen then."""
    first = reached.decided.acts[0]
    awarded_on = helsinki_day(first.decided_at or work.now)
    inputs = replace(inputs_of(work, reached.case, APPROVE, (), {}), on=awarded_on)

    def aid_on(costs: tuple[Cost, ...], begins: bool) -> AidOnCosts:
        # A grant that runs already is capped by the call alone: an amendment applies for more.
        sought = inputs.sought if begins else reached.call.aid_most
        found = reckon(replace(inputs, accepted=costs, sought=sought), first_year_only=False)
        return AidOnCosts(amount=found.aid, eligible=found.eligible_costs, steps=found.steps)

    return Setting(
        call=reached.call,
        ruleset_id=ruleset_on(awarded_on, reached.call.programme_period).id,
        today=helsinki_day(work.now),
        aid_on=aid_on,
    )


def terms_wished(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A request's changes as the domain takes them: rows as values, lists as tuples."""
    rows: dict[str, Any] = {"costs": Cost, "indicators": Target}
    wished = dict(asked)
    for name, kind in rows.items():
        given: Sequence[Mapping[str, Any]] | None = wished.get(name)
        if given is not None:
            wished[name] = tuple(kind(**row) for row in given)
    if wished.get("conditions") is not None:
        wished["conditions"] = tuple(wished["conditions"])
    return wished


def _of_case(case: DecidedCase) -> dict[str, Any]:
    return {"number": case.number, "business_id": case.business_id, "authority": case.authority}
