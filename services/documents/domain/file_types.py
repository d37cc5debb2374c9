"""What a file is by its content, never by its name: the few types we keep, and nothing that can run."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

PDF_HEADER_WITHIN = 1024  # readers look for the header this far (PDF 1.7, implementation note 13)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileType:
    """`extensions` are the endings a name may have for it; the first is given to a name that has another."""

    name: str
    media_type: str
    extensions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """`size` in bytes, `sha256` in hex; `file_type` None for anything we do not keep."""

    size: int
    sha256: str
    file_type: FileType | None
    macros: bool = False


PDF = FileType(name="PDF", media_type="application/pdf", extensions=("pdf",))
JPEG = FileType(name="JPEG", media_type="image/jpeg", extensions=("jpg", "jpeg", "jpe", "jfif"))
PNG = FileType(name="PNG", media_type="image/png", extensions=("png",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = FileType(name="DOCX", media_type=f"{_OFFICE}.wordprocessingml.document", extensions=("docx",))
XLSX = FileType(name="XLSX", media_type=f"{_OFFICE}.spreadsheetml.sheet", extensions=("xlsx",))
TXT = FileType(name="TXT", media_type="text/plain", extensions=("txt",))
CSV = FileType(name="CSV", media_type="text/csv", extensions=("csv",))
ALLOWED = (PDF, JPEG, PNG, DOCX, XLSX, TXT, CSV)

_SIGNATURES = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_RUNS_SOMEWHERE = (b"#!", b"mz", b"<", b"@echo", b"%!ps", b"{\\rtf")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_TEXT_CONTROLS = frozenset(b"\t\n\r\f")


def type_of_head(head: bytes) -> FileType | None:
    """The type that the first bytes alone prove: PDF, JPEG or PNG."""
    for signature, file_type in _SIGNATURES:
        if head.startswith(signature):
            return file_type
    return PDF if is_pdf(head) else None


def is_pdf(head: bytes) -> bool:
    """Whether it opens as a PDF and as nothing a browser would rather run."""
    at = head[:PDF_HEADER_WITHIN].find(b"%PDF-")
    return at == 0 or (at > 0 and not _looks_runnable(head))


def is_zip(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04")


def office_type(members: Collection[str]) -> FileType | None:
    """The office type of a zip package with these members; None for any other zip."""
    if "[Content_Types].xml" not in members:
        return None
    if "word/document.xml" in members:
        return DOCX
    return XLSX if "xl/workbook.xml" in members else None


def has_macros(members: Collection[str]) -> bool:
    return any(member.lower().endswith("vbaproject.bin") for member in members)


def type_of_text(content: bytes, file_name: str) -> FileType | None:
    """TXT or CSV by the ending of the name, when the content is plain text and starts like no script or markup."""
    ending = file_name.rpartition(".")[2].lower()
    named = next((kind for kind in (TXT, CSV) if ending in kind.extensions), None)
    if named is None or _looks_runnable(content) or not _is_text(content):
        return None
    return named


def _looks_runnable(content: bytes) -> bool:
    start = content[:64]
    for mark in _BYTE_ORDER_MARKS:
        start = start.removeprefix(mark)
    return start.lstrip().lower().replace(b"\0", b"").startswith(_RUNS_SOMEWHERE)


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):  # Excel's "Unicode text"
        return _decodes(content, "utf-16")
    controls = any(byte < 32 and byte not in _TEXT_CONTROLS for byte in set(content))
    # Any byte string is Latin-1, so an old spreadsheet's export passes; control characters give binaries away.
    return not controls


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        return "\0" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False
