"""What can be done in this room: one function a use case, each reading as an official would say it."""

from services.applications.use_cases.assessment import propose, take_case
from services.applications.use_cases.calls import get_call, publish_call
from services.applications.use_cases.decisions import decide
from services.applications.use_cases.drafts import attach, detach, open_application, save_draft
from services.applications.use_cases.envelopes import grant_authority
from services.applications.use_cases.reading import get_application
from services.applications.use_cases.submission import submit, withdraw

__all__ = [
    "attach",
    "decide",
    "detach",
    "get_application",
    "get_call",
    "grant_authority",
    "open_application",
    "propose",
    "publish_call",
    "save_draft",
    "submit",
    "take_case",
    "withdraw",
]
