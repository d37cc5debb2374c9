"""What customers does, one function a use case."""

from services.customers.use_cases.contacts import record_contact
from services.customers.use_cases.kept import forget_old, keep_post, take_kept
from services.customers.use_cases.people import demo_people, get_person, give_mandate, give_post, welcome
from services.customers.use_cases.sessions import begin_session, end_session, get_session
from services.customers.use_cases.undertakings import get_undertaking, register_undertaking

__all__ = [
    "begin_session",
    "demo_people",
    "end_session",
    "forget_old",
    "get_person",
    "get_session",
    "get_undertaking",
    "give_mandate",
    "give_post",
    "keep_post",
    "record_contact",
    "register_undertaking",
    "take_kept",
    "welcome",
]
