"""Bytes are on disk before they are told of, and never more than agreed."""

from __future__ import annotations

import hashlib

import pytest

from shared.blobs import Blobs, TooLarge
from shared.errors import NotFound


def test_what_was_put_can_be_read_with_its_size_and_digest(tmp_path):
    blob = Blobs(tmp_path).put([b"lasku", b" 12"], most=100)

    assert Blobs(tmp_path).path(blob.key).read_bytes() == b"lasku 12"
    assert (blob.size, blob.sha256) == (8, hashlib.sha256(b"lasku 12").hexdigest())


def test_too_many_bytes_leave_nothing_behind(tmp_path):
    with pytest.raises(TooLarge):
        Blobs(tmp_path).put((b"x" * 1000 for _ in range(10**9)), most=5000)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_sender_who_goes_away_leaves_nothing_behind(tmp_path):
    def broken():
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        Blobs(tmp_path).put(broken(), most=5000)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "", "a" * 31, "A" * 32, "a" * 32])
def test_no_key_leads_outside_or_to_nothing(tmp_path, key):
    with pytest.raises(NotFound):
        Blobs(tmp_path).path(key)
