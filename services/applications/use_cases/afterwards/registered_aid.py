"""The aid register follows an act: more de minimis aid has to fit in the ceiling, and less leaves room."""

from __future__ import annotations

from services.applications.domain.acts import Act, Terms
from services.applications.domain.aid_register import RegisteredAid, headroom
from services.applications.domain.assessment_reading import read_assessment
from services.applications.domain.reached import Reached
from services.applications.domain.selection import DE_MINIMIS
from services.applications.ports import Work
from services.applications.use_cases.decisions import REGULATIONS
from services.applications.use_cases.reckonings import group_of, lock_group, typed_assessment
from shared.dates import helsinki_day
from shared.money import ZERO, Money


def hold_to_ceiling(work: Work, reached: Reached, act: Act, before: Terms) -> None:
    """Before any envelope is locked, with the whole single undertaking locked: the grant's new sum counts from today,
    beside everything else that counts. Raises DeMinimisOver."""
    if reached.call.selection.aid_basis != DE_MINIMIS or act.terms.aid <= before.aid:
        return
    lock_group(work, reached.case)
    today = helsinki_day(work.now)
    typed = typed_assessment(work, reached.application)
    assessed = read_assessment(typed, reached.call.selection, today)
    links, registered = group_of(work, reached.case)
    headroom(
        reached.application.business_id,
        today,
        act.terms.aid,
        links=links,
        registered=registered,
        declared=assessed.earlier_aid,
    ).must_fit()


def follow(work: Work, reached: Reached, act: Act, before: Terms) -> None:
    """The register as the act leaves it: what it adds counts from today ((EU) 2023/2831 art. 3(3)), what it takes back
    no more, and the whole award ends when no aid is left."""
    if not reached.call.selection.is_state_aid:
        return
    number, today = reached.decided.number, helsinki_day(work.now)
    if act.terms.aid > before.aid:
        work.aid_register.add(_added(work, reached, act.terms.aid - before.aid), work.now, act.ordinal)
    elif act.terms.aid == ZERO and before.aid:
        work.aid_register.end(number, today)
    elif act.terms.aid < before.aid:
        work.aid_register.take_back(number, before.aid - act.terms.aid, today)


def _added(work: Work, reached: Reached, amount: Money) -> RegisteredAid:
    """A grant that begins with the act, or what the act adds to one."""
    application, selection = reached.application, reached.call.selection
    return RegisteredAid(
        number=application.number,
        business_id=application.business_id,
        undertaking_name=application.undertaking_name,
        basis=selection.aid_basis,
        regulation=REGULATIONS.get(selection.aid_basis, "651/2014"),
        granted_on=helsinki_day(work.now),
        amount=amount,
        authority=application.authority,
        sector=str(typed_assessment(work, application).get("sector") or ""),
    )
