"""How sources of law are named. The rooms cite them in one way, by Finnish abbreviations and Union shorthand."""

import re

from services.gateway.sentences.marks import marked

_POINTS = r"(?:\([0-9a-z]+\))*"
_ONE = rf"\d+[a-z]?{_POINTS}"
_RANGE = rf"(?:{_ONE}|\([0-9a-z]+\))(?:-(?:{_ONE}|\([0-9a-z]+\)))?"

# What is cited, and its name. A name with %(number)s stands around the number; languages put it on different sides.
NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bVNa\b"), marked("Government Decree")),
    (re.compile(r"\bVAL\b"), marked("Act on Discretionary Government Transfers")),
    (re.compile(r"\b(?:HL|hallintolaki)\b"), marked("Administrative Procedure Act")),
    (re.compile(r"\bkorkolaki\b"), marked("Interest Act")),
    (re.compile(r"\bkuntalaki\b"), marked("Local Government Act")),
    (re.compile(r"\blaki (?P<number>\d+/\d+)"), marked("Act %(number)s")),
    (re.compile(r"\bReg\. (?P<number>\d+/\d+)"), marked("Regulation %(number)s")),
    (re.compile(rf"\bart\. (?P<number>{_RANGE}(?:, {_RANGE})*)"), marked("art. %(number)s")),
    (re.compile(r"\bannex\b"), marked("annex")),
    (re.compile(r"(?P<number>\b\d{4}/\d+)/EC\b"), marked("%(number)s/EC")),
)
