"""Rules asked from the command line: JSON in, the rule's answer out. No service and no database is needed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from services.applications.calculations import CALCULATIONS as OF_APPLICATIONS
from services.monitoring.calculations import CALCULATIONS as OF_MONITORING
from services.payments.calculations import CALCULATIONS as OF_PAYMENTS
from shared.calculations import Calculation, NoSuchRule, ask, calculation_named, card, newest
from shared.calculations.asking import as_json
from shared.errors import DomainError, InvalidFields
from shared.rules.versions import NoSuchVersion

WRONG = 2
EVERY_VERSION: tuple[Calculation, ...] = (*OF_APPLICATIONS, *OF_PAYMENTS, *OF_MONITORING)
CALCULATIONS = newest(EVERY_VERSION)


class NotAnObject(InvalidFields):
    """The input is no JSON object."""

    code = "not_an_object"


class NotJson(InvalidFields):
    """The input is not JSON; `place` is where reading ended."""

    code = "not_json"


def cards(rule: str | None = None, version: str | None = None) -> list[dict[str, Any]]:
    """Every rule, or one, with its inputs, source and dates, as JSON. Raises NoSuchRule, NoSuchVersion."""
    chosen = CALCULATIONS if rule is None else (calculation_named(rule, EVERY_VERSION, version),)
    listed: list[dict[str, Any]] = [as_json(card(one, EVERY_VERSION)) for one in chosen]
    return listed


def answers(rule: str, text: str, version: str | None = None) -> Iterator[dict[str, Any]]:
    """An answer for each input in the text: one JSON object, over as many lines as it likes, or one a line.

    A wrong input is answered by its error, and the others are still answered. Raises NoSuchRule, NoSuchVersion.
    """
    calculation = calculation_named(rule, EVERY_VERSION, version)
    return (_answer(calculation, one) for one in _inputs(text))


def _inputs(text: str) -> Iterator[str]:
    """The whole text when it is one JSON value, else its lines; empty lines ask nothing."""
    try:
        _read(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        yield from lines if len(lines) > 1 and _is_json(lines[0]) else [text]
    else:
        yield text


def _is_json(line: str) -> bool:
    try:
        _read(line)
    except ValueError:
        return line.rstrip().endswith("}") and line.lstrip().startswith("{")
    return True


def _read(text: str) -> Any:
    """Numbers keep the digits they were written with."""
    return json.loads(text, parse_float=Decimal, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _answer(calculation: Calculation, text: str) -> dict[str, Any]:
    try:
        try:
            inputs = _read(text)
        except ValueError as error:
            raise NotJson(place=str(error)) from error
        if not isinstance(inputs, Mapping):
            raise NotAnObject
        return ask(calculation, inputs).to_json()
    except DomainError as refusal:
        return refused(refusal, calculation.rule.name)


def refused(refusal: DomainError, rule: str = "") -> dict[str, Any]:
    """A refusal as JSON: its code, a line for people, and the fields that are wrong."""
    fields = [
        {"path": fault.path, "rule": fault.rule, "message": _sentence(fault.rule, fault.facts)}
        for fault in refusal.faults
    ]
    wrong = "; ".join(f"{field['path']}: {field['message']}" for field in fields)
    message = wrong or _sentence(refusal.code, refusal.facts)
    told = {"code": refusal.code, "message": message, "fields": fields}
    return ({"rule": rule} if rule else {}) | {"error": told}


def _sentence(rule: str, facts: Mapping[str, str]) -> str:
    from services.gateway.sentences import REFUSALS, RULES

    sentence = RULES.get(rule) or REFUSALS.get(rule) or rule
    try:
        return sentence % dict(facts)
    except KeyError:
        return sentence


def print_cards(rule: str | None, as_json: bool, version: str | None = None) -> int:
    """The list of rules, as one JSON array or for people; the exit code."""
    try:
        listed = cards(rule, version)
    except (NoSuchRule, NoSuchVersion) as refusal:
        return _print_not_found(refusal, as_json)
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False))
        return 0
    for one in listed:
        takes = ", ".join(
            name if name in one["inputs"]["required"] else f"[{name}]" for name in one["inputs"]["properties"]
        )
        click.echo(f"{one['rule']} {one['version']}: {one['titles']['en']}")
        if len(one["versions"]) > 1:
            click.echo(f"    asked   as --version {', '.join(one['versions'])}")
        click.echo(f"    takes   {takes}")
        click.echo(f"    source  {one['source']}")
        click.echo(f"    dates   {one['valid_from']} – {one['valid_until'] or ''}")
    click.echo("What is in brackets may be left out. `tukivayla calc --list --json` tells what each of them is.")
    return 0


def print_answers(rule: str, text: str, as_json: bool, version: str | None = None) -> int:
    """Answers on standard output, each on its line or as a table; the exit code, 2 when something was wrong."""
    try:
        given = answers(rule, text, version)
    except (NoSuchRule, NoSuchVersion) as refusal:
        return _print_not_found(refusal, as_json)
    wrong = False
    for answer in given:
        wrong = wrong or "error" in answer
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
        elif "error" in answer:
            _print_error(answer["error"])
        else:
            _print_answer(answer)
    return WRONG if wrong else 0


def _print_not_found(refusal: NoSuchRule | NoSuchVersion, as_json: bool) -> int:
    message = _not_found(refusal)
    if as_json:
        click.echo(json.dumps({"error": {"code": refusal.code, "message": message, "fields": []}}))
    click.echo(message, err=True)
    return WRONG


def _not_found(refusal: NoSuchRule | NoSuchVersion) -> str:
    facts = refusal.facts
    if isinstance(refusal, NoSuchVersion):
        return f"The rule {facts['rule']} has no version {facts['version']}. It has: {facts['known']}."
    near = f" Did you mean: {facts['near']}?" if facts["near"] else ""
    return f"There is no rule {facts['rule']}.{near} `tukivayla calc --list` names them all."


def _print_error(error: Mapping[str, Any]) -> None:
    click.echo(f"Refused: {error['message']}", err=True)


def _print_answer(answer: Mapping[str, Any]) -> None:
    console = Console()
    steps = Table("", "step", "euros", "source", title=f"{answer['rule']} {answer['version']}")
    steps.columns[2].justify = "right"
    for sign, what, amount, source in _rows(answer["steps"]):
        steps.add_row(sign, escape(what), amount, escape(source))
    console.print(steps)
    result = Table("result", "")
    for name, value in _figures(answer["result"]):
        result.add_row(name, escape(value))
    console.print(result)
    console.print(f"Source: {escape(answer['source'])}")


def _rows(steps: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str, str]]:
    for step in steps:
        facts = ", ".join(f"{name} {value}" for name, value in step["facts"].items() if value)
        what = step["what"].replace("_", " ")
        yield step["sign"], f"{what} ({facts})" if facts else what, step["amount"] or "", step["source"]


def _figures(result: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Names with dots for what is inside, values as text."""
    for name, value in result.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _figures(value, f"{path}.")
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            for at, one in enumerate(value):
                yield from _figures(one, f"{path}.{at}.")
        else:
            yield path, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(value)
