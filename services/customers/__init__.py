"""Customers: undertakings, people, what each may act as, their sessions, and what happened with whom.

Owns       undertakings, people, mandates, posts, sessions, kept posts, contact history
Announces  undertaking_registered, mandate_given, post_given
Hears      applications.*, payments.* and documents.letter_written that concern a company
"""
