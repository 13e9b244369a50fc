"""Cases with something due, account by account: found on a snapshot, booked in short transactions."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, tuple_

from storage.books.bookkeeping import Books
from storage.books.settings import BookSettings
from storage.engine.database import Database

_CASES_A_BATCH = 100
_Outcome = TypeVar("_Outcome")


def book_in_batches(
    database: Database,
    settings: BookSettings,
    now: datetime,
    due: "Select[int, int]",
    work: Callable[[Books, int], _Outcome],
) -> Iterator[_Outcome]:
    """The outcome of `work` for each case that `due` selects as account and case number.

    Between looking and booking another gateway may have been there: `work` looks again by itself.
    """
    account, case = due.selected_columns
    after = (0, 0)
    while True:
        following = due.where(tuple_(account, case) > tuple_(*after)).order_by(account, case)
        with database.read() as connection:
            found = connection.execute(following.limit(_CASES_A_BATCH)).all()
        if not found:
            return
        account_id = found[0][0]
        mine = [case_id for owner, case_id in found if owner == account_id]
        after = (account_id, mine[-1])
        with database.write() as connection:
            books = Books(connection, account_id, settings, "system", now)
            outcomes = [work(books, case_id) for case_id in mine]
        yield from outcomes
