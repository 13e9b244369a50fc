"""A store whose books hold everything: receipts early and late, a return, fees, a surplus, payouts."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.claim_account import Charge, Payment, Policy
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.ledgers import Ledger
from storage.books.settings import BookSettings
from storage.engine.book_tables import payouts, receipts
from storage.engine.database import Database
from storage.engine.instants import to_micros
from storage.engine.schema import cases
from tests.storage.road import entries, new_account, row, submit

FEE = (Charge(bucket=(Ledger.FEE, 0), cents=4635), Charge(bucket=(Ledger.EXPENSES, 0), cents=927))


def fill_books(database: Database, now: datetime) -> list[int]:
    """Five cases of account 1 and one of account 2; returns the cases' ids, in order."""
    costs = [("dunning_fee", "5.00")]
    since = {"default_since": date(2026, 3, 16), "default_reason": "reminder"}
    account = new_account(database, now)
    lists = [
        row(2, "R-1", "250.00", customer="A", costs=costs, **since),
        row(3, "R-2", "80.00", customer="A"),
    ]
    lists += [row(n, f"R-{n}", "100.00", customer=f"C{n}", **since) for n in range(4, 8)]
    submit(database, account, now, entries(*lists))
    other = new_account(database, now, email="zwei@laden.example", name="Zwei")
    submit(database, other, now, entries(row(2, "S-1", "10.00", customer="A")))
    with database.write() as connection:
        ids = list(connection.execute(select(cases.c.case_id).order_by(cases.c.case_id)).scalars())
        books = open_books(connection, 1, now)
        for case_id in ids[:5]:
            books.take_in(case_id)
        open_books(connection, 2, now).take_in(ids[5])
    with database.write() as connection:
        _book_much(open_books(connection, 1, now + timedelta(days=100)), ids)
    return ids


def open_books(connection: Connection, account_id: int, now: datetime) -> Books:
    return Books(connection, account_id, BookSettings(), "test", now)


def _book_much(books: Books, ids: list[int]) -> None:
    first, paid, returned, undone, unpaid, _ = ids
    for case_id in (first, paid, returned):
        charge(books, case_id, EntryKind.FEE, date(2026, 4, 1), *FEE)
    pay(books, first, 1, "100.00", date(2026, 4, 10))
    pay(books, first, 2, "50.00", date(2026, 7, 20), direct=True)
    pay(books, first, 3, "30.00", date(2026, 3, 2))  # told late: the others are allocated anew
    pay(books, paid, 4, "170.00", date(2026, 5, 4))  # more than is owed
    pay(books, returned, 5, "40.00", date(2026, 5, 4))
    give_back(books, returned, 5, date(2026, 5, 11))
    (fee,) = charge(books, undone, EntryKind.FEE, date(2026, 3, 15), *FEE)  # no interest by then
    back = tuple(Charge(bucket=one.bucket, cents=-one.cents) for one in FEE)
    books.book(
        books.case(undone),
        Change(kind=EntryKind.REVERSAL, value_date=date(2026, 3, 15), charges=back, reverses=fee),
    )
    charge(books, unpaid, EntryKind.FEE, date(2026, 4, 1), *FEE)
    pay_out(books, 1, 5_000, confirmed=True)
    pay_out(books, 2, 2_000, confirmed=False)


def charge(books: Books, case_id: int, kind: EntryKind, on: date, *charges: Charge) -> list[int]:
    return books.book(books.case(case_id), Change(kind=kind, value_date=on, charges=charges))


def pay(books: Books, case_id: int, receipt_id: int, euros: str, on: date, *, direct: bool = False) -> None:
    cents = int(euros.replace(".", ""))
    before = books.case(case_id)
    books.connection.execute(
        insert(receipts).values(
            account_id=books.account_id,
            receipt_id=receipt_id,
            case_id=case_id,
            channel="direct" if direct else "agency",
            method="transfer",
            state="booked",
            cents=cents,
            value_date=on.isoformat(),
            booked_at=to_micros(books.now),
            policy=Policy.BGB366_367.value,
        )
    )
    kind = EntryKind.DIRECT_PAYMENT if direct else EntryKind.RECEIPT
    payment = Payment(receipt_id=receipt_id, cents=cents, value_date=on)
    books.book(before, Change(kind=kind, value_date=on, payment=payment, is_direct=direct))


def give_back(books: Books, case_id: int, receipt_id: int, on: date) -> None:
    before = books.case(case_id)
    entry = next(one.entry for one in before.receipts if one.receipt_id == receipt_id)
    change = Change(kind=EntryKind.REVERSAL, value_date=on, returned=receipt_id, reverses=entry)
    books.book(before, change)
    books.connection.execute(
        receipts.update()
        .filter_by(account_id=books.account_id, receipt_id=receipt_id)
        .values(state="returned")
    )


def pay_out(books: Books, payout_id: int, cents: int, *, confirmed: bool) -> None:
    told = {"state": "open"}
    if confirmed:
        legs = (Leg(Ledger.TRUST_BANK, -cents), Leg(Ledger.BALANCE, cents))
        entry = Entry(kind=EntryKind.PAYOUT, value_date=books.today, legs=legs)
        at = to_micros(books.now)
        told = {
            "state": "confirmed",
            "confirmed_at": at,
            "confirmed_by": "anna",
            "entry": books.journal.post([entry])[0],
        }
    books.connection.execute(
        insert(payouts).values(
            account_id=books.account_id,
            payout_id=payout_id,
            kind="monthly",
            month=f"2026-0{payout_id + 5}",
            cents=cents,
            iban="DE02120300000000202051",
            iban_version=1,
            as_of="2026-06-30",
            due_on="2026-07-15",
            prepared_at=to_micros(books.now),
            prepared_by="otto",
            **told,
        )
    )
