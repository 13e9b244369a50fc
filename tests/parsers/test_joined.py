"""Two sheets of one workbook: one lists open items by number, the other says whose numbers they are."""

import openpyxl

from tests.parsers.sources import read

OPEN_ITEMS = (
    ["Konto", "Rechnungsnummer", "Fälligkeit", "Saldo"],
    ["10001", "RE-1", "15.03.2025", 10.5],
    ["10002", "RE-2", "15.03.2025", 20.5],
    ["10003", "RE-3", "15.03.2025", 30.5],
)
MASTER = (
    ["Konto", "Name", "Straße", "PLZ", "Ort"],
    ["10001", "Müller GmbH", "Ring 1", "01067", "Dresden"],
    ["10002", "Meier AG", "Ring 2", "01067", "Dresden"],
)


def book(path, **sheets):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(path)
    return path


def claims(path):
    (document,) = [document for document in read(path) if document["kind"] == "claims"]
    return document


def test_open_items_get_their_debtors_from_the_sheet_that_names_them(tmp_path):
    document = claims(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Debitoren=MASTER))
    assert document["sheet"] == "OP"
    assert [row["debtor"]["company"] for row in document["accepted"]] == ["Müller GmbH", "Meier AG"]
    assert document["accepted"][0]["debtor"]["postcode"] == "01067"
    assert [row["row"] for row in document["rejected"]] == [4]
    (said,) = [problem for problem in document["problems"] if problem["code"] == "debtors_joined"]
    assert "„Debitoren“" in said["message"]


def test_a_number_that_names_two_debtors_names_nobody(tmp_path):
    twice = (*MASTER, ["10002", "Klein AG", "Ring 3", "01067", "Dresden"])
    document = claims(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Debitoren=twice))
    assert [row["row"] for row in document["accepted"]] == [2]


def test_where_two_sheets_name_different_debtors_neither_is_taken(tmp_path):
    old = (MASTER[0], ["10001", "Alt GmbH", "Weg 9", "50667", "Köln"], MASTER[2])
    document = claims(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Kunden=MASTER, Alt=old))
    assert [row["row"] for row in document["accepted"]] == [3]
    refused = {row["row"]: row["problems"][0]["code"] for row in document["rejected"]}
    assert refused == {2: "debtor_undecided", 4: "debtor_unknown"}
