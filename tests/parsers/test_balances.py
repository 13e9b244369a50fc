import pytest

from tests.parsers.sources import read_lines

HEADER = "Konto;Name;Rechnungsnummer;Betrag;Mahngebühr;Saldo"


def ids(document):
    return [question["id"] for question in document["needs_answer"]]


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (["1;M GmbH;1;10,00;;10,00", "1;M GmbH;2;20,00;;30,00", "1;M GmbH;3;5,00;;35,00"], True),
        (["1;M GmbH;1;10,00;;30,00", "1;M GmbH;2;20,00;;30,00", "2;N GmbH;3;7,00;;7,00"], True),
        (["1;M GmbH;1;10,00;2,50;12,50", "2;N GmbH;2;20,00;;20,00"], True),
        (["1;M GmbH;1;10,00;2,50;10,00", "1;M GmbH;2;20,00;;20,00", "2;N GmbH;3;7,00;;4,00"], False),
        (["1;M GmbH;1;10,00;;10,00", "1;M GmbH;2;10,00;;10,00", "1;M GmbH;3;10,00;;10,00"], False),
    ],
    ids=["runs on", "repeats the total", "holds the fee", "in order", "alike"],
)
def test_a_balance_that_would_be_claimed_too_often_is_asked_about(tmp_path, rows, asked):
    document = read_lines(tmp_path, HEADER, *rows)
    assert ids(document) == (["which_column:amount"] if asked else [])
    assert bool(document["accepted"]) != asked


@pytest.mark.parametrize(
    ("answer", "amounts"), [("Betrag", ["10.00", "20.00"]), ("Saldo", ["30.00", "30.00"])]
)
def test_the_answer_says_which_of_the_two_is_the_claim(tmp_path, answer, amounts):
    rows = ["1;M GmbH;1;10,00;;30,00", "1;M GmbH;2;20,00;;30,00"]
    document = read_lines(tmp_path, HEADER, *rows, answers={"which_column:amount": answer})
    assert ids(document) == []
    assert [row["amount"] for row in document["accepted"]] == amounts


@pytest.mark.parametrize(("credit", "asked"), [("", False), ("0,00", False), ("5,00", True)])
def test_debit_without_any_credit_is_what_is_open(tmp_path, credit, asked):
    document = read_lines(
        tmp_path, "Konto;Name;Rechnungsnummer;Soll;Haben", "1;M GmbH;1;10,00;", f"2;N GmbH;2;20,00;{credit}"
    )
    assert bool(document["needs_answer"]) == asked
    assert [row["amount"] for row in document["accepted"]] == ([] if asked else ["10.00", "20.00"])


def test_a_balance_that_runs_on_beside_debit_and_credit_is_asked_about(tmp_path):
    document = read_lines(
        tmp_path,
        "Konto;Name;Rechnungsnummer;Soll;Haben;Saldo",
        "1;M GmbH;1;100,00;;100,00",
        "1;M GmbH;2;50,00;;150,00",
        "1;M GmbH;3;;30,00;120,00",
    )
    assert ids(document) == ["which_column:amount"]
    assert document["needs_answer"][0]["choices"] == ["Soll", "Saldo"]
