import pytest

from parsers.sheets.fields import Field
from parsers.sheets.header import choose_delimiter, find_header
from parsers.sheets.names import exact_meanings, near_meanings
from tests.parsers.sources import read_lines

ROW = "Müller GmbH;RE-1;01.03.2025;10,00"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Kd.-Nr.", Field.NUMBER),
        ("KUNDENNUMMER", Field.NUMBER),
        ("Straße / Hausnr.", Field.STREET),
        ("Offener Betrag (EUR)", Field.AMOUNT),
        ("Betrag in €", Field.GROSS),
        ("Rechnungs-Nr", Field.INVOICE_NUMBER),
        ("Fällig am (TT.MM.JJJJ)", Field.DUE_DATE),
        ("Vorname(n)", Field.FIRST_NAME),
        ("Name (Adressattyp Unternehmen)", Field.COMPANY),
        ("Invoice #", Field.INVOICE_NUMBER),
        ("amount_residual", Field.AMOUNT),
        ("invoice_date_due", Field.DUE_DATE),
        ("Tage überfällig", Field.KNOWN),
        ("Zinsen", Field.KNOWN),
    ],
)
def test_headers_are_known_by_many_names(header, field):
    assert exact_meanings(header)[0].field is field


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Rechnungsnumer", Field.INVOICE_NUMBER),
        ("Offener Betrg", Field.AMOUNT),
        ("Fälligkeitsdtum", Field.DUE_DATE),
    ],
)
def test_a_misspelt_header_is_understood(header, field):
    assert near_meanings(header)[0].field is field


@pytest.mark.parametrize(
    "header",
    [
        "Rechnungsbetrag netto",
        "Offener Betrag CHF",
        "Payment Date",
        "Zinssatz",
        "Rechnungsjahr",
        "Zip file",
        "Supplier",
    ],
)
def test_a_false_friend_is_not(header):
    assert all(meaning.field.startswith("_") for meaning in near_meanings(header))


def test_the_header_is_found_below_a_letterhead():
    rows = [
        ["Musterfirma"],
        [""],
        ["Liste vom", "01.03.2025"],
        ["Name", "Rechnung", "Betrag"],
        ["M", "1", "2"],
    ]
    assert find_header(rows).index == 3


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_a_header(delimiter):
    lines = (["Name", "Rechnungsnummer", "Betrag"], ["Müller; Söhne, GmbH", "1", "12.50"])
    text = "".join(delimiter.join(f'"{cell}"' for cell in line) + "\r\n" for line in lines)
    assert choose_delimiter(text) == delimiter


def test_a_line_sep_of_excel_is_obeyed(tmp_path):
    document = read_lines(tmp_path, "sep=;", "Name;Rechnungsnummer;Fälligkeit;Betrag", ROW)
    assert document["accepted"][0]["row"] == 3


def test_a_single_column_of_decimal_commas_is_not_split(tmp_path):
    document = read_lines(tmp_path, "Betrag", "12,50", "13,20")
    assert document["kind"] == "unreadable"


def test_an_account_of_ibans_is_no_customer_number(tmp_path):
    document = read_lines(
        tmp_path, "Konto;Name;Rechnungsnummer;Betrag", "DE89370400440532013000;Müller GmbH;1;10,00"
    )
    assert document["accepted"][0]["debtor"]["iban"] == "DE89370400440532013000"
    assert document["accepted"][0]["debtor"]["number"] is None


def test_a_column_of_customers_may_hold_numbers(tmp_path):
    document = read_lines(tmp_path, "Kunde;Nachname;Rechnungsnummer;Betrag", "K1001;Müller;1;10,00")
    assert document["columns"]["debtor.number"] == "Kunde"


def test_a_column_of_numbered_names_is_no_name(tmp_path):
    document = read_lines(tmp_path, "Kunde;Rechnungsnummer;Betrag", "10021 Müller;1;10,00")
    assert document["kind"] == "unreadable"


def test_a_header_that_its_values_contradict_is_not_believed(tmp_path):
    document = read_lines(
        tmp_path, "Name;Rechnungsnummer;Betrag", "Müller;1;01.03.2025", "Meier;2;02.03.2025"
    )
    assert document["kind"] == "unreadable"
    assert "offener Betrag" in document["problems"][0]["message"]


def test_two_columns_that_always_agree_make_no_question(tmp_path):
    document = read_lines(tmp_path, "Name;Rechnungsnummer;Offen;Restbetrag", "Müller GmbH;1;10,00;10,00")
    assert len(document["accepted"]) == 1


def test_two_numbers_that_differ_far_down_make_a_question(tmp_path):
    rows = [f"Müller GmbH;{n};10,00;10,00" for n in range(1, 1500)]
    document = read_lines(
        tmp_path, "Name;Rechnungsnummer;Offen;Restbetrag", *rows, "Meier GmbH;1500;10,00;9,00"
    )
    assert not document["accepted"]
    assert document["needs_answer"][0]["choices"] == ["Offen", "Restbetrag"]


def test_a_doubtful_cell_far_down_decides_for_the_whole_column(tmp_path):
    rows = [f"Müller GmbH;{n};1.234" for n in range(1, 1500)]
    document = read_lines(tmp_path, "Name;Rechnungsnummer;Offen", *rows, "Meier GmbH;1500;1.234,50")
    assert {row["amount"] for row in document["accepted"]} == {"1234.00", "1234.50"}


def test_the_error_column_of_our_own_copy_is_passed_over(tmp_path):
    document = read_lines(
        tmp_path,
        "Name;Rechnungsnummer;Fälligkeit;Betrag;Fehler",
        ROW + ";Fälligkeit: gibt es nicht",
        ";;;10,00;Keine Forderung",
    )
    assert len(document["accepted"]) == 1
    assert document["skipped"] == [{"row": 3, "reason": "Summenzeile"}]
