"""A call's own form: what it must be to be published, and what it asks with which answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from services.applications.domain.call_forms import form_of, required_kinds
from services.applications.domain.calls import AttachmentRule, Call, must_be_publishable
from services.applications.domain.completeness import look_through
from services.applications.domain.form_objections import RESERVED_PATHS
from services.applications.domain.forms import Form, Section, counted, form_from, hidden_keys, sums
from services.applications.domain.rulesets import ruleset_on
from services.applications.domain.typed_answers import as_answers
from services.applications.mapping import columns_of_call
from shared.dates import helsinki_day
from shared.errors import InvalidFields
from tests.support import applications_builders as an
from tests.support import forms_builders as f

RULESET = ruleset_on(helsinki_day(an.NOON), "2021-2027")


def objections(call: Call) -> set[tuple[str, str]]:
    try:
        must_be_publishable(call)
    except InvalidFields as refusal:
        return {(fault.path, fault.rule) for fault in refusal.faults}
    return set()


def faults(call: Call, answers: dict[str, Any]) -> list[tuple[str, str]]:
    typed = as_answers(answers, form_of(call).shape)
    return [(fault.path, fault.rule) for fault in look_through(typed, (), call, RULESET).faults]


def own(path: str, call: Call, answers: dict[str, Any]) -> list[str]:
    return [rule for at, rule in faults(call, answers) if at.split(".")[0] == path]


def test_a_call_without_a_form_asks_the_standard_one() -> None:
    assert [section.path for section in form_of(an.a_call()).sections] == [
        "perustiedot",
        "kustannukset",
        "rahoitus",
        "mittarit",
    ]
    assert objections(an.a_call()) == set()


def test_a_form_of_its_own_is_published_and_comes_back_the_same() -> None:
    call = f.own_call()

    assert objections(call) == set()
    assert form_from(columns_of_call(call)["form"]) == call.form


@pytest.mark.parametrize(
    ("questions", "path", "rule"),
    [
        ((f.question("Isolla"),), "questions.0.key", "not_a_key"),
        ((f.question("title"),), "questions.0.key", "twice"),
        ((f.question("version"),), "questions.0.key", "twice"),
        ((f.question("a_b"), f.question("a_b")), "questions.1.key", "twice"),
        ((f.question("a_b", labels={"fi": "Vain suomeksi"}),), "questions.0.labels.sv", "translation_missing"),
        ((f.question("a_b", help={"fi": "Ohje"}),), "questions.0.help.en", "translation_missing"),
        ((f.question("a_b", "choice"),), "questions.0.options", "required"),
        ((f.question("a_b", options=(f.option("x"),)),), "questions.0.options", "not_for_this_kind"),
        (
            (f.question("a_b", "choice", options=(f.option("x"), f.option("x"))),),
            "questions.0.options.1.code",
            "twice",
        ),
        ((f.question("a_b", "table"),), "questions.0.columns", "required"),
        ((f.question("a_b", "table", columns=(f.column("x-y"),)),), "questions.0.columns.0.key", "not_a_key"),
        ((f.question("a_b", "day", least="1"),), "questions.0.least", "not_for_this_kind"),
        ((f.question("a_b", "number", least="x"),), "questions.0.least", "not_a_number"),
        ((f.question("a_b", "number", least="2", most="1"),), "questions.0.most", "most_below_least"),
        ((f.question("a_b", "number", from_register="name"),), "questions.0.from_register", "not_for_this_kind"),
        ((f.question("a_b", when={"equals": "x"}),), "questions.0.when", "not_a_condition"),
        ((f.question("a_b", when={"filled": "later"}), f.question("later")), "questions.0.when", "no_question_before"),
        ((f.question("a_b", when={"filled": "a_b"}),), "questions.0.when", "no_question_before"),
        ((f.question("a_b", when={"filled": "costs"}),), "questions.0.when", "no_question_before"),
        ((f.question("a_b", when={"above": ["title", "1"]}),), "questions.0.when", "no_number_before"),
        (
            (f.PURPOSE, f.question("a_b", when={"equals": ["purpose", "leisure"]})),
            "questions.1.when",
            "no_such_option",
        ),
    ],
)
def test_a_form_that_could_not_be_filled_is_not_published(questions: Any, path: str, rule: str) -> None:
    assert (f"form.sections.1.{path}", rule) in objections(an.a_call(form=f.form(*questions)))


@pytest.mark.parametrize("path", ["Isolla", "", "a b", *sorted(RESERVED_PATHS)[:3]])
def test_a_part_has_an_address_that_is_free(path: str) -> None:
    assert ("form.sections.1.path", "not_an_address") in objections(an.a_call(form=f.form(f.PURPOSE, path=path)))


def test_the_parts_that_aid_is_counted_from_are_always_there_and_always_asked() -> None:
    without = Form(sections=(Section(builtin="basics"), *f.standard("financing", "indicators")))
    twice = Form(sections=(Section(builtin="basics"), *f.standard(), Section(builtin="costs")))
    conditional = Form(sections=(Section(builtin="basics"), Section(builtin="costs", when={"filled": "title"})))

    assert ("form.sections", "section_missing") in objections(an.a_call(form=without))
    assert ("form.sections.4.builtin", "twice") in objections(an.a_call(form=twice))
    assert ("form.sections.1.when", "always_asked") in objections(an.a_call(form=conditional))


def test_a_call_without_indicators_need_not_ask_them() -> None:
    form = Form(sections=(Section(builtin="basics"), *f.standard("costs", "financing")))

    assert objections(an.a_call(form=form, indicators=())) == set()


def test_a_condition_on_an_attachment_may_look_at_the_whole_form_and_no_further() -> None:
    rule = replace(f.PERMIT, required_when={"equals": ["nowhere", "x"]})

    assert objections(f.own_call(attachments=(rule,))) == {("attachments.0.required_when", "no_question_before")}


def test_what_is_not_asked_does_not_fail_and_does_not_count() -> None:
    call = f.own_call()
    hidden = f.own_answers(purpose="capacity", saving="kukaties")

    assert hidden_keys(form_of(call), hidden) == {"saving"}
    assert own("saving", call, hidden) == []
    assert "saving" not in counted(form_of(call), hidden)


def test_what_is_asked_has_to_be_answered() -> None:
    call = f.own_call()

    assert own("purpose", call, f.own_answers(purpose="")) == ["required"]
    assert own("saving", call, f.own_answers(purpose="energy")) == ["required"]
    assert own("saving", call, f.own_answers(purpose="energy", saving="1 000,01")) == ["too_large"]
    assert own("saving", call, f.own_answers(purpose="energy", saving="-1")) == ["negative"]
    assert own("saving", call, f.own_answers(purpose="energy", saving="1 000")) == []


def test_a_hidden_answer_hides_what_hangs_on_it() -> None:
    third = f.question("why", when={"filled": "saving"})
    call = f.own_call(form=f.form(f.PURPOSE, f.SAVING, third))

    assert hidden_keys(form_of(call), f.own_answers(saving="5", why="x")) == {"saving", "why"}


def test_a_part_may_be_asked_on_a_condition_whole() -> None:
    part = f.section(f.question("alone"), path="energia", when={"equals": ["purpose", "energy"]})
    form = f.form(f.PURPOSE)
    call = f.own_call(form=replace(form, sections=(*form.sections, part)))

    assert own("alone", call, f.own_answers()) == []
    assert own("alone", call, f.own_answers(purpose="energy")) == ["required"]


@pytest.mark.parametrize(
    ("question", "right", "wrong", "rule"),
    [
        (f.question("own", "money"), "1 234,50", "paljon", "not_a_number"),
        (f.question("own", "percent"), "100", "100,01", "too_large"),
        (f.question("own", "number", least="8"), "8", "7,99", "below_least"),
        (f.question("own", "day"), "29.2.2028", "29.2.2027", "no_such_day"),
        (f.question("own", "choice", options=(f.option("x"),)), "x", "y", "unknown_option"),
        (f.question("own", "yes_no"), "no", "ei", "unknown_option"),
        (f.question("own", "business_id"), "9104416-3", "9104416-4", "not_a_business_id"),
        (f.question("own", "text", longest=3), "abc", "abcd", "too_long"),
        (f.question("own", "long_text"), "x" * 10_000, "x" * 10_001, "too_long"),
        (f.question("own", "municipality"), "Kuopio", "Kuopion seutu", "unknown_municipality"),
        (f.question("own", "municipality"), "297", "1297", "unknown_municipality"),
    ],
)
def test_each_kind_of_question_is_read_in_its_own_way(question: Any, right: str, wrong: str, rule: str) -> None:
    call = an.a_call(form=f.form(question))

    assert own("own", call, an.complete_answers(own=right)) == []
    assert own("own", call, an.complete_answers(own=wrong)) == [rule]


def test_repeated_rows_are_looked_at_row_by_row_and_blank_ones_are_no_rows() -> None:
    call = f.own_call()
    rows = [{"name": "", "share": ""}, {"name": "Opisto", "share": "x"}, {"name": "", "share": "5"}]

    found = faults(call, f.own_answers(partner=rows))

    assert [one for one in found if one[0].startswith("partner")] == [
        ("partner.1.share", "not_a_number"),
        ("partner.2.name", "required"),
    ]


def test_a_column_is_added_up_of_what_can_be_read() -> None:
    rows = [{"share": "1 000,50"}, {"share": "n. 5"}, {"share": "0,25"}]

    assert sums(form_of(f.own_call()), f.own_answers(partner=rows)) == {"partner.share": "1000.75"}


def test_several_answers_are_rows_of_one_code() -> None:
    question = f.question("groups", "choices", options=(f.option("staff"), f.option("leaders")))
    call = an.a_call(form=f.form(question))

    assert own("groups", call, an.complete_answers(groups=[{"code": "staff"}, {"code": "leaders"}])) == []
    assert own("groups", call, an.complete_answers(groups=[])) == ["required"]
    assert own("groups", call, an.complete_answers(groups=[{"code": "x"}])) == ["unknown_option"]


@pytest.mark.parametrize(("amount", "kinds"), [("50 000,00", ("offer",)), ("50 000,01", ("offer", "permit"))])
def test_an_attachment_is_needed_when_its_condition_holds(amount: str, kinds: tuple[str, ...]) -> None:
    call = f.own_call()
    answers = f.own_answers(costs=[an.cost_row(amount)])

    assert required_kinds(call, as_answers(answers, form_of(call).shape)) == kinds
    missing = [rule for path, rule in faults(call, answers) if path == "attachments"]
    assert len(missing) == len(kinds)


def test_de_minimis_history_and_ownership_are_tables_that_a_call_may_place() -> None:
    form = Form(sections=(Section(builtin="basics"), *f.standard(), *f.standard("de_minimis", "ownership")))
    call = an.a_call(form=form)
    aid = {"granted_on": "1.2.2025", "granter": "Finnvera", "amount": "5000", "basis": "2023/2831"}
    owner = {"name": "Emo Oy", "business_id": "", "direction": "owner", "kind": "majority", "share": "60"}

    assert objections(call) == set()
    assert own("de_minimis", call, an.complete_answers()) == []
    assert own("de_minimis", call, an.complete_answers(de_minimis=[aid])) == []
    assert own("de_minimis", call, an.complete_answers(de_minimis=[{**aid, "basis": "1.1."}])) == ["unknown_option"]
    assert own("ownership", call, an.complete_answers(ownership=[owner])) == []


def test_an_answer_to_a_question_that_the_call_does_not_ask_is_refused() -> None:
    with pytest.raises(InvalidFields) as refused:
        as_answers({"purpose": "energy"}, form_of(an.a_call()).shape)

    assert [(fault.path, fault.rule) for fault in refused.value.faults] == [("purpose", "unknown_field")]


def test_a_rule_of_attachments_needs_no_condition() -> None:
    assert objections(an.a_call(attachments=(AttachmentRule(kind="a", names={}, required=True),))) == set()
