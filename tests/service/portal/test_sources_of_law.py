"""A source of law is named in the reader's language, whatever the rooms call it among themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.applications.domain.appeals import ROUTES
from services.gateway import texts
from services.monitoring.domain.fact_kinds import KINDS

ROOT = Path(__file__).parents[3]
IN_FINNISH = re.compile(r"\b(?:VNa|VAL|HL|\w*laki|asetus|suositus|liite|alak)\b")


@pytest.mark.parametrize(
    ("cited", "finnish", "swedish", "english"),
    [
        ("award", "tukipäätös", "stödbeslutet", "award decision"),
        ("IS-2026-14", "IS-2026-14", "IS-2026-14", "IS-2026-14"),
        (
            "VNa 895/2021 8 § (659/2022)",
            "valtioneuvoston asetus 895/2021 8 § (659/2022)",
            "statsrådets förordning 895/2021 8 § (659/2022)",
            "Government Decree 895/2021 8 § (659/2022)",
        ),
        ("laki 758/2021 6 §", "laki 758/2021 6 §", "lag 758/2021 6 §", "Act 758/2021 6 §"),
        (
            "2003/361/EC annex art. 2-6",
            "2003/361/EY liite 2-6 artikla",
            "2003/361/EG bilaga artikel 2-6",
            "2003/361/EC annex art. 2-6",
        ),
        (
            "(EU) 2023/2831 art. 6(1), (3), 7(4)",
            "(EU) 2023/2831 6(1), (3), 7(4) artikla",
            "(EU) 2023/2831 artikel 6(1), (3), 7(4)",
            "(EU) 2023/2831 art. 6(1), (3), 7(4)",
        ),
        (
            "(EU) 1408/2013 art. 3(2), (EU) 2024/3118",
            "(EU) 1408/2013 3(2) artikla, (EU) 2024/3118",
            "(EU) 1408/2013 artikel 3(2), (EU) 2024/3118",
            "(EU) 1408/2013 art. 3(2), (EU) 2024/3118",
        ),
        (
            "asetus (EU) 2021/1060 74 art. 1 k. a alak. ja 2 k.",
            "asetus (EU) 2021/1060 74(1)(a), (2) artikla",
            "förordning (EU) 2021/1060 artikel 74(1)(a), (2)",
            "Regulation (EU) 2021/1060 art. 74(1)(a), (2)",
        ),
        (
            "komission suositus 2003/361/EY, liite 3 art.",
            "komission suositus 2003/361/EY, liite 3 artikla",
            "kommissionens rekommendation 2003/361/EG, bilaga artikel 3",
            "Commission Recommendation 2003/361/EC, annex art. 3",
        ),
    ],
)
def test_a_source_is_named_in_three_languages(cited: str, finnish: str, swedish: str, english: str) -> None:
    assert [texts.source(cited, language) for language in ("fi", "sv", "en")] == [finnish, swedish, english]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_rule_cites_a_law_by_a_finnish_name_that_the_pages_do_not_know(language: str) -> None:
    said = re.compile(r"""source="([^"]+)"|SOURCE = "([^"]+)\"""")
    files = (file for part in ("services", "shared") for file in (ROOT / part).rglob("*.py"))
    cited = {one or other for file in files for one, other in said.findall(file.read_text(encoding="utf-8"))}
    cited |= {kind.basis for kind in KINDS.values()} | {route.legal_basis for route in ROUTES}

    assert len(cited) > 50, "found where they are"
    named = {source: texts.source(source, language) for source in cited}
    assert {source for source, name in named.items() if IN_FINNISH.search(name)} == set()
