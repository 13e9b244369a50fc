from datetime import date

import pytest

from bot.understanding.amounts import take_amount
from bot.understanding.debtors import take_debtors
from bot.understanding.numbers import take_numbers
from bot.understanding.periods import take_period
from bot.understanding.request import Comparison
from bot.understanding.spelling import mended, plain
from storage.money import Money

TODAY = date(2026, 4, 20)  # a Monday


def period_of(text, today=TODAY):
    period, impossible, _ = take_period(plain(text), today)
    return [day and day.isoformat() for day in (period.first, period.last)], impossible


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("im März", "2026-03-01", "2026-03-31"),
        ("Februra 2024", "2024-02-01", "2024-02-29"),
        ("letzten Monat", "2026-03-01", "2026-03-31"),
        ("seit Januar", "2026-01-01", None),
        ("Abrechnung 03/26", "2026-03-01", "2026-03-31"),
        ("Q1", "2026-01-01", "2026-03-31"),
        ("Q4", "2025-10-01", "2025-12-31"),
        ("letztes Quartal", "2026-01-01", "2026-03-31"),
        ("1. Halbjahr 2025", "2025-01-01", "2025-06-30"),
        ("dieses Jahr", "2026-01-01", "2026-12-31"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("im April", "2026-04-01", "2026-04-30"),
        ("im Mai", "2025-05-01", "2025-05-31"),
        ("in May", "2025-05-01", "2025-05-31"),
        ("zwischen 1.3. und 15.4.", "2026-03-01", "2026-04-15"),
        ("from 1 March to 15 April", "2026-03-01", "2026-04-15"),
        ("Januar bis März", "2026-01-01", "2026-03-31"),
        ("zum 31.12.", None, "2025-12-31"),
        ("bis Ende März", None, "2026-03-31"),
        ("vor dem 1.3.", None, "2026-02-28"),
        ("gestern", "2026-04-19", "2026-04-19"),
        ("letzte Woche", "2026-04-13", "2026-04-19"),
        ("am Freitag", "2026-04-17", "2026-04-17"),
        ("KW 12", "2026-03-16", "2026-03-22"),
        ("seit 60 Tagen", "2026-02-19", None),
        ("last 3 months", "2026-01-20", "2026-04-20"),
        ("2026-03-12", "2026-03-12", "2026-03-12"),
        ("12/03/2026", "2026-03-12", "2026-03-12"),
        ("he may pay", None, None),
        ("am 15. ausgezahlt", None, None),
        ("über 2025 €", None, None),
    ],
)
def test_periods_are_read(text, first, last):
    assert period_of(text) == ([first, last], ())


@pytest.mark.parametrize("text", ["am 31.02.", "30 February", "2026-13-01", "KW 99"])
def test_days_that_do_not_exist_are_told(text):
    period, impossible = period_of(text)
    assert period == [None, None]
    assert len(impossible) == 1


def test_what_comes_may_lie_ahead():
    period, _, _ = take_period("mai", TODAY, is_ahead=True)
    assert period.first == date(2026, 5, 1)
    period, _, _ = take_period("januar", date(2026, 12, 1), is_ahead=True)
    assert period.first == date(2027, 1, 1)


def test_a_leap_day_has_no_year_before():
    assert period_of("29.2.", date(2024, 2, 1)) == ([None, None], ("29.2.",))


@pytest.mark.parametrize(
    ("text", "low", "high", "holds_ends"),
    [
        ("über 500 €", "500.00", None, False),
        ("mehr als 1.234,50 EUR", "1234.50", None, False),
        ("mindestens 250 EUR", "250.00", None, True),
        ("unter 100", None, "100.00", False),
        ("below €100", None, "100.00", False),
        ("bis zu 50 Euro", None, "50.00", True),
        ("zwischen 1.000 und 2.500 €", "1000.00", "2500.00", True),
        ("between 1,000 and 2,500 EUR", "1000.00", "2500.00", True),
        ("412,37 €", "412.37", "412.37", True),
        ("where does 1,234.56 come from", "1234.56", "1234.56", True),
    ],
)
def test_amounts_are_read_with_what_they_are_compared_to(text, low, high, holds_ends):
    found, _ = take_amount(plain(text))
    ends = [None if end is None else Money.of(end) for end in (low, high)]
    assert found == Comparison(low=ends[0], high=ends[1], holds_ends=holds_ends)


