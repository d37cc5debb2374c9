"""Companies: register data, people, invitations, API keys, ownership."""

from __future__ import annotations

from services.gateway.api.desk import Desk
from shared.contracts.customers import (
    ASK_RELEASE,
    CHANGE_PERSONS_ROLE,
    CREATE_API_KEY,
    END_PERSON,
    FETCH_REGISTER_DATA,
    GET_COMPANY_PREFERENCES,
    GET_REGISTER_ANSWER,
    GET_REGISTER_DATA,
    INVITE_PERSON,
    LIST_API_KEYS,
    LIST_COMPANY_ACTS,
    LIST_COMPANY_PEOPLE,
    LIST_DISAGREEMENTS,
    LIST_MANDATE_CHECKS,
    LIST_OWNERSHIP,
    RECORD_OWNERSHIP,
    REPORT_DISAGREEMENT,
    REVOKE_API_KEY,
    SEARCH_BUSINESS_REGISTER,
    SET_COMPANY_PREFERENCES,
    SETTLE_DISAGREEMENT,
    SETTLE_RELEASE,
    WITHDRAW_INVITATION,
)

desk = Desk("companies", "Register data of companies, who acts for them, and with which keys")

COMPANY = "/undertakings/<business_id>"

desk.shows(f"{COMPANY}/register-data", GET_REGISTER_DATA, "What the business register says of a company")
desk.shows(f"{COMPANY}/register-answers/<digest>", GET_REGISTER_ANSWER, "An answer of the register as it came")
desk.does("POST", f"{COMPANY}/register-data", FETCH_REGISTER_DATA, "Ask the business register anew")
desk.shows("/business-register", SEARCH_BUSINESS_REGISTER, "Search the business register by name")
desk.lists("/disagreements", LIST_DISAGREEMENTS, "What companies say is wrong in their register data")
desk.does("POST", f"{COMPANY}/disagreements", REPORT_DISAGREEMENT, "Say that register data is wrong")
desk.does(
    "POST", "/disagreements/<disagreement_id>/settlement", SETTLE_DISAGREEMENT, "Settle a disagreement with a reason"
)
desk.lists(f"{COMPANY}/mandate-checks", LIST_MANDATE_CHECKS, "What the mandate register has said for a company")
desk.shows(f"{COMPANY}/people", LIST_COMPANY_PEOPLE, "Who acts for a company, and open invitations")
desk.lists(f"{COMPANY}/acts", LIST_COMPANY_ACTS, "Who has done what for a company")
desk.does("POST", "/company/invitations", INVITE_PERSON, "Invite a person to act for one's own company")
desk.does("DELETE", "/company/invitations/<invitation_id>", WITHDRAW_INVITATION, "Withdraw an invitation")
desk.does("PUT", "/company/people/<person_id>/role", CHANGE_PERSONS_ROLE, "Change what a person may do")
desk.does("POST", "/company/people/<person_id>/end", END_PERSON, "A person acts for the company no more")
desk.shows(f"{COMPANY}/preferences", GET_COMPANY_PREFERENCES, "What a company has chosen")
desk.does("PUT", "/company/preferences", SET_COMPANY_PREFERENCES, "Choose for one's own company")
desk.does("POST", "/company/releases", ASK_RELEASE, "Ask that one signature be enough again")
desk.does("POST", "/company/releases/<release_id>/settlement", SETTLE_RELEASE, "Another signatory's yes or no to that")
desk.shows(f"{COMPANY}/api-keys", LIST_API_KEYS, "A company's API keys, without their secrets")
desk.does("POST", "/company/api-keys", CREATE_API_KEY, "Make an API key; its token is told this once")
desk.does("POST", "/api-keys/<key_id>/revocation", REVOKE_API_KEY, "Revoke an API key")
desk.shows(f"{COMPANY}/ownership", LIST_OWNERSHIP, "Which undertakings a company has to do with")
desk.does("POST", "/ownership", RECORD_OWNERSHIP, "Record ownership between two undertakings")
