"""One claim told with and without a customer number stays one; two debtors stay two."""

import pytest

from storage.engine import schema
from storage.entries import DEBTOR_COLUMNS
from storage.intake.plan import Seen, plan_chunk
from storage.intake.submissions import get_submission
from storage.intake.withdraw import withdraw
from tests.storage.road import entries, new_account, row, submit

WHO = {"name": "Müller", "first_name": "Jörg", "postcode": "01067"}
LONG = "Rechnungsnummer 2026 / 000123"


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def told(invoice="R-1", amount="100.00", *, number=None, place=2, **other):
    return row(place, invoice, amount, customer=number, **(WHO | other))


def decisions(database, work):
    with database.read() as connection:
        found = get_submission(connection, work.submission_id)
    return {name: count for name in ("new", "unchanged", "changed") if (count := getattr(found, name))}


def claims(database):
    joined = schema.claims.join(
        schema.debtors,
        (schema.debtors.c.account_id == schema.claims.c.account_id)
        & (schema.debtors.c.current_case_id == schema.claims.c.case_id),
    )
    with database.read() as connection:
        return connection.execute(
            joined.select().with_only_columns(schema.claims.c.principal_cents, schema.debtors.c.number)
        ).all()


@pytest.mark.parametrize("invoice", ["R-1", LONG, "1234567890123456"])
def test_an_invoice_with_a_number_is_the_claim_that_a_list_told_without(database, now, account, invoice):
    submit(database, account, now, entries(told(invoice)))

    later = submit(database, account, now, entries(told(invoice, "90.00", number="K-7")))

    assert decisions(database, later) == {"changed": 1}
    assert claims(database) == [(9_000, "K-7")]
    again = submit(database, account, now, entries(told(invoice, "90.00", number="K-7")))
    assert decisions(database, again) == {"unchanged": 1}


@pytest.mark.parametrize("invoice", ["R-1", LONG, "1234567890123456"])
def test_a_list_without_numbers_brings_no_claim_a_second_time(database, now, account, invoice):
    submit(database, account, now, entries(told(invoice, number="K-7"), told("R", number="K-7", place=3)))

    same = submit(database, account, now, entries(told(invoice)))
    other = submit(database, account, now, entries(told(invoice, "90.00")))

    assert decisions(database, same) == {"unchanged": 1}
    assert decisions(database, other) == {"changed": 1}
    assert sorted(claims(database)) == [(9_000, "K-7"), (10_000, "K-7")]


@pytest.mark.parametrize(
    "other",
    [
        {"number": "K-8"},
        {"postcode": "01069"},
        {"name": "Meier"},
        {"first_name": None},
        {"invoice": "R-10"},
        {"invoice": "R"},
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_another_debtor_or_another_invoice_is_another_claim(database, now, account, other, turned):
    first, second = told(number="K-7"), told(**{"number": None, **other})
    if turned:
        first, second = second, first
    submit(database, account, now, entries(first))

    assert decisions(database, submit(database, account, now, entries(second))) == {"new": 1}


def test_two_numbers_that_may_both_be_meant_are_two_claims(database, now, account):
    submit(database, account, now, entries(told()))

    both = entries(told(number="K-7"), told(number="K-8", place=3))

    assert decisions(database, submit(database, account, now, both)) == {"new": 2}


def test_a_name_without_number_that_two_claims_bear_is_a_claim_of_its_own(database, now, account):
    submit(database, account, now, entries(told(number="K-7"), told(number="K-8", place=3)))

    assert decisions(database, submit(database, account, now, entries(told()))) == {"new": 1}


def test_a_claim_that_was_withdrawn_is_nobodys_twin(database, now, account):
    first = submit(database, account, now, entries(told()))
    with database.write() as connection:
        withdraw(connection, first.submission_id, "operator", now)

    later = submit(database, account, now, entries(told(number="K-7")))

    assert decisions(database, later) == {"new": 1}


def test_another_accounts_claim_is_no_twin(database, now, account):
    other = new_account(database, now, "andere@laden.example")
    submit(database, other, now, entries(told()))
    submit(database, account, now, entries(told("R-2")))

    assert decisions(database, submit(database, account, now, entries(told(number="K-7")))) == {"new": 1}


def test_what_stands_twice_in_one_submission_is_told_alike_by_a_dry_run(database, now, account):
    submit(database, account, now, entries(told("R-0"), told("R-1", place=3)))
    chunks = [entries(told(number="K-7")), entries(told("R-2"), document=1)]
    chunks.append(entries(told("R-2", number="K-7"), document=2))

    digest, seen = b"", Seen()
    with database.read() as connection:
        for chunk in chunks:
            digest = plan_chunk(connection, account.account_id, chunk, digest, seen).digest
    work = submit(database, account, now, *chunks)

    with database.read() as connection:
        assert get_submission(connection, work.submission_id).digest == digest
    assert decisions(database, work) == {"changed": 1, "new": 2}


def test_a_number_is_learned_with_what_was_known_of_the_debtor(database, now, account):
    submit(database, account, now, entries(told(street="Ring 1")))
    submit(database, account, now, entries(told(number="K-7")))

    with database.read() as connection:
        (debtor,) = connection.execute(schema.debtors.select()).all()
    known = {name: getattr(debtor, name) for name in DEBTOR_COLUMNS if getattr(debtor, name) is not None}
    assert known == {**WHO, "kind": "private", "number": "K-7", "street": "Ring 1"}
