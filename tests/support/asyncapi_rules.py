"""What AsyncAPI 3.0 and its AMQP bindings 0.3.0 ask of the parts of a document that we write, as a JSON Schema.

Stricter than the standard where we are: a key that we do not write has no business in the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TEXT = {"type": "string", "minLength": 1}
REFERENCE = {
    "type": "object",
    "required": ["$ref"],
    "properties": {"$ref": {"type": "string", "pattern": "^#/"}},
    "additionalProperties": False,
}


def closed(required: list[str], **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def named(value: dict[str, Any]) -> dict[str, Any]:
    """A map whose keys are names as AsyncAPI allows them."""
    return {
        "type": "object",
        "minProperties": 1,
        "patternProperties": {r"^[\w.-]+$": value},
        "additionalProperties": False,
    }


EXCHANGE = closed(
    ["name", "type", "durable", "autoDelete"],
    name={"type": "string", "maxLength": 255},
    type={"enum": ["topic", "direct", "fanout", "default", "headers"]},
    durable={"type": "boolean"},
    autoDelete={"type": "boolean"},
    vhost={"type": "string"},
)
VERSION = {"const": "0.3.0"}
CHANNEL = closed(
    ["address", "messages"],
    address=TEXT,
    messages=named(REFERENCE),
    description=TEXT,
    bindings=closed(
        ["amqp"],
        amqp=closed(
            ["is", "exchange", "bindingVersion"],
            **{"is": {"const": "routingKey"}},
            exchange=EXCHANGE,
            bindingVersion=VERSION,
        ),
    ),
)
OPERATION = closed(
    ["action", "channel"],
    action={"enum": ["send", "receive"]},
    channel=REFERENCE,
    messages={"type": "array", "items": REFERENCE, "minItems": 1, "uniqueItems": True},
    summary=TEXT,
    bindings=closed(
        ["amqp"],
        amqp=closed(
            ["bindingVersion"],
            deliveryMode={"enum": [1, 2]},
            mandatory={"type": "boolean"},
            ack={"type": "boolean"},
            bindingVersion=VERSION,
        ),
    ),
)
MESSAGE = closed(
    ["name", "contentType", "payload"],
    name=TEXT,
    title=TEXT,
    summary=TEXT,
    description=TEXT,
    contentType={"const": "application/json"},
    payload={"type": "object"},
    bindings=closed(
        ["amqp"], amqp=closed(["bindingVersion"], contentEncoding=TEXT, messageType=TEXT, bindingVersion=VERSION)
    ),
)
DOCUMENT = closed(
    ["asyncapi", "info", "channels", "operations", "components"],
    asyncapi={"const": "3.0.0"},
    info=closed(["title", "version"], title=TEXT, version=TEXT, description=TEXT),
    defaultContentType={"const": "application/json"},
    channels=named(CHANNEL),
    operations=named(OPERATION),
    components=closed(["messages", "schemas"], messages=named(MESSAGE), schemas=named({"type": "object"})),
)


def references(part: Any) -> Iterator[str]:
    """Every `$ref` in the document."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def resolved(document: dict[str, Any], reference: str) -> Any:
    """What a reference leads to; KeyError when it leads nowhere."""
    found: Any = document
    for step in reference.removeprefix("#/").split("/"):
        found = found[step.replace("~1", "/").replace("~0", "~")]
    return found
