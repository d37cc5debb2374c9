"""Files made for tests: PDFs with and without text, and files that mean harm."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import typst
from PIL import Image

from tests.reading.made_invoices import invoice_pdf, some_facts


def an_invoice(seed: int = 1, language: str = "fi", layout: str = "letter") -> bytes:
    return invoice_pdf(some_facts(seed, language), layout)


def changed(pdf: bytes, change, **save) -> bytes:
    """The PDF after `change` was done to it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **save)
    return out.getvalue()


def encrypted(pdf: bytes, *, password: str) -> bytes:
    return changed(pdf, lambda _: None, encryption=pikepdf.Encryption(owner="owner", user=password))


def opening_with_javascript(pdf: bytes) -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")

    return changed(pdf, add)


def launching_from_a_link(pdf: bytes) -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
        click = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org", Next=launch)
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=click)
        document.pages[0].Annots = pikepdf.Array([link])

    return changed(pdf, add)


def linking(pdf: bytes) -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        click = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=click)
        document.pages[0].Annots = pikepdf.Array([link])

    return changed(pdf, add)


def with_attachment(pdf: bytes, name: str, data: bytes) -> bytes:
    def add(document: pikepdf.Pdf) -> None:
        document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)

    return changed(pdf, add)


def scanned(pdf: bytes) -> bytes:
    """The same pages as pictures without text."""
    with pypdfium2.PdfDocument(pdf) as document:
        pictures = [page.render(scale=1).to_pil().convert("RGB") for page in document]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def a_blank_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    return out.getvalue()


def a_bomb(megabytes: int) -> bytes:
    """A page whose drawing unpacks to this many megabytes of text."""
    return _with_content(b"BT /F1 9 Tf (A) Tj ET\n" * (megabytes * 1024 * 1024 // 22))


def an_endless_drawing() -> bytes:
    """A page that takes long to draw without being large."""
    return _with_content(b"BT /F1 9 Tf 0 0 Td (A) Tj ET q Q\n" * 900_000)


def _with_content(content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    )
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def pages_that_contain_themselves() -> bytes:
    """A tree of pages with a loop in it."""
    return _with_content(b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def many_pages(count: int) -> bytes:
    source = f"#for n in range({count}) [Invoice number: #n total 1.00 #pagebreak(weak: true) ]"
    return bytes(typst.compile(source.encode(), format="pdf"))


def without_letters(pdf: bytes) -> bytes:
    """The PDF with its fonts' tables of letters taken out: what they draw cannot be told."""

    def strip(document: pikepdf.Pdf) -> None:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]

    return changed(pdf, strip)


def put(folder: Path, data: bytes, name: str = "invoice.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
