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
from shared.money import ZERO


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
    """The register's row as the act leaves it: changed, ended when no aid is left, or begun when there was none."""
    selection = reached.call.selection
    if act.terms.aid == before.aid or not selection.is_state_aid:
        return
    number, today = reached.decided.number, helsinki_day(work.now)
    if act.terms.aid == ZERO:
        work.aid_register.end(number, today)
    elif before.aid == ZERO:
        work.aid_register.add(_award(work, reached, act), work.now)
    else:
        work.aid_register.change(number, act.terms.aid)


def _award(work: Work, reached: Reached, act: Act) -> RegisteredAid:
    """The row of a grant that begins with this act."""
    application, selection = reached.application, reached.call.selection
    return RegisteredAid(
        number=application.number,
        business_id=application.business_id,
        undertaking_name=application.undertaking_name,
        basis=selection.aid_basis,
        regulation=REGULATIONS.get(selection.aid_basis, "651/2014"),
        granted_on=helsinki_day(work.now),
        amount=act.terms.aid,
        authority=application.authority,
        sector=str(typed_assessment(work, application).get("sector") or ""),
    )
