"""A notice tells a payment only where every piece of it is certain; all else is asked."""

import pytest

from parsers.notices.notice import read_notice
from tests.parsers.notices.told import TODAY, told


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "26-004711-2: Rechnung vom 03.02.2026 über 250,00 €, bezahlt am 12.03.2026",
            "26-004711-2 250.00 2026-03-12",
        ),
        (
            "26-004711-2: 250,00 € am 12.03.2026 bezahlt, offen waren 480,00 €",
            "26-004711-2 250.00 2026-03-12 partial",
        ),
        (
            "26-004711-2: 100 € am 1.3. und 50 € am 1.4., macht zusammen 150 €",
            "26-004711-2 100.00 2026-03-01; 26-004711-2 50.00 2026-04-01",
        ),
        ("26-004711-2: PayPal 64,99 € am 9.4., Gebühr 1,92, netto 63,07", "26-004711-2 64.99 2026-04-09"),
        ("26-004711-2: 200 von 480 € bezahlt am 3.4.", "26-004711-2 200.00 2026-04-03 partial"),
        (
            "26-004711-2: The customer has paid the outstanding amount of EUR 250.00 on 3 April",
            "26-004711-2 250.00 2026-04-03",
        ),
        ("26-004711-2 bezahlt am 12.3.2026 um 14:30 Uhr, 250,00 €", "26-004711-2 250.00 2026-03-12"),
    ],
)
def test_only_what_was_paid_counts_as_paid(text, read):
    assert told(text) == read


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("250,00 €", "250.00"),
        ("1.234,56 €", "1234.56"),
        ("1,234.56 EUR", "1234.56"),
        ("1234.5 €", "1234.50"),
        ("50€", "50.00"),
        ("EUR50,00", "50.00"),
        ("EUR 99,-", "99.00"),
        ("120 Euro", "120.00"),
        ("1.020,00", "1020.00"),
        ("1.500 €", "1500.00"),
        ("1.500,- €", "1500.00"),
        ("120.-", "120.00"),
        ("89,00 H", "89.00"),
        ("1.250.000,00 €", "1250000.00"),
    ],
)
def test_an_amount_is_read_as_germans_write_it(text, amount):
    assert told(f"Zahlung zu 26-004711-2 am 12.03.2026: {text}") == f"26-004711-2 {amount} 2026-03-12"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1,500 €",
            "1 500 €",
            "1 500,00 €",
            "ca. 250 €",
            "250 USD",
            "$250",
            "-250,00 €",
            "250,00 S",
            "0,00 €",
        ),
        *("12.03", "250,123 €", "netto 250,00 €", "250,00 € oder 260,00 €"),
    ],
)
def test_an_amount_that_is_not_certain_is_not_read(text):
    assert told(f"Zahlung zu 26-004711-2 am 12.03.2026: {text}") == "26-004711-2 2026-03-12 and asked"


@pytest.mark.parametrize(
    "text",
    [
        "Az. 26-004711-2",
        "Az. 26 004711 2",
        "Aktenzeichen 260047112",
        "Akte: 26 OO4711 2",
        "ref 26-004711-2",
        "26–004711–2",
    ],
)
def test_a_case_number_is_read_in_every_writing(text):
    assert told(f"{text} bezahlt am 12.03.2026 250,00 €") == "26-004711-2 250.00 2026-03-12"


@pytest.mark.parametrize("text", ["26-004711-3", "Az. 26-004712-2", "Akte 260047113"])
def test_a_case_number_that_fails_its_check_digit_is_asked(text):
    notice = read_notice(f"{text} bezahlt am 12.03.2026 250,00 €", TODAY)

    assert notice.payments[0].case is None
    assert any("Prüfziffer" in one for one in notice.ask)


def test_bare_digits_without_a_word_before_them_are_no_case():
    assert told("26 004711 2 bezahlt am 12.03.2026 250,00 €") == "250.00 2026-03-12 and asked"


