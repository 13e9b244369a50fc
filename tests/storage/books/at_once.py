"""What several processes do to one account at once; each function is the whole life of a process."""

from contextlib import suppress
from datetime import UTC, date, datetime
from multiprocessing.synchronize import Barrier, Event

from storage.books.bookkeeping import Books
from storage.books.confirmation import confirm, confirm_on_demand
from storage.books.payments import PaymentTold, book_payment
from storage.books.payouts import prepare_on_demand
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.errors import RefusedError
from storage.money import Money

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_PAUSE_SECONDS = 0.002


def book_receipts(url: str, start: Barrier, booked: Event, account_id: int, case: tuple[int, int]) -> None:
    """So many receipts of a case, 1.00, 1.01, 1.02 …, each in a transaction of its own."""
    case_id, count = case
    database = Database.open(url)
    start.wait()
    try:
        for number in range(count):
            told = PaymentTold(amount=Money(100 + number), value_date=date(2026, 5, 4), again=True)
            with database.write() as connection:
                book_payment(Books(connection, account_id, BookSettings(), "test", MAY), case_id, told)
    finally:
        booked.set()  # nobody waits for what will not come
    database.close()


def pay_out_on_demand(url: str, start: Barrier, booked: Event, account_id: int, by: str) -> None:
    """Prepare and confirm whatever there is, again and again, until all is booked and paid."""
    database = Database.open(url)
    start.wait()
    while True:
        is_last = booked.wait(_PAUSE_SECONDS)
        with suppress(RefusedError), database.write() as connection:
            prepare_on_demand(connection, account_id, by=f"{by} prepares", now=MAY)
        with suppress(RefusedError), database.write() as connection:
            confirm_on_demand(connection, account_id, by=f"{by} confirms", now=MAY)
        if is_last:
            break
    database.close()


def confirm_month(url: str, start: Barrier, month: str, by: str) -> None:
    """Confirm a month, once."""
    database = Database.open(url)
    start.wait()
    confirm(database, month, by=by, now=MAY)
    database.close()
