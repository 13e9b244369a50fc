import csv
import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.grids.cells import tidy
from parsers.grids.container import ContainerError
from parsers.grids.kinds import KINDS
from parsers.grids.workbook import Workbook
from parsers.problems import Code, make_problem
from parsers.reading import Options, read_source
from parsers.recognise import recognise
from parsers.sheets import annotated
from parsers.sheets.annotated import IGNORED_HEADERS, annotate, corrections_name, safe_stem
from storage.identity import fold
from storage.records import DocumentHead, Kind, RejectedRow, Row
from tests.conftest import CORPUS

HEADER = ["Kd-Nr", "Name", "PLZ", "Fällig am", "Betrag", "Notiz"]
COLUMNS = {"debtor.name": "Name", "due_date": "Fällig am", "amount": "Betrag"}
WRONG_DAY = make_problem(Code.DATE_IMPOSSIBLE, "de", field="due_date", value="31.02.2026", column="Fällig am")
NO_AMOUNT = make_problem(Code.AMOUNT_MISSING, "de", field="amount", column="Betrag")
NOT_DUE = make_problem(Code.DUE_AND_NUMBER_MISSING, "de")
WORKBOOKS = sorted(
    path
    for path in (CORPUS / "sheets").rglob("*")
    if path.suffix in {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"}
)


def sheet_head(**fields):
    given = {"kind": Kind.CLAIMS, "name": "op.xlsx", "sheet": "OP-Liste", "columns": COLUMNS, "header_row": 3}
    return DocumentHead(**(given | fields))


def text_head(**fields):
    given = {"kind": Kind.CLAIMS, "name": "op.csv", "columns": COLUMNS, "header_row": 1}
    return DocumentHead(**(given | {"encoding": "cp1252", "delimiter": ";"} | fields))


@pytest.fixture
def workbook(tmp_path):
    """A letterhead, a header in row 3 and rows 4 to 9, beginning in column B."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "OP-Liste"
    sheet["B1"] = "Offene Posten"
    for column, text in enumerate(HEADER, 2):
        sheet.cell(3, column, text)
    for row in range(4, 10):
        sheet.cell(row, 2, f"00{row}")
        sheet.cell(row, 3, "Müller")
        sheet.cell(row, 4, "01067").number_format = "@"
        sheet.cell(row, 5, date(2026, 1, row)).number_format = "DD.MM.YYYY"
        sheet.cell(row, 6, row * 10.5).number_format = '#,##0.00 "€"'
    sheet["E5"] = "31.02.2026"
    sheet["F6"] = None
    sheet["F9"] = "=SUM(F4:F8)"
    sheet["G4"] = '=HYPERLINK("http://example.org","x")'
    sheet["G7"] = "=cmd|' /C calc'!A0"
    sheet["G7"].data_type = "s"
    sheet.row_dimensions[8].hidden = True
    book.create_sheet("Geheim")["A1"] = "nichts"
    path = tmp_path / "op.xlsx"
    book.save(path)
    return path


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def of_workbook(path, *, language="de", problems=None, **options):
    problems = problems or {5: [WRONG_DAY], 6: [NO_AMOUNT, NOT_DUE]}
    name, content = annotate(path, "op.xlsx", sheet_head(), problems, {9: "Summenzeile"}, language, **options)
    return name, opened(content).active


def test_bad_cells_are_coloured_and_say_what_is_wrong_and_how_to_mend_it(workbook):
    name, sheet = of_workbook(workbook)
    assert name == "op-Korrektur.xlsx"
    comments = {
        cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment
    }
    assert set(comments) == {"E5", "F6", "H3"}
    assert comments["E5"] == f"{WRONG_DAY.message}\n{WRONG_DAY.fix}"
    assert sheet["E5"].value == "31.02.2026"
    assert sheet["E5"].fill.fill_type == sheet["F6"].fill.fill_type == "solid"
    assert sheet["E6"].fill.fill_type is None


def test_the_last_column_tells_all_mistakes_of_a_row_in_words(workbook):
    _, sheet = of_workbook(workbook)
    assert sheet["H3"].value == "Fehler"
    assert sheet["H5"].value == f"{WRONG_DAY.message} {WRONG_DAY.fix}"
    assert NO_AMOUNT.message in sheet["H6"].value
    assert NOT_DUE.fix in sheet["H6"].value
    assert sheet["H9"].value == "Keine Forderung: Summenzeile"
    assert sheet["H4"].value is None


def test_values_formats_and_rows_are_the_senders_own(workbook):
    _, sheet = of_workbook(workbook)
    assert sheet.title == "OP-Liste"
    assert sheet["B1"].value == "Offene Posten"
    assert sheet["B4"].value == "004"
    assert (sheet["D4"].value, sheet["D4"].number_format) == ("01067", "@")
    assert (sheet["F4"].value, sheet["F4"].number_format) == (42, '#,##0.00 "€"')
    assert sheet["E4"].number_format == "DD.MM.YYYY"
    assert sheet["E4"].value.date() == date(2026, 1, 4)


def test_nothing_but_values_comes_back(workbook):
    _, sheet = of_workbook(workbook)
    assert sheet.parent.sheetnames == ["OP-Liste"]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert sheet["G7"].value == "=cmd|' /C calc'!A0"
    assert sheet["G7"].quotePrefix
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_a_hidden_row_stays_hidden_so_that_it_is_not_taken_by_surprise(workbook):
    _, sheet = of_workbook(workbook)
    assert [row for row, look in sheet.row_dimensions.items() if look.hidden] == [8]


def test_the_header_stays_in_sight_and_the_first_mistake_is_selected(workbook):
    _, sheet = of_workbook(workbook)
    assert sheet.freeze_panes == "A4"
    assert sheet.sheet_view.selection[-1].activeCell == "E5"


def test_of_a_long_sheet_only_the_rows_to_mend_come_back_with_their_numbers(workbook):
    name, sheet = of_workbook(workbook, language="en", rows_whole_max=5)
    assert name == "op-corrections.xlsx"
    assert [cell.value for cell in sheet[1]] == ["Row", None, *HEADER, "Error"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [5, 6]
    assert sheet["F2"].comment.text.startswith(WRONG_DAY.message)
    assert sheet["D2"].value == "Müller"


def test_of_very_many_mistakes_the_first_come_back_and_that_is_said(workbook):
    problems = {row: [NO_AMOUNT] for row in range(4, 10)}
    _, sheet = of_workbook(workbook, problems=problems, rows_whole_max=4)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [4, 5, 6, 7]
    assert "Es sind die ersten 4" in sheet.cell(1, sheet.max_column).comment.text


def test_a_list_that_came_back_once_has_one_column_of_mistakes(workbook, tmp_path):
    _, first = of_workbook(workbook)
    again = tmp_path / "op-Korrektur.xlsx"
    first.parent.save(again)
    name, content = annotate(again, again.name, sheet_head(), {6: [NO_AMOUNT]}, {}, "de")
    sheet = opened(content).active
    assert name == "op-Korrektur.xlsx"
    assert [cell.value for cell in sheet[3]].count("Fehler") == 1
    assert sheet["H5"].value is None
    assert sheet["H6"].value == f"{NO_AMOUNT.message} {NO_AMOUNT.fix}"


def test_the_added_columns_are_named_to_the_reader():
    assert {
        fold(text) for text in ("Fehler", "Zeile", "Empfehlung", "Error", "Row", "Recommendation")
    } == IGNORED_HEADERS


def test_a_list_without_mistakes_does_not_come_back(workbook):
    assert annotate(workbook, "op.xlsx", sheet_head(), {}, {9: "Summenzeile"}, "de") is None


def test_a_file_that_cannot_be_rebuilt_costs_the_copy_and_not_the_answer(tmp_path):
    path = tmp_path / "op.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    assert annotate(path, "op.xlsx", sheet_head(), {5: [WRONG_DAY]}, {}, "de") is None


def grid_of(path, sheet=None):
    """The rows of a sheet as the reader sees them; None where it cannot open the file."""
    kind = KINDS.get(recognise(path).media_type)
    if kind is None:
        return None, []
    try:
        book = Workbook(path, kind)
        sheet = sheet or book.visible[0]
        rows = [trimmed(row) for batch in book.sheet(sheet).batches() for row in batch.rows]
    except (ContainerError, IndexError):
        return None, []
    book.close()
    return sheet, rows


def trimmed(row):
    row = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row]
    row = [tidy(cell) if isinstance(cell, str) else cell for cell in row]
    while row and row[-1] == "":
        row.pop()
    return row


@pytest.mark.parametrize("whole_max", [10_000, 1], ids=["whole", "rows"])
@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.name)
def test_a_rebuilt_workbook_holds_what_the_sender_wrote(path, whole_max, tmp_path):
    name, before = grid_of(path)
    last = max(len(before), 2)
    head = sheet_head(sheet=name or "x", columns={}, header_row=1)
    found = annotate(path, path.name, head, {last: [NOT_DUE]}, {}, "de", whole_max)
    if name is None:
        assert found is None
        return
    assert not [cell for row in opened(found[1]).active.iter_rows() for cell in row if cell.data_type == "f"]
    again = tmp_path / "again.xlsx"
    again.write_bytes(found[1])
    _, after = grid_of(again)
    if whole_max > 1:  # the header and the row with the mistake have one cell more
        assert [row for row in after[1 : last - 1] if row] == [row for row in before[1 : last - 1] if row]


def test_days_counted_from_1904_stay_the_same_days(tmp_path):
    path = CORPUS / "sheets" / "calamine" / "date_1904.xlsx"
    head = sheet_head(sheet="Sheet1", columns={}, header_row=None)
    again = tmp_path / "again.xlsx"
    again.write_bytes(annotate(path, path.name, head, {9: [NOT_DUE]}, {}, "de")[1])
    assert grid_of(again)[1][0] == grid_of(path)[1][0]


LIST = (
    "Kd-Nr;Name;PLZ;Fällig am;Betrag\r\n"
    "1;Müller;01067;31.02.2026;12,50\r\n"
    "\r\n"
    "2;=1+1;01067;01.03.2026;-5,00\r\n"
)


def of_text(
    tmp_path, text=LIST, *, encoding="cp1252", problems=None, name="op.csv", language="de", **options
):
    path = tmp_path / "op.csv"
    path.write_bytes(text.encode(encoding))
    head = text_head(encoding=encoding)
    return annotate(path, name, head, problems or {2: [WRONG_DAY]}, {4: "Summenzeile"}, language, **options)


def test_a_csv_comes_back_as_it_came_with_one_more_column(tmp_path):
    name, content = of_text(tmp_path)
    assert name == "op-Korrektur.csv"
    assert content.decode("cp1252").split("\r\n") == [
        "Kd-Nr;Name;PLZ;Fällig am;Betrag;Fehler",
        f"1;Müller;01067;31.02.2026;12,50;{WRONG_DAY.message} {WRONG_DAY.fix}",
        "",
        "2;'=1+1;01067;01.03.2026;-5,00;Keine Forderung: Summenzeile",
        "",
    ]


def test_a_csv_sent_back_a_second_time_has_one_column_of_mistakes(tmp_path):
    _, content = of_text(tmp_path)
    _, again = of_text(tmp_path, content.decode("cp1252"), problems={4: [NO_AMOUNT]})
    rows = list(csv.reader(io.StringIO(again.decode("cp1252")), delimiter=";"))
    assert rows[0].count("Fehler") == 1
    assert rows[1][5] == ""
    assert rows[3][1] == "'=1+1"
    assert rows[3][5].startswith(NO_AMOUNT.message)


def test_what_the_encoding_cannot_hold_comes_back_in_utf8(tmp_path):
    _, content = of_text(tmp_path, "Kd-Nr;Name\n1;Muller\n", encoding="ascii")
    assert content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "mac_roman", "cp850"])
def test_a_csv_keeps_its_encoding_where_that_holds_the_words(encoding, tmp_path):
    text = LIST if encoding.startswith("utf") else LIST.replace("31.02.2026", "x")
    problem = make_problem(Code.AMOUNT_MISSING, "en", field="amount", column="Betrag")
    plain = problem.__class__(code="x", message="There is no amount.", fix="Enter it.", field="amount")
    _, content = of_text(tmp_path, text, encoding=encoding, problems={2: [plain]}, language="en")
    assert content.decode(encoding).startswith("Kd-Nr;")


def test_of_a_long_csv_only_the_rows_to_mend_come_back(tmp_path):
    text = LIST + "".join(f"{row};Name;1;01.01.2026;1\r\n" for row in range(100))
    _, content = of_text(tmp_path, text, problems={2: [WRONG_DAY], 90: [NO_AMOUNT]}, rows_whole_max=50)
    rows = list(csv.reader(io.StringIO(content.decode("cp1252")), delimiter=";"))
    assert [row[0] for row in rows] == ["Zeile", "2", "90"]


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_no_bytes_make_it_raise(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any"
    path.write_bytes(content)
    for head in (text_head(), sheet_head()):
        found = annotate(path, "any", head, {1: [NOT_DUE], 2: [WRONG_DAY]}, {}, "de")
        assert found is None or found[1]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("C:\\Listen\\op.xlsx", "op"),
        ("../../etc/pass wd.csv", "pass wd"),
        ("Müller & Söhne: April?.xls", "Müller _ Söhne_ April_"),
        (".csv", "csv"),
        ("...", "Liste"),
        ("x" * 300 + ".csv", "x" * 80),
    ],
)
def test_a_file_name_is_safe_whatever_the_sender_called_it(name, safe):
    assert safe_stem(name) == safe.strip(" ._-")


def test_an_old_workbook_comes_back_as_a_new_one_and_a_text_as_a_text():
    assert corrections_name("a.XLS", "de", is_text=False) == "a-Korrektur.xlsx"
    assert corrections_name("a.TXT", "en", is_text=True) == "a-corrections.txt"
    assert corrections_name("a.dat", "en", is_text=True) == "a-corrections.csv"


def test_looking_for_mistakes_to_mark_loads_no_openpyxl():
    assert "openpyxl" not in annotated.__dict__


OF_SAMPLES = sorted(
    path
    for path in (Path(__file__).resolve().parents[1] / "samples" / "sheets").iterdir()
    if path.suffix != ".json"
)


def of_source(path):
    """The copies of a source whose first row that is not blank is said to be wrong, with their rows."""
    options = Options(today=date(2026, 4, 20))
    heads = [
        item
        for item in read_source(path, "op.xlsx", is_mail=False, options=options)
        if isinstance(item, DocumentHead) and item.kind is Kind.CLAIMS and item.header_row
    ]
    return [
        annotate(path, "op.xlsx", head, {head.header_row + 1: [WRONG_DAY]}, {}, "de", **limits)
        for head in heads
        for limits in ({}, {"rows_whole_max": 1})
    ]


@pytest.mark.parametrize("path", OF_SAMPLES, ids=lambda path: path.name)
def test_every_golden_list_is_copied_whatever_its_file_is_called(path, tmp_path):
    nameless = tmp_path / "spooled"
    shutil.copyfile(path, nameless)
    assert all(copy is not None and copy[1] for copy in of_source(nameless))


def test_a_workbook_under_a_name_without_ending_is_copied(workbook, tmp_path):
    nameless = tmp_path / "spooled"
    shutil.copyfile(workbook, nameless)
    _, sheet = of_workbook(nameless)
    assert sheet["H5"].value


def test_a_mistake_of_ours_is_heard_of(workbook):
    with pytest.raises(RuntimeWarning):
        annotate(workbook, "op.xlsx", sheet_head(), {5: [None]}, {}, "de")


def test_a_copy_that_is_mended_and_sent_back_is_read_without_a_fault(tmp_path):
    path = tmp_path / "spooled"
    lines = ["Name;Rechnungsnummer;Fälligkeit;Betrag;PLZ", "M GmbH;1;01.03.2025;10,00;10115"]
    lines += [f"N GmbH;{n};31.02.2025;20,00;10115" for n in (2, 3)]
    lines += ["", "P GmbH;4;01.03.2025;30,00;"]
    path.write_bytes("\r\n".join(lines).encode())
    options = Options(today=date(2026, 4, 20))
    head, *items = read_source(path, "op.csv", is_mail=False, options=options)
    problems = {item.row: item.problems for item in items if isinstance(item, RejectedRow)}
    _, copy = annotate(path, "op.csv", head, problems, {}, "de")
    widths = {len(row) for row in csv.reader(io.StringIO(copy.decode("utf-8-sig")), delimiter=";") if row}
    assert widths == {6}
    path.write_bytes(copy.replace(b"31.02.2025", b"28.02.2025"))
    again = list(read_source(path, "op.csv", is_mail=False, options=options))
    assert sum(isinstance(item, Row) for item in again) == 4
    assert not [item for item in again if isinstance(item, RejectedRow)]


def test_each_row_of_the_copy_says_what_is_best_for_it(workbook):
    advice = {4: "übernommen", 6: "noch nicht fällig"}
    _, content = annotate(workbook, "op.xlsx", sheet_head(), {5: [WRONG_DAY]}, {}, "de", advice=advice)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    last = sheet.max_column
    told = [sheet.cell(row, last).value for row in range(3, 8)]
    assert told == [
        "Empfehlung",
        "übernommen",
        "korrigieren und noch einmal senden",
        "noch nicht fällig",
        None,
    ]


def test_a_text_that_comes_back_twice_has_one_column_of_advice(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text("Name;Fällig am;Betrag\nM;31.02.2026;1,00\nN;01.02.2026;2,00\n", encoding="cp1252")
    for _ in range(2):
        _, content = annotate(
            path, "op.csv", text_head(), {2: [WRONG_DAY]}, {}, "de", advice={3: "übernommen"}
        )
        path.write_bytes(content)
    rows = list(csv.reader(io.StringIO(content.decode("cp1252")), delimiter=";"))
    assert rows[0] == ["Name", "Fällig am", "Betrag", "Fehler", "Empfehlung"]
    assert rows[2] == ["N", "01.02.2026", "2,00", "", "übernommen"]
    assert rows[1][4] == "korrigieren und noch einmal senden"
