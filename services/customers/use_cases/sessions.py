"""Sessions: begun in one capacity, extended by use, ended."""

from __future__ import annotations

import secrets
from typing import Any

from services.customers.demo import DEMO_ISSUER
from services.customers.domain.errors import DemoIsOff
from services.customers.domain.sessions import Session, SessionLimits, begun
from services.customers.ports import Work
from services.customers.use_cases.people import person
from shared.errors import NotFound


def begin_session(work: Work, limits: SessionLimits, *, demo: bool, person_id: str, capacity_id: str) -> dict[str, Any]:
    """Raises NotYourCapacity for a capacity the person doesn't hold today, DemoIsOff for an invented person."""
    known = person(work, person_id)
    if known.issuer == DEMO_ISSUER and not demo:
        raise DemoIsOff()
    session = begun(secrets.token_urlsafe(32), known, capacity_id, work.now, limits)
    work.sessions.add(session)
    return _described(work, session)


def get_session(work: Work, limits: SessionLimits, *, session_id: str) -> dict[str, Any]:
    """The session as it is now, its idle hour begun anew. Raises NotFound or SessionOver."""
    session = work.sessions.get(session_id)
    if session is None:
        raise NotFound(what="session")
    answer = _described(work, session)
    extended = session.extended(work.now, limits)
    if extended is not session:
        work.sessions.extend(extended)
        answer["expires_at"] = extended.expires_at
    return answer


def end_session(work: Work, *, session_id: str) -> dict[str, str]:
    """Signing out twice, or of a session nobody knows, is signing out."""
    work.sessions.end(session_id, work.now)
    return {"session_id": session_id}


def _described(work: Work, session: Session) -> dict[str, Any]:
    return {
        "session_id": session.session_id,
        "person_id": session.person.person_id,
        "name": session.person.name,
        "language": session.person.language,
        "capacity": session.capacity(work.now),
        "capacities": session.person.capacities_at(work.now),
        "began_at": session.began_at,
        "expires_at": session.expires_at,
    }