@pytest.mark.parametrize(
    "text", ["60 %", "unter 0221 123456", "über 90 Tage", "die 3 Fälle", "1.2.", "bis 15"]
)
def test_other_numbers_are_no_amounts(text):
    assert take_amount(plain(text))[0] is None


@pytest.mark.parametrize(
    ("text", "cases", "references", "failed"),
    [
        ("26-004711-2", ["26-004711-2"], [], []),
        ("Az 26 000123 5", ["26-000123-5"], [], []),
        ("Akte 26-OO4711-2", ["26-004711-2"], [], []),
        ("ref 260047112 und 26 088112 0", ["26-004711-2", "26-088112-0"], [], []),
        ("26-1234567-9", ["26-1234567-9"], [], []),
        ("26-004711-3", [], [], ["26-004711-3"]),
        ("Akte 260047113", [], [], ["260047113"]),
        ("akte 4711", [], ["4711"], []),
        ("Rechnungen 4711 und 4712", [], ["4711", "4712"], []),
        ("RE-2025-0815", [], ["RE-2025-0815"], []),
        ("Rechnungsnr. 2025/1188", [], ["2025/1188"], []),
        ("Kd-Nr. 70012", [], ["70012"], []),
        ("Rechnung 000123456", [], ["000123456"], []),
        ("Akten 2025", [], [], []),
        ("die Rechnung über 500 €", [], [], []),
        ("IBAN DE89 3704 0044 0532 0130 00", [], [], []),
        ("Tel. 0221 12345678", [], [], []),
        ("Q1 KW12 H1", [], [], []),
    ],
)
def test_numbers_are_read(text, cases, references, failed):
    found = take_numbers(text)
    assert [list(found.cases), list(found.references), list(found.failed)] == [cases, references, failed]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gibts was neues zu Müller?", ["Müller"]),
        ("was ist mit frau yilmaz", ["yilmaz"]),
        ("Wie steht es mit Herrn Dr. Klaus Petersen?", ["Klaus Petersen"]),
        ("bei der Bäckerei Krause GmbH & Co. KG", ["Bäckerei Krause GmbH & Co. KG"]),
        ("the case against John Smith", ["John Smith"]),
        ("Stand von Meier und Schulze", ["Meier", "Schulze"]),
        ("Frau Sommer", ["Sommer"]),
        ("Sachstand Papadopoulos", ["Papadopoulos"]),
        ("zu van der Meer", ["van der Meer"]),
        ("bei Praxis Dr. Wolf", ["Praxis Dr. Wolf"]),
        ("Café Sonnenschein e.K. zahlt nicht", ["Café Sonnenschein e.K."]),
        ("gibt's bei winkler & co was", ["winkler & co"]),
        ("bei der Firba Kern Bau GmbH", ["Kern Bau GmbH"]),
        ("Kunde heißt Schmitt mit tt", ["Schmitt"]),
        ("Miller's case", ["Miller"]),
        ("stand mülller", ["mülller"]),
        ("Was bedeutet COMMUNICATION?", []),
        ("zu folgenden Akten", []),
        ("bei Gericth", []),
        ("die Akte im Status MONITORRING", []),
        ("Kosten für das Verfahren", []),
        ("Schönes Wochenende!", []),
    ],
)
def test_debtors_are_named_by_the_text(text, names):
    assert list(take_debtors(text).names) == names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("auszahlng", "auszahlung"),
        ("sachsatnd", "sachstand"),
        ("instalment", "instalment"),
        ("monitorring", "monitoring"),
        ("recieved", "received"),
        ("aktne", "akten"),
        ("stadt", "stadt"),
        ("mueller", "mueller"),
        ("abrechnungsuebersicht", "abrechnung"),
        ("xyzxyz", "xyzxyz"),
    ],
)
def test_typing_errors_are_mended(written, meant):
    assert mended(written) == meant
