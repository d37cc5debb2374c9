"""Monitoring: the tamper-evident trail of every fact, and the read model built from it.

Owns       the trail, its signed heads, the read model (cases, claims, payments, documents)
Announces  nothing
Hears      every fact of customers, documents, applications and payments
Asks       applications, before an official reads a case's trail: whether the case is open to them
"""
