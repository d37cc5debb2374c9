"""What can be done in this room: one function a use case, each reading as an official would say it."""

from services.applications.use_cases.assessing import get_assessment, list_reckonings, save_assessment
from services.applications.use_cases.assessment import propose, take_case
from services.applications.use_cases.bulk import assign_cases, note_export, remind_parties
from services.applications.use_cases.calls import get_call, publish_call
from services.applications.use_cases.copying import clone_application
from services.applications.use_cases.counting import count_draft
from services.applications.use_cases.decisions import decide
from services.applications.use_cases.drafts import attach, detach, open_application, save_draft
from services.applications.use_cases.envelopes import grant_authority
from services.applications.use_cases.handling import (
    assign_case,
    end_substitute,
    know_official,
    release_case,
    set_substitute,
)
from services.applications.use_cases.interests import declare_interest, get_gate, resolve_interest
from services.applications.use_cases.papers import enter_paper, file_paper, list_papers
from services.applications.use_cases.reading import get_application
from services.applications.use_cases.replays import replay_decision
from services.applications.use_cases.scans import know_infected
from services.applications.use_cases.signing import (
    ask_for_signature,
    demand_second_signature,
    get_drafting,
    hand_over_drafts,
    know_company,
    return_unsigned,
    take_back_request,
    take_over_draft,
)
from services.applications.use_cases.submission import submit, withdraw
from services.applications.use_cases.transferring import transfer_case
from services.applications.use_cases.undertakings import get_aid_room, know_ownership, know_register
from services.applications.use_cases.versions import compare_versions, list_versions
from services.applications.use_cases.views import delete_view, save_view

__all__ = [
    "ask_for_signature",
    "assign_case",
    "assign_cases",
    "attach",
    "clone_application",
    "compare_versions",
    "count_draft",
    "decide",
    "declare_interest",
    "delete_view",
    "demand_second_signature",
    "detach",
    "end_substitute",
    "enter_paper",
    "file_paper",
    "get_aid_room",
    "get_application",
    "get_assessment",
    "get_call",
    "get_drafting",
    "get_gate",
    "grant_authority",
    "hand_over_drafts",
    "know_company",
    "know_infected",
    "know_official",
    "know_ownership",
    "know_register",
    "list_papers",
    "list_reckonings",
    "list_versions",
    "note_export",
    "open_application",
    "propose",
    "publish_call",
    "release_case",
    "remind_parties",
    "replay_decision",
    "resolve_interest",
    "return_unsigned",
    "save_assessment",
    "save_draft",
    "save_view",
    "set_substitute",
    "submit",
    "take_back_request",
    "take_case",
    "take_over_draft",
    "transfer_case",
    "withdraw",
]