@pytest.mark.parametrize(
    "text",
    [
        "26-004711-2: 250,00 € vom 12.03.2026 zurückgebucht",
        "26-004711-2: Lastschrift über 250,00 € am 12.03.2026 geplatzt",
        "26-004711-2: 250,00 € am 12.03.2026 an den Kunden zurücküberwiesen",
        "26-004711-2: Kunde will am 12.04.2026 250,00 € zahlen",
        "26-004711-2: Kunde sagt, er hat am 12.03.2026 250,00 € bezahlt",
        "26-004711-2: 250,00 € am 12.03.2026 nicht bezahlt",
        "26-004711-2: Scheck über 250,00 € am 12.03.2026 erhalten",
        "26-004711-2: 250,00 € am 12.03.2026 verrechnet",
        "26-004711-2: auf 250,00 € geeinigt, am 12.03.2026 bekommen",
        "26-004711-2: Gutschrift 250,00 € vom 12.03.2026",
        "26-004711-2: 250,00 € am 12.03.2026 doppelt erhalten",
        "26-004711-2: Kosten 35,00 € am 12.03.2026 an Sie überwiesen",
        "Ihre Auszahlung vom 12.03.2026 über 250,00 € ist eingegangen",
        "26-004711-2: 250,00 € am 12.03.2026 bezahlt. Das war ein Fehler von uns.",
        "26-004711-2: 250.00 EUR would be paid on 12 March",
        "26-004711-2: wir haben dem Kunden am 12.03.2026 250,00 € überwiesen",
        "26-004711-2: we paid 250.00 EUR on 12 March",
        "26-004711-2: Kunde hat heute mitgeteilt, dass er am 12.03.2026 250,00 € bezahlt hat",
        "26-004711-2: 250,00 € am 12.03.2026 an den Kunden bezahlt",
        "26-004711-2: the debtor has been paid 250.00 EUR on 12 March",
    ],
)
def test_what_is_no_payment_has_no_entry_and_is_asked(text):
    assert told(text) == "no payment and asked"


def test_what_is_said_of_one_case_takes_nothing_from_another():
    text = "26-004711-2: 100,00 € am 01.04.2026\n26-010233-0: Lastschrift geplatzt"

    assert told(text) == "26-004711-2 100.00 2026-04-01 and asked"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "26-004711-2\n50,00 €\n02.04.2026\n26-010233-0\n60,00 €\n03.04.2026",
            "26-004711-2 50.00 2026-04-02; 26-010233-0 60.00 2026-04-03",
        ),
        (
            "02.04.2026 50,00 € 26-004711-2, 03.04.2026 60,00 € 26-010233-0",
            "26-004711-2 50.00 2026-04-02; 26-010233-0 60.00 2026-04-03",
        ),
        (
            "Rechnung;Kunde;Betrag;Datum\nRE-1;Max Müller;45,00;02.04.2026\nRE-2;Eva Klein;55,00;03.04.2026",
            "ref:RE-1 debtor:Max_Müller 45.00 2026-04-02; ref:RE-2 debtor:Eva_Klein 55.00 2026-04-03",
        ),
        (
            "26-004711-2 bezahlt 50,00 €, 26-010233-0 bezahlt 60,00 € am 02.04.2026",
            "26-004711-2 50.00; 26-010233-0 60.00 2026-04-02 and asked",
        ),
        ("26-004711-2, 26-010233-0: 250,00 € am 12.03.2026", "no payment and asked"),
        (
            "Akte 26-004711-2 statt 26-010233-0: 250,00 € am 12.03.2026",
            "26-010233-0 250.00 2026-03-12 and asked",
        ),
        (
            "26-004711-2: am 1.3.26 50 €, am 1.4.26 60 €, noch 100 € offen",
            "26-004711-2 50.00 2026-03-01 partial; 26-004711-2 60.00 2026-04-01 partial",
        ),
        ("10021;45;02.04.2026", "ref:10021 45.00 2026-04-02 and asked"),
    ],
)
def test_each_payment_goes_to_the_case_that_it_is_told_of(text, read):
    assert told(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "Zahlungen zu 26-004711-2:\n50,00 € am 02.02.2026\n50,00 € am 02.03.2026",
            "26-004711-2 50.00 2026-02-02; 26-004711-2 50.00 2026-03-02",
        ),
        (
            "26-004711-2: 50,00 € am 02.02.2026 bezahlt.\nWeitere 60,00 € am 02.03.2026 erhalten.",
            "26-004711-2 50.00 2026-02-02; 26-004711-2 60.00 2026-03-02",
        ),
        (
            "26-004711-2: 50,00 € am 02.02.2026 bezahlt.\nGestern kamen 60,00 € in bar.",
            "26-004711-2 50.00 2026-02-02; 26-004711-2 60.00 2026-04-19 and asked",
        ),
        (
            "26-004711-2: 50,00 € am 02.02.2026\npart payment 40 EUR on 11 April 26-010233-0",
            "26-004711-2 50.00 2026-02-02; 26-010233-0 40.00 2026-04-11 partial",
        ),
        ("26-004711-2: 50,00 € am 02.02.2026 40 EUR 26-010233-0", "no payment and asked"),
        (
            "26-004711-2: 50,00 € am 02.02.2026 erhalten.\nDie 50,00 € gingen am 05.02.2026 zurück.",
            "no payment and asked",
        ),
    ],
)
def test_a_line_that_names_no_case_may_be_about_another(text, read):
    assert told(text) == read


