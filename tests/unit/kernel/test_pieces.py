from __future__ import annotations

import hashlib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.blobs import CHUNK, Blobs
from shared.errors import NotFound
from shared.pieces import (
    KEPT,
    Checksum,
    ChecksumDiffers,
    Pieces,
    PieceTooLong,
    UploadBusy,
    UploadExpired,
    WrongOffset,
)

NOW = datetime(2026, 11, 25, 23, 50, tzinfo=UTC)
SATU = "p-satu/2532004-3"
WHOLE = bytes(range(256)) * 40


class LineBroke(Exception):
    pass


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    return Pieces(tmp_path)


def begun(pieces: Pieces, length: int = len(WHOLE)) -> str:
    return pieces.begin(SATU, length, {"subject": "application/A80655"}, NOW).upload_id


def breaking(content: bytes, after: int):
    yield content[:after]
    raise LineBroke


def of(content: bytes, algorithm: str = "sha256") -> Checksum:
    return Checksum(algorithm, hashlib.new(algorithm, content).digest())


def test_pieces_in_order_become_the_file(pieces, tmp_path):
    upload = begun(pieces)
    for start in range(0, len(WHOLE), 3000):
        told = pieces.add(upload, SATU, start, [WHOLE[start : start + 3000]], NOW)

    blob = pieces.finish(told)

    assert told.whole
    assert (blob.size, blob.sha256) == (len(WHOLE), hashlib.sha256(WHOLE).hexdigest())
    assert Blobs(tmp_path).path(blob.key).read_bytes() == WHOLE
    assert pieces.finish(told) == blob, "asked again it is the same blob"


# A line may break before the first byte, after one, within a piece, one byte before its end, and at its end.
@pytest.mark.parametrize("after", [0, 1, 2999, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1])
def test_what_came_before_the_line_broke_is_kept_and_the_rest_goes_on_from_there(tmp_path, after):
    whole = b"ab" * CHUNK
    upload = begun(Pieces(tmp_path), len(whole))
    with pytest.raises(LineBroke):
        Pieces(tmp_path).add(upload, SATU, 0, breaking(whole, after), NOW)

    restarted = Pieces(tmp_path)  # the gateway has been restarted meanwhile
    assert restarted.look(upload, SATU, NOW).offset == after
    told = restarted.add(upload, SATU, after, [whole[after:]], NOW)

    assert restarted.finish(told).sha256 == hashlib.sha256(whole).hexdigest()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(cuts=st.lists(st.integers(0, len(WHOLE)), max_size=8), broken=st.sets(st.integers(0, 8)))
def test_wherever_it_is_cut_and_breaks_the_file_is_the_same(tmp_path, cuts, broken):
    pieces = Pieces(tmp_path)
    upload = begun(pieces)
    for number, end in enumerate([*sorted(cuts), len(WHOLE)]):
        start = pieces.look(upload, SATU, NOW).offset
        if number in broken:
            with pytest.raises(LineBroke):
                pieces.add(upload, SATU, start, breaking(WHOLE[start:end], (end - start) // 2), NOW)
            start = pieces.look(upload, SATU, NOW).offset
        pieces.add(upload, SATU, start, [WHOLE[start:end]], NOW)

    assert pieces.finish(pieces.look(upload, SATU, NOW)).sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_bytes_that_a_killed_process_had_not_counted_are_cut_away(pieces, tmp_path):
    upload = begun(pieces)
    pieces.add(upload, SATU, 0, [WHOLE[:100]], NOW)
    with (tmp_path / "uploads" / f"{upload}.bytes").open("ab") as file:
        file.write(b"never counted")

    told = pieces.add(upload, SATU, 100, [WHOLE[100:]], NOW)

    assert pieces.finish(told).sha256 == hashlib.sha256(WHOLE).hexdigest()


@pytest.mark.parametrize("offset", [0, 99, 101, len(WHOLE)])
def test_a_piece_that_begins_elsewhere_is_refused_with_where_it_should(pieces, offset):
    upload = begun(pieces)
    pieces.add(upload, SATU, 0, [WHOLE[:100]], NOW)

    with pytest.raises(WrongOffset) as refusal:
        pieces.add(upload, SATU, offset, [b"x"], NOW)

    assert refusal.value.facts == {"offset": "100"}
    assert pieces.look(upload, SATU, NOW).offset == 100


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
def test_a_piece_with_another_checksum_is_not_kept_and_may_come_again(pieces, algorithm):
    upload = begun(pieces)

    with pytest.raises(ChecksumDiffers):
        pieces.add(upload, SATU, 0, [WHOLE[:-1] + b"!"], NOW, of(WHOLE, algorithm))
    assert pieces.look(upload, SATU, NOW).offset == 0

    told = pieces.add(upload, SATU, 0, [WHOLE], NOW, of(WHOLE, algorithm))
    assert pieces.finish(told).sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_half_a_piece_with_a_checksum_is_not_kept_for_it_cannot_be_checked(pieces):
    upload = begun(pieces)

    with pytest.raises(LineBroke):
        pieces.add(upload, SATU, 0, breaking(WHOLE, 500), NOW, of(WHOLE))

    assert pieces.look(upload, SATU, NOW).offset == 0


def test_two_pieces_at_once_are_one_piece_and_one_refusal(pieces):
    upload = begun(pieces)
    first_is_coming, second_was_refused = threading.Event(), threading.Event()

    def slowly():
        first_is_coming.set()
        assert second_was_refused.wait(10)
        yield WHOLE

    sending = threading.Thread(target=pieces.add, args=(upload, SATU, 0, slowly(), NOW))
    sending.start()
    assert first_is_coming.wait(10)
    with pytest.raises(UploadBusy):
        pieces.add(upload, SATU, 0, [b"other"], NOW)
    second_was_refused.set()
    sending.join()

    assert pieces.finish(pieces.look(upload, SATU, NOW)).sha256 == hashlib.sha256(WHOLE).hexdigest()


def test_more_than_was_said_is_refused(pieces):
    upload = begun(pieces)

    with pytest.raises(PieceTooLong):
        pieces.add(upload, SATU, 0, [WHOLE, b"!"], NOW)


def test_to_anybody_else_the_upload_does_not_exist(pieces):
    upload = begun(pieces)

    for other in ("p-anna/2532004-3", "p-satu/1572860-0"):
        with pytest.raises(NotFound):
            pieces.look(upload, other, NOW)
        with pytest.raises(NotFound):
            pieces.add(upload, other, 0, [b"x"], NOW)
    with pytest.raises(NotFound):
        pieces.look("../../secret_key", SATU, NOW)


def test_an_upload_lives_a_day_after_its_last_piece_and_is_then_swept(pieces, tmp_path):
    upload = begun(pieces)
    later = NOW + timedelta(hours=20)
    pieces.add(upload, SATU, 0, [WHOLE[:10]], later)

    assert pieces.look(upload, SATU, NOW + KEPT).offset == 10
    assert pieces.sweep(later + KEPT - timedelta(seconds=1)) == 0
    with pytest.raises(UploadExpired):
        pieces.look(upload, SATU, later + KEPT)
    assert pieces.sweep(later + KEPT) == 1
    assert list((tmp_path / "uploads").iterdir()) == []
    with pytest.raises(NotFound):
        pieces.look(upload, SATU, later)
