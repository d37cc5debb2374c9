"""Uploads that come in pieces: what has come of each lies in the blob directory until all of it is there.

An upload is two files in `uploads/`: its facts as JSON, and the bytes so far. The count of bytes that are surely
ours stands in the facts; what lies behind it in the other file is a piece that broke off, and is cut away. So a
lost line, a killed process and a full disk cost the last piece at most. One process at a time writes to an
upload: the operating system's own lock on its file says so to all that share the directory.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from shared.blobs import CHUNK, Blob, Blobs
from shared.errors import Conflict, Gone, Invalid, NotFound

KEPT = timedelta(days=1)  # after the last piece
COUNT_EVERY = 4 * 1024 * 1024  # bytes of a piece without a checksum that are counted as ours while it still comes
CHECKSUMS = ("sha256", "sha1")  # RFC 6234; SHA-1 is the one that tus demands of every server

_KEY = re.compile(r"[0-9a-f]{32}")


class WrongOffset(Conflict):
    """The piece begins elsewhere than the last one ended. Facts: `offset`, the bytes that have come."""

    code = "wrong_offset"


class UploadBusy(Conflict):
    """Another piece of the same upload is coming in right now."""

    code = "upload_busy"


class PieceTooLong(Invalid):
    """More came than the upload was said to have. Facts: `length`."""

    code = "piece_too_long"


class ChecksumDiffers(Invalid):
    """The piece is not what its sender counted: none of it is kept, and it may come again."""

    code = "checksum_differs"


class UploadExpired(Gone):
    """Too long has passed since the last piece."""

    code = "upload_expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piecemeal:
    """`owner` alone may go on with it. `length` and `offset` in bytes; `facts` go along unread.

    `result` is what became of it when it was whole, as its keeper noted.
    """

    upload_id: str
    owner: str
    length: int
    offset: int
    expires_at: datetime
    facts: Mapping[str, str]
    result: Mapping[str, str]

    @property
    def whole(self) -> bool:
        return self.offset == self.length


@dataclass(frozen=True, slots=True)
class Checksum:
    """`algorithm` is one of CHECKSUMS; `digest` the raw bytes."""

    algorithm: str
    digest: bytes


class Pieces:
    def __init__(self, directory: Path) -> None:
        self._directory = directory / "uploads"
        self._blobs = Blobs(directory)

    def begin(self, owner: str, length: int, facts: Mapping[str, str], now: datetime) -> Piecemeal:
        begun = Piecemeal(
            upload_id=uuid4().hex,
            owner=owner,
            length=length,
            offset=0,
            expires_at=now + KEPT,
            facts=facts,
            result={},
        )
        self._directory.mkdir(parents=True, exist_ok=True)
        self._bytes(begun.upload_id).touch()
        self._note(begun)
        return begun

    def look(self, upload_id: str, owner: str, now: datetime) -> Piecemeal:
        """Raises NotFound, for another's upload too, and UploadExpired."""
        if not _KEY.fullmatch(upload_id):
            raise NotFound(what="upload")
        try:
            told = json.loads(self._facts(upload_id).read_bytes())
        except FileNotFoundError as error:
            raise NotFound(what="upload") from error
        found = Piecemeal(**{**told, "expires_at": datetime.fromisoformat(told["expires_at"])})
        if found.owner != owner:
            raise NotFound(what="upload")
        if found.expires_at <= now:
            raise UploadExpired()
        return found

    def add(
        self,
        upload_id: str,
        owner: str,
        offset: int,
        chunks: Iterable[bytes],
        now: datetime,
        checksum: Checksum | None = None,
    ) -> Piecemeal:
        """Take in a piece that begins at `offset`. A line that breaks leaves what came before, unless the piece has a
        `checksum`: half a piece cannot be checked. Whatever `chunks` raises is raised on.

        Raises WrongOffset, UploadBusy, PieceTooLong, ChecksumDiffers and what `look` raises.
        """
        self.look(upload_id, owner, now)
        with self._alone(upload_id) as file:
            upload = self.look(upload_id, owner, now)
            if offset != upload.offset:
                raise WrongOffset(offset=upload.offset)
            file.truncate(upload.offset)
            file.seek(upload.offset)
            if checksum is None:
                return self._counted_as_it_comes(file, upload, chunks, now)
            digest = hashlib.new(checksum.algorithm, usedforsecurity=False)
            came = 0
            for chunk in _within(chunks, upload.length - upload.offset, upload.length):
                digest.update(chunk)
                came += file.write(chunk)
            if digest.digest() != checksum.digest:
                raise ChecksumDiffers()
            return self._on_disk(file, replace(upload, offset=upload.offset + came), now)

    def finish(self, upload: Piecemeal) -> Blob:
        """The whole upload as a blob whose key is the upload's id; the same blob when asked again."""
        with self._alone(upload.upload_id):
            path = self._blobs.path(upload.upload_id, must_exist=False)
            part = self._bytes(upload.upload_id)
            if not path.is_file():
                path.parent.mkdir(parents=True, exist_ok=True)
                os.link(part, path)
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            return Blob(upload.upload_id, path.stat().st_size, sha256)

    def done(self, upload: Piecemeal, result: Mapping[str, str]) -> None:
        """Note what became of it, for a sender that lost the answer. Its bytes lie in the blob store alone now."""
        self._note(replace(upload, result=result))
        self._bytes(upload.upload_id).unlink(missing_ok=True)

    def drop(self, upload_id: str, *, with_blob: bool = False) -> None:
        """Forget the upload; `with_blob` also what had become of it, which nobody keeps."""
        self._facts(upload_id).unlink(missing_ok=True)
        self._bytes(upload_id).unlink(missing_ok=True)
        if with_blob:
            self._blobs.path(upload_id, must_exist=False).unlink(missing_ok=True)

    def sweep(self, now: datetime) -> int:
        """Forget the uploads whose time has passed; how many."""
        swept: set[str] = set()
        for path in self._directory.glob("*"):
            upload_id = path.name.partition(".")[0]
            if self._is_over(upload_id, path, now):
                self.drop(upload_id)
                path.unlink(missing_ok=True)  # also facts that were half written
                swept.add(upload_id)
        return len(swept)

    def _is_over(self, upload_id: str, path: Path, now: datetime) -> bool:
        try:
            told = json.loads(self._facts(upload_id).read_bytes())
            return bool(datetime.fromisoformat(told["expires_at"]) <= now)
        except FileNotFoundError:
            try:
                return path.stat().st_mtime < (now - KEPT).timestamp()
            except FileNotFoundError:
                return False  # swept by another process meanwhile

    def _counted_as_it_comes(
        self, file: BinaryIO, upload: Piecemeal, chunks: Iterable[bytes], now: datetime
    ) -> Piecemeal:
        came, counted = upload.offset, upload.offset
        try:
            for chunk in _within(chunks, upload.length - upload.offset, upload.length):
                came += file.write(chunk)
                if came - counted >= COUNT_EVERY:
                    upload = self._on_disk(file, replace(upload, offset=came), now)
                    counted = came
        finally:  # the line may have broken: what came before is kept
            upload = self._on_disk(file, replace(upload, offset=came), now)
        return upload

    def _on_disk(self, file: BinaryIO, upload: Piecemeal, now: datetime) -> Piecemeal:
        """First the bytes, then their count: a count is never of bytes that could still be lost."""
        file.flush()
        os.fsync(file.fileno())
        counted = replace(upload, expires_at=now + KEPT)
        self._note(counted)
        return counted

    @contextmanager
    def _alone(self, upload_id: str) -> Iterator[BinaryIO]:
        try:
            file = self._bytes(upload_id).open("r+b")
        except FileNotFoundError as error:
            raise NotFound(what="upload") from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UploadBusy() from error
            yield file  # the lock goes with the file

    def _note(self, upload: Piecemeal) -> None:
        told: dict[str, Any] = {**asdict(upload), "expires_at": upload.expires_at.isoformat()}
        path = self._facts(upload.upload_id)
        new = path.with_suffix(f".{uuid4().hex}.new")
        with new.open("x") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def _facts(self, upload_id: str) -> Path:
        return self._directory / f"{upload_id}.json"

    def _bytes(self, upload_id: str) -> Path:
        return self._directory / f"{upload_id}.bytes"


def _within(chunks: Iterable[bytes], room: int, length: int) -> Iterator[bytes]:
    for chunk in chunks:
        room -= len(chunk)
        if room < 0:
            raise PieceTooLong(length=length)
        yield chunk


def in_chunks(stream: Any) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk
