"""The journal books all or nothing, one after the other, and lets nothing be changed; on both engines."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.books.audit.chain import ChainAudit
from storage.books.entries import CHAIN_START, Entry, EntryKind, Leg
from storage.books.journal import Journal, account_balance, case_balances
from storage.books.ledgers import Ledger
from storage.engine.database import Database
from storage.errors import RefusedError

DAY = date(2026, 4, 1)
CASE = 260000000001
TABLES = ("journal", "postings", "balances")


def claim(cents=10_000, case_id=CASE, position=1):
    legs = (Leg(Ledger.PRINCIPAL, cents, position), Leg(Ledger.CHARGED_CREDITOR, -cents))
    return Entry(kind=EntryKind.CLAIM, value_date=DAY, case_id=case_id, legs=legs)


def receipt(cents=4_000, case_id=CASE):
    legs = (
        Leg(Ledger.PRINCIPAL, -cents, 1),
        Leg(Ledger.SETTLED, cents),
        Leg(Ledger.RECEIVED, cents),
        Leg(Ledger.CREDITOR_SHARE, -cents),
        Leg(Ledger.TRUST_BANK, cents),
        Leg(Ledger.BALANCE, -cents),
    )
    return Entry(kind=EntryKind.RECEIPT, value_date=DAY, case_id=case_id, legs=legs, receipt_id=1, note="bar")


def post(database, now, *booked, account_id=1):
    with database.write() as connection:
        return Journal(connection, account_id, "anna", now).post(booked)


def counted(connection):
    return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in TABLES]


def test_entries_are_numbered_without_gaps_for_each_account(database, now):
    assert post(database, now, claim(), receipt()) == [1, 2]
    assert post(database, now, claim(), account_id=2) == [1]
    assert post(database, now, receipt()) == [3]
    assert post(database, now) == []
    with database.read() as connection:
        assert list(ChainAudit(connection).findings()) == []


def test_balances_are_the_sums_of_all_that_was_booked(database, now):
    post(database, now, claim(), claim(500, position=2), receipt())
    post(database, now, receipt(1_000), claim(case_id=CASE + 1))
    with database.read() as connection:
        assert case_balances(connection, 1, CASE) == {
            (Ledger.PRINCIPAL, 1): 5_000,
            (Ledger.PRINCIPAL, 2): 500,
            (Ledger.CHARGED_CREDITOR, 0): -10_500,
            (Ledger.SETTLED, 0): 5_000,
            (Ledger.RECEIVED, 0): 5_000,
            (Ledger.CREDITOR_SHARE, 0): -5_000,
        }
        assert account_balance(connection, 1, Ledger.BALANCE) == -5_000
        assert account_balance(connection, 1, Ledger.AGENCY) == 0
        assert account_balance(connection, 2, Ledger.BALANCE) == 0


def test_many_entries_at_once_are_booked_as_one_by_one(database, now):
    booked = [claim(100 + n, CASE + n % 700) for n in range(1_500)] + [
        receipt(7, CASE + n) for n in range(0, 700, 3)
    ]
    post(database, now, *booked)
    post(database, now, *booked, account_id=2)
    for one in booked:
        if one.case_id < CASE + 5:
            post(database, now, one, account_id=3)
    with database.read() as connection:
        assert list(ChainAudit(connection).findings()) == []
        for case_id in range(CASE, CASE + 5):
            assert case_balances(connection, 1, case_id) == case_balances(connection, 3, case_id)
        assert case_balances(connection, 2, CASE + 699) == case_balances(connection, 1, CASE + 699)
        assert account_balance(connection, 1, Ledger.TRUST_BANK) == 7 * 234


def test_one_entry_that_does_not_balance_leaves_nothing_of_all(database, now):
    skewed = Entry(kind=EntryKind.FEE, value_date=DAY, case_id=CASE, legs=(Leg(Ledger.FEE, 1),))
    with database.write() as connection:
        journal = Journal(connection, 1, "anna", now)
        before = journal.head
        with pytest.raises(RefusedError, match="would unbalance"):
            journal.post([claim(), skewed])
        assert counted(connection) == [0, 0, 0]
        assert journal.head == before == CHAIN_START
        assert journal.post([claim()]) == [1]  # it goes on as if nothing had been


def test_what_is_rolled_back_is_not_in_the_chain(database, now):
    with pytest.raises(ZeroDivisionError), database.write() as connection:  # noqa: PT012  in one transaction
        Journal(connection, 1, "anna", now).post([claim()])
        raise ZeroDivisionError
    assert post(database, now, claim(1)) == [1]
    with database.read() as connection:
        assert counted(connection) == [1, 2, 2]
        assert list(ChainAudit(connection).findings()) == []


def test_the_head_is_the_hash_of_the_newest_entry(database, now):
    with database.write() as connection:
        journal = Journal(connection, 1, "anna", now)
        journal.post([claim(), receipt()])
        stored = connection.execute(text("SELECT hash FROM journal WHERE entry = 2")).scalar()
        assert journal.head == bytes(stored)
        assert Journal(connection, 1, "otto", now).head == journal.head


def test_who_booked_and_what_for_is_kept_beside_the_chain(database, now):
    post(database, now, receipt())
    with database.read() as connection:
        kept = connection.execute(text("SELECT actor, note, receipt_id, booked_on FROM journal")).one()
        assert tuple(kept) == ("anna", "bar", 1, "2026-04-20")


def test_the_day_of_booking_is_the_agency_s(database):
    late = datetime(2026, 4, 20, 22, 30, tzinfo=UTC)  # half past midnight in Berlin
    with database.write() as connection:
        assert Journal(connection, 1, "anna", late).today == date(2026, 4, 21)


def test_two_who_book_in_one_account_follow_each_other(store_url, now):
    stores = [Database.open(store_url) for _ in range(2)]
    start = Barrier(2)

    def book(store):
        start.wait(10)
        for number in range(40):
            post(store, now, claim(number + 1), receipt(1))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(book, store) for store in stores]:
            done.result(60)
    with stores[0].read() as connection:
        numbers = connection.execute(text("SELECT entry FROM journal ORDER BY entry")).scalars().all()
        assert numbers == list(range(1, 161))
        assert list(ChainAudit(connection).findings()) == []
        assert case_balances(connection, 1, CASE)[Ledger.PRINCIPAL, 1] == 2 * 820 - 80
        assert account_balance(connection, 1, Ledger.BALANCE) == -80
    for store in stores:
        store.close()


@pytest.mark.parametrize("table", ["journal", "postings"])
@pytest.mark.parametrize("change", ["UPDATE {} SET entry = entry + 1", "DELETE FROM {}"])
def test_what_was_booked_cannot_be_changed_or_deleted(database, now, table, change):
    post(database, now, claim())
    with pytest.raises(DBAPIError, match="never changed"), database.write() as connection:
        connection.execute(text(change.format(table)))
    with database.read() as connection:
        assert counted(connection) == [1, 2, 2]


def test_one_entry_can_be_reversed_once(database, now):
    undone = Entry(
        kind=EntryKind.REVERSAL,
        value_date=DAY,
        case_id=CASE,
        legs=tuple(Leg(leg.ledger, -leg.cents, leg.position) for leg in claim().legs),
        reverses=1,
    )
    post(database, now, claim(), undone)
    with pytest.raises(DBAPIError), database.write() as connection:
        Journal(connection, 1, "anna", now).post([undone])
