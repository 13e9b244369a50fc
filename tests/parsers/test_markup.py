"""Tables that web shops call `.xls`: HTML, and the XML of Excel 2003."""

import pytest

from tests.parsers.sources import read_bytes

HEADER = "<tr><th>Name</th><th>Rechnungsnummer</th><th>Fällig am</th><th>Offener Betrag</th></tr>"
ROW = "<tr><td>Müller &amp; Söhne KG</td><td>RE-1</td><td>01.03.2025</td><td>1.234,56&nbsp;€</td></tr>"
EXCEL = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 {sheets}
</Workbook>"""


def cell(kind, value, said=""):
    return f'<Cell {said}><Data ss:Type="{kind}">{value}</Data></Cell>'


def texts(*values):
    return "".join(cell("String", value) for value in values)


EXCEL_HEADER = f"<Row>{texts('Name', 'Rechnungsnummer', 'Fälligkeit', 'Offen')}</Row>"


def excel_row(number, said=""):
    cells = texts(f"Müller{number} GmbH", f"RE-{number}")
    cells += cell("DateTime", "2025-03-01T00:00:00.000") + cell("Number", "10.5")
    return f"<Row {said}>{cells}</Row>"


def sheet(rows, name="Liste", columns="", options=""):
    return (
        f'<Worksheet ss:Name="{name}"><Table>{columns}{rows}</Table>'
        f'<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions>'
        "</Worksheet>"
    )


def read_html(folder, rows, around="<html><body><table>{}</table></body></html>", encoding="utf-8"):
    (document,) = read_bytes(folder, around.format(rows).encode(encoding))
    return document


def read_excel(folder, *sheets):
    (document,) = read_bytes(folder, EXCEL.format(sheets="".join(sheets)).encode())
    return document


def taken(document):
    return [row["row"] for row in document["accepted"]]


def rejected(document):
    return {row["row"]: [one["code"] for one in row["problems"]] for row in document["rejected"]}


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-8-sig", "mac_roman"])
def test_a_table_in_html_is_read(tmp_path, encoding):
    row = ROW.replace("€", "") if encoding == "mac_roman" else ROW
    document = read_html(tmp_path, HEADER + row, encoding=encoding)
    (claim,) = document["accepted"]
    assert claim["debtor"]["company"] == "Müller & Söhne KG"
    assert (claim["row"], claim["amount"], claim["due_date"]) == (2, "1234.56", "2025-03-01")


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_html_is_read_in_the_letters_that_it_declares(tmp_path, charset):
    around = f'<html><head><meta charset="{charset}"></head><table>{{}}</table></html>'
    document = read_html(tmp_path, HEADER + ROW, around, charset)
    assert document["accepted"][0]["debtor"]["company"] == "Müller & Söhne KG"


def test_careless_html_is_read_too(tmp_path):
    document = read_html(tmp_path, (HEADER + ROW).replace("</td>", "").replace("</tr>", ""), "<table>{}")
    assert taken(document) == [2]


def test_cells_that_span_rows_and_columns_keep_the_others_in_place(tmp_path):
    rows = "<tr><td colspan=4>Offene Posten</td></tr>" + HEADER
    rows += "<tr><td rowspan=2>M GmbH</td><td>RE-1</td><td>01.03.2025</td><td>10,00</td></tr>"
    rows += "<tr><td>RE-2</td><td>01.03.2025</td><td>20,00</td></tr>" + ROW
    document = read_html(tmp_path, rows)
    assert taken(document) == [3, 5]
    assert rejected(document) == {4: ["name_missing"]}


def test_what_html_does_not_show_is_asked_about(tmp_path):
    hidden = ROW.replace("<tr>", '<tr style="display: none">').replace("RE-1", "RE-2")
    document = read_html(tmp_path, HEADER + ROW + hidden)
    assert (taken(document), rejected(document)) == ([2], {3: ["awaits_answer"]})
    column = (HEADER + ROW).replace("<td>RE-1", "<td hidden>RE-1")
    document = read_html(tmp_path, column)
    assert [one["id"] for one in document["needs_answer"]] == ["hidden_columns:invoice_number"]


def test_two_tables_of_claims_are_asked_about_and_a_layout_is_none(tmp_path):
    table = f"<table>{HEADER}{ROW}</table>"
    document = read_html(tmp_path, table + table, "<html>{}</html>")
    assert document["needs_answer"][0]["choices"] == ["Tabelle 1", "Tabelle 2", "alle Blätter"]
    document = read_html(tmp_path, table, "<table><tr><td>Liste</td><td>{}</td></tr></table>")
    assert taken(document) == [2]


def test_html_without_a_table_says_what_to_do(tmp_path):
    (document,) = read_bytes(tmp_path, b"<html><body><p>Hallo</p></body></html>")
    assert document["problems"][0]["code"] == "unsupported_format"


def test_the_xml_of_excel_is_read_with_its_days_and_gaps(tmp_path):
    rows = EXCEL_HEADER + excel_row(1) + excel_row(2, 'ss:Index="9"')
    document = read_excel(tmp_path, sheet(rows))
    assert [(row["row"], row["due_date"], row["amount"]) for row in document["accepted"]] == [
        (2, "2025-03-01", "10.50"),
        (9, "2025-03-01", "10.50"),
    ]


def test_what_the_xml_of_excel_hides_is_asked_about(tmp_path):
    rows = EXCEL_HEADER + excel_row(1) + excel_row(2, 'ss:Hidden="1"')
    document = read_excel(tmp_path, sheet(rows))
    assert (taken(document), rejected(document)) == ([2], {3: ["awaits_answer"]})
    document = read_excel(tmp_path, sheet(rows, columns='<Column ss:Index="4" ss:Hidden="1"/>'))
    assert document["needs_answer"][0]["id"] == "hidden_columns:amount"
    hidden = sheet(EXCEL_HEADER + excel_row(3), "Alt", options="<Visible>SheetHidden</Visible>")
    document = read_excel(tmp_path, sheet(EXCEL_HEADER + excel_row(1)), hidden)
    assert (document["sheet"], taken(document)) == ("Liste", [2])
    assert "hidden_sheet" in [one["code"] for one in document["problems"]]


def test_entities_are_not_resolved(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    text = EXCEL.format(sheets=sheet(EXCEL_HEADER + excel_row("&a;&b;"))).replace(
        "?>\n<Work", f"?>{bomb}<Work"
    )
    (document,) = read_bytes(tmp_path, text.encode())
    assert [row["debtor"]["company"] for row in document["accepted"]] == ["Müller&a;&b; GmbH"]


@pytest.mark.parametrize("said", ['ss:Index="999999999"', 'ss:Index="100000"', 'ss:MergeAcross="99999999"'])
def test_a_cell_far_away_is_too_far(tmp_path, said):
    document = read_excel(tmp_path, sheet(EXCEL_HEADER + f"<Row>{cell('String', 'x', said)}</Row>"))
    assert document["problems"][0]["code"] == "sheet_too_large"
