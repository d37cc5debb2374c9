"""What every version of every rule has answered to the worked examples, as digests that do not change.

    python -m tests.support.frozen_answers

adds what is new. It refuses to change what is there: a rule that answers otherwise is a new version, and the old one
stays as it was, for decisions stand on it. How a source is written may be bettered, as in a replay.
"""

from __future__ import annotations

import json
import sys
import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import rfc8785

from shared.calculations import Calculation, ask
from shared.errors import InvalidFields
from tukivayla.calc import EVERY_VERSION

GOLDEN = Path(__file__).parents[1] / "golden"
FROZEN = GOLDEN / "frozen.json"

Digests = dict[str, dict[str, str]]


def digests() -> Digests:
    """By "rule/version" and then by the example's name."""
    found: Digests = {}
    for calculation in EVERY_VERSION:
        rule = calculation.rule
        examples = sorted((GOLDEN / rule.name).glob("*.toml"))
        found[f"{rule.name}/{rule.version}"] = {path.stem: digest(calculation, path) for path in examples}
    return found


def digest(calculation: Calculation, path: Path) -> str:
    """SHA-256 of the answer or the refusal, without the wording of its sources."""
    example = tomllib.loads(path.read_text(encoding="utf-8"))
    return sha256(rfc8785.dumps(answer(calculation, example["inputs"]))).hexdigest()


def answer(calculation: Calculation, inputs: dict[str, Any]) -> dict[str, Any]:
    try:
        told = ask(calculation, inputs).to_json()
    except InvalidFields as refusal:
        return {"refused": sorted([fault.path, fault.rule] for fault in refusal.faults)}
    steps = [{name: value for name, value in step.items() if name != "source"} for step in told["steps"]]
    return {"result": told["result"], "steps": steps}


def frozen() -> Digests:
    read: Digests = json.loads(FROZEN.read_text(encoding="utf-8"))
    return read


def changed(before: Digests, now: Digests) -> list[str]:
    """What was frozen and is answered otherwise, or no more."""
    return [
        f"{rule}: {example}"
        for rule, examples in before.items()
        for example, kept in examples.items()
        if now.get(rule, {}).get(example) != kept
    ]


def freeze() -> None:
    """Add what is new. Exits with what would be changed, and changes nothing then."""
    now = digests()
    if otherwise := changed(frozen(), now):
        told = "\n".join(otherwise)
        sys.exit(f"Answered otherwise than frozen; give the rule a new version and keep the old one:\n{told}")
    FROZEN.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    freeze()
