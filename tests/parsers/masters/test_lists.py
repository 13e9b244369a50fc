"""A list of customers is told from a list of claims, and what it says of nobody is named."""

import pytest

from tests.parsers.masters.lists import CUSTOMERS, MASTER, written
from tests.parsers.sources import read


def only(folder, *lines, **options):
    (document,) = read(written(folder / "liste.csv", *lines), **options)
    return document


@pytest.mark.parametrize(
    "lines",
    [
        CUSTOMERS,
        MASTER,
        ("Kundennummer;Firma", "1;Muster GmbH"),
        ("Konto;Name;PLZ;Ort", "10021;Muster GmbH;10115;Berlin"),
        ("Customer number;Last name;First name;City", "1;Smith;Jane;Bonn"),
    ],
)
def test_customers_without_amounts_are_master_data(tmp_path, lines):
    assert only(tmp_path, *lines)["kind"] == "master_data"


@pytest.mark.parametrize(
    "lines",
    [
        ("Kundennummer;Name;Straße;PLZ;Ort;Saldo", "1;Muster GmbH;Weg 1;10115;Berlin;10,00"),
        ("Konto;Name", "8400;Erlöse 19 %"),  # accounts of the bookkeeping, not customers
        ("Lieferantennummer;Name;Straße;PLZ;Ort", "1;Muster GmbH;Weg 1;10115;Berlin"),
        ("Name;Straße;PLZ;Ort", "Muster GmbH;Weg 1;10115;Berlin"),  # nothing to be joined by
    ],
)
def test_what_speaks_of_money_or_of_others_is_not(tmp_path, lines):
    assert only(tmp_path, *lines)["kind"] != "master_data"


def test_every_row_that_is_not_kept_is_named_with_its_reason(tmp_path):
    document = only(
        tmp_path,
        *CUSTOMERS,
        ";Ohne;Nummer;Weg 1;10115;Berlin",
        "K-3;;;Weg 1;10115;Berlin",
        "k1;MÜLLER;Jörg;Hauptstr. 3;01067;Dresden",  # the first once more
        "K-2;Nowak;Zofia;Am Markt 9;18055;Rostock",  # the second, elsewhere
        ";;;;;",
    )

    assert (document["rows_total"], document["kept"]) == (6, 1)
    assert {one["row"]: one["reason"] for one in document["skipped"]} == {
        3: "zu dieser Kundennummer stehen verschiedene Angaben in der Liste",
        4: "Kundennummer oder Name fehlt oder ist nicht eindeutig",
        5: "Kundennummer oder Name fehlt oder ist nicht eindeutig",
        6: "Kunde steht schon weiter oben",
        7: "zu dieser Kundennummer stehen verschiedene Angaben in der Liste",
    }
    assert [problem["code"] for problem in document["problems"]] == [
        "customers_undecided",
        "customers_incomplete",
    ]
    assert all(problem["message"] and problem["fix"] for problem in document["problems"])


def test_of_several_columns_for_a_name_the_filled_one_counts(tmp_path):
    document = only(tmp_path, *MASTER, "10024;;Eins;;Zwei;0;;;Weg 1;10115;Berlin;DE;;;")

    assert (document["kept"], [one["row"] for one in document["skipped"]]) == (3, [6])
