"""API keys: a program of an accountant, or the company's own, acts as one person for one company."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.asker import STAFF, Role
from shared.contracts.customers.core import MANDATE_RIGHTS, ROOM, Session
from shared.contracts.terms import Answer, Event, Fact, Operation, Request, command, query
from shared.fields import BusinessIdField, text


class ApiKey(Answer):
    """A key can never do more than its person may do now. `expires_on` is its last day."""

    key_id = text(60)
    name = text(100)
    business_id = BusinessIdField(required=True)
    person_id = text(60)
    rights = fields.List(fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), required=True)
    created_by = text(60)
    created_at = fields.AwareDateTime(required=True)
    expires_on = fields.Date(required=True)
    revoked_at = fields.AwareDateTime(allow_none=True)
    revoked_by = text(60, allow_none=True)
    last_used_at = fields.AwareDateTime(allow_none=True)
    usable = fields.Boolean(required=True)


class ApiKeyMade(ApiKey):
    """`token` is told this once: nobody can read it afterwards. Asked again with the same key, it is empty."""

    token = text(200, least=0)


class CreateApiKey(Request):
    """For the asker, or for another person of the company, an accountant with a mandate. To sign, the asker alone."""

    name = text(100)
    person_id = text(60, required=False, allow_none=True, load_default=None)
    rights = fields.List(
        fields.String(validate=validate.OneOf(MANDATE_RIGHTS)), required=True, validate=validate.Length(min=1)
    )
    expires_on = fields.Date(required=True)


class OneApiKey(Request):
    key_id = text(60)


class ApiKeysOf(Request):
    business_id = BusinessIdField(required=True)


class ApiKeys(Answer):
    items = fields.List(fields.Nested(ApiKey), required=True)


class OpenApiKey(Request):
    token = text(200)


class KeySession(Session):
    """What a request with a key acts as, as a session tells it; `via` is the key's id."""

    via = text(60)


class ApiKeyCreatedV1(Fact):
    key_id = text(60)
    business_id = BusinessIdField(required=True)
    person_id = text(60)
    rights = fields.List(text(20), required=True)
    expires_on = fields.Date(required=True)


class ApiKeyRevokedV1(Fact):
    key_id = text(60)
    business_id = BusinessIdField(required=True)
    person_id = text(60)


API_KEY_CREATED = Event(room=ROOM, name="api_key_created", version=1, subject="undertaking", schema=ApiKeyCreatedV1)
API_KEY_REVOKED = Event(room=ROOM, name="api_key_revoked", version=1, subject="undertaking", schema=ApiKeyRevokedV1)

EVENTS: tuple[Event, ...] = (API_KEY_CREATED, API_KEY_REVOKED)

CREATE_API_KEY = command(ROOM, "create_api_key", CreateApiKey, ApiKeyMade, Role.COMPANY, signed=True)
REVOKE_API_KEY = command(ROOM, "revoke_api_key", OneApiKey, ApiKey, Role.COMPANY, Role.OPERATOR, signed=True)
LIST_API_KEYS = query(ROOM, "list_api_keys", ApiKeysOf, ApiKeys, Role.COMPANY, *STAFF)
OPEN_API_KEY = query(ROOM, "open_api_key", OpenApiKey, KeySession, Role.VISITOR)

OPERATIONS: tuple[Operation, ...] = (CREATE_API_KEY, REVOKE_API_KEY, LIST_API_KEYS, OPEN_API_KEY)
