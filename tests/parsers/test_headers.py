import pytest

from parsers.sheets.fields import Field
from parsers.sheets.hints import hinted_meaning
from parsers.sheets.names import exact_meanings, is_in_cents, near_meanings
from parsers.sheets.profile import profile_of
from parsers.sheets.two_rows import joined_texts
from tests.parsers.sources import read_lines

DAYS = ["01.03.2025", "15.04.2025"]
CENTS = ["10,00", "1.234,50"]


@pytest.mark.parametrize(
    ("upper", "lower", "texts"),
    [
        (
            ["Kunden-", "", "offener"],
            ["nummer", "Name", "Betrag"],
            ("Kundennummer", "Name", "offener Betrag"),
        ),
        (["Rechnung", "", "Betrag"], ["Nr.", "Datum", "offen"], ("Rechnungsnr.", "Rechnungsdatum", "offen")),
        (["Kunde", "", "Rechnung"], ["Nummer", "Ort", "Nummer"], ("Kundennummer", "Ort", "Rechnungsnummer")),
    ],
)
def test_two_rows_are_read_as_one_header(upper, lower, texts):
    joined = joined_texts(upper, lower)
    wanted = [exact_meanings(text)[0].field for text in texts]
    assert [exact_meanings(text)[0].field for text in joined] == wanted


@pytest.mark.parametrize("lower", [["1", "2"], ["RE-2025-1", "Müller"], [1.0, 2.0]])
def test_a_row_of_values_is_no_half_of_a_header(lower):
    assert joined_texts(["Rechnung", "Name"], lower) is None


@pytest.mark.parametrize(
    ("header", "column", "field"),
    [
        ("Fällig.-Dat.", DAYS, Field.DUE_DATE),
        ("zu zahlen bis spätestens", DAYS, Field.DUE_DATE),
        ("Rechn. ausgestellt", DAYS, Field.INVOICE_DATE),
        ("derzeit offen", CENTS, Field.AMOUNT),
        ("Ihre Kundennr bei uns", ["1001", "1002"], Field.NUMBER),
        ("Fällig.-Dat.", ["bald", "später"], None),
        ("letzte Mahnung fällig", DAYS, None),
        ("offen seit Tagen", ["12", "14"], None),
        ("Offen (TEUR)", CENTS, None),
    ],
)
def test_a_word_in_a_header_counts_only_with_what_the_column_holds(header, column, field):
    meaning = hinted_meaning(header, profile_of(column))
    assert (meaning.field if meaning else None) == field


@pytest.mark.parametrize(
    "header", ["Saldo CHF", "Saldo T€", "Offener Betrag TEUR", "Betrag in Tsd.", "Betrag Euro,Cent"]
)
def test_amounts_in_other_units_than_euros_are_not_understood(header):
    assert exact_meanings(header) == near_meanings(header) == ()


@pytest.mark.parametrize(
    "header",
    ["Betrag Ct.", "amount_cents", "Betrag in Cent", "Betrag (ct)", "Betrag in Eurocent", "amount_in_cents"],
)
def test_a_header_may_say_that_amounts_are_cents(header):
    assert is_in_cents(header)
    assert exact_meanings(header)[0].field is Field.GROSS


@pytest.mark.parametrize("header", ["Betrag", "Prozent", "Betrag (€/ct)", "Konto", "Percent", "Center"])
def test_other_headers_do_not(header):
    assert not is_in_cents(header)


@pytest.mark.parametrize("header", ["EUR", "€", "Euro", "(EUR)", "in €"])
def test_a_currency_alone_heads_amounts_but_no_words(header):
    assert hinted_meaning(header, profile_of(CENTS)).field is Field.GROSS
    assert hinted_meaning(header, profile_of(["EUR", "EUR"])) is None


@pytest.mark.parametrize("header", ["Stra\ufffde", "StraÃŸe", "StraÃ\x9fe"])
def test_a_header_that_lost_its_umlauts_is_known_all_the_same(header):
    assert exact_meanings(header)[0].field is Field.STREET


def test_amounts_that_fell_apart_at_a_comma_are_not_taken(tmp_path):
    document = read_lines(
        tmp_path,
        "Name,Rechnungsnummer,Betrag,Bemerkung",
        "Müller GmbH,RE-1,19,29",
        "Meier GmbH,RE-2,398,74",
        "Klein GmbH,RE-3,6,70",
    )
    assert (document["kind"], document["problems"][0]["code"]) == ("unreadable", "amounts_split")


@pytest.mark.parametrize("header", ["Lieferstraße", "Shipping City", "Delivery address", "Versandort"])
def test_where_something_is_delivered_is_not_the_debtors_address(header):
    assert exact_meanings(header)[0].field is Field.KNOWN


def test_a_contact_person_is_not_taken_beside_a_name_that_nobody_understood(tmp_path):
    document = read_lines(
        tmp_path,
        "Ansprechpartner;Verpflichteter;Rechnungsnummer;Offen",
        "Frau Weber;Bau GmbH;RE-1;10,00",
        "Herr Groß;Meier AG;RE-2;20,00",
    )
    assert document["accepted"] == []
    assert document["needs_answer"][0]["choices"] == ["Ansprechpartner", "Verpflichteter"]


def test_the_senders_own_company_is_not_the_debtor(tmp_path):
    rows = [f"Eigene GmbH;{name};RE-{name};10,00" for name in ("Müller", "Meier", "Klein", "Groß")]
    document = read_lines(tmp_path, "Firma;Kunde;Rechnungsnummer;Offen", *rows)
    assert [row["debtor"]["name"] for row in document["accepted"]] == ["Müller", "Meier", "Klein", "Groß"]
    few = read_lines(tmp_path, "Firma;Kunde;Rechnungsnummer;Offen", *rows[:2])
    assert few["accepted"] == []
    answered = read_lines(
        tmp_path,
        "Firma;Kunde;Rechnungsnummer;Offen",
        *rows[:2],
        answers={"which_column:debtor.name": "Kunde"},
    )
    assert [row["debtor"]["company"] for row in answered["accepted"]] == [None, None]
