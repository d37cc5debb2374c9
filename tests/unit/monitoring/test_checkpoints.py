"""Signed heads: when one is due, and whose signature counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from services.monitoring.domain.checkpoints import Checkpoint, Rhythm
from services.monitoring.domain.trail import Head
from services.monitoring.signing import KEY, PUBLIC_KEY, HeadsKept, Signer
from tests.support.monitoring_builders import NOW

HEAD = Checkpoint(position=10, hash=b"h" * 32, at=NOW)


@pytest.mark.parametrize(
    ("position", "after", "due"),
    [
        (10, timedelta(days=9), False),
        (11, timedelta(minutes=59), False),
        (11, timedelta(hours=1), True),
        (1010, timedelta(), True),
    ],
)
def test_a_head_is_signed_after_a_thousand_entries_or_an_hour_with_any(
    position: int, after: timedelta, due: bool
) -> None:
    assert Rhythm().is_due(Head(position=position), HEAD, NOW + after) is due


def test_the_first_head_is_signed_at_once_and_an_empty_trail_never() -> None:
    assert Rhythm().is_due(Head(position=1), None, NOW)
    assert not Rhythm().is_due(Head(), None, NOW)


def test_a_head_we_signed_is_genuine(tmp_path: Path) -> None:
    assert HeadsKept(tmp_path).is_genuine(Signer(tmp_path).signed(HEAD))


def test_a_signed_head_with_another_hash_is_not(tmp_path: Path) -> None:
    signed = Signer(tmp_path).signed(HEAD)
    assert not HeadsKept(tmp_path).is_genuine(replace(signed, hash=b"x" * 32))


def test_a_head_signed_with_another_key_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    (tmp_path / "theirs").mkdir()
    Signer(tmp_path / "ours").signed(HEAD)
    assert not HeadsKept(tmp_path / "ours").is_genuine(Signer(tmp_path / "theirs").signed(HEAD))


def test_without_the_public_key_nothing_is_genuine(tmp_path: Path) -> None:
    signed = Signer(tmp_path).signed(HEAD)
    (tmp_path / PUBLIC_KEY).unlink()
    assert not HeadsKept(tmp_path).is_genuine(signed)


def test_the_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = Signer(tmp_path).signed(HEAD)
    assert Signer(tmp_path).signed(HEAD) == first
    assert (tmp_path / KEY).stat().st_mode & 0o777 == 0o600


def test_heads_come_back_from_the_file_as_they_were_signed(tmp_path: Path) -> None:
    signer = Signer(tmp_path)
    heads = [signer.signed(HEAD), signer.signed(replace(HEAD, position=20))]
    for head in heads:
        signer.write_down(head)
    assert HeadsKept(tmp_path).all() == heads
