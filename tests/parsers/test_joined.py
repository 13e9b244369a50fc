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


def test_open_items_get_their_debtors_from_the_sheet_that_names_them(tmp_path):
    (document,) = read(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Debitoren=MASTER))
    assert document["sheet"] == "OP"
    assert [row["debtor"]["company"] for row in document["accepted"]] == ["Müller GmbH", "Meier AG"]
    assert document["accepted"][0]["debtor"]["postcode"] == "01067"
    assert [row["row"] for row in document["rejected"]] == [4]
    assert "debtors_joined" in [problem["code"] for problem in document["problems"]]


def test_a_number_that_names_two_debtors_names_nobody(tmp_path):
    twice = (*MASTER, ["10002", "Klein AG", "Ring 3", "01067", "Dresden"])
    (document,) = read(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Debitoren=twice))
    assert [row["row"] for row in document["accepted"]] == [2]


def test_where_two_sheets_may_name_the_debtors_neither_is_taken(tmp_path):
    (document,) = read(book(tmp_path / "op.xlsx", OP=OPEN_ITEMS, Kunden=MASTER, Alt=MASTER))
    assert document["kind"] == "unreadable"
