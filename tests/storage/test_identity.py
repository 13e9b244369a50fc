"""Which rows are the same claim, which debtors the same person."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.identity import (
    Columns,
    content_key,
    debtor_key,
    fold,
    fold_all,
    fold_street,
    keys_of,
    row_identity,
)
from storage.money import Money
from storage.records import Debtor, Row


def row(**rest):
    debtor = Debtor(**{"name": "Muster", "first_name": "Max", "postcode": "04109"} | rest.pop("debtor", {}))
    return Row(**{"row": 2, "amount": Money(10_000), "invoice_number": "R-100"} | rest, debtor=debtor)


def without_invoice(**rest):
    return row(**{"invoice_number": None, "due_date": date(2026, 3, 1)} | rest)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row(), row(row=77)),
        (row(), row(invoice_number="r 100")),
        (row(), row(amount=Money(99))),
        (row(), row(due_date=date(2026, 1, 1))),
        (row(debtor={"name": "Müller"}), row(debtor={"name": "MUELLER"})),
        (row(debtor={"name": "Groß"}), row(debtor={"name": "Gross"})),
        (row(debtor={"name": "José"}), row(debtor={"name": "Jose"})),
        (row(debtor={"number": "K-7", "name": "A"}), row(debtor={"number": "k7", "name": "B"})),
        (without_invoice(), without_invoice(row=9)),
    ],
)
def test_the_same_claim_however_it_is_written(one, other):
    assert row_identity(one) == row_identity(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row(), row(invoice_number="R-101")),
        (row(), row(debtor={"name": "Muster", "first_name": "Eva"})),
        (row(), row(debtor={"postcode": "04107"})),
        (row(debtor={"number": "7"}), row(debtor={"number": "8"})),
        (row(debtor={"company": "Muster"}), row()),
        (row(), without_invoice()),
        (without_invoice(), without_invoice(due_date=date(2026, 3, 2))),
        (without_invoice(), without_invoice(amount=Money(10_001))),
        (without_invoice(), without_invoice(amount=Money(10_000, "CHF"))),
    ],
)
def test_two_claims_that_look_alike(one, other):
    assert row_identity(one) != row_identity(other)


def test_the_second_equal_row_without_an_invoice_is_a_claim_of_its_own():
    assert row_identity(without_invoice(), 1) != row_identity(without_invoice(), 2)


def test_with_an_invoice_number_it_does_not_matter_how_often_a_row_comes():
    assert row_identity(row(), 1) == row_identity(row(), 2)


def test_where_a_row_stood_is_not_its_content_but_every_value_is():
    assert content_key(row()) == content_key(row(row=77))
    changed = [
        row(amount=Money(1)),
        row(ground="Miete"),
        row(debtor={"phone": "0341 1"}),
        row(invoice_number="r-101"),
    ]
    assert len({content_key(one) for one in [row(), *changed]}) == 5
    assert content_key(row(invoice_number="r 100")) == content_key(row()), "spelling is no change"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"street": "Hauptstraße 1"}, {"street": "Hauptstr. 1"}, True),
        ({"street": "Hauptstr. 1"}, {"street": "Hauptstr. 2"}, False),
        ({"number": "7", "street": "A 1"}, {"number": "7", "street": "B 2"}, True),
        ({"number": "7"}, {"number": "7", "name": "Anders"}, False),
        ({"number": "7"}, {}, False),
        ({"phone": "1"}, {"phone": "2"}, False),  # neither number nor street: never
        ({"street": "A 1", "phone": "1"}, {"street": "A 1", "phone": "2"}, True),
        ({"street": "A 1", "birth_date": date(1950, 1, 1)}, {"street": "A 1"}, False),
        ({"number": "?"}, {"number": "?"}, False),
        ({"number": "neu", "city": "Dresden"}, {"number": "neu", "city": "München"}, False),
        ({"number": "0", "street": "A 1"}, {"number": "00000", "street": "A 1"}, True),
    ],
)
def test_rows_of_one_debtor_meet_in_one_case(one, other, same):
    known = {"name": "Muster", "postcode": "04109", "city": "Leipzig"}
    here = row(debtor=known | one, invoice_number="R-1")
    there = row(debtor=known | other, invoice_number="R-2")
    assert (debtor_key(here) == debtor_key(there)) is same


@given(st.text())
def test_folding_a_second_time_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_keys_are_short_and_a_row_has_one(invoice, name):
    one = row(invoice_number=invoice, debtor={"name": name})
    again = msgspec.structs.replace(one, row=99)
    assert 8 <= len(row_identity(one)) <= 32
    assert 8 <= len(debtor_key(one)) <= 32
    assert row_identity(one) == row_identity(again)


def test_streets_fold_alike_whatever_their_length():
    assert fold_street("Lange Straße 5") == fold_street("LANGE STR. 5") == fold_street("lange strasse 5")
    assert fold_street(None) == ""


@given(
    st.lists(st.one_of(st.none(), st.text(), st.sampled_from(["Größe\n9", "GROẞ", "ﬁx", "İx", "K-7", "ſ"])))
)
def test_a_column_folds_as_each_of_its_texts_does(texts):
    assert fold_all(texts) == [fold(text) for text in texts]


some_text = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["K-7", "0", "Müller", "Weiß KG"]))
some_rows = st.builds(
    row,
    debtor=st.fixed_dictionaries(
        dict.fromkeys(("number", "name", "first_name", "company", "street", "postcode", "city"), some_text)
    ),
    invoice_number=some_text,
    due_date=st.sampled_from([None, date(2026, 3, 1), date(2026, 3, 2)]),
    amount=st.sampled_from([Money(10_000), Money(99)]),
)


@given(st.lists(some_rows, max_size=12))
def test_many_rows_have_the_keys_that_each_has_alone(rows):
    seen = {}
    for one, keys in zip(rows, keys_of(Columns.of(rows), {}), strict=True):
        alike = row_identity(one, 0)
        nth = seen[alike] = seen.get(alike, 0) + 1
        assert keys.identity == row_identity(one, nth)
        assert keys.content == content_key(one)
        assert keys.debtor == debtor_key(one, nth)
