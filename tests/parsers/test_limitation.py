from datetime import date

import pytest

from parsers.problems import Code
from parsers.sheets.limitation import limitation_end, limitation_of, safe_from
from tests.parsers.sources import read_lines

TODAY = date(2026, 11, 21)
HEADER = "Firma;Rechnungsnummer;Rechnungsdatum;Fälligkeit;Offen"


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (date(2022, 12, 31), Code.TIME_BARRED),
        (date(2023, 1, 1), Code.TIME_BARRED_SOON),
        (date(2023, 12, 31), Code.TIME_BARRED_SOON),
        (date(2024, 1, 1), None),
        (date(2026, 11, 21), None),
    ],
)
def test_limitation_counts_from_the_end_of_the_year_in_which_a_claim_fell_due(due, code):
    assert limitation_of(due, TODAY) == code
    assert (code is None) == (due >= safe_from(TODAY))


def test_the_last_day_is_the_end_of_the_third_year():
    assert limitation_end(date(2023, 3, 1)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        ("01.03.2022;15.03.2022", "time_barred"),
        ("01.03.2023;15.03.2023", "time_barred_soon"),
        ("20.12.2023;03.01.2024", None),
        ("01.03.2022;", "time_barred"),
        (";15.03.2023", "time_barred_soon"),
    ],
)
def test_a_row_is_warned_of_limitation_by_its_due_date_or_else_its_invoice_date(tmp_path, cells, warning):
    document = read_lines(tmp_path, HEADER, f"M GmbH;1;{cells};10,00")
    codes = [one["code"] for one in document["accepted"][0]["warnings"]]
    assert [code for code in codes if code.startswith("time_barred")] == ([warning] if warning else [])


def test_the_warning_says_until_when(tmp_path):
    document = read_lines(tmp_path, HEADER, "M GmbH;1;01.03.2023;15.03.2023;10,00")
    (message,) = (
        one["message"] for one in document["accepted"][0]["warnings"] if "verjährt" in one["message"]
    )
    assert "15.03.2023" in message
    assert "31.12.2026" in message
