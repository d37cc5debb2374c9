"""Applications: what is applied for in a call, and what was decided on it, by whom and on what ground.

Owns       calls, applications, proposals, funding decisions, authority to grant
Announces  application_submitted, application_withdrawn, case_taken, decision_proposed, proposal_returned,
           grant_awarded, grant_refused, interest_declared, interest_resolved, case_assigned, case_released,
           substitute_named, queue_exported
Hears      post_given: who can be given cases
"""
