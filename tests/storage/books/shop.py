"""A creditor with four cases, one of each way in which a case is paid or not, for tests of lists."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from storage.accounts import Account
from storage.books.bookkeeping import Books
from storage.books.returns import return_payment
from storage.books.statement_list import ListChoice, ListedCase, list_statements
from storage.books.transactions import Transaction, TransactionChoice, list_transactions
from storage.cases.export import CaseChoice, ExportedCase, export_cases
from storage.engine.database import Database
from storage.money import Money
from tests.storage.books.collected import SETTINGS, claim, collect, creditor, do_due, figures, hand_over, pay

BERLIN = ZoneInfo("Europe/Berlin")


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=BERLIN)


@dataclass
class Shop:
    """Four cases: paid in full, in part by direct debit, to the creditor itself, and not at all."""

    database: Database
    account: Account
    full: int
    part: int
    direct: int
    unpaid: int

    def pay(self, case_id: int, amount: str, month: int, day: int, **rest) -> int | None:
        paid = date(2026, month, day)
        return pay(self.database, self.account, case_id, amount, paid, at(month, day), **rest).receipt_id

    def owed(self, case_id: int, day: date) -> Money:
        return figures(self.database, self.account, case_id, day).owed.total

    def give_back(self, receipt_id: int, month: int, day: int) -> None:
        with self.database.write() as connection:
            books = Books(connection, self.account.account_id, SETTINGS, "operator", at(month, day))
            return_payment(books, receipt_id, "AM04")

    def listed(self, **choice) -> dict[str, ListedCase]:
        with self.database.read() as connection:
            found = list_statements(connection, self.account.account_id, ListChoice(**choice))
            return {one.number: one for one in found}

    def cases(self, today: date, **choice) -> dict[str, ExportedCase]:
        with self.database.read() as connection:
            asked = CaseChoice(today=today, **choice)
            found = export_cases(connection, self.account.account_id, SETTINGS, asked)
            return {one.number: one for one in found}

    def moved(self, **choice) -> list[Transaction]:
        with self.database.read() as connection:
            return list(list_transactions(connection, self.account.account_id, TransactionChoice(**choice)))


def open_shop(database: Database) -> Shop:
    account = creditor(database, at(2, 1))
    rows = [
        claim(1, "RE-1", customer="A", costs=[("dunning_fee", "5.00")], creditor_reference="K-1"),
        claim(2, "RE-2", "1250.00", customer="B"),
        claim(3, "RE-3", "80.00", customer="C"),
        claim(4, "RE-4", "99.90", customer="D"),
    ]
    shop = Shop(database, account, *hand_over(database, account, at(2, 1), *rows))
    collect(database, at(2, 2))
    do_due(database, at(2, 16))
    shop.pay(shop.full, "100.00", 4, 10)
    shop.pay(shop.part, "300.00", 5, 5, method="direct_debit")
    shop.pay(shop.direct, str(shop.owed(shop.direct, date(2026, 6, 1))), 6, 1, is_direct=True)
    shop.pay(shop.full, "218.02", 7, 20)
    return shop
