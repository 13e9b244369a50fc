"""Short ways to a case that is being collected, for tests of the books."""

from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from storage.accounts import Account
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.figures import CaseFigures, case_figures
from storage.books.payments import PaymentBooked, PaymentTold, book_payment
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.lifecycle.acceptance import accept_cases
from storage.lifecycle.autocollect import Rhythm
from storage.lifecycle.tick import tick
from storage.money import Money
from storage.records import Row
from tests.storage.road import entries, new_account, row, submit

HOME = {"street": "Weg 1", "postcode": "50667", "city": "Köln"}
SETTINGS = BookSettings()
RHYTHM = Rhythm()


def creditor(database: Database, now: datetime, email: str = "post@laden.example", **rest: Any) -> Account:
    """A creditor who may be collected for."""
    return new_account(database, now, email, **(HOME | rest))


def claim(number: int = 1, invoice: str = "RE-1", amount: str = "250.00", **rest: Any) -> Row:
    """A claim that nothing is missing of: in default since 16 January 2026."""
    told: dict[str, Any] = {
        "customer": "10021",
        "street": "Gasse 2",
        "city": "Leipzig",
        "ground": "Kaufvertrag Fahrrad",
        "contract_date": date(2026, 1, 2),
        "default_since": date(2026, 1, 16),
        "default_reason": "Mahnung vom 08.01.2026",
    }
    made = row(number, invoice, amount, **(told | {k: v for k, v in rest.items() if k != "due_date"}))
    return _due(made, rest.get("due_date", date(2026, 1, 10)))


def hand_over(database: Database, account: Account, now: datetime, *rows: Row) -> list[int]:
    """The numbers of the cases that a list has made."""
    submit(database, account, now, entries(*rows))
    with database.read() as connection:
        found = connection.exec_driver_sql("SELECT case_id FROM cases ORDER BY case_id")
        return [case_id for (case_id,) in found]


def collect(database: Database, now: datetime) -> None:
    """Letter 1 goes out for all that is complete."""
    accept_cases(database, SETTINGS, RHYTHM, now)


def do_due(database: Database, now: datetime) -> dict[str, int]:
    """All that is due."""
    return tick(database, SETTINGS, RHYTHM, now)


def pay(  # noqa: PLR0917 - read like a line of a table
    database: Database, account: Account, case_id: int, amount: str, day: date, now: datetime, **rest: Any
) -> PaymentBooked:
    """One payment."""
    with database.write() as connection:
        books = Books(connection, account.account_id, SETTINGS, "operator", now)
        return book_payment(books, case_id, PaymentTold(amount=Money.of(amount), value_date=day, **rest))


def book_of(database: Database, account: Account, case_id: int, now: datetime) -> CaseBook:
    """The book of a case."""
    with database.write() as connection:
        return Books(connection, account.account_id, SETTINGS, "test", now).case(case_id)


def figures(database: Database, account: Account, case_id: int, day: date) -> CaseFigures:
    """The figures of a case on a day."""
    with database.read() as connection:
        return case_figures(connection, account.account_id, case_id, SETTINGS, day)


def _due(made: Row, due_date: date | None) -> Row:
    return replace(made, due_date=due_date)
