"""Text lists in every dialect and form."""

import csv
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.grids.cells import ROWS_A_BATCH
from parsers.grids.delimited import Delimited
from parsers.grids.fixed import FixedWidth, cut
from parsers.grids.keyed import Form, Keyed, records_of
from parsers.sheets.annotated import annotate
from parsers.sheets.texts import fixed_columns, named_form, open_text
from storage.records import DocumentHead, Kind, Problem
from tests.parsers.sources import read_bytes

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "cp850", "mac_roman")
COLUMNS = ("Name", "Rechnungsnummer", "Fällig am", "Offener Betrag")
GAPS = ((18, 20), (25, 30))


def rows(delimiter):
    firms = ("Müller GmbH", "Größe & Söhne KG", 'Äpfel "Öko" OHG', "Weiß\r\nFiliale Köln")
    yield delimiter.join(COLUMNS)
    for number, firm in enumerate(firms, 1):
        quoted = '"' + firm.replace('"', '""') + '"'
        yield delimiter.join((quoted, f"RE-{number}", f"0{number}.03.2025", f'"1.23{number},50"'))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_dialect_says_the_same(tmp_path, encoding, delimiter, end):
    text = (end.join(rows(delimiter)) + end).encode(encoding)
    if encoding == "utf-16-be":
        text = b"\xfe\xff" + text
    (document,) = read_bytes(tmp_path, text)
    names = [row["debtor"]["company"] or row["debtor"]["name"] for row in document["accepted"]]
    assert names == ["Müller GmbH", "Größe & Söhne KG", 'Äpfel "Öko" OHG', "Weiß Filiale Köln"]
    assert [row["amount"] for row in document["accepted"]] == ["1231.50", "1232.50", "1233.50", "1234.50"]
    assert [row["row"] for row in document["accepted"]] == [2, 3, 4, 5]
    assert document["delimiter"] == delimiter


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_two_bytes_a_letter_need_no_mark(tmp_path, encoding):
    (document,) = read_bytes(tmp_path, "\r\n".join(rows(";")).encode(encoding))
    assert document["encoding"] == encoding
    assert len(document["accepted"]) == 4


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("Müller GmbH         RE-1      10,00", ["Müller GmbH", "RE-1", "10,00"]),
        ("Müller", ["Müller", "", ""]),
        ("", ["", "", ""]),
        ("Müller und Söhne AG RE-1      10,00", ["Müller und Söhne AG", "RE-1", "10,00"]),
        ("Müller              RE-1  1.234,00", ["Müller", "RE-1", "1.234,00"]),
        ("Müller und Söhne GmbHRE-1     10,00", None),
        ("Müller und Söhne an der Spree RE-1", None),
        ("Müller und Söhne AG in Spree  10,00", None),
        ("Müller              RE-1    1 1.234,00", None),
    ],
)
def test_a_line_is_cut_between_its_columns_or_not_at_all(line, cells):
    assert cut(line, GAPS) == cells


def test_columns_that_nothing_parts_are_no_columns():
    lines = ["Name     Rechnung Betrag", "Müller   RE-1 10,00", "Weiß GmbH RE-2 7,00"]
    assert fixed_columns(lines) is None


def test_a_number_that_no_header_names_is_not_guessed_at():
    lines = ["Name        Rechnung            Betrag"]
    lines += [f"Müller      RE-{number}       {number}     10,00" for number in range(9)]
    assert fixed_columns(lines) is None


def test_a_csv_padded_with_blanks_is_still_a_csv(tmp_path):
    lines = ["Name        ; Rechnung ; Fällig am  ; Betrag", "Müller GmbH ; RE-1     ; 01.03.2025 ; 10,00"]
    path = tmp_path / "list"
    path.write_text("\n".join(lines))
    assert isinstance(open_text(path), Delimited)


@pytest.mark.parametrize("equals", ["=", ": ", "\t", ";"])
def test_records_end_at_blank_lines_or_where_the_first_name_comes_again(tmp_path, equals):
    one = [f"Firma{equals}M GmbH", f"RechnungsNr{equals}1", f"Betrag{equals}10,00"]
    two = [f"Firma{equals}W GmbH", f"RechnungsNr{equals}2", f"Betrag{equals}7,00"]
    for lines in ([*one, "", *two], [*one, *two], [*one, "----", "", *two, ""]):
        (document,) = read_bytes(tmp_path, "\n".join(lines).encode())
        assert [row["amount"] for row in document["accepted"]] == ["10.00", "7.00"]


