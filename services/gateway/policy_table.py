"""The policy as a table to read: every route, who may use it, what it may ask of the rooms.

python -m services.gateway.policy_table
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from flask import Flask

from services.gateway.policy import PEOPLE, Access


def rows(app: Flask) -> Iterator[str]:
    """Markdown, one row a route, by address."""
    yield "| Methods | Address | Who | Asks |"
    yield "|---|---|---|---|"
    table: dict[str, Access] = app.extensions["policy"]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        access = table[rule.endpoint]
        methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        asks = ", ".join(sorted(access.operations)) or "–"
        yield f"| {methods} | `{rule.rule}` | {_who(access)} | {asks} |"


def _who(access: Access) -> str:
    if access.roles >= PEOPLE:
        return "everyone"
    return ", ".join(sorted(role.value for role in access.roles)) or "nobody"


def main() -> None:
    from services.gateway.openapi import app_without_rooms

    sys.stdout.writelines(f"{row}\n" for row in rows(app_without_rooms()))


if __name__ == "__main__":
    main()
