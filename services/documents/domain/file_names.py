"""A file's name as people may see it again: theirs, without what could mislead a reader or a header."""

from __future__ import annotations

import re
import unicodedata

from services.documents.domain.file_types import FileType

LONGEST = 255  # characters; also what common file systems take
NAMELESS = "document"

_PATH = re.compile(r"^.*[/\\]")
_SPACES = re.compile(r"\s+")
_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, direction marks, surrogates, unassigned
_UNSAFE = str.maketrans(dict.fromkeys('"<>:|?*%;', "_"))


def shown_name(given: str, file_type: FileType) -> str:
    """The last part of the path without invisible characters, ending as its content does.

    `kuitti.exe` that is a PDF becomes `kuitti.exe.pdf`; Finnish letters stay as they are.
    """
    name = _PATH.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", given)))
    name = "".join(character for character in name if unicodedata.category(character) not in _NOT_SHOWN)
    name = _SPACES.sub(" ", name.translate(_UNSAFE)).strip(" .") or NAMELESS  # what was invisible may have parted two
    if _ending(name).lower() not in file_type.extensions:
        name = f"{name}.{file_type.extensions[0]}"
    return _shortened(name)


def _ending(name: str) -> str:
    return name.rpartition(".")[2] if "." in name else ""


def _shortened(name: str) -> str:
    ending = _ending(name)
    return name if len(name) <= LONGEST else f"{name[: LONGEST - len(ending) - 1].rstrip()}.{ending}"
