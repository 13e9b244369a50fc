"""Every format of workbooks: what its program does not show is asked about, never silently taken."""

import io
from datetime import date

import openpyxl
import pytest

from parsers.reading import Options, read_source
from parsers.sheets.annotated import annotate
from storage.records import DocumentHead, RejectedRow
from tests.parsers.books import ERROR, KINDS, Dollars, Sheet, serial, write_book
from tests.parsers.sources import TODAY, read

HEADER = ["Name", "Rechnungsnummer", "Fälligkeit", "Offen", "Telefon"]


def claim(number, amount=10.5, due=date(2025, 3, 1)):
    return [f"Müller{number} GmbH", f"RE-{number}", due, amount, "0301234"]


def read_one(tmp_path, kind, *sheets, epoch_1904=False):
    (document,) = read(write_book(kind, tmp_path / "source", *sheets, epoch_1904=epoch_1904))
    return document


def codes(document):
    return {row["row"]: [one["code"] for one in row["problems"]] for row in document["rejected"]}


def taken(document):
    return [row["row"] for row in document["accepted"]]


@pytest.mark.parametrize("kind", KINDS)
def test_hidden_rows_wait_for_an_answer(tmp_path, kind):
    sheet = Sheet(rows=[HEADER, *map(claim, range(5))], hidden_rows=(3, 5))
    document = read_one(tmp_path, kind, sheet)
    assert taken(document) == [2, 4, 6]
    assert codes(document) == {3: ["awaits_answer"], 5: ["awaits_answer"]}
    (question,) = document["needs_answer"]
    assert question["text"] == "Zeilen 3, 5 sind ausgeblendet. Sollen sie übernommen werden?"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("column", range(4))
def test_a_hidden_column_that_decides_is_asked_about_before_any_row_is_taken(tmp_path, kind, column):
    sheet = Sheet(rows=[HEADER, *map(claim, range(3))], hidden_columns=(column,))
    document = read_one(tmp_path, kind, sheet)
    assert taken(document) == []
    (question,) = document["needs_answer"]
    assert question["id"].startswith("hidden_columns")
    assert HEADER[column] in question["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_another_hidden_column_is_left_out_and_named(tmp_path, kind):
    sheet = Sheet(rows=[HEADER, *map(claim, range(3))], hidden_columns=(4,))
    document = read_one(tmp_path, kind, sheet)
    assert taken(document) == [2, 3, 4]
    assert document["accepted"][0]["debtor"]["phone"] is None
    (problem,) = [one for one in document["problems"] if one["code"] == "hidden_column"]
    assert "„Telefon“" in problem["message"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_hidden_column_that_nobody_reads_asks_nothing(tmp_path, kind):
    rows = [[*HEADER, "Notiz"], *([*claim(number), "x"] for number in range(3))]
    document = read_one(tmp_path, kind, Sheet(rows=rows, hidden_columns=(5,)))
    assert taken(document) == [2, 3, 4]
    assert document["needs_answer"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_on_a_hidden_sheet_is_named_and_not_taken(tmp_path, kind):
    shown = Sheet(rows=[HEADER, claim(1)], name="Offen")
    hidden = Sheet(rows=[HEADER, claim(2)], name="Alt", is_hidden=True)
    document = read_one(tmp_path, kind, shown, hidden)
    assert [row["invoice_number"] for row in document["accepted"]] == ["RE-1"]
    (problem,) = [one for one in document["problems"] if one["code"] == "hidden_sheet"]
    assert problem["value"] == "Alt"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("column", "code"), [(2, "date_unreadable"), (3, "amount_unreadable")])
def test_a_cell_in_error_is_unreadable_and_not_absent(tmp_path, kind, column, code):
    rows = [HEADER, *map(claim, range(3))]
    rows[2][column] = ERROR
    document = read_one(tmp_path, kind, Sheet(rows=rows))
    assert taken(document) == [2, 4]
    assert codes(document) == {3: [code]}


@pytest.mark.parametrize("kind", KINDS)
def test_an_amount_shown_in_dollars_is_refused(tmp_path, kind):
    document = read_one(tmp_path, kind, Sheet(rows=[HEADER, claim(1), claim(2, Dollars(7.25))]))
    assert taken(document) == [2]
    assert codes(document) == {3: ["currency_not_euro"]}


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_sheet_shows_stands_in_its_place_though_columns_at_the_left_are_empty(tmp_path, kind):
    rows = [[None, None, *HEADER], *([None, None, *claim(number)] for number in range(3))]
    rows[1][5], rows[2][4] = Dollars(7.25), ERROR
    document = read_one(tmp_path, kind, Sheet(rows=rows, hidden_columns=(6,)))
    assert codes(document) == {2: ["currency_not_euro"], 3: ["date_unreadable"]}
    assert "hidden_column" in [one["code"] for one in document["problems"]]


@pytest.mark.parametrize("epoch_1904", [False, True])
@pytest.mark.parametrize("kind", ["xlsx", "xls", "biff5", "xlsb"])
def test_days_are_counted_from_the_epoch_of_the_workbook(tmp_path, kind, epoch_1904):
    day = date(2025, 3, 17)
    rows = [HEADER, claim(1, due=day), claim(2, due=float(serial(day, epoch_1904=epoch_1904)))]
    document = read_one(tmp_path, kind, Sheet(rows=rows), epoch_1904=epoch_1904)
    assert [row["due_date"] for row in document["accepted"]] == ["2025-03-17"] * 2


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_hidden_stays_hidden_in_the_copy_that_comes_back(tmp_path, kind):
    rows = [HEADER, *map(claim, range(4))]
    rows[2][3] = "viel"
    path = write_book(kind, tmp_path / "source", Sheet(rows=rows, hidden_rows=(4,), hidden_columns=(4,)))
    items = list(read_source(path, "Liste.xls", is_mail=False, options=Options(today=TODAY)))
    head = next(item for item in items if isinstance(item, DocumentHead))
    problems = {item.row: item.problems for item in items if isinstance(item, RejectedRow)}
    _, content = annotate(path, "Liste.xls", head, problems, {}, "de")
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [row for row in range(1, 6) if sheet.row_dimensions[row].hidden] == [4]
    assert sheet.column_dimensions["E"].hidden
