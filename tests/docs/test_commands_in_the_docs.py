"""A command that stands in the documents works: each is run here, or its words are held against what there is."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tukivayla.cli import main as command_line

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands() -> list[str]:
    """Every indented or quoted line that begins with one of our commands."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        found += re.findall(r"^    ((?:make|tukivayla|\.venv/bin/\S+) [^\n]*)", text, re.MULTILINE)
        found += re.findall(r"`((?:make|tukivayla|\.venv/bin/[\w-]+) [^`\n]*)`", text)
    return sorted({re.split(r"  +", command)[0].strip() for command in found})


COMMANDS = commands()


def test_the_documents_hold_commands():
    assert {"make run", "make test", "make demo"} <= set(COMMANDS)


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("make ")])
def test_make_knows_the_target(command):
    words = command.split()[1:]
    tried = subprocess.run(["make", "--dry-run", *words], cwd=ROOT, capture_output=True, text=True, check=False)

    assert tried.returncode == 0, tried.stderr
    assert f"  make {words[0]} " in make_help()


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("tukivayla ")])
def test_the_command_line_knows_the_command_and_its_options(command):
    words = [word for word in re.sub(r'"[^"]*"', "TEXT", command).split()[1:] if word not in ("SERVICE…", "ROOM…")]
    context, group = click.Context(command_line), command_line
    while isinstance(group, click.Group) and words and words[0] in group.commands:
        group = group.commands[words.pop(0)]
        context = click.Context(group, parent=context)
    options = {option for parameter in group.params for option in parameter.opts}

    assert not isinstance(group, click.Group) or not words or words == ["--help"], f"no such command: {command}"
    assert {word for word in words if word.startswith("--")} <= options | {"--help"}


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith(".venv/")])
def test_what_is_called_by_its_path_is_there(command):
    program, *rest = command.split()

    assert (ROOT / program).exists() or program.endswith("/tukivayla")
    assert all((ROOT / word).exists() for word in rest if word.startswith("tests/"))


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["doctor", "--json"], ["parked", "--help"], ["trail", "verify", "--help"], ["extract", "--help"]],
)
def test_the_command_line_answers(arguments, tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path)}
    environment.pop("DATABASE_URL", None)
    environment.pop("AMQP_URL", None)
    answered = subprocess.run(
        [sys.executable, "-m", "tukivayla", *arguments], env=environment, capture_output=True, text=True, check=False
    )

    assert answered.returncode == 0, answered.stderr
    assert answered.stdout


def test_every_setting_that_is_read_is_told_of():
    told = (ROOT / "docs/deploy.md").read_text(encoding="utf-8") + (ROOT / "docs/runbook.md").read_text(
        encoding="utf-8"
    )
    read = set()
    for path in [
        *(ROOT / "services").rglob("*.py"),
        *(ROOT / "tukivayla").rglob("*.py"),
        *(ROOT / "shared").rglob("*.py"),
    ]:
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"env\.(?:str|int|bool|float|path|list)\(\s*\"([A-Z_]+)\"", text))
        read |= set(re.findall(r"environ\.get\(\"([A-Z_]+)\"", text))

    assert {
        name for name in read if f"`{name}`" not in told and not name.startswith(("BENCH_", "TEST_", "TUKIVAYLA_"))
    } == set()


def test_every_link_in_the_documents_leads_somewhere():
    broken = [
        f"{document.name}: {target}"
        for document in [*DOCUMENTS, *(ROOT / "docs/adr").glob("*.md")]
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]

    assert broken == []


def make_help() -> str:
    return subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
