"""A reckoning's documents: the inputs read back from what was stored, and the seal over inputs and results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import rfc8785

from services.applications.domain.aid_register import OwnershipLink, RegisteredAid
from services.applications.domain.plans import Cost
from services.applications.domain.reckoning import FORMAT, WITHOUT_EVIDENCE, Inputs, Terms
from services.applications.domain.register_facts import RegisterFacts
from services.applications.domain.selection import selection_from
from shared.money import Money, Rate


def digest_of(inputs: Mapping[str, Any], results: Mapping[str, Any]) -> str:
    """SHA-256 in hex of both in their canonical form (RFC 8785): the same bytes on any machine."""
    return sha256(rfc8785.dumps({"inputs": dict(inputs), "results": dict(results)})).hexdigest()


def inputs_from(document: Mapping[str, Any]) -> Inputs:
    """The inputs of a stored document. Raises KeyError, ValueError or TypeError when it is not one of ours."""
    if document["format"] not in (WITHOUT_EVIDENCE, FORMAT):
        raise ValueError(f"unknown format {document['format']!r}")
    terms = document["terms"]
    return Inputs(
        number=document["number"],
        business_id=document["business_id"],
        on=date.fromisoformat(document["on"]),
        outcome=document["outcome"],
        terms=Terms(
            **{
                **terms,
                "aid_rate": Rate.of(terms["aid_rate"]),
                "aid_least": Money.eur(terms["aid_least"]),
                "aid_most": Money.eur(terms["aid_most"]),
                "selection": selection_from(terms["selection"]),
            }
        ),
        accepted=tuple(Cost(**{**row, "amount": Money.eur(row["amount"])}) for row in document["accepted"]),
        sought=Money.eur(document["sought"]),
        public_financing=Money.eur(document["public_financing"]),
        filed_on=date.fromisoformat(document["filed_on"]),
        municipality=document["municipality"],
        assessment=document["assessment"],
        links=tuple(_link(row) for row in document["links"]),
        registered=tuple(
            RegisteredAid(
                **{**row, "granted_on": date.fromisoformat(row["granted_on"]), "amount": Money.eur(row["amount"])}
            )
            for row in document["registered"]
        ),
        overrides=document["overrides"],
        answer=_answer(document["answer"]) if document.get("answer") else None,
        format=document["format"],
    )


def _answer(row: Mapping[str, Any]) -> RegisterFacts:
    return RegisterFacts(
        **{
            **row,
            "situations": tuple(row["situations"]),
            "ended_on": date.fromisoformat(row["ended_on"]) if row["ended_on"] else None,
            "fetched_at": datetime.fromisoformat(row["fetched_at"]),
        }
    )


def _link(row: Mapping[str, Any]) -> OwnershipLink:
    return OwnershipLink(
        **{
            **row,
            "share": Rate.of(row["share"]) if row["share"] else None,
            "since": date.fromisoformat(row["since"]),
            "until": date.fromisoformat(row["until"]) if row["until"] else None,
        }
    )
