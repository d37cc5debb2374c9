"""Write the two documents where they belong: `python -m tukivayla.states` in the checkout."""

from __future__ import annotations

from pathlib import Path

from tukivayla.states.drawing import drawing
from tukivayla.states.telling import telling

DOCS = Path(__file__).parents[2] / "docs"


def main() -> None:
    (DOCS / "states.md").write_text(telling(), encoding="utf-8")
    (DOCS / "states.svg").write_text(drawing(), encoding="utf-8")


if __name__ == "__main__":
    main()
