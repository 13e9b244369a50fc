import csv
from datetime import date, datetime

import pytest

from gateway.commands.tables import write_table
from storage.money import Money

COLUMNS = ("Aktenzeichen", "Kunde", "Hauptforderung", "Status seit", "Rechnungen")
ROWS = [
    ("26-000001-5", "Müller, Erika", Money(123456), date(2026, 3, 1), 2),
    ("26-000002-3", '=HYPERLINK("http://x")', Money(-5), None, 1),
]


def test_csv_is_as_german_excel_reads_it(tmp_path):
    file = tmp_path / "export.csv"

    assert write_table(file, COLUMNS, ROWS) == 2

    assert file.read_bytes().startswith(b"\xef\xbb\xbfAktenzeichen;Kunde;")
    assert file.read_bytes().count(b"\r\n") == 3
    with file.open(encoding="utf-8-sig", newline="") as text:
        read = list(csv.reader(text, delimiter=";"))
    assert read[1] == ["26-000001-5", "Müller, Erika", "1234,56", "01.03.2026", "2"]
    assert read[2] == ["26-000002-3", '\'=HYPERLINK("http://x")', "-0,05", "", "1"]


def test_a_file_without_rows_has_its_header(tmp_path):
    file = tmp_path / "export.csv"

    assert write_table(file, COLUMNS, []) == 0

    assert file.read_bytes() == "\ufeff".encode() + ";".join(COLUMNS).encode() + b"\r\n"


def test_xlsx_holds_numbers_dates_and_no_formula(tmp_path):
    from openpyxl import load_workbook

    file = tmp_path / "export.XLSX"

    write_table(file, COLUMNS, ROWS)

    sheet = load_workbook(file).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in sheet[2]] == [
        "26-000001-5",
        "Müller, Erika",
        1234.56,
        datetime(2026, 3, 1),  # noqa: DTZ001 - a workbook knows no zones
        2,
    ]
    formula = sheet["B3"]
    assert (formula.value, formula.data_type, formula.quotePrefix) == ('=HYPERLINK("http://x")', "s", True)


def test_control_characters_do_not_stop_an_export(tmp_path):
    rows = [("26-000001-5", "Mü\x00ller\x0b", Money(1), None, 1)]

    assert write_table(tmp_path / "export.xlsx", COLUMNS, rows) == 1
    assert write_table(tmp_path / "export.csv", COLUMNS, rows) == 1
    assert b"\x00" not in (tmp_path / "export.csv").read_bytes()


def test_a_failed_export_leaves_the_old_file_and_nothing_else(tmp_path):
    file = tmp_path / "export.csv"
    file.write_text("old")

    def broken():
        yield ROWS[0]
        raise OSError

    with pytest.raises(OSError):
        write_table(file, COLUMNS, broken())

    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