def test_words_that_are_not_understood_are_asked_about():
    notice = read_notice("26-004711-2: 250,00 € am 12.03.2026 gestundet verknuselt", TODAY)

    assert any("verknuselt" in one for one in notice.ask)


def test_below_the_greeting_nothing_is_read_and_what_looks_like_a_payment_is_asked():
    greeting = "26-004711-2: 250,00 € am 12.03.2026\n\nMit freundlichen Grüßen\nEva Klein\nTel. 0351 123456"

    assert told(greeting) == "26-004711-2 250.00 2026-03-12"
    assert told(f"{greeting}\nPS: und 50 € am 13.03.") == "26-004711-2 250.00 2026-03-12 and asked"


def test_what_is_quoted_is_not_read():
    quoted = "Am 11.03.2026 schrieb Inkasso:\n> 26-010233-0: 99,00 € am 01.03.2026"
    text = f"26-004711-2: 250,00 € am 12.03.2026\n\n{quoted}"

    assert told(text) == "26-004711-2 250.00 2026-03-12"


def test_the_subject_of_a_mail_names_the_case_unless_it_is_an_answer():
    said = "gestern sind 50 € eingegangen"

    assert told(said, subject="Direktzahlung 26-004711-2") == "26-004711-2 50.00 2026-04-19"
    assert told(said, subject="Re: 26-004711-2 Lastschrift zurück") == "26-004711-2 50.00 2026-04-19"
    assert told(said, subject="Zahlung 26 004711 2") == "26-004711-2 50.00 2026-04-19"
    assert told(f"Betreff: Zahlung 26 004711 2\n{said}") == "26-004711-2 50.00 2026-04-19"
    assert told(f"RE-77: {said}", subject="Re: 26-004711-2") == "ref:RE-77 50.00 2026-04-19"


@pytest.mark.parametrize(
    "text",
    [
        *("", "JA", "Hat der Kunde schon bezahlt", "Sind die 250 € schon da?", "Wann kommt die Auszahlung?"),
        *("Neue Forderung: 250 € von Max Müller, Rechnung vom 3.3.", "Bitte Akte 26-004711-2 schließen"),
        "26-004711-2 Stand 12.03.2026: 250,00 € offen",
    ],
)
def test_what_tells_no_payment_is_left_to_others(text):
    assert told(text) == "no notice"


def test_a_list_that_is_too_long_to_be_read_whole_is_asked():
    lines = "\n".join(f"1{number:04};45,00;02.04.2026" for number in range(100))

    assert read_notice(lines, TODAY).must_ask
