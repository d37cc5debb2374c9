"""Rules asked of the room, and the simulator, in their wire forms."""

from __future__ import annotations

from typing import Any

import pytest

from shared.asker import Asker, Role
from shared.contracts import OPERATIONS
from shared.contracts import applications as contract
from shared.errors import Forbidden
from shared.messaging.wire import Reply
from tests.service.applications.conftest import Ask
from tests.support import applications_builders as an

pytestmark = pytest.mark.postgres

CALCULATE, LIST_RULES = OPERATIONS["applications.calculate"], OPERATIONS["applications.list_rules"]
AUDITOR = Asker(person="p-tarmo", role=Role.AUDITOR)
VISITOR = Asker(person="", role=Role.VISITOR)


def done(ask: Ask, operation: Any, asker: Asker, data: dict[str, Any]) -> dict[str, Any]:
    opened: dict[str, Any] = Reply.from_bytes(ask(operation, asker, data).to_bytes()).opened()
    return opened


def test_an_auditor_asks_a_rule_and_gets_what_the_decision_got(ask: Ask) -> None:
    inputs = {"on": "2026-11-25", "cost_model": "flat_40", "aid_rate": "80"}
    costs = [{"category": "staff", "amount": "28322.56"}]
    answer = done(ask, CALCULATE, AUDITOR, {"rule": "award", "inputs": inputs | {"costs": costs}})

    assert (answer["result"]["aid"], answer["result"]["ruleset"]) == ("31721.26", "2021-2027/1")
    assert answer["steps"][-1]["what"] == "aid"


def test_a_visitor_may_not_ask_rules(ask: Ask) -> None:
    assert isinstance(ask(LIST_RULES, VISITOR, {}).refusal, Forbidden)


def test_a_visitor_simulates_and_nothing_is_kept(ask: Ask) -> None:
    done(ask, contract.PUBLISH_CALL, an.OPERATOR, contract.Call().dump(an.terms_of(an.a_call())))
    asked = {
        "call_id": "IS-2026-14",
        "costs": [{"category": "equipment", "amount": "20000.00"}],
        "earlier_aid": [{"granted_on": "2025-03-01", "amount": "120000.00"}],
        "in_difficulty": False,
        "recovery_order": False,
        "tax_debt": False,
    }
    answer = done(ask, contract.SIMULATE, VISITOR, asked)

    assert (answer["verdict"], answer["aid"], answer["headroom"]) == ("likely", "10000.00", "180000.00")
    assert {rule["rule"] for rule in answer["rules"]} >= {"company_gates", "de_minimis"}
    assert done(ask, contract.LIST_APPLICATIONS, an.OPERATOR, {})["total"] == 0
