from datetime import date

import openpyxl
import pytest

from tests.parsers.sources import read

HEADER = ["Name", "Rechnungsnummer", "Fälligkeit", "Offen"]


def book_of(tmp_path, *rows, header=HEADER):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    return book, sheet, tmp_path / "source"


def saved(book, path):
    with path.open("wb") as file:
        book.save(file)
    (document,) = read(path)
    return document


def claims(count):
    return [[f"Müller{n} GmbH", f"RE-{n}", date(2025, 3, 1), 10.5] for n in range(count)]


def codes(document):
    return {row["row"]: [one["code"] for one in row["problems"]] for row in document["rejected"]}


def test_hidden_rows_wait_for_an_answer_and_the_others_are_taken(tmp_path):
    book, sheet, path = book_of(tmp_path, *claims(6), [])
    for row in (3, 7):
        sheet.row_dimensions[row].hidden = True
    document = saved(book, path)
    assert [row["row"] for row in document["accepted"]] == [2, 4, 5, 6]
    assert codes(document) == {3: ["awaits_answer"], 7: ["awaits_answer"]}
    (question,) = document["needs_answer"]
    assert question["id"].startswith("hidden_rows")
    assert question["text"] == "Zeilen 3, 7 sind ausgeblendet. Sollen sie übernommen werden?"
    assert question["choices"] == ["ja", "nein"]


def test_hidden_rows_without_a_claim_ask_nothing(tmp_path):
    book, sheet, path = book_of(tmp_path, *claims(2), ["", "Summe", None, 21], [])
    sheet.row_dimensions[4].hidden = True
    document = saved(book, path)
    assert document["needs_answer"] == []
    assert len(document["accepted"]) == 2


def test_a_hidden_row_contradicts_nobody(tmp_path):
    rows = [["M GmbH", "RE-1", date(2025, 3, 1), 10.5], ["M GmbH", "RE-1", date(2025, 3, 1), 20.5]]
    book, sheet, path = book_of(tmp_path, *rows)
    sheet.row_dimensions[3].hidden = True
    assert [row["row"] for row in saved(book, path)["accepted"]] == [2]


@pytest.mark.parametrize(("cell", "code"), [("C3", "date_unreadable"), ("D3", "amount_unreadable")])
@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!"])
def test_a_cell_in_error_is_unreadable_and_not_absent(tmp_path, cell, code, error):
    book, sheet, path = book_of(tmp_path, *claims(3))
    sheet[cell] = error
    sheet[cell].data_type = "e"
    document = saved(book, path)
    assert codes(document) == {3: [code]}
    assert [row["row"] for row in document["accepted"]] == [2, 4]


@pytest.mark.parametrize(
    "shown", ['"$"#,##0.00', "[$$-409]#,##0.00", "[$£-809]#,##0.00", "#,##0.00 [$CHF]", '0.00 "USD"']
)
def test_an_amount_shown_in_another_currency_is_refused(tmp_path, shown):
    book, sheet, path = book_of(tmp_path, *claims(2))
    sheet["D3"].number_format = shown
    assert codes(saved(book, path)) == {3: ["currency_not_euro"]}


@pytest.mark.parametrize("shown", ["#,##0.00 €", "[$€-407]#,##0.00", "#,##0.00 [$EUR]", "0.00"])
def test_an_amount_shown_in_euros_is_taken(tmp_path, shown):
    book, sheet, path = book_of(tmp_path, *claims(2))
    sheet["D3"].number_format = shown
    assert len(saved(book, path)["accepted"]) == 2
