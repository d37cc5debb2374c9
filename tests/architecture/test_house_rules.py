"""Rules of the house that a machine can look after."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRACKED = [
    ROOT / name
    for name in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (ROOT / name).is_file()
]
CODE = [path for path in TRACKED if path.suffix == ".py"]
DOMAIN = [path for path in CODE if "domain" in path.parts and "services" in path.parts]
RULES = [path for path in CODE if path.parent.name == "rules"]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_is_a_domain_to_look_at():
    assert len(DOMAIN) > 15


# Places on a page are PDF points, which are floats in every library; no sum is there.
GEOMETRY = {"services/documents/domain/pictures.py"}


@pytest.mark.parametrize("path", [*DOMAIN, *RULES, ROOT / "shared/money.py", ROOT / "shared/typed.py"], ids=where)
def test_no_float_and_no_clock_in_the_rules(path):
    names = {
        ast.unparse(node) for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.Name | ast.Attribute)
    }
    forbidden = {"datetime.now", "date.today", "datetime.utcnow", "time.time"} | (
        set() if where(path) in GEOMETRY else {"float"}
    )

    assert names & forbidden == set()


def test_no_lock_names_where_packages_come_from():
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert "://" not in text(ROOT / lock)


def test_what_runs_is_pinned_with_digests():
    lines = text(ROOT / "requirements.lock").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]

    assert all("==" in pin for pin in pins)
    assert len(pins) > 40
    assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_the_locks_agree_on_what_they_share():
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text(ROOT / name), re.MULTILINE))

    runtime, development = pins("requirements.lock"), pins("requirements-dev.lock")

    assert {name: development.get(name) for name in runtime} == runtime


def test_every_direct_dependency_is_in_the_lock():
    declared = re.findall(r'^    "([a-z0-9-]+)[=>]', text(ROOT / "pyproject.toml"), re.MULTILINE | re.IGNORECASE)
    locked = set(re.findall(r"^([a-z0-9-]+)==", text(ROOT / "requirements-dev.lock"), re.MULTILINE))

    assert {name.lower() for name in declared} - locked == set()


def test_nothing_is_left_for_later():
    words = ("TO-DO", "FIX-ME", "HA-CK")  # spelt so that this file is not found
    marks = re.compile(r"\b(" + "|".join(word.replace("-", "") for word in words) + r")\b|raise Not" + "Implemented")
    found = [
        where(path)
        for path in TRACKED
        if path.suffix in {".py", ".html", ".js", ".css", ".md"} and marks.search(text(path))
    ]

    assert found == []


def test_a_broad_except_says_why():
    silent = [
        f"{where(path)}:{handler.lineno}"
        for path in CODE
        if "tests" not in path.parts
        for handler in ast.walk(ast.parse(text(path)))
        if isinstance(handler, ast.ExceptHandler)
        and _is_broad(handler)
        and "#" not in "".join(text(path).splitlines()[handler.lineno - 3 : handler.lineno + 1])
    ]

    assert silent == []


def _is_broad(handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise):
        return False  # tidies up and lets it go on
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def test_no_folder_is_named_after_nothing():
    nothing = {"utils", "helpers", "common", "manager", "managers", "misc", "base"}

    assert [where(path) for path in CODE if nothing & {*path.parts, path.stem}] == []


def test_the_containers_follow_their_schema():
    checked = subprocess.run(
        ["check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": f"{ROOT}/.venv/bin:/usr/bin:/bin"},
    )

    assert checked.returncode == 0, checked.stdout
