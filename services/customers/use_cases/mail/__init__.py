"""Mail: what is told on hearing a fact, what each wants to be told, the letters of the morning, and the sending."""

from services.customers.use_cases.mail.mornings import make_morning
from services.customers.use_cases.mail.sending import give_back, send_again, take_next
from services.customers.use_cases.mail.settings import confirm_contact, get_preferences, set_contact, set_preferences
from services.customers.use_cases.mail.telling import hear

__all__ = [
    "confirm_contact",
    "get_preferences",
    "give_back",
    "hear",
    "make_morning",
    "send_again",
    "set_contact",
    "set_preferences",
    "take_next",
]
