"""A call's own form as data: sections, questions, and the conditions on which they are asked.

A condition looks only at questions before it, and is one of

    {"filled": "key"}                     something stands in it; of a table, some row
    {"equals": ["key", "value"]}          of a question with several answers: one of them is it
    {"one_of": ["key", ["a", "b"]]}
    {"above": ["key", "10000"]}           a number; "costs.amount" is the sum of a table's column
    {"all": […]}, {"any": […]}, {"not": …}

What a hidden question was answered stays in the draft, but counts for nothing and is not filed.
"""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate

from shared.contracts.terms import Answer
from shared.fields import text, three_languages

QUESTION_KINDS = (
    "text",
    "long_text",
    "number",
    "money",
    "percent",
    "day",
    "choice",
    "choices",
    "yes_no",
    "municipality",
    "business_id",
    "table",
)
COLUMN_KINDS = tuple(kind for kind in QUESTION_KINDS if kind not in ("table", "choices", "long_text"))
BUILTIN_SECTIONS = ("basics", "costs", "financing", "indicators", "de_minimis", "ownership")
REGISTER_FACTS = ("name", "business_id", "municipality", "language")
FILE_FORMATS = ("pdf", "jpg", "png", "docx", "xlsx", "txt", "csv")


def _condition() -> fields.Dict:
    return fields.Dict(load_default=None, allow_none=True)


def _maybe_told(most: int = 600) -> fields.Dict:
    return three_languages(most, load_default=dict)


class Strict(Schema):
    """A part of a definition: a key nobody knows is a mistake of whoever wrote it."""

    class Meta:
        unknown = RAISE


class FormOption(Strict):
    code = text(40)
    names = three_languages(required=True)


class FormColumn(Strict):
    """A column of a repeated row. `sum`: the rows are added up and shown (money and number)."""

    key = text(20)
    kind = fields.String(required=True, validate=validate.OneOf(COLUMN_KINDS))
    labels = three_languages(required=True)
    required = fields.Boolean(load_default=True)
    options = fields.List(fields.Nested(FormOption), load_default=list, validate=validate.Length(max=60))
    sum = fields.Boolean(load_default=False)


class FormQuestion(Strict):
    """`least` and `most` are bounds of a number as text ("0", "100"), `longest` characters, `most_rows` rows.

    A question with `from_register` is answered by the customer register; nobody types over it.
    """

    key = text(20)
    kind = fields.String(required=True, validate=validate.OneOf(QUESTION_KINDS))
    labels = three_languages(required=True)
    help = _maybe_told()
    examples = _maybe_told(200)
    required = fields.Boolean(load_default=True)
    when = _condition()
    longest = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=20_000))
    least = text(20, required=False, allow_none=True, load_default=None)
    most = text(20, required=False, allow_none=True, load_default=None)
    options = fields.List(fields.Nested(FormOption), load_default=list, validate=validate.Length(max=60))
    columns = fields.List(fields.Nested(FormColumn), load_default=list, validate=validate.Length(max=10))
    most_rows = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=200))
    from_register = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(REGISTER_FACTS))


class FormSection(Strict):
    """One page of the form. A `builtin` section brings its own questions; `questions` come after them.

    `path` is its Finnish name in the address. Built-in sections have theirs and their names by themselves.
    """

    path = text(30, required=False, least=0, load_default="")
    builtin = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(BUILTIN_SECTIONS))
    names = _maybe_told(100)
    intro = _maybe_told(1000)
    when = _condition()
    questions = fields.List(fields.Nested(FormQuestion), load_default=list, validate=validate.Length(max=60))


class FormDefinition(Strict):
    sections = fields.List(fields.Nested(FormSection), required=True, validate=validate.Length(min=1, max=20))


class ShownSection(Answer):
    """A section as the form shows it, names and address filled in.

    Of `basics`, `costs`, `financing` and `indicators` the questions are the standard ones of SaveDraft, in
    `standard`; `questions` are what the call asks besides.
    """

    path = text(30)
    builtin = text(20, required=False, allow_none=True, load_default=None)
    names = three_languages(required=True)
    intro = _maybe_told(1000)
    when = _condition()
    standard = fields.List(text(20), load_default=list)
    questions = fields.List(fields.Nested(FormQuestion), required=True)
