"""Grants' accounts, claims, payment files and the bank's answers."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from services.gateway import policy, uploads
from services.gateway.api.desk import Answered, Desk, page_with_links
from services.gateway.api.schemas import page_of, rest_of
from services.gateway.errors import NotThisType
from services.gateway.rooms import ask
from services.gateway.settings import Settings
from shared.contracts.payments import (
    DECIDE_PAYMENT,
    GET_BATCH,
    GET_BATCH_FILE,
    GET_CLAIM,
    GET_GRANT,
    IMPORT_BANK_ANSWER,
    LIST_BATCHES,
    LIST_CLAIMS,
    LIST_GRANTS,
    MAKE_BATCH,
    OPEN_CLAIM,
    PROPOSE_PAYMENT,
    SAVE_CLAIM,
    SUBMIT_CLAIM,
    VERIFY_CLAIM,
)

desk = Desk("payments", "Grants' accounts, claims (maksatushakemus), payment files and the bank's answers")

desk.lists("/grants", LIST_GRANTS, "The grants the asker may see")
desk.shows("/grants/<number>", GET_GRANT, "One grant's account: awarded, claimed, approved, paid, left")
desk.does(
    "POST", "/grants/<number>/claims", OPEN_CLAIM, "Start a claim", makes=lambda claim: f"/claims/{claim['claim_id']}"
)
desk.lists("/claims", LIST_CLAIMS, "The claims the asker may see")
desk.shows("/claims/<claim_id>", GET_CLAIM, "One claim, whole")
desk.does("PUT", "/claims/<claim_id>/draft", SAVE_CLAIM, "Save the claim as typed")
desk.does("POST", "/claims/<claim_id>/submission", SUBMIT_CLAIM, "Submit; the answer is the receipt")
desk.does("POST", "/claims/<claim_id>/verification", VERIFY_CLAIM, "A verdict on every cost line (varmentaja)")
desk.does("POST", "/claims/<claim_id>/payment-proposal", PROPOSE_PAYMENT, "Propose a payment (esittelijä)")
desk.does("POST", "/claims/<claim_id>/payment-decision", DECIDE_PAYMENT, "Sign or return it (ratkaisija)")
desk.lists("/batches", LIST_BATCHES, "Payment files")
desk.shows("/batches/<batch_id>", GET_BATCH, "One payment file's payments")
desk.does("POST", "/batches", MAKE_BATCH, "Make a payment file", makes=lambda batch: f"/batches/{batch['batch_id']}")


@desk.route("/grants/<number>/claims")
@desk.arguments(rest_of(LIST_CLAIMS, ("number",)), location="query")
@desk.answering(LIST_CLAIMS, 200, page_of(LIST_CLAIMS.gives))
@policy.asks(LIST_CLAIMS)
def list_claims_of_grant(query: dict[str, Any], number: str) -> Answered:
    """The claims of one grant"""
    return page_with_links(ask(LIST_CLAIMS, number=number, **query), query)


@desk.route("/batches/<batch_id>/file")
@desk.response(200, {"type": "string"}, content_type="application/xml")
@desk.doc(operationId=GET_BATCH_FILE.address)
@policy.asks(GET_BATCH_FILE)
def get_batch_file(batch_id: str) -> Response:
    """The ISO 20022 pain.001 file, byte for byte what its digest covers"""
    file = ask(GET_BATCH_FILE, batch_id=batch_id)
    response = Response(file["xml"].encode(), mimetype="application/xml")
    response.headers.set("Content-Disposition", "attachment", filename=file["file_name"])
    response.headers["Repr-Digest"] = uploads.digest_header(file["sha256"])
    return response


@desk.route("/bank-answers", methods=["POST"])
@desk.doc(requestBody={"required": True, "content": {"application/xml": {"schema": {"type": "string"}}}})
@desk.answering(IMPORT_BANK_ANSWER, 200, IMPORT_BANK_ANSWER.gives)
@policy.asks(IMPORT_BANK_ANSWER)
def import_bank_answer() -> dict[str, Any]:
    """Bring a bank's answer (pain.002 or camt.054) as the file itself

    The same answer again changes nothing and says so.
    """
    if request.mimetype not in ("application/xml", "text/xml"):
        raise NotThisType(media_type=request.mimetype or "none")
    settings: Settings = current_app.extensions["settings"]
    request.max_content_length = settings.bank_answer_most
    return ask(IMPORT_BANK_ANSWER, xml=uploads.as_text(request.get_data(cache=False)))
