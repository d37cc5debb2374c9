"""The demonstration's own forms can be published, and what its companies answer to them can be filed."""

from __future__ import annotations

import random
from typing import Any

import pytest

from services.applications.domain.attachments import Attachment
from services.applications.domain.call_forms import form_of, required_kinds
from services.applications.domain.calls import AttachmentRule, Call, attachment_rule_from, must_be_publishable
from services.applications.domain.forms import form_from
from services.applications.domain.own_answers import wrong_own_answers
from services.applications.domain.typed_answers import as_answers
from shared.contracts.applications.definitions import FormDefinition
from tests.support import applications_builders as an
from tukivayla.demo.calls import COOPERATION, INVESTMENT, Kind
from tukivayla.demo.own_forms import own_answers, own_attachments


def call_of(kind: Kind) -> Call:
    definition: dict[str, Any] = FormDefinition().load(kind.form or {})
    rules = tuple(attachment_rule_from(rule) for rule in kind.attachments)
    return an.a_call(form=form_from(definition), attachments=(an.a_call().attachments[0], *rules))


@pytest.mark.parametrize("kind", [INVESTMENT, COOPERATION], ids=lambda kind: kind.code)
def test_a_call_of_the_demonstration_can_be_published(kind: Kind) -> None:
    must_be_publishable(call_of(kind))


@pytest.mark.parametrize("kind", [INVESTMENT, COOPERATION], ids=lambda kind: kind.code)
@pytest.mark.parametrize("serial", range(40))
def test_what_an_invented_company_answers_can_be_filed(kind: Kind, serial: int) -> None:
    call = call_of(kind)
    answers = own_answers(kind.code, random.Random(serial), "sv" if serial % 2 else "fi")

    typed = as_answers(answers, form_of(call).shape)

    assert list(wrong_own_answers(form_of(call), typed)) == []
    attached = {kind for kind, _ in own_attachments(answers)}
    assert set(required_kinds(call, typed)) - {"offer"} == attached


def test_the_two_conditions_of_the_demonstration_are_met_by_some_and_not_by_others() -> None:
    for code in ("INV", "OSA"):
        met = {bool(own_attachments(own_answers(code, random.Random(serial), "fi"))) for serial in range(40)}
        assert met == {True, False}


def test_a_rule_without_formats_takes_what_is_taken_at_all() -> None:
    assert AttachmentRule(kind="plan", names={}, required=True).formats == ()
    assert Attachment(document_id="D", kind="plan", file_name="A.JPEG", sha256="0" * 64).format == "jpg"
