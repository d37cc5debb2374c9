"""Who is told what by e-mail, in whose language, when; and what becomes of a mail on its way."""
