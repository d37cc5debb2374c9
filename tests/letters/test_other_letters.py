"""Letters that tell of something else than an award or a payment, before and after they are set in type."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

import pikepdf
import pytest

from services.documents.domain.letters import GATHERED, Letter, LetterKind
from services.documents.letters.archive import FILE_NAME, NAMESPACE, seal_of
from services.documents.letters.composing import check_code_of, compose, digest_of, metadata_of, review_of
from services.documents.letters.press import SubprocessPress
from services.documents.letters.qr import address_of, picture
from services.documents.letters.translated import TRANSLATION, texts_in, with_texts
from services.documents.letters.words import LANGUAGES
from services.documents.use_cases.letters import data_of
from tests.letters.conftest import composed
from tests.letters.test_printed_letters import pages_of, structure, text_of
from tests.support.documents_builders import NAMES, NOW, OURS, a_payment_decision, a_refusal, an_award, wire_of
from tests.support.letters_builders import a_completion, a_filing, a_request, an_act, gathered_wire, scores

Kind = LetterKind
ACTS = (Kind.CORRECTION, Kind.AMENDMENT, Kind.TRANCHE, Kind.CANCELLATION, Kind.CLOSURE, Kind.REVIEW_DECISION)
FACTS_OF = {
    Kind.FILING: a_filing,
    Kind.COMPLETION_FILED: a_completion,
    Kind.COMPLETION_REQUEST: a_request,
    Kind.HEARING: a_request,
}


def wire_for(kind: LetterKind, language: str) -> dict[str, Any]:
    if kind in GATHERED:
        return gathered_wire(kind, FACTS_OF[kind](), language)
    if kind is Kind.PAYMENT_DECIDED:
        return wire_of(kind, a_payment_decision(language))
    if kind in (Kind.GRANT_REFUSED, Kind.LEFT_UNEXAMINED, Kind.LAPSED):
        return wire_of(kind, a_refusal(language))
    data = an_award(language, **scores()) if kind is Kind.GRANT_AWARDED else an_act(kind, language)
    return wire_of(kind, data)


def sheet_of(kind: LetterKind, wire: dict[str, Any], language: str) -> dict[str, Any]:
    return compose(kind, data_for(kind, wire, language), wire, names=NAMES, service_address="tukivayla.example/todenna")


def data_for(kind: LetterKind, wire: dict[str, Any], language: str) -> dict[str, Any]:
    letter = Letter(
        event_id="e",
        kind=kind,
        subject="application/A80655",
        number="A80655",
        language=language,
        business_id=OURS,
        authority="ITA",
        file_name="x.pdf",
        check_code="x",
        digest="x",
        decided_at=datetime.fromisoformat(wire["decided_at"]),
        data=wire,
        due_at=NOW,
    )
    return data_of(letter)


def said(sheet: dict[str, Any]) -> str:
    return json.dumps(sheet, ensure_ascii=False)


def blocks(sheet: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [block for part in sheet["sections"] for block in part["blocks"] if block["kind"] == kind]


@pytest.fixture(scope="module")
def printed() -> dict[tuple[str, str], bytes]:
    """Every kind of letter in Finnish and Swedish, set in one run of the typesetter."""
    keys = [(kind, language) for kind in Kind for language in ("fi", "sv")]
    answers = SubprocessPress().print([sheet_of(kind, wire_for(kind, language), language) for kind, language in keys])
    assert [answer for answer in answers if isinstance(answer, str)] == []
    return dict(zip(keys, answers, strict=True))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_letter_is_composed_in_every_language(kind, language):
    sheet = sheet_of(kind, wire_for(kind, language), language)

    assert sheet["sections"]
    assert sheet["marking"]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_kind_is_accessible_for_the_archive_and_carries_its_metadata(printed, kind, language):
    with pikepdf.open(io.BytesIO(printed[kind, language])) as pdf:
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfaid:conformance"] == "A"
            assert "<pdfuaid:part>1</pdfuaid:part>" in str(metadata)
        assert list(pdf.attachments) == [FILE_NAME]
        attached = pdf.attachments[FILE_NAME]
        root = ElementTree.fromstring(attached.get_file().read_bytes())  # noqa: S314  our own file
        tags = structure(pdf)
    space = {"a": NAMESPACE}
    assert root.findtext("a:Tunniste/a:Asianumero", namespaces=space) == "A80655"
    assert root.findtext("a:Kieli", namespaces=space) == language
    assert root.findtext("a:Tiiviste/a:Arvo", namespaces=space) == digest_of(wire_for(kind, language))
    assert root.findtext("a:Julkisuusluokka", namespaces=space) == ("partly_secret" if kind in GATHERED else "public")
    assert "/Figure" in tags, "the QR code is a figure with a text in its place"
    assert "/H1" in tags


def test_the_letter_says_when_it_is_served_by_each_way_and_when_it_becomes_final():
    text = said(composed(Kind.GRANT_AWARDED, an_award()))  # decided on Monday 23.11.2026

    assert "Lähetetty 23.11.2026, tiedoksisaanti 26.11.2026. Muutoksenhaun viimeinen päivä on 28.12.2026" in text
    assert "Lähetetty 23.11.2026, tiedoksisaanti 30.11.2026. Muutoksenhaun viimeinen päivä on 30.12.2026" in text
    assert "päätös saa lainvoiman 29.12.2026" in text


def test_of_a_councils_old_decision_it_waits_for_the_members_of_the_municipalities_too():
    appeal = {"route": "council_municipal_review", "days": 14, "to": "PLI", "legal_basis": "kuntalaki 410/2015 134 §"}

    [electronic, letter] = review_of(Kind.GRANT_REFUSED, a_refusal(authority="PLI", appeal=appeal))

    assert (electronic.served_on, electronic.last_day) == (date(2026, 11, 26), date(2026, 12, 10))  # the company's own
    assert electronic.final_from == date(2026, 12, 15)  # the members': 23.11. and 7 days of display and 14 of review
    assert (letter.last_day, letter.final_from) == (date(2026, 12, 14), date(2026, 12, 15))


def test_what_asks_and_what_the_company_sent_has_no_time_for_review():
    assert review_of(Kind.HEARING, {}) == []
    assert review_of(Kind.FILING, {}) == []


def test_scores_are_shown_with_their_criteria_grounds_and_the_least_that_was_asked():
    sheet = composed(Kind.GRANT_REFUSED, a_refusal(**scores()))
    [table] = [block for block in blocks(sheet, "table") if block["caption"] == "Valintaperusteiden pisteet"]

    assert table["rows"][0] == ["Vaikuttavuus\nvähintään 2\nHanke uudistaa koko tuotannon.", "4 / 5", "3", "12"]
    assert table["totals"] == [["Yhteensä", "", "", "15"]]
    assert "Haussa vaadittu vähimmäispistemäärä on 12." in said(sheet)


def test_reasons_tell_facts_provisions_and_the_rules_with_their_versions():
    award = an_award(size_class="small", aid_basis="de_minimis", rules=[{"rule": "de_minimis", "version": "3"}])
    text = said(composed(Kind.GRANT_AWARDED, award))

    assert "Yritys on kokoluokaltaan pieni yritys." in text
    assert "de minimis -asetus (EU) 2023/2831" in text
    assert "De minimis -tuen liikkumavara (de_minimis 3)" in text
    assert "Sovelletut säännökset" in text


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_after_the_award_tells_what_changes_from_what_to_what(kind):
    sheet = composed(kind, an_act(kind))
    [changes] = [block for block in blocks(sheet, "table") if block["caption"] == "Mikä muuttuu"]

    assert ["Toteutusaika päättyy", "31.10.2028", "30.4.2029"] in changes["rows"]
    assert ["Koneet ja laitteet 2027", "181\u00a0950,00\u00a0€", "170\u00a0000,00\u00a0€"] in changes["rows"]
    assert ["Tuki enintään", "73\u00a0922,08\u00a0€", "70\u00a0000,00\u00a0€"] in changes["rows"]


@pytest.mark.parametrize(
    ("kind", "verdict", "leads"),
    [
        (Kind.AMENDMENT, "reject", "hylkää muutoshakemuksen"),
        (Kind.AMENDMENT, "approve_in_part", "hyväksyy muutoshakemuksen osittain"),
        (Kind.REVIEW_DECISION, "uphold", "hylkää oikaisuvaatimuksen"),
        (Kind.REVIEW_DECISION, "leave_unexamined", "jättää oikaisuvaatimuksen tutkimatta"),
    ],
)
def test_the_operative_part_says_how_it_ended(kind, verdict, leads):
    assert leads in said(composed(kind, an_act(kind, verdict=verdict)))


def test_a_decision_on_review_is_appealed_to_the_administrative_court_by_its_name():
    text = said(composed(Kind.REVIEW_DECISION, an_act(Kind.REVIEW_DECISION)))

    assert "Hallinto-oikeudelle: Itä-Suomen hallinto-oikeus." in text
    assert "Kuka saa valittaa" in text
    assert "Oikaisua on vaadittava" not in text


def test_a_correction_says_by_which_section_and_that_the_old_one_is_kept():
    of_fact = said(composed(Kind.CORRECTION, an_act(Kind.CORRECTION, kind="correction_of_fact")))
    of_error = said(composed(Kind.CORRECTION, an_act(Kind.CORRECTION)))

    assert "50\u00a0§" in of_fact
    assert "51\u00a0§" in of_error
    assert "säilytetään" in of_error


@pytest.mark.parametrize(
    ("kind", "leads"),
    [(Kind.LEFT_UNEXAMINED, "jättää hakemuksen tutkimatta"), (Kind.LAPSED, "toteaa, että asia raukeaa")],
)
def test_left_unexamined_and_lapsed_are_told_as_what_they_are(kind, leads):
    assert leads in said(composed(kind, a_refusal()))


@pytest.mark.parametrize(
    ("kind", "counted"), [(Kind.GRANT_REFUSED, True), (Kind.LEFT_UNEXAMINED, False), (Kind.LAPSED, False)]
)
def test_what_was_not_examined_rests_on_no_rule_size_or_ground_of_aid(kind, counted):
    facts = {"size_class": "micro", "rules": [{"rule": "sme_size", "version": 1}]}
    told = said(composed(kind, a_refusal(**facts)))

    assert ("Ratkaisussa on käytetty näitä laskentasääntöjä" in told) is counted
    assert ("Yritys on kokoluokaltaan" in told) is counted
    assert "Tukea on haettu" in told


def test_what_was_filed_has_every_answer_as_it_was_typed_and_empty_is_shown_as_empty():
    sheet = sheet_of(Kind.FILING, wire_for(Kind.FILING, "fi"), "fi")
    rows = [row for block in blocks(sheet, "terms") for row in block["rows"]]

    assert ["Tiivistelmä", "Uusi solu.\nKaksi riviä, ja _alaviiva_ #merkki."] in rows
    assert ["Puhelin", "(ei vastattu)"] in rows
    assert ["risks (fi)", "(ei vastattu)"] in rows
    assert ["owners (fi)", "(ei rivejä)"] in rows
    assert ["exports (fi)", "kyllä"] in rows
    assert ["markets (fi)", "Ruotsi (fi)"] in rows
    assert "tätä ei kysytty" not in said(sheet), "what was hidden is not filed"
    [costs] = [block for block in blocks(sheet, "table") if block["caption"] == "Kustannusarvio"]
    assert costs["rows"] == [["Koneet ja laitteet", "Solu", "2027", "181 950,00"]]


def test_what_was_filed_lists_the_attachments_with_size_and_the_whole_digest():
    sheet = sheet_of(Kind.FILING, wire_for(Kind.FILING, "fi"), "fi")
    [table] = [block for block in blocks(sheet, "table") if block["caption"] == "Liitteet ja niiden tiivisteet"]

    [[file, size, digest]] = table["rows"]
    assert file == "Hankesuunnitelma 1.pdf\nHankesuunnitelma"
    assert size == "1\u00a0234\u00a0567 tavua"
    assert digest.replace(" ", "") == "01" * 32


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ({}, "Marja-Leena Hyvärinen, yrityksen Saimaan Levypaja Oy puolesta, oikeus allekirjoittaa"),
        ({"via": "kirjanpito"}, "API-avaimella kirjanpito"),
        ({"role": "handler"}, "viranomainen, paperilla tai sähköpostilla saapuneesta"),
    ],
)
def test_what_was_filed_says_who_sent_it_by_which_right_and_when_to_the_second(who, told):
    wire = gathered_wire(Kind.FILING, a_filing(), **who)
    text = said(sheet_of(Kind.FILING, wire, "fi"))

    assert told in text
    assert "1.10.2026 klo\u00a023.50.03" in text


def test_a_request_says_by_when_what_is_asked_and_what_happens_otherwise():
    completion = said(sheet_of(Kind.COMPLETION_REQUEST, wire_for(Kind.COMPLETION_REQUEST, "fi"), "fi"))
    hearing = said(sheet_of(Kind.HEARING, wire_for(Kind.HEARING, "sv"), "sv"))

    assert "Täydennä hakemustasi viimeistään 10.11.2026." in completion
    assert "Hankesuunnitelma" in completion
    assert "ratkaistaan niillä tiedoilla" in completion
    assert "Omständigheter som du hörs om" in hearing
    assert "Muutoksenhaku" not in completion


def test_a_translation_says_what_it_translates_and_has_a_code_of_its_own():
    original = wire_of(Kind.GRANT_AWARDED, an_award(**scores()))
    places = texts_in(original)
    told = {"of": "AAAA-BBBB-CCCC-DDDD", "language": "fi", "by": "p-marja", "at": NOW.isoformat()}
    wire = with_texts(original, {place: f"På svenska {place}" for place in places}, "sv") | {TRANSLATION: told}

    sheet = sheet_of(Kind.GRANT_AWARDED, wire, "sv")

    assert set(places) == {"reasons", "conditions.0", "scores.0.grounds"}
    text = said(sheet)
    assert all(f"På svenska {place}" in text for place in places)
    assert not [written for written in places.values() if written in text]
    [notice] = sheet["notice"]
    assert "officiell översättning" in notice["text"]
    assert "AAAA-BBBB-CCCC-DDDD" in notice["text"]
    assert "Marja-Leena Hyvärinen" in notice["text"]
    assert digest_of(wire) != digest_of(original)
    assert original == wire_of(Kind.GRANT_AWARDED, an_award(**scores())), "the original is untouched"


def test_the_qr_code_leads_to_the_page_that_checks_this_very_letter(printed):
    sheet = composed(Kind.GRANT_AWARDED, an_award())
    [code] = blocks(sheet, "qr")
    check = re.search(r"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}", sheet["footer"])[0]

    assert code["svg"] == picture(f"https://tukivayla.example/todenna?tunnus={check}")
    assert address_of("http://127.0.0.1:8000/todenna", check) == f"http://127.0.0.1:8000/todenna?tunnus={check}"
    assert check_code_of(digest_of(wire_for(Kind.GRANT_AWARDED, "fi"))) in text_of(printed[Kind.GRANT_AWARDED, "fi"])


def test_the_seal_holds_metadata_and_file_together():
    wire = wire_for(Kind.GRANT_AWARDED, "fi")
    metadata = metadata_of(Kind.GRANT_AWARDED, data_for(Kind.GRANT_AWARDED, wire, "fi"), wire, NAMES)
    sha256 = hashlib.sha256(b"file").hexdigest()

    seal = seal_of(metadata, sha256)

    assert seal == seal_of(dict(reversed(metadata.items())), sha256)
    assert seal != seal_of(metadata | {"Kieli": "sv"}, sha256)
    assert seal != seal_of(metadata, hashlib.sha256(b"another").hexdigest())


def test_a_long_filing_is_written_fast_and_whole():
    wire = wire_for(Kind.FILING, "fi")
    case, filed = wire["gathered"]["application"], wire["gathered"]["filed"]
    section = case["call"]["sections"][2]
    questions = [
        {"key": f"q{number}", "kind": "long_text", "labels": {"fi": f"Kysymys {number}"}, "options": [], "columns": []}
        for number in range(150)
    ]
    case["call"]["sections"] = [{**section, "questions": questions}]
    filed["answers"] = {f"q{number}": f"Vastaus {number} " + "pitkä teksti " * 60 for number in range(150)}
    filed["attachments"] = filed["attachments"] * 100

    [pdf] = SubprocessPress(seconds=15).print([sheet_of(Kind.FILING, wire, "fi")])

    assert isinstance(pdf, bytes), pdf
    text = "\n".join(pages_of(pdf))
    assert all(f"Vastaus {number} " in text for number in (0, 75, 149))
    assert text.count("Hankesuunnitelma 1.pdf") == 100
