"""Reading what programs send: strict JSON, known query words, and nothing a room could choke on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from flask import Request
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from services.gateway.errors import NotAnObject, NotJson, NotThisType, TooDeep
from shared.errors import Fault, InvalidFields
from shared.messaging.faults import invalid_fields

LEVELS = 30
LARGEST = 2**31 - 1
EDGE_WORDS = frozenset({"kieli"})  # words of the address that are the gateway's own, not the operation's


class StrictParser(FlaskParser):
    """What marshmallow refuses becomes a refusal of ours, with a code for each field."""

    DEFAULT_UNKNOWN_BY_LOCATION: dict[str, str | None] = {"query": RAISE, "json": None}

    def load_json(self, req: Request, schema: Schema) -> Any:
        return json_object(req)

    def load_querystring(self, req: Request, schema: Schema) -> MultiDictProxy:
        own = MultiDict((name, value) for name, value in req.args.items(multi=True) if name not in EDGE_WORDS)
        return MultiDictProxy(own, schema)

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_: Any) -> NoReturn:
        by_location: dict[str, Any] = error.messages if isinstance(error.messages, dict) else {}
        messages = next(iter(by_location.values()), {})
        raise invalid_fields(ValidationError(messages)) from error


def json_object(request: Request) -> dict[str, Any]:
    """The body as a JSON object. Raises NotThisType, NotJson, NotAnObject, TooDeep or InvalidFields."""
    if request.mimetype != "application/json":
        raise NotThisType(media_type=request.mimetype or "none")
    read = _read(request.get_data(cache=False))
    if not isinstance(read, dict):
        raise NotAnObject
    faults = tuple(_faults(read))
    if faults:
        raise InvalidFields(faults=faults)
    return read


def _read(body: bytes) -> Any:
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except RecursionError as error:
        raise TooDeep from error
    except ValueError as error:  # not UTF-8, not JSON, or a number of thousands of digits
        raise NotJson from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are Python's JSON, nobody else's


def _faults(read: Mapping[str, Any]) -> Iterator[Fault]:
    """Values that no field of ours may have, wherever they are: found in one walk, without recursion."""
    waiting: list[tuple[str, Any, int]] = [(key, value, 1) for key, value in read.items()]
    while waiting:
        path, value, level = waiting.pop()
        if level > LEVELS:
            raise TooDeep
        if isinstance(value, dict):
            waiting += [(f"{path}.{key}", inner, level + 1) for key, inner in value.items()]
            value = "".join(value)  # the keys are texts too
        elif isinstance(value, list):
            waiting += [(f"{path}.{index}", inner, level + 1) for index, inner in enumerate(value)]
        if rule := _unfit(value):
            yield Fault(path, rule)


def _unfit(value: Any) -> str | None:
    if isinstance(value, str):
        return None if _is_text(value) else "unreadable_text"
    if isinstance(value, int | float) and abs(value) > LARGEST:
        return "number_too_large"
    return None


def _is_text(value: str) -> bool:
    """PostgreSQL keeps no NUL, and half of a surrogate pair is no character in UTF-8."""
    if "\x00" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