@pytest.mark.parametrize(
    "text",
    [
        "Sehr geehrte Damen und Herren,\nBetrag: 10,00\nmit freundlichen Grüßen\nM. Müller\nFirma: X\nOrt: Y",
        "Name;Betrag\nMüller;10,00\nWeiß;7,00",
        "a=1\nb=2\nc=3",
        "",
    ],
)
def test_a_text_that_names_little_is_no_list_of_named_values(text):
    assert named_form(text) is None


def test_a_record_keeps_its_line_and_a_line_without_a_name_goes_to_the_value_above():
    lines = ["[Kopf]", "Name=M", "Ort=Y", "am See", "", "Name=W"]
    records = list(records_of(lines, Form("=", None)))
    assert records == [(2, [("Name", "M"), ("Ort", "Y am See")]), (6, [("Name", "W")])]


@pytest.mark.parametrize("kind", ["fixed", "keyed"])
def test_a_long_text_is_read_in_flat_memory(tmp_path, kind):
    path = tmp_path / "long"
    with path.open("w") as file:
        if kind == "fixed":
            file.write(f"{'Name':20}{'Rechnung':12}{'Fällig am':14}{'Betrag':>12}\n")
        for number in range(30_000):
            if kind == "fixed":
                file.write(f"{'Müller GmbH':20}{number:<12}{'01.03.2025':14}{'10,00':>12}\n")
            else:
                file.write(f"Firma=Müller GmbH\nRechnungsNr={number}\nBetrag=10,00\n\n")
    grid = open_text(path)
    assert isinstance(grid, FixedWidth if kind == "fixed" else Keyed)
    tracemalloc.start()
    count = sum(len(batch.rows) for batch in grid.batches())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 30_001
    assert peak < 4 << 20
    assert ROWS_A_BATCH < 1_000


@pytest.mark.parametrize("name", ["60-fixed-width.txt", "64-named-values-in-lines.txt"])
def test_a_text_without_a_delimiter_comes_back_as_a_table(tmp_path, name):
    path = tmp_path / name
    if name.startswith("60"):
        path.write_text("Name        Rechnung      Betrag\nM GmbH      RE-1           10,00\n")
        header_row, bad = 1, 2
    else:
        path.write_text("Name=M GmbH\nRechnung=RE-1\nBetrag=10,00\n")
        header_row, bad = 0, 1
    grid = open_text(path)
    head = DocumentHead(
        kind=Kind.CLAIMS, name=name, encoding="utf-8", delimiter=grid.delimiter, header_row=header_row
    )
    problem = Problem(code="x", message="Falsch.", fix="Richtig.")
    _, content = annotate(path, name, head, {bad: [problem]}, {}, "de")
    assert content.decode().splitlines() == [
        "Name;Rechnung;Betrag;Fehler",
        "M GmbH;RE-1;10,00;Falsch. Richtig.",
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from("Name Betrag=:;&1,0\t-"), max_size=40), max_size=8))
def test_no_text_breaks_the_search_for_its_form(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("text") / "file"
    path.write_text("\n".join(lines))
    for batch in open_text(path).batches():
        assert len(batch.numbers) == len(batch.rows)


@settings(max_examples=60)
@given(
    st.lists(st.text(st.sampled_from('ab;"\r\n \x0b\x85\u2028'), max_size=12), max_size=40),
    st.sampled_from(["\r\n", "\n", "\r"]),
)
def test_lines_without_quotes_are_split_as_csv_does(tmp_path_factory, lines, end):
    plain = [f"{number};{number}" for number in range(ROWS_A_BATCH)]
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(end.join([*lines, *plain, *lines]).encode())
    batches = list(Delimited(path, "utf-8", ";").batches())
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=";")
        expected, before = [], 0
        for row in reader:
            expected.append((before + 1, row))
            before = reader.line_num
    read = [pair for batch in batches for pair in zip(batch.numbers, batch.rows, strict=True)]
    assert [cells for _, cells in read] == [cells for _, cells in expected]
    if '"' not in path.read_text(encoding="utf-8"):
        assert read == expected
