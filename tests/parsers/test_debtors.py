import pytest

from parsers.sheets.checks import has_lost_zero, is_email, is_iban, is_postcode
from parsers.sheets.debtors import (
    address_of,
    country_code,
    has_legal_form,
    is_plain_name,
    kind_of_word,
    name_debtor,
    place_of,
)
from storage.records import DebtorKind


@pytest.mark.parametrize(
    "name",
    [
        "Müller GmbH",
        "Müller GmbH & Co. KG",
        "Beispiel UG (haftungsbeschränkt)",
        "Bäckerei Öztürk e.K.",
        "Turnverein 1860 e. V.",
        "Stadtwerke AG",
        "Miller Ltd.",
        "Acme Inc.",
        "Meier & Söhne OHG",
        "Weingut eG",
        "Kanzlei Klein PartGmbB",
    ],
)
def test_a_legal_form_makes_a_company(name):
    assert has_legal_form(name)
    named = name_debtor(name, None, None, None)
    assert (named.company, named.name, named.is_company) == (name, None, True)


@pytest.mark.parametrize("name", ["Hans Müller", "Agnes Kaiser", "Ag", "Se-Min Park", "Ugur", "Eva Egger"])
def test_a_person_stays_a_person(name):
    assert not has_legal_form(name)
    assert is_plain_name(name)


def test_a_name_with_a_comma_is_taken_apart():
    named = name_debtor("Müller, Hans", None, None, None)
    assert (named.name, named.first_name) == ("Müller", "Hans")


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [("AG, GÜNTER", "AG", "GÜNTER"), ("SE, Yoon-Ah", "SE", "Yoon-Ah")],
)
def test_what_looks_like_a_legal_form_before_a_comma_is_a_family_name(name, last, first):
    named = name_debtor(name, None, None, None)
    assert (named.name, named.first_name, named.company) == (last, first, None)


@pytest.mark.parametrize("name", ["GmbH, Müller", "AG, Müller & Co. KG", "AG, Zahnärzte", "Müller, AG"])
def test_a_legal_form_before_a_comma_that_no_first_name_follows_is_a_companys(name):
    assert name_debtor(name, None, None, None).company == name


@pytest.mark.parametrize(
    ("name", "last", "first"),
    [
        ("von der Heyde, Karl-Heinz", "von der Heyde", "Karl-Heinz"),
        ("de Vries, Prof. Dr. Nguyen Thi", "de Vries", "Prof. Dr. Nguyen Thi"),
        ("García López, Zoë", "García López", "Zoë"),
    ],
)
def test_a_long_name_with_a_comma_is_taken_apart_too(name, last, first):
    named = name_debtor(name, None, None, None)
    assert (named.name, named.first_name) == (last, first)


@pytest.mark.parametrize(
    "name",
    [
        "Elektro Meier, Inh. Karl Meier",
        "Gemeinde Süd, Bauamt",
        "Praxis Dr. Weiß, Zahnärzte",
        "Hotel Post, Inhaber Familie Weiß",
    ],
)
def test_a_comma_in_the_name_of_a_trade_parts_nothing(name):
    named = name_debtor(name, None, None, None)
    assert (named.name, named.first_name) == (name, None)


@pytest.mark.parametrize(
    "name",
    [
        *("AUTOHAUS STEIN E.K.", "SCHMIDT DRUCKEREI AÖR", "WEISS & SÖHNE E.V.", "MÜLLER GMBH & CO. KG"),
        *("maier gbr", "groß e.v.", "köhler ohg", "weiß ug (haftungsbeschränkt)"),
        *(
            "Nordic Logistics AS",
            "Iberia OÜ",
            "Kovac Zrt.",
            "Rossi Trade Sp. z o. o.",
            "Weiß, Groß und Partner mbB",
        ),
    ],
)
def test_a_legal_form_is_known_in_capitals_in_small_letters_and_from_abroad(name):
    assert has_legal_form(name)


def test_a_name_with_a_comma_and_a_legal_form_is_not():
    assert name_debtor("Müller, Söhne GmbH", None, None, None).company == "Müller, Söhne GmbH"


def test_a_salutation_is_no_part_of_the_name():
    assert name_debtor("Frau Yılmaz", "Ayşe", None, None).name == "Yılmaz"
    assert name_debtor("Firma Klein", None, None, None).company == "Klein"


def test_a_name_in_one_cell_is_not_guessed_apart():
    named = name_debtor("Hans Müller", None, None, None)
    assert (named.name, named.first_name) == ("Hans Müller", None)


def test_what_the_row_says_of_its_kind_is_believed():
    assert name_debtor("Sanitär Meier", None, None, DebtorKind.COMPANY).company == "Sanitär Meier"
    assert kind_of_word("2") is DebtorKind.COMPANY
    assert kind_of_word("natürliche Person") is DebtorKind.PRIVATE
    assert kind_of_word("0") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("D", "DE"), ("Deutschland", "DE"), ("Österreich", "AT"), ("uk", "GB"), ("Atlantis", None)],
)
def test_countries_are_known_by_many_names(text, code):
    assert country_code(text) == code


def test_a_place_in_one_cell_is_taken_apart():
    place = place_of("D-01067 Dresden")
    assert (place.postcode, place.city, place.country) == ("01067", "Dresden", "DE")
    assert place_of("A-1010").postcode == "1010"
    assert place_of("Köln") is None
    assert place_of("12 Mile Road") is None


def test_an_address_in_one_cell_is_taken_apart():
    street, place = address_of("Hauptstr. 5, 01067 Dresden")
    assert (street, place.postcode, place.city) == ("Hauptstr. 5", "01067", "Dresden")
    assert address_of("Ring 1, A-1010 Wien")[1].country == "AT"
    assert address_of("Hauptstr. 5") is None


def test_postcodes_are_checked_by_country():
    assert is_postcode("01067", None)
    assert not is_postcode("1067", "DE")
    assert is_postcode("1010", "AT")
    assert is_postcode("SW1A 1AA", "GB")
    assert not is_postcode("00123", None)


def test_a_lost_zero_is_seen_but_not_in_vienna():
    assert has_lost_zero("1067", None, "Dresden")
    assert not has_lost_zero("1010", None, "Wien")
    assert not has_lost_zero("1010", "AT", "Wien")
    assert not has_lost_zero("5067", None, "Köln")


@pytest.mark.parametrize("iban", ["DE89370400440532013000", "AT611904300234573201", "GB82WEST12345698765432"])
def test_an_iban_with_the_right_digits_passes(iban):
    assert is_iban(iban)


@pytest.mark.parametrize(
    "iban", ["DE89370400440532013001", "DE8937040044053201300", "", "DE", "89370400440532013000DE"]
)
def test_a_mistyped_iban_does_not(iban):
    assert not is_iban(iban)


def test_mail_addresses_are_single_and_whole():
    assert is_email("j.mueller+op@example.org")
    assert not is_email("a@b")
    assert not is_email("a@b.de; c@d.de")
