"""The last line of a text that has no line end: taken if it is whole, refused if it is cut off."""

import pytest

from parsers.reading import Options, read_source
from storage.records import RejectedRow
from tests.parsers.sources import TODAY, read_bytes

HEADER = "Kundennr.;Name;Rechnung;Fälligkeit;Offen"
ABOVE = ("1;Müller GmbH;RE-1;01.03.2025;1.100,00", "2;Meier AG;RE-2;02.03.2025;20,50")


def last_of(folder, *lines, encoding="utf-8", end=""):
    """What became of the last line: the amount that is taken, or the codes of what is wrong with it."""
    (document,) = read_bytes(folder, ("\r\n".join(lines) + end).encode(encoding))
    number = len(lines)
    taken = [row["amount"] for row in document["accepted"] if row["row"] == number]
    refused = [row["problems"][0]["code"] for row in document["rejected"] if row["row"] == number]
    assert len(document["accepted"]) + len(document["rejected"]) == number - 1
    return (taken + refused)[0]


@pytest.mark.parametrize("amount", ["1", "12", "1.234", "1.234,5"])
def test_half_an_amount_at_the_end_of_a_file_is_not_taken(tmp_path, amount):
    assert last_of(tmp_path, HEADER, *ABOVE, f"3;Moser KG;RE-3;03.03.2025;{amount}") == "cut_off"


def test_the_answer_names_the_column_and_the_value(tmp_path):
    (document,) = read_bytes(
        tmp_path, "\r\n".join([HEADER, *ABOVE, "3;Moser KG;RE-3;03.03.2025;1.234"]).encode()
    )
    problem = document["rejected"][0]["problems"][0]
    assert (problem["field"], problem["value"]) == ("amount", "1.234")
    assert "„Offen“" in problem["message"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_whole_last_line_needs_no_line_end(tmp_path, encoding):
    line = "3;Moser KG;RE-3;03.03.2025;1.234,56"
    assert last_of(tmp_path, HEADER, *ABOVE, line, encoding=encoding) == "1234.56"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\n\x1a"])
def test_a_last_line_that_is_ended_is_taken_as_it_is(tmp_path, end):
    line = "3;Moser KG;RE-3;03.03.2025;1.234"
    assert last_of(tmp_path, HEADER, *ABOVE, line, end=end) == "1234.00"


def test_a_list_that_leaves_out_cents_may_do_so_in_its_last_line(tmp_path):
    lines = (*ABOVE, "3;Moser KG;RE-3;03.03.2025;70", "4;Maas SE;RE-4;03.03.2025;80")
    assert last_of(tmp_path, HEADER, *lines) == "80.00"


def test_half_an_amount_is_not_taken_where_a_line_may_end_early(tmp_path):
    lines = [f"{line};info@example.org" for line in ABOVE]
    assert last_of(tmp_path, HEADER + ";E-Mail", *lines, "3;Moser KG;RE-3;03.03.2025;12") == "cut_off"


@pytest.mark.parametrize(
    ("header", "above", "last"),
    [
        ("Fälligkeit", "{:02d}.03.2025", "05.03.20"),
        ("Fälligkeit", "2025-03-{:02d}", "2025-03-1"),
        ("Fälligkeit", "202503{:02d}", "2025031"),
        ("PLZ", "504{:02d}", "5041"),
    ],
)
def test_half_a_date_or_postcode_is_not_taken(tmp_path, header, above, last):
    lines = [f"Moser KG;RE-{n};10,00;{above.format(n)}" for n in range(1, 5)]
    wrong = {"cut_off", "date_unreadable", "date_implausible"}
    assert last_of(tmp_path, f"Kunde;Rechnung;Offen;{header}", *lines, f"Moser KG;RE-9;10,00;{last}") in wrong


def test_half_an_invoice_number_is_not_taken(tmp_path):
    lines = [f"Moser KG;10,00;01.03.2025;RE-2025-{n:03d}" for n in range(1, 5)]
    header = "Kunde;Offen;Fälligkeit;Rechnung"
    assert last_of(tmp_path, header, *lines, "Moser KG;10,00;01.03.2025;RE-2025-0") == "cut_off"


def test_the_side_of_an_amount_must_not_be_lost(tmp_path):
    lines = ("1;Müller GmbH;RE-1;01.03.2025;100,00 S", "2;Meier AG;RE-2;02.03.2025;20,50 H")
    assert last_of(tmp_path, HEADER, *lines, "3;Moser KG;RE-3;03.03.2025;20,50 ") == "cut_off"


def test_half_an_amount_at_the_end_of_a_web_page_is_not_taken(tmp_path):
    rows = [HEADER, *ABOVE, "3;Moser KG;RE-3;03.03.2025;1.234"]
    page = "<table>" + "".join("<tr><td>" + row.replace(";", "</td><td>") + "</td></tr>" for row in rows)
    (document,) = read_bytes(tmp_path, (page + "</table>").encode())
    assert [row["amount"] for row in document["accepted"]] == ["1100.00", "20.50", "1234.00"]
    (document,) = read_bytes(tmp_path, page.removesuffix("</td></tr>").encode())
    assert [row["amount"] for row in document["accepted"]] == ["1100.00", "20.50"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_half_an_amount_in_a_block_is_not_taken(tmp_path, encoding):
    lines = (
        "Rechnung;Datum;Fälligkeit;Offen",
        "10001 Müller GmbH",
        "RE-1;01.03.2025;15.03.2025;10,00",
        "RE-2;01.03.2025;15.03.2025;1.234,50",
        "10002 Meier GmbH",
        "RE-3;01.03.2025;15.03.2025;2.345",
    )
    (document,) = read_bytes(tmp_path, "\r\n".join(lines).encode(encoding))
    assert [row["amount"] for row in document["accepted"]] == ["10.00", "1234.50"]
    assert [row["problems"][0]["code"] for row in document["rejected"]] == ["cut_off"]


@pytest.mark.parametrize("end", ["", ";", ";05.03."])
def test_a_last_line_without_the_date_that_all_others_have_is_not_taken(tmp_path, end):
    lines = [f"Moser KG;RE-{n};10,00;0{n}.03.2025" for n in range(1, 6)]
    codes = {"cut_off", "cells_too_few", "date_without_year"}
    assert last_of(tmp_path, "Kunde;Rechnung;Offen;Fälligkeit", *lines, f"Moser KG;RE-9;10,00{end}") in codes


@pytest.mark.parametrize(
    "last", ["3;Moser KG;RE-3;03.03.2025;1", "3;Moser KG;RE-3;03.03.20", "3;Moser KG;RE-3"]
)
def test_a_row_that_is_cut_off_names_no_invoice_because_more_may_be_lost(tmp_path, last):
    path = tmp_path / "op.csv"
    path.write_bytes("\r\n".join([HEADER, *ABOVE, "4;Maas SE;RE-4;03.03.2025;80,00", last]).encode())
    items = read_source(path, "op.csv", is_mail=False, options=Options(today=TODAY))
    (refused,) = [item for item in items if isinstance(item, RejectedRow)]
    assert (refused.row, refused.invoice_number) == (5, None)
