"""Why a file is not read."""

from __future__ import annotations


class Refused(Exception):
    """The file will not be read; `reason` is one of the codes that `Reading` lists."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.pages = pages
