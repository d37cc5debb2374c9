"""Applications: what is applied for in a call, and what was decided on it, by whom and on what ground.

Owns       calls, applications, proposals, funding decisions, authority to grant
Announces  application_submitted, application_withdrawn, case_taken, decision_proposed, proposal_returned,
           grant_awarded, grant_refused, interest_declared, interest_resolved, case_assigned, case_released,
           substitute_named, queue_exported; signature_asked, _given, _declined and _withdrawn, draft_reassigned;
           standing_told, once, of cases that were under way before a room listened
Hears      post_given: who can be given cases; representative_ended: whose drafts are handed over
"""
