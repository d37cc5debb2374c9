"""What a reckoning is made of, gathered in the transaction that makes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.applications.domain.aid_register import OwnershipLink, RegisteredAid, members_of
from services.applications.domain.applications import Application, Case
from services.applications.domain.filed_reckonings import PROPOSAL
from services.applications.domain.plans import Cost
from services.applications.domain.reading import read
from services.applications.domain.reckoning import Inputs, Reckoned, terms_of
from services.applications.domain.selection import DE_MINIMIS
from services.applications.domain.typed_assessment import prefilled
from services.applications.ports import Work
from shared.dates import helsinki_day


def inputs_of(work: Work, case: Case, outcome: str, accepted: tuple[Cost, ...], overrides: Mapping[str, str]) -> Inputs:
    """By the rules of today, with the group and its aid as they stand in this transaction."""
    application, plan = case.application, read(case.application.answers).plan
    links, registered = group_of(work, case)
    return Inputs(
        number=application.number,
        business_id=application.business_id,
        on=helsinki_day(work.now),
        outcome=outcome,
        terms=terms_of(case.call),
        accepted=accepted,
        sought=application.aid_sought,
        public_financing=plan.public_financing,
        filed_on=helsinki_day(application.submitted_at or application.changed_at),
        municipality=plan.municipality,
        assessment=typed_assessment(work, application),
        links=links,
        registered=registered,
        overrides=overrides,
        answer=work.undertakings.register_facts(application.business_id),
    )


def typed_assessment(work: Work, application: Application) -> Mapping[str, Any]:
    """What the handler has saved; before that, what the application itself tells. An opinion that came on request
    stands in it, unless the handler has typed one."""
    saved = work.assessments.get(application.number)
    typed = saved.answers if saved else prefilled(application.answers)
    return typed if typed.get("opinion_result") else {**typed, **_opinion(work, application.number)}


def _opinion(work: Work, number: str) -> dict[str, str]:
    """The newest opinion on the case, as it would be typed."""
    given = [one.opinion for one in work.requests.of_case(number) if one.opinion]
    if not given:
        return {}
    newest = max(given, key=lambda one: (one.given_on, one.recorded_at))
    return {
        "opinion_on": newest.given_on.isoformat(),
        "opinion_result": "none_given" if newest.stance == "none" else newest.stance,
        "opinion_ground": f"{newest.given_by}: {newest.text}"[:2000],
    }


def overrides_of(work: Work, number: str) -> Mapping[str, str]:
    """The reasons that the newest proposal was made with; one older than reckonings had none."""
    made = next((one for one in work.reckonings.of_case(number) if one.kind == PROPOSAL), None)
    return dict(made.inputs["overrides"]) if made else {}


def group_of(work: Work, case: Case) -> tuple[tuple[OwnershipLink, ...], tuple[RegisteredAid, ...]]:
    """The links around the applicant, and the de minimis awards in force to the single undertaking."""
    if case.call.selection.aid_basis != DE_MINIMIS:
        return (), ()
    business_id = case.application.business_id
    links = work.undertakings.links_around(business_id)
    members = members_of(business_id, links, helsinki_day(work.now))
    own = case.application.number
    return links, tuple(row for row in work.aid_register.of(members, DE_MINIMIS) if row.number != own)


def lock_group(work: Work, case: Case) -> None:
    """Lock every member of the applicant's single undertaking. The case is locked; no envelope is yet.

    Whoever waited may find the group grown: then the newcomers are locked too.
    """
    if case.call.selection.aid_basis != DE_MINIMIS:
        return
    business_id, today = case.application.business_id, helsinki_day(work.now)
    locked: frozenset[str] = frozenset()
    while True:
        members = frozenset(members_of(business_id, work.undertakings.links_around(business_id), today))
        if members <= locked:
            return
        work.undertakings.lock(members | locked)
        locked |= members


def reckoned_facts(reckoned: Reckoned, aid_basis: str, digest: str) -> dict[str, Any]:
    """What the decision's fact tells of the rules it rests on: codes, versions, the seal, and the scores with their
    grounds, which the party is owed (HL 434/2003 45 §)."""
    points = reckoned.points
    scored = bool(points.rows) and not points.unscored
    return {
        "aid_basis": aid_basis,
        "gates": [{"code": gate.code, "status": gate.status.value} for gate in reckoned.gates],
        "rules": [{"rule": rule, "version": version} for rule, version in reckoned.rules],
        "total_points": points.total if scored else None,
        "least_points": points.least if scored else None,
        "scores": [row.to_json() for row in points.rows] if scored else [],
        "reckoning_digest": digest,
        "size_class": reckoned.size_class,
        "area": reckoned.area,
    }
