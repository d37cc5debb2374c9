"""Companies, registers and keys: refusals, rules and words."""

from services.gateway.sentences.marks import marked

REFUSALS: dict[str, str] = {
    "register_away": marked("The register does not answer now. Try again in a moment; everything else works."),
    "register_not_set_up": marked("This service has no connection to that register."),
    "not_in_register": marked("The business register's open data has no company %(business_id)s."),
    "identity_code_needed": marked("Identify yourself again: we do not keep what the mandate register is asked with."),
    "mandate_check_over": marked("The visit to the mandate register is over. Begin again."),
    "already_settled": marked("%(by)s settled this on %(at)s."),
    "last_signatory": marked("This is the last person who may sign for the company. Add another signatory first."),
    "two_signatures_stay": marked(
        "One signatory alone does not end the rule of two signatures. Ask for it, and let another signatory confirm."
    ),
    "signatory_stays": marked(
        "The company asks two signatures, so one signatory does not take another's right to sign away. The person can "
        "give it up, two signatories can first agree that one is enough, or the authority can end the right."
    ),
    "one_is_enough_already": marked("The company does not ask two signatures: one is enough already."),
    "release_asked_already": marked("%(by)s asked the same on %(at)s. Confirm or refuse that request."),
    "release_is_anothers": marked(
        "Another signatory has to confirm this. You asked for it, so you can only withdraw it."
    ),
    "release_over": marked("The request is over (%(at)s). Load the page again to see how it is now."),
    "own_hand_needed": marked("An API key cannot do this: a person has to sign in."),
    "invitation_over": marked("The invitation is no longer valid (%(at)s). Ask the company for a new one."),
    "recorded_by_official": marked("%(by)s recorded this link on %(at)s. Tell the officials if it is wrong."),
    "address_code_over": marked(
        "The link is not valid any more, or it was made for somebody else. Save the address again to get a new link."
    ),
    "api_key_not_valid": marked("The API key does not work: it is unknown, revoked or past its last day."),
    "signing_key_is_anothers": marked(
        "A key that signs is made in one's own name. The person whose name it is in makes it, signed in."
    ),
    "more_than_the_person_may": marked("The key cannot do more than the person in whose name it is."),
}

RULES: dict[str, str] = {
    "day_is_past": marked("The day has passed. Choose a day from %(today)s on."),
    "day_in_future": marked("The day has not come yet."),
    "too_far_away": marked("The day is too far away: at the latest %(last)s."),
    "too_many_addresses": marked("At most %(most)s addresses a day. Try again tomorrow."),
    "owns_itself": marked("The two undertakings must be different ones."),
    "no_majority": marked("A majority is more than 50 per cent."),
    "no_partner_share": marked("A partner's share is from 25 to 50 per cent."),
}

WORDS: dict[str, dict[str, str]] = {
    "address_kind": {"visiting": marked("Visiting address"), "postal": marked("Postal address")},
    "code_set": {"TOIMI4": marked("TOL 2025"), "TOIMI3": marked("TOL 2008"), "TOIMI2": marked("TOL 2002")},
    "situation": {
        "restructuring": marked("restructuring of the company"),
        "liquidation": marked("liquidation"),
        "bankruptcy": marked("bankruptcy"),
    },
    "register_field": {
        "name": marked("Name"),
        "form": marked("Company form"),
        "business_line": marked("Line of business"),
        "address": marked("Address"),
        "vat": marked("VAT liability"),
        "situation": marked("Insolvency proceedings"),
        "ended": marked("End of the company"),
        "website": marked("Website"),
    },
    "disagreement_state": {"open": marked("with the officials"), "settled": marked("settled")},
    "disagreement_outcome": {
        "register_corrected": marked("The register was corrected"),
        "register_is_right": marked("The register is right"),
        "noted": marked("Noted in the case"),
    },
    "company_role": {
        "signatory": marked("signatory"),
        "editor": marked("editor"),
        "reader": marked("reader"),
    },
    "company_role_explained": {
        "signatory": marked("signatory: prepares, sends and looks after the people"),
        "editor": marked("editor: prepares drafts"),
        "reader": marked("reader: reads only"),
    },
    "mandate_source": {
        "register": marked("mandate register (Suomi.fi)"),
        "company": marked("the company's own list"),
        "operator": marked("recorded by the authority"),
    },
    "mandate_why": {
        "cancelled": marked("You came back without choosing a company."),
        "nothing_chosen": marked("You chose no company, or the register found none for you."),
        "incomplete": marked(
            "A register behind the mandate register did not answer, so your right could not be proved. "
            "Try again in a moment."
        ),
        "no_right": marked(
            "Your role or mandate is not one with which a grant may be applied for. The company can give you the "
            "Suomi.fi mandate for making a grant application, or invite you to its people in this service."
        ),
        "register_away": marked("The mandate register does not answer now. Try again in a moment."),
        "register_refused": marked("The mandate register did not accept our question. The service's operator sees it."),
        "register_error": marked("Something failed on the mandate register's page. Try again."),
        "interrupted": marked("The check was interrupted. Try again."),
        "begun_again": marked("The check was begun again in another window."),
    },
    "mandate_check_state": {
        "begun": marked("begun"),
        "granted": marked("right proved"),
        "not_proved": marked("right not proved"),
        "failed": marked("failed"),
    },
    "ownership_kind": {
        "majority": marked("majority of votes"),
        "board": marked("names most of the board"),
        "contract": marked("dominant influence by contract or articles"),
        "dominant": marked("majority by agreement with other owners"),
        "partner": marked("partner: 25 to 50 per cent"),
        "votes": marked("smaller share of votes"),
    },
    "ownership_source": {
        "declaration": marked("the company's declaration"),
        "register": marked("register"),
        "official": marked("recorded by an official"),
    },
    "company_act": {
        "mandate_checked": marked("right checked in the mandate register"),
        "disagreement_reported": marked("said that register data is wrong"),
        "person_invited": marked("invited a person"),
        "invitation_withdrawn": marked("withdrew an invitation"),
        "invitation_accepted": marked("accepted an invitation"),
        "role_changed": marked("changed a person's role"),
        "person_ended": marked("ended a person's rights"),
        "preferences_set": marked("changed the company's choices"),
        "release_asked": marked("asked that one signature be enough"),
        "release_confirmed": marked("confirmed that one signature is enough"),
        "release_declined": marked("did not confirm that one signature be enough"),
        "release_withdrawn": marked("withdrew the request that one signature be enough"),
        "api_key_created": marked("made an API key"),
        "api_key_revoked": marked("revoked an API key"),
        "ownership_recorded": marked("declared ownership"),
        "application_submitted": marked("submitted the application"),
        "application_withdrawn": marked("withdrew the application"),
        "claim_submitted": marked("submitted the payment claim"),
    },
}

RIGHTS = {"read": marked("may read")}

EVENTS: dict[str, str] = {
    "customers.register_data_fetched": marked("Register data fetched"),
    "customers.disagreement_reported": marked("The company said that register data is wrong"),
    "customers.disagreement_settled": marked("Disagreement on register data settled"),
    "customers.mandate_checked": marked("Right to act checked in the mandate register"),
    "customers.ownership_recorded": marked("Ownership between undertakings recorded"),
    "customers.representative_ended": marked("A representative left the company"),
    "customers.company_preferences_set": marked("The company changed its choices"),
    "customers.second_signature_release_asked": marked("Asked that one signature be enough"),
    "customers.second_signature_release_settled": marked("Whether one signature is enough was settled"),
    "customers.api_key_created": marked("API key made"),
    "customers.api_key_revoked": marked("API key revoked"),
}
