"""The measure of reading itself: it must count a wrong figure as wrong."""

from __future__ import annotations

import json

from services.documents.reading import Figure, Reading
from tests.reading.made_files import an_invoice, put, scanned
from tests.reading.made_invoices import some_facts
from tukivayla.accuracy import Measured, main
from tukivayla.extract import extract

TRUTH = {
    "file": "a.pdf",
    "invoice_number": "12",
    "gross": 119.0,
    "seller": "Muster GmbH & Co.",
    "visible": {"gross": True},
}


def measured(**figures: Figure) -> Measured:
    return Measured(TRUTH, Reading.of("a.pdf", 1, figures), 1.0, 1.0)


def figure(value: str, confidence: int = 98) -> Figure:
    return Figure(value, confidence, 1, (0.0, 0.0, 1.0, 1.0), "adds_up")


def test_a_wrong_figure_counts_as_wrong_unless_it_warned():
    assert measured(gross=figure("119.00")).outcome("gross") == "right"
    assert measured(gross=figure("118.00")).outcome("gross") == "wrong"
    assert measured(gross=figure("118.00", 79)).outcome("gross") == "wrong but warned"
    assert measured().outcome("gross") == "missing"


def test_what_the_page_does_not_show_is_not_counted():
    hidden = Measured({**TRUTH, "visible": {"gross": False}}, Reading.of("a.pdf", 1, {}), 1.0, 1.0)

    assert hidden.outcome("gross") is None


def test_a_name_may_be_shorter_than_the_true_one():
    assert measured(seller_name=figure("Muster GmbH")).outcome("seller_name") == "right"
    assert measured(seller_name=figure("Kunde AG")).outcome("seller_name") == "wrong"


def test_a_folder_of_invoices_is_measured(tmp_path, capsys):
    for folder in ("pdf", "scanned", "hostile"):
        (tmp_path / folder).mkdir()
    facts = some_facts(1, "fi")
    put(tmp_path / "pdf", an_invoice(1, "fi"), "a.pdf")
    put(tmp_path / "scanned", scanned(an_invoice(1, "fi")), "s.pdf")
    put(tmp_path / "hostile", b"", "empty.pdf")
    truth = {"file": "a.pdf", "invoice_number": facts.number, "gross": str(facts.gross), "date": "1999-01-01"}
    (tmp_path / "truth.jsonl").write_text(json.dumps(truth) + "\n", encoding="utf-8")

    main(tmp_path)

    printed = capsys.readouterr().out
    assert "invoice_date is '1999-01-01'" in printed
    assert "scanned: 1 of 1 refused as they should be" in printed
    assert "hostile: 1 of 1 refused as they should be" in printed


def test_extracting_keeps_the_order_and_says_why_a_file_is_not_read(tmp_path):
    paths = [put(tmp_path, an_invoice(), "a.pdf"), put(tmp_path, b"", "b.pdf")]

    first, second = extract(paths)

    assert (first["file"], first["readable"]) == (str(paths[0]), True)
    assert (second["readable"], second["reason"]) == (False, "empty_file")
