"""The contracts' schemas as HTTP has them: without what the address says, with the page a list is on."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, fields

from shared.contracts import Operation
from shared.contracts.terms import Answer

_IN_PATH = re.compile(r"<(?:\w+:)?(\w+)>")


class FieldFault(Answer):
    """One field's fault: `pointer` as a URI fragment ("#/costs/0/amount"), `code` stable, `detail` for people."""

    pointer = fields.String(required=True)
    code = fields.String(required=True)
    detail = fields.String(required=True)
    facts = fields.Dict(keys=fields.String(), values=fields.String())


class ProblemDocument(Answer):
    """RFC 9457. `code` and `facts` are for programs; `title` and `detail` are in the asker's language."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)
    reference = fields.String(required=True)
    facts = fields.Dict(keys=fields.String(), values=fields.String())
    errors = fields.List(fields.Nested(FieldFault))


def path_names(path: str) -> tuple[str, ...]:
    """The names in an address: "/claims/<claim_id>" has claim_id."""
    return tuple(_IN_PATH.findall(path))


def rest_of(operation: Operation, said_elsewhere: tuple[str, ...] = ()) -> type[Schema]:
    """What an operation takes besides what the address or the gateway says.

    A version may come in the `If-Match` header instead, so in a body it is optional.
    """
    return _rest_of(operation.takes, said_elsewhere)


@cache
def _rest_of(takes: type[Schema], said_elsewhere: tuple[str, ...]) -> type[Schema]:
    declared: dict[str, Any] = {}
    if _has(takes, "version"):
        declared["version"] = fields.Integer(load_default=None, metadata={"description": "Or the header If-Match"})
    excluded = tuple(name for name in said_elsewhere if _has(takes, name))
    meta = type("Meta", (takes.Meta,), {"unknown": RAISE, "exclude": excluded})
    return type(f"{takes.__name__}Body", (takes,), {"__doc__": takes.__doc__, "Meta": meta, **declared})


def is_empty(schema: type[Schema]) -> bool:
    return not schema().fields


def _has(schema: type[Schema], name: str) -> bool:
    return name in schema().fields


@cache
def page_of(gives: type[Schema]) -> type[Schema]:
    """A list's answer with `page` and `size` beside `items` and the true `total`."""
    paging = {"page": fields.Integer(required=True), "size": fields.Integer(required=True)}
    return type(f"{gives.__name__}Page", (gives,), {"__doc__": gives.__doc__, **paging})
