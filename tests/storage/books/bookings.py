"""Short ways to money in the books: a creditor with cases, payments, returns, fees."""

from datetime import datetime

from sqlalchemy import func, select

from storage.accounts import Account
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.claim_account import Charge
from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger
from storage.books.payments import PaymentTold, book_payment
from storage.books.returns import return_payment
from storage.books.settings import BookSettings
from storage.engine.book_tables import account_terms, balances, movements, postings
from storage.engine.database import Database
from storage.engine.schema import accounts, cases
from storage.money import Money
from tests.storage.road import entries, new_account, row, submit

IBAN = "DE89370400440532013000"
SETTINGS = BookSettings()


class Bookkeeper:
    """One creditor's books, each booking in a transaction of its own."""

    def __init__(
        self, database: Database, now: datetime, email: str = "post@laden.example", *, live=False, **rest
    ) -> None:
        self.database = database
        if live:
            rest |= {"live": True, "authority": b"Vollmacht"}
        self.account: Account = new_account(database, now, email, **rest)

    @property
    def account_id(self) -> int:
        return self.account.account_id

    def case(self, now: datetime, amount: str = "100.00", invoice: str = "RE-1", **rest) -> int:
        """A case of one claim without interest, handed over and in the books."""
        submit(
            self.database,
            self.account,
            now,
            entries(row(1, invoice, amount, customer=invoice, default_since=None, **rest)),
        )
        with self.database.write() as connection:
            newest = select(func.max(cases.c.case_id)).filter_by(account_id=self.account_id)
            case_id = connection.execute(newest).scalar_one()
            self.books(connection, now).take_in(case_id)
        return case_id

    def books(self, connection, now: datetime) -> Books:
        return Books(connection, self.account_id, SETTINGS, "test", now)

    def pay(self, case_id: int, amount: str, now: datetime, **rest) -> int:
        """A payment at the agency, of today unless told otherwise."""
        with self.database.write() as connection:
            books = self.books(connection, now)
            told = {"value_date": books.today, "again": True} | rest
            return book_payment(books, case_id, PaymentTold(amount=Money.of(amount), **told)).receipt_id

    def bring_back(self, receipt_id: int, now: datetime) -> None:
        with self.database.write() as connection:
            return_payment(self.books(connection, now), receipt_id, "MD06")

    def charge_fee(self, case_id: int, now: datetime, fee: str, vat: str = "0.00") -> None:
        with self.database.write() as connection:
            books = self.books(connection, now)
            charges = [
                Charge(bucket=(ledger, 0), cents=Money.of(amount).cents, on=books.today)
                for ledger, amount in ((Ledger.FEE, fee), (Ledger.VAT, vat))
                if amount != "0.00"
            ]
            change = Change(kind=EntryKind.FEE, value_date=books.today, charges=tuple(charges))
            books.book(books.case(case_id), change)

    def post(self, now: datetime, *posted) -> None:
        """Entries as they are, past all rules."""
        with self.database.write() as connection:
            self.books(connection, now).journal.post(posted)

    def allow_on_demand(self) -> None:
        with self.database.write() as connection:
            connection.execute(
                account_terms.insert().values(account_id=self.account_id, payout_on_demand=True)
            )

    def suspend(self) -> None:
        with self.database.write() as connection:
            connection.execute(
                accounts.update().filter_by(account_id=self.account_id).values(status="suspended")
            )


def sums_that_differ(database: Database) -> list:
    """Kept balances and movements of money that are not the sums of their postings."""
    with database.read() as connection:
        booked, kept, moved = (
            {
                (one.account_id, one.ledger): int(one.cents)
                for one in connection.execute(
                    select(table.c.account_id, table.c.ledger, func.sum(table.c.cents).label("cents"))
                    .where(table.c.ledger >= int(Ledger.TRUST_BANK))
                    .group_by(table.c.account_id, table.c.ledger)
                )
            }
            for table in (postings, balances, movements)
        )
    assert booked, "something was booked"
    return [one for one in (kept, moved) if one != booked]
