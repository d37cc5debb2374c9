"""A sentence for every code that a room or the gateway says no with; `%(fact)s` comes from the refusal's facts."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "without_sentence": marked("This cannot be done (%(code)s)."),
    "invalid_fields": marked("Some answers need correcting."),
    "not_for_you": marked("This belongs to another authority or another role."),
    "not_found": marked("There is no such thing, or it belongs to someone else."),
    "changed_meanwhile": marked("%(by)s saved a newer version on %(at)s."),
    "key_used_for_another": marked("The same form was already sent with other contents. Open the page again."),
    "sign_in_needed": marked("Sign in to continue."),
    "role_may_not": marked("In the role %(role)s this cannot be done. It can be done as: %(allowed)s."),
    "demo_only": marked("Signing in without an identity provider is for the demonstration only."),
    "demo_is_off": marked("The people of the demonstration can be used only in the demonstration."),
    "not_your_capacity": marked("You do not have this role any more. Choose another."),
    "may_not_sign": marked("Your mandate lets you prepare. Somebody with the mandate to sign must send."),
    "may_not_prepare": marked("You may read for the company. Somebody with the right to prepare must do this."),
    "sign_in_failed": marked("The identification did not succeed. Try again."),
    "csrf": marked("The page had been open so long that it can no longer be sent. Open it again."),
    "idempotency_key_missing": marked("The Idempotency-Key header is missing."),
    "idempotency_key_malformed": marked("The Idempotency-Key must be 1–200 visible characters."),
    "version_missing": marked("Say which version you are changing (If-Match, or version in the body)."),
    "version_unclear": marked("The version in If-Match cannot be read or differs from the body."),
    "not_json": marked("The body could not be read as JSON."),
    "not_json_type": marked("The media type %(media_type)s is not read here."),
    "not_an_object": marked("The body must be a JSON object."),
    "too_deep": marked("The data has too many levels inside each other."),
    "strange_address": marked("The address has characters that cannot be used in it."),
    "not_xml_text": marked("The file is not UTF-8 text."),
    "not_multipart": marked("Send the file as a form with a file part."),
    "upload_incomplete": marked("The file did not arrive whole. Send it again."),
    "file_too_large": marked("The file is larger than %(most)s MB."),
    "not_such_subject": marked("A document belongs to an application or a claim."),
    "service_away": marked("The service did not answer in time. Nothing you typed is lost: try again in a moment."),
    "fault": marked("Something failed in the service. What was saved before is safe. Reference %(reference)s."),
    "status_400": marked("The request could not be understood."),
    "status_401": marked("Sign in to continue."),
    "status_403": marked("You do not have the right to this."),
    "status_404": marked("There is nothing at this address."),
    "status_405": marked("This address does not answer to that kind of request."),
    "status_406": marked("The answer is not available in that form."),
    "status_409": marked("Somebody or something came first."),
    "status_410": marked("The time for this has passed."),
    "status_413": marked("What was sent is too large."),
    "status_415": marked("This kind of content is not read here."),
    "status_422": marked("What was sent breaks a rule."),
    "status_428": marked("Say which version you are changing."),
    "status_429": marked("There have been many requests in a short time. Wait a minute."),
    "status_500": marked("Something failed in the service."),
    "status_503": marked("The service does not answer right now."),
    "status_504": marked("The service did not answer in time."),
    "call_not_open": marked("The call opens on %(opens_at)s."),
    "call_closed": marked("The call closed on %(closed_at)s. What you had saved is kept."),
    "call_in_use": marked("Applications have been started in the call %(call_id)s, so its terms cannot be changed."),
    "no_ruleset_in_force": marked("No aid rules for the period %(period)s are in force on %(day)s."),
    "already_submitted": marked("%(by)s submitted the application %(number)s on %(at)s. It can no longer be changed."),
    "declare_first": marked("Say first whether anything disqualifies you from handling the case %(number)s."),
    "interest_waits": marked(
        "You were unsure about the case %(number)s. A decision maker resolves it; until then the case is shut."
    ),
    "disqualified": marked("You are disqualified from handling the case %(number)s. Somebody else handles it."),
    "own_interest": marked("Nobody resolves their own disqualification. Another decision maker must do it."),
    "nothing_to_resolve": marked("%(person)s has no conflict or doubt on this case that waits to be resolved."),
    "not_a_handler": marked("%(person)s is not a presenting officer of %(authority)s."),
    "part_disqualified": marked(
        "%(person)s had a part in the case %(number)s and is disqualified from it. Another does that part anew."
    ),
    "cannot_handle": marked("%(person)s is disqualified from handling the case %(number)s."),
    "substitute_themself": marked("Nobody stands in for themself. Choose another person."),
    "not_your_absence": marked("You name a substitute for yourself only. For others a decision maker does it."),
    "too_many_views": marked("You have %(most)s views already. Delete one first."),
    "already_taken": marked("%(by)s took this case on %(at)s."),
    "already_proposed": marked(
        "%(by)s made a proposal on this case on %(at)s. It must be returned before a new one can be made."
    ),
    "already_decided": marked("%(by)s decided this case on %(at)s: %(outcome)s."),
    "already_withdrawn": marked("The applicant withdrew the application on %(at)s."),
    "wrong_state": marked("The case is in the state “%(state)s”, in which this cannot be done."),
    "not_your_case": marked("Only the presenting officer of the case, %(handler)s, can make the proposal."),
    "prepared_by_you": marked("You prepared this case, so someone else has to decide it."),
    "authority_short": marked("The authority to grant %(envelope)s has %(free)s free; %(needed)s would be needed."),
    "authority_bound": marked("Decisions bind %(reserved)s of %(envelope)s; it cannot be set below that."),
    "registered_otherwise": marked("The business ID %(business_id)s is registered as %(name)s (%(by)s, %(at)s)."),
    "session_over": marked("Your session ended on %(at)s. Sign in again."),
    "too_much_to_keep": marked("The form is larger than %(most)s kB and could not be kept."),
    "kept_post_too_old": marked("What you had typed was kept for a day, until %(at)s."),
    "kept_post_taken": marked("What you had typed was already brought back on %(at)s."),
    "file_type_not_allowed": marked("This file is not of a type we can accept. Send one of: %(allowed)s."),
    "file_has_macros": marked("The file contains macros. Save it without macros or as a PDF and send it again."),
    "not_a_pdf": marked("An invoice must be a PDF file."),
    "file_empty": marked("The file is empty."),
    "file_differs": marked("The file changed on the way. Send it again."),
    "no_such_page": marked("The document has %(pages)s pages."),
    "page_not_drawn": marked("The page cannot be shown as a picture. Open the file itself."),
    "unknown_sort": marked("The list can be sorted by: %(known)s."),
    "wrong_claim_state": marked("The claim is in the state “%(state)s” since %(at)s, in which this cannot be done."),
    "already_acted": marked("%(person)s has already acted on this case (%(acted_as)s). Another person must do this."),
    "claim_has_faults": marked("The claim has places to correct before it can be submitted."),
    "final_claim_made": marked(
        "The final claim %(claim_id)s has been submitted: no more can be claimed from this grant."
    ),
    "verdicts_faulty": marked("The verification is incomplete."),
    "payable_changed": marked(
        "%(proposed)s was proposed, but another claim was decided meanwhile and now %(now)s would "
        "be right. Return the proposal so that it can be made again."
    ),
    "total_differs": marked("You typed %(typed)s, but the claims add up to %(sum)s."),
    "claim_not_payable": marked("The claim %(claim_id)s is in the state “%(state)s” and is not waiting for payment."),
    "already_in_payment": marked("The claim %(claim_id)s is already in the payment file %(batch_id)s."),
    "payment_file_faulty": marked("The payment file would not pass the bank's checks."),
    "no_debtor_account": marked("No bank account is set for %(authority)s: nothing can be paid from it."),
    "not_xml": marked("The file is not well-formed XML."),
    "not_a_bank_answer": marked("The file is not an answer from the bank (pain.002 or camt.054)."),
    "answer_for_another_file": marked("The answer is about %(original)s, a file that we have not made."),
    "amount_differs": marked(
        "The bank says %(bank)s about %(about)s, we have %(ours)s. Nothing of the answer was applied."
    ),
    "unknown_bank_status": marked(
        "The bank's status %(status)s of %(about)s is not known. Nothing of the answer was applied."
    ),
    "contradicts_earlier_answer": marked(
        "The bank now says %(told)s about %(payment_id)s, which it had already said to be %(state)s."
    ),
    "rebuild_is_running": marked("The read model is already being built anew: one at a time."),
    "not_parked": marked("The message is no longer parked: somebody has dealt with it."),
    "cannot_be_replayed": marked(
        "The message is not one of ours, so there is nothing to run. It can only be discarded."
    ),
    "awaits_signature": marked(
        "%(by)s asked for a signature on %(at)s. The draft is locked until it is signed, returned or taken back."
    ),
    "signature_is_anothers": marked("You asked for the signature yourself, so another person must give it."),
    "second_signature_needed": marked(
        "Two persons are needed to send this application, and only you have written in it. Ask a colleague to sign."
    ),
    "demand_is_anothers_to_release": marked("You demanded two persons, so another person must take the demand away."),
    "arrives_later": marked("Nothing can have arrived on %(arrived_at)s: that time is still to come."),
    "entered_by_official": marked("The application %(number)s came on paper. The authority types it in."),
}
