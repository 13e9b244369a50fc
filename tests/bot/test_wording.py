from datetime import UTC, datetime

import pytest

from bot import wording
from storage.money import Money


@pytest.mark.parametrize(
    ("cents", "currency", "german", "english"),
    [
        (123456, "EUR", "1.234,56\u00a0€", "€1,234.56"),
        (-5, "EUR", "-0,05\u00a0€", "-€0.05"),
        (100, "CHF", "1,00\u00a0CHF", "CHF\u00a01.00"),
    ],
)
def test_amounts_are_written_as_the_reader_writes_them(cents, currency, german, english):
    assert wording.money(Money(cents, currency), "de") == german
    assert wording.money(Money(cents, currency), "en") == english


@pytest.mark.parametrize(
    ("at", "german"),
    [
        (datetime(2026, 4, 20, 12, 3, tzinfo=UTC), "20.04.2026, 14:03\u00a0Uhr"),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), "01.01.2027, 00:30\u00a0Uhr"),
    ],
)
def test_a_moment_is_told_in_german_time_summer_and_winter(at, german):
    assert wording.moment(at, "de") == german


@pytest.mark.parametrize(
    ("rows", "written"),
    [
        ([7], "7"),
        ([3, 4], "3, 4"),
        ([5, 3, 4, 4, 9], "3–5, 9"),
        (range(1, 40, 2), "1, 3, 5, 7, 9, 11, 13, 15 …"),
        ([], ""),
    ],
)
def test_rows_that_stand_together_are_told_together(rows, written):
    assert wording.spans(rows) == written


def test_a_value_stays_on_one_short_line():
    assert wording.folded("a\r\n\tb\x00\u202ec\u2028d") == "a b c d"
    assert wording.short("x" * 500) == "x" * 79 + "…"
