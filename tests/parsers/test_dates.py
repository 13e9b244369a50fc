from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.problems import Code
from parsers.sheets.amounts import Fault
from parsers.sheets.dates import DateReader, Order, OrderEvidence, looks_like_date, parse_days
from tests.parsers.sources import read_lines

TODAY = date(2026, 4, 20)
UNDECIDED = DateReader(Order.UNDECIDED, TODAY)
DMY = DateReader(Order.DMY, TODAY)
MDY = DateReader(Order.MDY, TODAY)
BIRTH = DateReader(Order.DMY, TODAY, is_birth=True)


@pytest.mark.parametrize(
    "cell",
    [
        "03.11.2025",
        "3.11.2025",
        "3.11.25",
        "3. 11. 2025",
        "2025-11-03",
        "2025/11/03",
        "2025-11-03T00:00:00Z",
        "03.11.2025 00:00",
        "20251103",
        "3 November 2025",
        "3. Nov. 2025",
        "November 3, 2025",
        "3rd of November 2025",
        "Mo, 03.11.2025",
        date(2025, 11, 3),
        datetime(2025, 11, 3, 12, 30),  # noqa: DTZ001 - a workbook knows no zone
        45964.0,
    ],
)
def test_a_day_is_read_in_any_certain_writing(cell):
    assert UNDECIDED.parse(cell) == date(2025, 11, 3)


def test_march_is_written_in_two_ways_in_german():
    assert UNDECIDED.parse("1. März 2025") == UNDECIDED.parse("1.Mrz.2025") == date(2025, 3, 1)


def test_slashes_follow_the_order_of_their_column():
    assert DMY.parse("03/04/2025") == date(2025, 4, 3)
    assert MDY.parse("03/04/2025") == date(2025, 3, 4)
    assert UNDECIDED.parse("03/04/2025") == Fault(Code.AWAITS_ANSWER)
    assert UNDECIDED.parse("04/04/2025") == date(2025, 4, 4)


def test_a_workbook_from_an_old_mac_counts_from_1904():
    assert DateReader(Order.UNDECIDED, TODAY, epoch_1904=True).parse(44502.0) == date(2025, 11, 3)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31.02.2025", Code.DATE_IMPOSSIBLE),
        ("00.01.2025", Code.DATE_IMPOSSIBLE),
        ("2025-02-30", Code.DATE_IMPOSSIBLE),
        ("12.31.2025", Code.DATE_IMPOSSIBLE),
        ("3.11.", Code.DATE_WITHOUT_YEAR),
        ("demnächst", Code.DATE_UNREADABLE),
        ("14", Code.DATE_UNREADABLE),
        (14.0, Code.DATE_UNREADABLE),
        (time(10, 0), Code.DATE_UNREADABLE),
        ("01.01.0204", Code.DATE_IMPLAUSIBLE),
        ("01.01.2204", Code.DATE_IMPLAUSIBLE),
    ],
)
def test_what_is_no_day_is_refused(cell, code):
    assert UNDECIDED.parse(cell) == Fault(code)


@pytest.mark.parametrize("cell", ["", "-", "00.00.0000", "k.A."])
def test_a_placeholder_is_no_date_and_no_mistake(cell):
    assert UNDECIDED.parse(cell) is None


def test_two_digits_of_a_birth_year_are_taken_only_where_one_age_is_possible():
    assert BIRTH.parse("01.02.80") == date(1980, 2, 1)
    assert BIRTH.parse("01.02.08") == date(2008, 2, 1)
    assert BIRTH.parse("01.02.20") == date(1920, 2, 1)
    assert BIRTH.parse("01.02.2020") == date(2020, 2, 1)
    assert BIRTH.parse("01.02.2031") == Fault(Code.BIRTH_DATE_UNLIKELY)


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["13/01/2025", "03/04/2025"], Order.DMY),
        (["01/13/2025", "03/04/2025"], Order.MDY),
        (["01/13/2025", "13/01/2025"], Order.CONTRADICTORY),
        (["01/02/2025"], Order.UNDECIDED),
        (["01.02.2025"], Order.UNDECIDED),
    ],
)
def test_the_whole_column_decides_the_order(column, order):
    evidence = OrderEvidence()
    evidence.add(column[:1])
    evidence.add(column[1:])
    assert evidence.order == order


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("14", 14),
        ("30 Tage netto", 30),
        (14.0, 14),
        ("net 30", 30),
        ("sofort", 0),
        ("14 Tage 2 % Skonto, 30 Tage netto", 30),
    ],
)
def test_payment_terms_are_days(cell, days):
    assert parse_days(cell) == days


