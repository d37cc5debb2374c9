"""Payments: what is claimed on a grant, what of it is accepted, and when it was paid.

Owns       grant accounts, claims, cost lines, verifications, payment decisions, payment files, bank answers
Announces  grant_account_opened, claim_submitted, claim_verified, payment_proposed, payment_returned,
           claim_released, payment_decided, payment_ordered, payment_settled, payment_failed, claim_standing_told
Hears      applications.grant_awarded and what is decided after it, interest_declared, interest_resolved
Asks       applications, before an official opens a claim or a grant: whether the case is open to them
"""
