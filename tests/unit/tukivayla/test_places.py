"""Before the embedded run starts, it looks whether there is room for its data."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from tukivayla.places import LEAST_FREE_BYTES, CannotStart, Places


def a_disk_with(free: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=free))


def test_a_full_disk_is_said_in_a_sentence_with_what_to_do(tmp_path, monkeypatch):
    a_disk_with(LEAST_FREE_BYTES - 1, monkeypatch)

    with pytest.raises(CannotStart, match=r"nearly full.*Free some space, or set VAR_DIR"):
        Places(tmp_path / "var").prepare()


def test_just_enough_room_is_enough(tmp_path, monkeypatch):
    a_disk_with(LEAST_FREE_BYTES, monkeypatch)

    Places(tmp_path / "var").prepare()

    assert (tmp_path / "var" / "blobs").is_dir()


def test_letters_lead_to_the_very_house_that_wrote_them(tmp_path, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "http://127.0.0.1:8310/")

    settings = Places(tmp_path).settings("postgresql:///anything")

    assert settings.service_address == "http://127.0.0.1:8310/todenna"
