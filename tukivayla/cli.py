"""The command line `tukivayla`. Each command is small; what it does is in the module of its subject."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from shared.contracts import ROOMS
from shared.errors import DomainError
from tukivayla.places import CannotStart, Places
from tukivayla.settings import Settings, WrongSettings, from_environment

RUNNABLE = (*ROOMS, "relay", "gateway")
as_json = click.option("--json", "as_json", is_flag=True, help="For a machine to read.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tukivayla")
def main() -> None:
    """Tukiväylä: structural-fund and company-aid grants, from application to audit."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, envvar="HOST")
@click.option("--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535))
@click.option(
    "--demo-data/--no-demo-data", default=True, show_default=True, help="Invented cases, filled in on the go."
)
def serve(host: str, port: int, demo_data: bool) -> None:
    """Run everything in one process, with a private database. Ctrl-C stops it."""
    # A process of its own: eventlet has to patch the standard library before anything else is imported.
    arguments = [sys.executable, "-m", "tukivayla.embedded", host, str(port), "filled" if demo_data else "empty"]
    os.execv(sys.executable, arguments)  # noqa: S606  our own interpreter


@main.command()
@click.argument("services", nargs=-1, required=True, type=click.Choice(RUNNABLE))
def run(services: tuple[str, ...]) -> None:
    """Run SERVICE… of the full set-up: rooms, `relay`, or `gateway` (alone). Settings come from the environment."""
    settings_or_exit()
    if "gateway" in services:
        if len(services) > 1:
            raise click.UsageError("The gateway runs alone: it is a web server under gunicorn.")
        os.execv(sys.executable, [sys.executable, "-m", "tukivayla.web"])  # noqa: S606
    os.execv(sys.executable, [sys.executable, "-m", "tukivayla.processes", *services])  # noqa: S606


@main.command()
def migrate() -> None:
    """Bring every room's schema up to date. Safe to run from several places at once."""
    from shared.storage.migrations import LaterData, upgrade

    settings = settings_or_exit()
    for room in ROOMS:
        click.echo(f"{room} … ", nl=False)
        try:
            upgrade(room, settings.database_urls[room])
        except LaterData as refusal:
            raise click.ClickException(str(refusal)) from refusal
        click.echo("up to date")


@main.command()
@as_json
def doctor(as_json: bool) -> None:
    """Settings, database, broker, clock, disk: what is wrong, and the mend. Exits 1 when something is."""
    from tukivayla.doctor import examine

    findings = list(examine())
    if as_json:
        click.echo(json.dumps([finding.to_json() for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{'ok   ' if finding.well else 'WRONG'}  {finding.what}: {finding.found}")
            if finding.mend:
                click.echo(f"       → {finding.mend}")
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@main.command()
@click.argument("service", type=click.Choice(RUNNABLE))
def healthy(service: str) -> None:
    """Whether SERVICE of the full set-up does its work, for a container's health check."""
    from tukivayla.doctor import does_its_work

    fault = does_its_work(service, settings_or_exit())
    click.echo(fault or "ok")
    sys.exit(1 if fault else 0)


@main.group()
def parked() -> None:
    """Messages that could not take effect and wait for a person."""


def room_of(command: Any) -> Any:
    return click.option("--room", type=click.Choice(ROOMS), required=True, help="Whose inbox.")(command)


@parked.command("list")
@as_json
def parked_list(as_json: bool) -> None:
    """Every room's parked messages, oldest first."""
    from tukivayla.parked import everything_parked

    rows = list(everything_parked(settings_or_exit()))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, default=str))
    elif not rows:
        click.echo("Nothing is parked.")
    else:
        columns = ("room", "message_id", "type", "subject", "reason", "attempts", "parked_at", "waits_behind")
        show_table(rows, columns)


@parked.command("show")
@room_of
@click.argument("message_id")
def parked_show(room: str, message_id: str) -> None:
    """One parked message whole, as JSON."""
    from tukivayla.parked import whole

    with refusals_told():
        click.echo(json.dumps(whole(settings_or_exit(), room, message_id), ensure_ascii=False, default=str, indent=2))


@parked.command("replay")
@room_of
@click.argument("message_ids", nargs=-1, required=True)
@as_json
def parked_replay(room: str, message_ids: tuple[str, ...], as_json: bool) -> None:
    """Try again, now; what waited behind follows."""
    from tukivayla.parked import replay

    report((replay(settings_or_exit(), room, one) for one in message_ids), as_json)


@parked.command("discard")
@room_of
@click.option("--reason", required=True, help="Kept with the message.")
@click.argument("message_ids", nargs=-1, required=True)
@as_json
def parked_discard(room: str, message_ids: tuple[str, ...], reason: str, as_json: bool) -> None:
    """Give up on a message, with a reason; what waited behind follows."""
    from tukivayla.parked import discard

    report((discard(settings_or_exit(), room, one, reason) for one in message_ids), as_json)


@main.group()
def trail() -> None:
    """The audit trail."""


@trail.command("verify")
@as_json
def trail_verify(as_json: bool) -> None:
    """Compute the whole chain anew; exits 1 and names the row when something does not fit."""
    from tukivayla.trail import verified

    proof = verified(settings_or_exit(), quiet=as_json)
    if as_json:
        click.echo(json.dumps(proof, ensure_ascii=False, default=str))
    elif proof["holds"]:
        click.echo(f"The trail holds: {proof['entries']} entries, head {proof['head']}.")
    else:
        click.echo(f"THE TRAIL DOES NOT HOLD at entry {proof['broken_at']}: {proof['broken']}", err=True)
    sys.exit(0 if proof["holds"] else 1)


@main.group()
def decision() -> None:
    """Funding decisions."""


@decision.command("replay")
@click.argument("numbers", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every decision that was computed with stored inputs.")
@as_json
def decision_replay(numbers: tuple[str, ...], every: bool, as_json: bool) -> None:
    """Compute the decisions on NUMBER… anew from what was stored with them, and compare to the cent.

    Exits 1 and names the figures when one does not come out as it was decided.
    """
    from tukivayla.decisions import replayed, without_reckoning

    if every == bool(numbers):
        raise click.UsageError("Name the cases, or ask for --all.")
    settings = settings_or_exit()
    proved = failed = 0
    with refusals_told():
        for proof in replayed(settings, numbers):
            proved, failed = proved + proof["holds"], failed + (not proof["holds"])
            if as_json:
                click.echo(json.dumps(proof, ensure_ascii=False))
            elif not proof["holds"] or not every:
                click.echo(_as_proof(proof))
    if every and not as_json:
        older = without_reckoning(settings)
        click.echo(f"{proved} decisions hold, {failed} do not; {older} are older than stored inputs.")
    sys.exit(1 if failed else 0)


@main.command("send-again")
@room_of
@click.option("--since", required=True, type=click.DateTime(["%Y-%m-%dT%H:%M:%SZ"]), help="UTC, 2026-11-22T06:00:00Z")
def send_again(room: str, since: datetime) -> None:
    """Have the relay send again what ROOM announced since then: after a broker has lost what it confirmed."""
    from shared.messaging.relay import send_again as again
    from tukivayla.rooms import database

    settings = settings_or_exit()
    count = again(database(settings, room), room, since.replace(tzinfo=UTC))
    click.echo(f"{count} announcements of {room} will be sent again.")


@main.command()
@click.argument("what", type=click.Choice(["monitoring"]))
@as_json
def rebuild(what: str, as_json: bool) -> None:
    """Build the read model anew from the trail, while new events keep coming."""
    from tukivayla.trail import rebuilt

    counted = rebuilt(settings_or_exit(), quiet=as_json)
    click.echo(
        json.dumps(counted) if as_json else f"The read model of {what} is built from {counted['entries']} entries."
    )


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@as_json
def extract(files: tuple[Path, ...], as_json: bool) -> None:
    """Read invoices: number, date, seller, sums, and how sure each is. With --json one object a line."""
    from tukivayla.extract import extract as read

    for row in read(list(files)):
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else _as_lines(row))


@main.command()
@click.argument("rule", required=False)
@click.option("--list", "listed", is_flag=True, help="Every rule, or this one: what it takes, its source and dates.")
@click.option("--version", help="An earlier version of the rule, which old decisions stand on.")
@as_json
def calc(rule: str | None, listed: bool, version: str | None, as_json: bool) -> None:
    """Ask RULE, with a JSON object on standard input, or one a line. Exits 2 when an input is wrong."""
    from tukivayla.calc import print_answers, print_cards

    if listed:
        sys.exit(print_cards(rule, as_json, version))
    elif rule is None:
        raise click.UsageError("Name a rule, or ask for --list.")
    else:
        sys.exit(print_answers(rule, sys.stdin.buffer.read().decode("utf-8-sig", "replace"), as_json, version))


@main.command("tables")
@click.option("--within", "days", default=120, show_default=True, type=click.IntRange(min=0), help="Days ahead.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; today when left out.")
@as_json
def ending_tables(days: int, on: datetime | None, as_json: bool) -> None:
    """Tables of the law that have ended or end soon: what has to be entered, and where. Exits 1 when there are some."""
    from shared.dates import helsinki_day
    from tukivayla.tables import ending

    day = on.date() if on else helsinki_day(datetime.now(UTC))
    found = ending(day, days)
    if as_json:
        click.echo(json.dumps([one.to_json(day) for one in found], ensure_ascii=False))
    for one in () if as_json else found:
        left = one.days_left(day)
        when = f"ends in {left} days" if left >= 0 else f"ENDED {-left} days ago"
        click.echo(f"{one.last}  {one.name}: {when} ({one.source})")
        if one.then:
            click.echo(f"            → {one.then}")
    if not found and not as_json:
        click.echo(f"No table of the law ends within {days} days.")
    sys.exit(1 if found else 0)


@main.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def reset(yes: bool) -> None:
    """Throw away the embedded run's data."""
    from tukivayla.reset import throw_away

    places = Places.from_environment()
    if not places.var.exists():
        click.echo(f"There is nothing in {places.var}.")
    elif yes or not sys.stdin.isatty() or click.confirm(f"Remove {places.var} and everything in it?"):
        throw_away(places)
        click.echo(f"{places.var} is gone.")


def settings_or_exit() -> Settings:
    """Settings of the full set-up, or of the embedded run's database when no DATABASE_URL is set."""
    try:
        if os.environ.get("DATABASE_URL") or os.environ.get("AMQP_URL"):
            return from_environment()
        return embedded_settings()
    except (WrongSettings, CannotStart) as error:
        click.echo(str(error), err=True)
        sys.exit(2)


def embedded_settings() -> Settings:
    from tukivayla import private_postgres

    places = Places.from_environment()
    if not places.postgres.exists():
        raise CannotStart(
            "There is no database here: set DATABASE_URL and AMQP_URL for the full set-up, "
            "or start `tukivayla serve` once."
        )
    _server, url = private_postgres.start(places.postgres)
    return places.settings(url)


def report(outcomes: Iterable[dict[str, Any]], as_json: bool) -> None:
    with refusals_told():
        for outcome in outcomes:
            click.echo(json.dumps(outcome) if as_json else f"{outcome['message_id']}: {outcome['status']}")


@contextmanager
def refusals_told() -> Iterator[None]:
    """A refusal is a sentence and exit code 1, not a trace of our own calls."""
    try:
        yield
    except DomainError as refusal:
        click.echo(f"Refused: {refusal}", err=True)
        sys.exit(1)


def show_table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*(str(row[column]) for column in columns))
    Console().print(table)


def _as_proof(proof: dict[str, Any]) -> str:
    head = f"{proof['number']}: {proof['aid']} euros by {proof['ruleset']}, {proof['digest'][:16]}…"
    if proof["holds"]:
        return f"{head} holds"
    rows = (f"  {one['path']}: {one['stored']!r} stored, {one['recomputed']!r} now" for one in proof["differences"])
    return "\n".join([f"{head} DOES NOT HOLD", *rows])


def _as_lines(row: dict[str, Any]) -> str:
    if not row["readable"]:
        return f"{row['file']}: not readable ({row['reason']})"
    shown = (f"  {name}: {row[name]} ({confidence:.0%})" for name, confidence in row["confidence"].items() if row[name])
    return "\n".join([f"{row['file']}:", *shown])


if __name__ == "__main__":
    main()
