"""What a call says of how its applications are chosen: criteria, eligibility, checklist, ground of the aid."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.terms import Answer
from shared.fields import text, three_languages

UNSAID = "unsaid"
NOT_STATE_AID = "not_state_aid"
DE_MINIMIS = "de_minimis"
REGIONAL_AID = "regional_aid"
AID_BASES = (
    UNSAID,
    NOT_STATE_AID,
    DE_MINIMIS,
    REGIONAL_AID,
    "gber_art_17",
    "gber_art_18",
    "gber_art_19",
    "gber_art_25",
    "gber_art_28",
    "gber_art_31",
)
PURPOSES = ("development", "investment")
MOST_ROWS = 60
MOST_POINTS = 1000

_points = fields.Integer(load_default=0, validate=validate.Range(min=0, max=MOST_POINTS))


class Criterion(Answer):
    """A selection criterion: 0 to `most` points, counted `weight` times; below `least` the application falls."""

    code = text(40)
    names = three_languages(required=True)
    weight = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100))
    most = fields.Integer(required=True, validate=validate.Range(min=1, max=MOST_POINTS))
    least = _points


class EligibilityQuestion(Answer):
    """A condition of general eligibility, answered yes or no with its ground; every one has to be yes."""

    code = text(40)
    names = three_languages(required=True)
    source = text(200, required=False, least=0, load_default="")


class ChecklistItem(Answer):
    """Something that the handler has to have done before a proposal."""

    code = text(40)
    names = three_languages(required=True)


class SelectionTerms(Answer):
    """How the call chooses. Of a call that says nothing of it (`unsaid`) no rule of State aid is asked.

    `least_points` of the weighted total. `aid_basis` says by which rules the aid is lawful, `purpose` what it is
    for; `opinion_asked`: the regional cooperation group (MYR) is asked before a proposal.
    """

    aid_basis = fields.String(load_default=NOT_STATE_AID, validate=validate.OneOf(AID_BASES))
    purpose = fields.String(load_default="development", validate=validate.OneOf(PURPOSES))
    criteria = fields.List(fields.Nested(Criterion), load_default=list, validate=validate.Length(max=MOST_ROWS))
    least_points = fields.Integer(load_default=0, validate=validate.Range(min=0, max=1_000_000))
    eligibility = fields.List(
        fields.Nested(EligibilityQuestion), load_default=list, validate=validate.Length(max=MOST_ROWS)
    )
    checklist = fields.List(fields.Nested(ChecklistItem), load_default=list, validate=validate.Length(max=MOST_ROWS))
    opinion_asked = fields.Boolean(load_default=False)
