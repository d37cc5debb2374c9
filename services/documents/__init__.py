"""Documents: what companies attach, what is read off their invoices, and the decision letters the house writes.

Owns       documents, readings, page pictures, letters; the bytes lie in the blob store (`shared.blobs`)
Announces  document_stored, invoice_read, letter_written
Hears      applications.grant_awarded, applications.grant_refused, payments.payment_decided
Asks       applications, before an official opens what belongs to a case: whether the case is open to them
"""
