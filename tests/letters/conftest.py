from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.documents.domain.letters import LetterKind
from services.documents.letters.composing import compose
from services.documents.letters.press import SubprocessPress
from tests.support.documents_builders import NAMES, wire_of

Print = Callable[[LetterKind, dict[str, Any]], bytes]
ADDRESS = "tukivayla.example/todenna"


def composed(kind: LetterKind, data: dict[str, Any]) -> dict[str, Any]:
    return compose(kind, data, wire_of(kind, data), names=NAMES, service_address=ADDRESS)


@pytest.fixture(scope="session")
def print_letter() -> Print:
    """The letter's PDF; the same letter asked for again is not printed again."""
    printed: dict[str, bytes] = {}

    def print_one(kind: LetterKind, data: dict[str, Any]) -> bytes:
        key = repr((kind, data))
        if key not in printed:
            [answer] = SubprocessPress().print([composed(kind, data)])
            assert isinstance(answer, bytes), answer
            printed[key] = answer
        return printed[key]

    return print_one
