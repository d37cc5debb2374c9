"""How sources of law are named. The rooms cite them in one way, by Finnish abbreviations and Union shorthand."""

import re

from services.gateway.sentences.marks import marked

_POINTS = r"(?:\([0-9a-z]+\))*"
_ONE = rf"\d+[a-z]?{_POINTS}"
_RANGE = rf"(?:{_ONE}|\([0-9a-z]+\))(?:-(?:{_ONE}|\([0-9a-z]+\)))?"

# The trail cites articles as Finnish law does; here they are brought to the rooms' one way before they are named.
_ARTICLE = r"(?<![\d/])(\d+) art\."
REWRITTEN: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_ARTICLE} (\d+) k\. ([a-z]) alak\."), r"art. \1(\2)(\3)"),
    (re.compile(rf"{_ARTICLE} (\d+) k\."), r"art. \1(\2)"),
    (re.compile(_ARTICLE), r"art. \1"),
    (re.compile(r"(\)) ja (\d+) k\."), r"\1, (\2)"),
)

# What is cited, and its name. A name with %(number)s stands around the number; languages put it on different sides.
NAMES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bVNa\b"), marked("Government Decree")),
    (re.compile(r"\b(?:VAL|valtionavustuslaki)\b"), marked("Act on Discretionary Government Transfers")),
    (re.compile(r"\b(?:HL|hallintolaki)\b"), marked("Administrative Procedure Act")),
    (re.compile(r"\bkorkolaki\b"), marked("Interest Act")),
    (re.compile(r"\bkuntalaki\b"), marked("Local Government Act")),
    (re.compile(r"\bkielilaki\b"), marked("Language Act")),
    (re.compile(r"\byritys- ja yhteisötietolaki\b"), marked("Business Information Act")),
    (re.compile(r"\bkomission suositus 2003/361/EY\b"), marked("Commission Recommendation 2003/361/EC")),
    (re.compile(r"\basetus \(EU\) (?P<number>\d+/\d+)"), marked("Regulation (EU) %(number)s")),
    (re.compile(r"\blaki (?P<number>\d+/\d+)"), marked("Act %(number)s")),
    (re.compile(r"\bReg\. (?P<number>\d+/\d+)"), marked("Regulation %(number)s")),
    (re.compile(rf"\bart\. (?P<number>{_RANGE}(?:, {_RANGE})*)"), marked("art. %(number)s")),
    (re.compile(r"\b(?:annex|liite)\b"), marked("annex")),
    (re.compile(r"(?P<number>\b\d{4}/\d+)/EC\b"), marked("%(number)s/EC")),
)
