"""Unpacking with a bound, so that a megabyte of file cannot become gigabytes of memory.

pdfminer unpacks every stream whole through its module's `zlib`; `bounded` puts the class below
in its place. What is cut short or spoilt is salvaged here too: pdfminer's own salvage goes byte
by byte and copies all it has for each, which lets one bad stream take minutes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from pdfminer import pdftypes

from .limits import Limits
from .refusals import Refused

TAIL = 256  # bytes; an error this late is the checksum's, and what came before it is whole


class BoundedInflate:
    """What pdfminer needs of `zlib`, refusing a file whose streams grow beyond the limits."""

    error = zlib.error

    def __init__(self, limits: Limits) -> None:
        self._stream_bytes = limits.stream_bytes
        self._left = limits.unpacked_bytes

    def decompress(self, data: bytes) -> bytes:
        """The unpacked stream; of a spoilt one what could be saved, which may be nothing."""
        room = min(self._stream_bytes, self._left)
        try:
            out = zlib.decompressobj().decompress(data, room + 1)
        except zlib.error:
            out = _salvaged(data, room)
        self._left -= len(out)
        if len(out) > room:
            raise Refused("too_much_memory")
        return out


def _salvaged(data: bytes, room: int) -> bytes:
    part, tail = zlib.decompressobj(), max(0, len(data) - TAIL)
    try:
        out = bytearray(part.decompress(data[:tail], room + 1))
    except zlib.error:
        return b""
    with suppress(zlib.error):
        for byte in data[tail:]:
            out += part.decompress(bytes((byte,)))
    return bytes(out)


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
