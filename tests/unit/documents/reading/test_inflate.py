"""Streams unpacked within bounds."""

from __future__ import annotations

import zlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.reading import DEFAULT
from services.documents.reading.inflate import BoundedInflate
from services.documents.reading.refusals import Refused


@given(st.binary(max_size=5000))
def test_a_sound_stream_comes_out_as_it_went_in(data):
    assert BoundedInflate(DEFAULT).decompress(zlib.compress(data)) == data


def test_a_stream_that_grows_too_far_is_refused():
    with pytest.raises(Refused, match="too_much_memory"):
        BoundedInflate(replace(DEFAULT, stream_bytes=1000)).decompress(zlib.compress(bytes(1001)))


def test_many_streams_share_one_bound():
    inflate = BoundedInflate(replace(DEFAULT, unpacked_bytes=1000))
    inflate.decompress(zlib.compress(bytes(600)))

    with pytest.raises(Refused, match="too_much_memory"):
        inflate.decompress(zlib.compress(bytes(600)))


def test_of_a_stream_cut_short_the_beginning_is_kept():
    data = b"".join(b"%d " % number for number in range(9000))

    saved = BoundedInflate(DEFAULT).decompress(zlib.compress(data)[:-200])

    assert saved
    assert data.startswith(saved)


def test_a_wrong_checksum_spoils_nothing():
    packed = bytearray(zlib.compress(b"invoice " * 1000))
    packed[-1] ^= 0xFF

    assert BoundedInflate(DEFAULT).decompress(bytes(packed)) == b"invoice " * 1000


@given(st.binary(max_size=3000))
def test_what_was_never_packed_gives_nothing_and_no_error(data):
    assert isinstance(BoundedInflate(DEFAULT).decompress(b"\x00" + data), bytes)
