"""Customers: undertakings, people, what each may act as, their sessions, and what happened with whom.

Owns       undertakings, people, mandates, posts, sessions, kept posts, contact history
Announces  undertaking_registered, mandate_given, post_given, representative_ended, company_preferences_set,
           second_signature_release_asked and _settled, ownership_recorded, mail_failed
Hears      applications.*, payments.* and documents.* that somebody has to be told of
"""
