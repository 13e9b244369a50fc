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


@pytest.mark.parametrize(
    ("gross", "open_amount"),
    [
        ("Betrag", "davon offen"),
        ("Rechnungsbetrag", "noch zu zahlen"),
        ("Bruttobetrag", "offener Rest"),
        ("Betrag", "Rest offen"),
        ("Betrag", "Zu zahlen"),
        ("Betrag", "Restschuld"),
        ("Invoice amount", "Still open"),
        ("Total", "Unpaid"),
        ("Betrag (brutto)", "davon offen"),
    ],
)
def test_a_column_that_plainly_says_what_is_open_is_the_amount(tmp_path, gross, open_amount):
    document = read_lines(
        tmp_path, f"Name;Rechnungsnummer;{gross};{open_amount}", "Müller GmbH;1;100,00;40,00"
    )
    assert document["columns"]["amount"] == open_amount
    assert document["accepted"][0]["amount"] == "40.00"


@pytest.mark.parametrize(
    ("gross", "other", "value"),
    [
        ("Betrag", "Gutschrift", "60,00"),
        ("Betrag", "Gutschrift", "60"),
        ("Betrag", "davon strittig", "60,00"),
        ("Betrag", "Guthaben", "60"),
        ("Betrag", "Noch fälliger Restbetrag netto", "40"),
        ("Betrag", "Umsatz", "40"),
        ("Total", "Remaining to be settled", "40.00"),
    ],
)
def test_a_gross_amount_beside_money_that_is_not_understood_is_never_taken(tmp_path, gross, other, value):
    lines = [f"Müller GmbH;{n};01.03.2025;100,00;" for n in range(1, 900)]
    document = read_lines(
        tmp_path,
        f"Name;Rechnungsnummer;Fälligkeit;{gross};{other}",
        *lines,
        f"Meier GmbH;900;01.03.2025;100,00;{value}",
    )
    assert not document["accepted"]
    assert [question["id"] for question in document["needs_answer"]] == ["which_column:amount"]
    assert document["needs_answer"][0]["choices"] == [gross, other]


@pytest.mark.parametrize(
    ("other", "value"),
    [
        ("MwSt 19", "15,97"),
        ("Rechnungsbetrag netto", "84,03"),
        ("Versandkosten", "4,90"),
        ("Zinssatz", "9,12"),
        ("Skonto 2%", "2,00"),
        ("Kostenstelle neu", "4711"),
        ("Objekt", "12"),
        ("Offen seit", "01.03.2025"),
        ("davon gegengeprüft", ""),
        ("Betrag laut Brief", "100,00"),
    ],
)
def test_a_harmless_column_beside_a_gross_amount_asks_nothing(tmp_path, other, value):
    document = read_lines(tmp_path, f"Name;Rechnungsnummer;Betrag;{other}", f"Müller GmbH;1;100,00;{value}")
    assert document["needs_answer"] == []
    assert document["accepted"][0]["amount"] == "100.00"
