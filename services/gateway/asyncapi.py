"""The AsyncAPI 3.0 document of the facts the rooms announce, made from the contracts.

python -m services.gateway.asyncapi > docs/api/asyncapi.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from services.gateway.json_forms import tell_forms
from shared.contracts import EVENTS, Event

EXCHANGE = "tukivayla.facts"
BINDING = "0.3.0"

TEXT = {"type": "string"}
ENVELOPE: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0 attributes (structured mode) and our own extensions.",
    "required": [
        "specversion", "id", "source", "type", "dataschemaversion", "datacontenttype", "subject", "sequence",
        "time", "actor", "actorrole", "authority", "correlationid", "causationid", "data",
    ],
    "properties": {
        "specversion": {"const": "1.0"},
        "id": TEXT | {"description": "Unique; the same fact sent twice has the same id"},
        "source": TEXT,
        "type": TEXT,
        "dataschemaversion": {"type": "integer", "minimum": 1},
        "datacontenttype": {"const": "application/json"},
        "subject": TEXT | {"description": "The aggregate", "examples": ["application/A80655"]},
        "sequence": {"type": "integer", "minimum": 1, "description": "Place among the aggregate's facts, no gaps"},
        "time": TEXT | {"format": "date-time"},
        "actor": TEXT,
        "actorrole": TEXT,
        "authority": {"type": ["string", "null"]},
        "correlationid": TEXT,
        "causationid": TEXT,
        "data": {"type": "object"},
    },
}  # fmt: skip


def document() -> dict[str, Any]:
    events = sorted(EVENTS.values(), key=lambda event: event.routing_key)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tukiväylä: facts",
            "version": "1",
            "description": "What the rooms announce. Delivered at least once, in order within one subject.",
        },
        "defaultContentType": "application/json",
        "channels": {event.routing_key: _channel(event) for event in events},
        "operations": {f"{event.room}.announces.{event.name}.v{event.version}": _operation(event) for event in events},
        "components": {
            "messages": {event.routing_key: _message(event) for event in events},
            "schemas": _schemas(events) | {"CloudEvent": ENVELOPE},
        },
    }


def _channel(event: Event) -> dict[str, Any]:
    exchange = {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False, "vhost": "/"}
    return {
        "address": event.routing_key,
        "messages": {"fact": {"$ref": f"#/components/messages/{event.routing_key}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": BINDING}},
    }


def _operation(event: Event) -> dict[str, Any]:
    channel = f"#/channels/{event.routing_key}"
    return {
        "action": "send",
        "summary": f"{event.room} announces {event.name}",
        "channel": {"$ref": channel},
        "messages": [{"$ref": f"{channel}/messages/fact"}],
        "bindings": {"amqp": {"deliveryMode": 2, "mandatory": True, "bindingVersion": BINDING}},
    }


def _message(event: Event) -> dict[str, Any]:
    data = {"$ref": f"#/components/schemas/{event.schema.__name__}"}
    narrowed = {
        "type": {"const": event.type},
        "dataschemaversion": {"const": event.version},
        "subject": {"type": "string", "pattern": f"^{event.subject}/"},
        "data": data,
    }
    return {
        "name": event.type,
        "title": f"{event.name}, version {event.version}",
        "contentType": "application/json",
        "payload": {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, {"properties": narrowed}]},
        "bindings": {"amqp": {"contentEncoding": "utf-8", "messageType": event.type, "bindingVersion": BINDING}},
    }


def _schemas(events: list[Event]) -> dict[str, Any]:
    """JSON Schema of every event's data and of the parts inside, by apispec."""
    plugin = MarshmallowPlugin()
    spec = APISpec("facts", "1", "3.1.0", plugins=[plugin])
    tell_forms(plugin.converter)
    for event in events:
        if event.schema.__name__ not in spec.components.schemas:
            spec.components.schema(event.schema.__name__, schema=event.schema)
    schemas: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    return schemas


def main() -> None:
    json.dump(document(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
