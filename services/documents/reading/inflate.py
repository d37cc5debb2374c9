"""Unpacking with a bound, so that a megabyte of file cannot become gigabytes of memory.

pdfminer unpacks every stream whole through its module's `zlib`; `bounded` puts this class in
its place.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pdfminer import pdftypes

from .limits import Limits
from .refusals import Refused


class _Part:
    """A decompressor that counts what it gives out."""

    def __init__(self, inflate: BoundedInflate) -> None:
        self._inflate = inflate
        self._part = zlib.decompressobj()

    def decompress(self, data: bytes) -> bytes:
        room = self._inflate.room
        out = self._part.decompress(data, room + 1)
        self._inflate.spend(len(out))
        return out


class BoundedInflate:
    """What pdfminer needs of `zlib`, refusing a file whose streams grow beyond the limits."""

    error = zlib.error

    def __init__(self, limits: Limits) -> None:
        self._stream_bytes = limits.stream_bytes
        self._left = limits.unpacked_bytes

    @property
    def room(self) -> int:
        return min(self._stream_bytes, self._left)

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0 or size > self._stream_bytes:
            raise Refused("too_much_memory")

    def decompress(self, data: bytes) -> bytes:
        part = zlib.decompressobj()
        out = part.decompress(data, self.room + 1)
        self.spend(len(out))
        if not part.eof:
            raise zlib.error("incomplete stream")
        return out

    def decompressobj(self) -> _Part:
        return _Part(self)


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Within this block pdfminer unpacks no more than the limits allow."""
    module: Any = pdftypes
    usual = module.zlib
    module.zlib = BoundedInflate(limits)
    try:
        yield
    finally:
        module.zlib = usual
