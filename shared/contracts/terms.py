"""The words of a contract: an event that is announced, an operation that is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from marshmallow import EXCLUDE, RAISE, Schema, fields, validate

from shared.asker import Asker, Role
from shared.errors import MayNotPrepare, MayNotSign
from shared.fields import MoneyField


class Fact(Schema):
    """Data of an event. Consumers skip keys they do not know, so that adding one is never a break."""

    class Meta:
        unknown = EXCLUDE


class Request(Schema):
    """Data of a request. A key nobody knows is the asker's mistake, and said."""

    class Meta:
        unknown = RAISE


class Answer(Schema):
    """Data of an answer."""

    class Meta:
        unknown = EXCLUDE


class Nothing(Request):
    """No data."""


class StepSchema(Answer):
    """One row of "why this sum?" (`shared.explained.Step`)."""

    sign = fields.String(required=True)
    what = fields.String(required=True)
    amount = MoneyField(required=True, allow_none=True)
    source = fields.String(load_default="")
    facts = fields.Dict(keys=fields.String(), values=fields.String(), load_default=dict)


class PageRequest(Request):
    """Every list: `page` from 1, `size` rows, `sort` a field name with "-" in front for descending."""

    page = fields.Integer(load_default=1, validate=validate.Range(min=1, max=100_000))
    size = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))
    sort = fields.String(load_default="", validate=validate.Length(max=40))


class Kind(StrEnum):
    COMMAND = "command"
    QUERY = "query"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that `room` announces. `subject` says which aggregate's stream it belongs to ("application")."""

    room: str
    name: str
    version: int
    subject: str
    schema: type[Fact]

    @property
    def type(self) -> str:
        return f"{self.room}.{self.name}"

    @property
    def routing_key(self) -> str:
        return f"{self.type}.v{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A request that `room` answers. `roles` is the policy: who may ask at all; the room then looks
    at the case, the company and the authority. A command changes something and runs once per idempotency key.
    `signed` binds the company: its representative needs the right to sign, and to prepare is not enough.
    `personal` concerns the person alone: whoever may only read for the company may do it too.
    """

    room: str
    name: str
    kind: Kind
    takes: type[Request]
    gives: type[Answer]
    roles: frozenset[Role]
    signed: bool = False
    personal: bool = False

    @property
    def right(self) -> str | None:
        """What a company's representative must be allowed for it: "sign", "prepare", or nothing to read."""
        if self.signed:
            return "sign"
        return "prepare" if self.kind is Kind.COMMAND and not self.personal else None

    def must_be_within_the_rights_of(self, asker: Asker) -> None:
        """Hallintolaki 434/2003 12 §: who acts for a company acts within what it allowed.

        Raises MayNotSign or MayNotPrepare.
        """
        if asker.role is not Role.COMPANY or self.right is None or self.right in asker.rights:
            return
        raise MayNotSign() if self.right == "sign" else MayNotPrepare()

    @property
    def address(self) -> str:
        return f"{self.room}.{self.name}"


def command(
    room: str,
    name: str,
    takes: type[Request],
    gives: type[Answer],
    *roles: Role,
    signed: bool = False,
    personal: bool = False,
) -> Operation:
    return Operation(
        room=room,
        name=name,
        kind=Kind.COMMAND,
        takes=takes,
        gives=gives,
        roles=frozenset(roles),
        signed=signed,
        personal=personal,
    )


def query(room: str, name: str, takes: type[Request], gives: type[Answer], *roles: Role) -> Operation:
    return Operation(room=room, name=name, kind=Kind.QUERY, takes=takes, gives=gives, roles=frozenset(roles))
