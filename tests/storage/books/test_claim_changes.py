"""Claims that change before letter 1, where an early payment has brought the case into the books."""

from datetime import date

import pytest

from storage.books.ledgers import Ledger
from storage.errors import RefusedError
from storage.intake.withdraw import withdraw
from storage.money import Money
from tests.storage.books.agreed import (
    at,
    balance,
    case_of,
    entries_booked,
    must_hold,
    next_step_of,
    open_kinds,
)
from tests.storage.books.collected import book_of, claim, collect, creditor, do_due, figures, hand_over, pay
from tests.storage.road import entries, submit

NOW = at(2026, 2, 3)
PAID = date(2026, 2, 2)
LATER = at(2026, 2, 4)


@pytest.fixture
def waiting(database):
    """250.00 whose ground is missing, so that it waits; 50.00 was paid early."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(ground=None))
    collect(database, at(2026, 2, 2))
    pay(database, account, case_id, "50.00", PAID, NOW)
    return account, case_id


def principals(database, case):
    book = book_of(database, *case, LATER)
    return {
        position: cents for (ledger, position), cents in book.booked.items() if ledger is Ledger.PRINCIPAL
    }


def test_a_claim_that_is_changed_is_changed_in_the_books_and_looked_at_today(database, waiting):
    account, case_id = waiting
    assert next_step_of(database, case_id) == ("checks", date(2026, 2, 3))
    submit(database, account, LATER, entries(claim(amount="200.00", costs=[("dunning_fee", "5.00")])))
    owed = figures(database, *waiting, PAID).owed
    assert owed.total == Money(20_500 + 62 - 5_000)  # 18 days of 365 at 6.27 % on 200.00
    assert next_step_of(database, case_id) == ("checks", date(2026, 2, 4))
    assert do_due(database, LATER) == {"letters": 1}
    must_hold(database)


def test_a_claim_that_joins_is_taken_into_the_books(database, waiting):
    account, case_id = waiting
    submit(database, account, LATER, entries(claim(3, "RE-2", "80.00", due_date=date(2026, 1, 25))))
    assert principals(database, waiting)[2] == 8_000
    assert [one.invoice_number for one in case_of(database, case_id).claims] == ["RE-1", "RE-2"]
    must_hold(database)


def test_a_claim_that_is_lowered_to_what_was_paid_ends_the_case_with_the_surplus_due_back(database, waiting):
    account, case_id = waiting
    submit(database, account, LATER, entries(claim(amount="40.00")))
    assert case_of(database, case_id).status == "CLEARED"
    assert balance(database, account) == 4_012
    must_hold(database)


def test_where_a_payment_before_the_handover_has_lowered_it_the_operator_is_asked(database, waiting):
    account, case_id = waiting
    pay(database, account, case_id, "100.00", date(2026, 1, 20), NOW, is_direct=True)
    before = principals(database, waiting)
    submit(database, account, LATER, entries(claim(amount="150.00")))
    assert principals(database, waiting) == before
    assert open_kinds(database) == ["books_differ"]
    must_hold(database)


def test_the_fee_of_letter_1_goes_by_what_a_payment_before_the_handover_has_left(database):
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(amount="600.00"))
    pay(database, account, case_id, "100.00", date(2026, 1, 20), at(2026, 2, 1), is_direct=True)
    collect(database, at(2026, 2, 2))
    assert figures(database, account, case_id, date(2026, 2, 2)).owed.fee == Money(2_575)  # of 500.00
    must_hold(database)


def test_a_submission_that_is_withdrawn_takes_its_claims_out_of_the_books(database, waiting):
    _, case_id = waiting
    with database.write() as connection:
        withdraw(connection, 1, "operator", LATER)
    after = figures(database, *waiting, date(2026, 12, 1))
    assert case_of(database, case_id).status == "RECALLED"
    assert (after.owed.total, after.received_agency, after.creditor_share) == (
        Money(0),
        Money(5_000),
        Money(5_000),
    )
    assert next_step_of(database, case_id) == (None, None)
    must_hold(database)


def test_a_case_that_keeps_other_claims_loses_only_the_withdrawn_ones(database, waiting):
    account, case_id = waiting
    second = submit(database, account, LATER, entries(claim(3, "RE-2", "80.00")))
    with database.write() as connection:
        withdraw(connection, second.submission_id, "operator", LATER)
    assert 2 not in {at for at, cents in principals(database, waiting).items() if cents}
    assert case_of(database, case_id).status == "VALIDATION"
    must_hold(database)


def test_nothing_is_withdrawn_once_letter_1_has_gone_out(database):
    account = creditor(database, at(2026, 2, 1))
    hand_over(database, account, at(2026, 2, 1), claim())
    collect(database, at(2026, 2, 2))
    before = entries_booked(database)
    with pytest.raises(RefusedError, match="first letter"), database.write() as connection:
        withdraw(connection, 1, "operator", LATER)
    assert entries_booked(database) == before
