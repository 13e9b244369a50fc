"""The balance account as its creditor reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from storage.books.balance import BalanceKind, all_entries, balance_of, newest_entries
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.ledgers import Ledger
from storage.case_number import format_case_number
from storage.money import Money
from tests.storage.books.bookings import Bookkeeper, sums_that_differ

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
LATE_APRIL = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)  # a minute before midnight in Berlin
MAY = datetime(2026, 4, 30, 22, 1, tzinfo=UTC)  # 1 May in Berlin


@pytest.fixture
def keeper(database):
    return Bookkeeper(database, APRIL)


def read(database, account_id, as_of=date(2026, 12, 31)):
    with database.read() as connection:
        return list(all_entries(connection, account_id, as_of))


def told(entries):
    return [(one.kind.value, str(one.amount)) for one in entries]


def test_a_balance_is_what_came_in_for_the_creditor(database, keeper):
    case_id = keeper.case(APRIL, "100.00")
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "60.00", APRIL, value_date=date(2026, 4, 17))
    keeper.pay(case_id, "70.00", APRIL)
    with database.read() as connection:
        assert balance_of(connection, keeper.account_id) == Money.of("100.00")
    first, second = read(database, keeper.account_id)
    assert (first.kind, first.amount, first.case) == (
        BalanceKind.RECEIPT,
        Money.of("60.00"),
        format_case_number(case_id),
    )
    assert (first.value_date, first.booked_on) == (date(2026, 4, 17), date(2026, 4, 20))
    assert second.amount == Money.of("40.00")


def test_a_direct_payment_debits_the_agencys_share(database, keeper):
    case_id = keeper.case(APRIL - timedelta(days=60), "100.00")
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "80.00", APRIL)
    with database.write() as connection:
        books = keeper.books(connection, APRIL)
        # The letter has left long ago, so that the fee stands.
        books.set_progress(case_id, letter_on="2026-03-01", letter_received_on="2026-03-04")
    keeper.pay(case_id, "50.00", APRIL, is_direct=True)
    assert told(read(database, keeper.account_id)) == [("receipt", "80.00"), ("direct_payment", "-30.00")]
    with database.read() as connection:
        assert balance_of(connection, keeper.account_id) == Money.of("50.00")


def test_a_return_is_a_reversal_of_the_same_amount(database, keeper):
    case_id = keeper.case(APRIL, "100.00")
    receipt_id = keeper.pay(case_id, "60.00", APRIL, method="direct_debit")
    keeper.bring_back(receipt_id, APRIL)
    assert told(read(database, keeper.account_id)) == [("receipt", "60.00"), ("reversal", "-60.00")]


def test_what_else_moved_it_shows_as_a_correction(database, keeper):
    case_id = keeper.case(APRIL, "100.00")
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "110.00", APRIL)
    money = (Leg(Ledger.BALANCE, -500), Leg(Ledger.AGENCY, 500))
    keeper.post(
        APRIL, Entry(kind=EntryKind.WAIVER, value_date=date(2026, 4, 20), case_id=case_id, legs=money)
    )
    assert told(read(database, keeper.account_id)) == [("receipt", "100.00"), ("correction", "5.00")]


def test_a_day_ends_at_midnight_in_berlin(database, keeper):
    case_id = keeper.case(APRIL, "100.00")
    keeper.pay(case_id, "10.00", APRIL)
    keeper.pay(case_id, "20.00", LATE_APRIL)
    keeper.pay(case_id, "30.00", MAY)
    with database.read() as connection:
        found = [
            str(balance_of(connection, keeper.account_id, day))
            for day in (date(2026, 4, 19), date(2026, 4, 20), date(2026, 4, 30), date(2026, 5, 1))
        ]
    assert found == ["0.00", "10.00", "30.00", "60.00"]
    assert told(read(database, keeper.account_id, date(2026, 4, 30))) == [
        ("receipt", "10.00"),
        ("receipt", "20.00"),
    ]
    assert not sums_that_differ(database)


def test_the_entries_of_a_day_sum_to_its_balance(database, keeper):
    case_id = keeper.case(APRIL, "1000.00")
    for number in range(12):
        keeper.pay(case_id, f"{number + 1}.50", APRIL.replace(day=1 + number))
    with database.read() as connection:
        for day in range(1, 14):
            as_of = date(2026, 4, day)
            entries = list(all_entries(connection, keeper.account_id, as_of))
            booked = sum(one.amount.cents for one in entries)
            assert Money(booked) == balance_of(connection, keeper.account_id, as_of)


def test_the_newest_come_page_by_page_with_the_newest_last(database, keeper):
    case_id = keeper.case(APRIL, "1000.00")
    for number in range(5):
        keeper.pay(case_id, f"{number + 1}.00", APRIL)
    with database.read() as connection:
        last = newest_entries(connection, keeper.account_id, date(2026, 4, 20), 2)
        before = newest_entries(connection, keeper.account_id, date(2026, 4, 20), 2, before=last[0].number)
    assert [str(one.amount) for one in last] == ["4.00", "5.00"]
    assert [str(one.amount) for one in before] == ["2.00", "3.00"]


def test_an_account_without_a_booking_holds_nothing(database, keeper):
    with database.read() as connection:
        assert balance_of(connection, keeper.account_id) == Money.of("0.00")
        assert balance_of(connection, keeper.account_id, date(2026, 4, 20)) == Money.of("0.00")
        assert newest_entries(connection, keeper.account_id, date(2026, 4, 20), 10) == []


def test_one_account_sees_nothing_of_another(database, keeper):
    other = Bookkeeper(database, APRIL, "andere@laden.example")
    keeper.pay(keeper.case(APRIL), "10.00", APRIL)
    other.pay(other.case(APRIL), "25.00", APRIL)
    assert told(read(database, keeper.account_id)) == [("receipt", "10.00")]
    assert told(read(database, other.account_id)) == [("receipt", "25.00")]