@pytest.mark.parametrize(
    ("column", "days"),
    [
        (["45231", "45260", ""], ["2023-11-01", "2023-11-30"]),
        (["150325", "10425", "311224"], ["2025-03-15", "2025-04-01", "2024-12-31"]),
    ],
)
def test_bare_digits_are_days_where_the_whole_column_says_so(tmp_path, column, days):
    rows = [f"M GmbH;{n};{cell};10,00" for n, cell in enumerate(column)]
    document = read_lines(tmp_path, "Firma;Rechnungsnummer;Fälligkeit;Offen", *rows)
    assert [row["due_date"] for row in document["accepted"] if row["due_date"]] == days


@pytest.mark.parametrize("column", [["101112", "111210"], ["45231", "bald"], ["40125"], ["45231", "150325"]])
def test_digits_that_may_be_more_than_one_day_are_none(tmp_path, column):
    rows = [f"M GmbH;{n};{cell};10,00" for n, cell in enumerate(column)]
    document = read_lines(tmp_path, "Firma;Rechnungsnummer;Fälligkeit;Offen", *rows)
    assert document["accepted"] == []


@pytest.mark.parametrize("cell", ["bald", "500", "01.03.2025", 14.5, "30 Tage 2% Skonto"])
def test_what_is_no_number_of_days_is_none(cell):
    assert parse_days(cell) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31)))
def test_every_day_survives_german_and_iso_writing(day):
    assert UNDECIDED.parse(day.strftime("%d.%m.%Y")) == day
    assert UNDECIDED.parse(day.isoformat()) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    looks_like_date(text)
    evidence = OrderEvidence()
    evidence.add([text])
    read = UNDECIDED.parse(text)
    assert read is None or isinstance(read, Fault | date)


@pytest.mark.parametrize(
    "days",
    [
        ("20/02/2026", "02/20/2026"),
        ("20/02/2026", "02/20/2026", "03/04/2026"),
        ("Mo, 03/04/2026", "Di, 05/06/2026"),
        ("03/04/2026 10:00", " 05/06/2026"),
    ],
)
@pytest.mark.parametrize(
    "header", ["Fälligkeit", "Zahlungsziel", "Rechnungsdatum", "Geburtsdatum", "Vertragsdatum"]
)
def test_days_that_contradict_or_decide_nothing_are_asked_about(tmp_path, header, days):
    rows = [f"Müller GmbH;{n};{day};10,00" for n, day in enumerate(days)]
    document = read_lines(tmp_path, f"Name;Rechnungsnummer;{header};Betrag", *rows)
    assert [question["id"].partition(":")[0] for question in document["needs_answer"]] == ["date_order"]
    assert not document["accepted"]


def test_how_a_day_of_payment_is_written_asks_nothing(tmp_path):
    document = read_lines(
        tmp_path, "Name;Rechnungsnummer;Offen;bezahlt am", "M GmbH;1;10,00;03/04/2026", "N GmbH;2;9,00;"
    )
    assert document["needs_answer"] == []


def test_two_numbers_above_twelve_are_no_day(tmp_path):
    document = read_lines(tmp_path, "Name;Fälligkeit;Betrag", "M GmbH;20/25/2026;10,00")
    assert document["rejected"][0]["problems"][0]["code"] == "date_impossible"
