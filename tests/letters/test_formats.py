from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.letters.formats import FORMATS
from shared.dates import Period
from shared.money import MOST_CENTS, Money


@pytest.mark.parametrize(
    ("amount", "nordic", "english"),
    [
        ("0.00", "0,00\u00a0€", "€0.00"),
        ("0.05", "0,05\u00a0€", "€0.05"),
        ("1234.50", "1\u00a0234,50\u00a0€", "€1,234.50"),
        ("-1240.00", "\u22121\u00a0240,00\u00a0€", "\u2212€1,240.00"),
        ("999999999999.99", "999\u00a0999\u00a0999\u00a0999,99\u00a0€", "€999,999,999,999.99"),
    ],
)
def test_a_sum_is_written_as_the_language_writes_it(amount, nordic, english):
    money = Money.eur(amount)

    assert [FORMATS[language].money(money) for language in ("fi", "sv", "en")] == [nordic, nordic, english]


@given(st.integers(-MOST_CENTS, MOST_CENTS), st.sampled_from(list(FORMATS)))
def test_no_cent_is_lost_in_writing(cents, language):
    written = FORMATS[language].money(Money(cents))

    digits = int("".join(character for character in written if character.isdigit()))
    assert (-digits if "\u2212" in written else digits) == cents
    assert " " not in written, "a sum never breaks over two lines"


@pytest.mark.parametrize(
    ("percent", "nordic", "english"),
    [("35", "35\u00a0%", "35%"), ("26.44", "26,44\u00a0%", "26.44%"), ("40.0", "40\u00a0%", "40%")],
)
def test_a_percentage_has_no_more_decimals_than_it_needs(percent, nordic, english):
    assert FORMATS["fi"].percent(Decimal(percent)) == FORMATS["sv"].percent(Decimal(percent)) == nordic
    assert FORMATS["en"].percent(Decimal(percent)) == english


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("fi", "22.11.2026 klo\u00a023.59"),
        ("sv", "22.11.2026 kl.\u00a023.59"),
        ("en", "22\u00a0November\u00a02026 at\u00a023:59"),
    ],
)
def test_a_moment_is_told_in_finnish_time(language, written):
    assert FORMATS[language].moment(datetime(2026, 11, 22, 21, 59, 59, tzinfo=UTC)) == written


@pytest.mark.parametrize(
    ("last", "finnish", "swedish", "english"),
    [
        (date(2026, 10, 31), "1.9.–31.10.2026", "1.9–31.10.2026", "1\u00a0September to 31\u00a0October\u00a02026"),
        (
            date(2028, 8, 31),
            "1.9.2026–31.8.2028",
            "1.9.2026–31.8.2028",
            "1\u00a0September\u00a02026 to 31\u00a0August\u00a02028",
        ),
    ],
)
def test_a_span_of_days_names_the_year_once_when_it_is_one(last, finnish, swedish, english):
    period = Period(date(2026, 9, 1), last)

    assert [FORMATS[language].days(period) for language in ("fi", "sv", "en")] == [finnish, swedish, english]
