"""The OpenAPI 3.1 document, made from the routes and the contracts, never written by hand.

python -m services.gateway.openapi > docs/api/openapi.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from flask import Flask


def document(app: Flask) -> dict[str, Any]:
    made: dict[str, Any] = app.extensions["api"].spec.to_dict()
    return made


def app_without_rooms() -> Flask:
    """The app as it is, to be looked at and never asked."""
    from services.gateway.app import create_app
    from services.gateway.settings import Settings

    return create_app(Settings(secret_key="only looked at, never asked"), rooms=None)  # type: ignore[arg-type]  # noqa: S106


def main() -> None:
    json.dump(document(app_without_rooms()), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
