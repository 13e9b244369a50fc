"""Short ways to what is agreed with a debtor, and looks into what was booked."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from storage.accounts import Account
from storage.books.bookkeeping import Books
from storage.books.journal import account_balance
from storage.books.ledgers import Ledger
from storage.books.plans import PlanTold, PlanView, agree_plan, show_plan
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.cases.cases import CaseView, show_case
from storage.engine.book_tables import journal, statements
from storage.engine.database import Database
from storage.engine.schema import case_events, tasks
from storage.lifecycle.by_hand import MoveTold, move_by_hand
from storage.lifecycle.moves import Move
from storage.lifecycle.statuses import Status
from storage.verify import verify
from tests.storage.books.collected import RHYTHM, SETTINGS

T = TypeVar("T")
BERLIN = ZoneInfo("Europe/Berlin")
LEGAL_PLAN = {"notice_given": True, "in_text_form": True}


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=BERLIN)


def booked(
    database: Database,
    account: Account,
    now: datetime,
    do: Callable[[Books], T],
    settings: BookSettings = SETTINGS,
) -> T:
    """What the operator does in the books, in one transaction."""
    with database.write() as connection:
        return do(Books(connection, account.account_id, settings, "operator", now))


def plan(database: Database, account: Account, case_id: int, now: datetime, **told: Any) -> PlanView:
    return booked(
        database, account, now, lambda books: agree_plan(books, case_id, PlanTold(**(LEGAL_PLAN | told)))
    )


def plan_of(database: Database, account: Account, case_id: int, now: datetime) -> PlanView:
    shown = booked(database, account, now, lambda books: show_plan(books, case_id))
    assert shown is not None
    return shown


def moved(
    database: Database, account: Account, case_id: int, now: datetime, target: str, *vouched: str, **told: Any
) -> Move:
    """A move by hand."""
    wanted = MoveTold(
        target=Status(target), reason=told.pop("reason", "Grund"), vouched=frozenset(vouched), **told
    )
    return booked(database, account, now, lambda books: move_by_hand(books, case_id, wanted, RHYTHM))


def case_of(database: Database, case_id: int) -> CaseView:
    with database.read() as connection:
        return show_case(connection, format_case_number(case_id))


def triggers(database: Database, case_id: int) -> list[str]:
    return [event.trigger for event in case_of(database, case_id).events]


def entries_booked(database: Database) -> tuple[int, int, int]:
    """How much was ever written: entries, events, tasks. What is refused leaves it as it is."""
    with database.read() as connection:
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (journal, case_events, tasks)
        ]
    return counts[0], counts[1], counts[2]


def balance(database: Database, account: Account) -> int:
    """What the creditor has to get, in cents; below zero it owes."""
    with database.read() as connection:
        return -account_balance(connection, account.account_id, Ledger.BALANCE)


def refunds_due(database: Database, account: Account) -> int:
    with database.read() as connection:
        return -account_balance(connection, account.account_id, Ledger.REFUNDS_DUE)


def statement_states(database: Database, case_id: int) -> list[tuple[str, str]]:
    """State and category of the final documents of a case, in order."""
    with database.read() as connection:
        found = select(statements.c.state, statements.c.category).filter_by(case_id=case_id)
        return [tuple(row) for row in connection.execute(found.order_by(statements.c.statement_id))]


def open_kinds(database: Database) -> list[str]:
    """What the operator is asked."""
    with database.read() as connection:
        found = select(tasks.c.kind).filter_by(state="open").order_by(tasks.c.task_id)
        return list(connection.execute(found).scalars())


def next_step_of(database: Database, case_id: int) -> tuple[str | None, date | None]:
    with database.read() as connection:
        step, on = connection.exec_driver_sql(
            f"SELECT next_step, next_on FROM progress WHERE case_id = {case_id}"
        ).one()
    return step, None if on is None else date.fromisoformat(on)


def must_hold(database: Database) -> None:
    """The kept balances are the sums of the postings, and nothing is open below zero."""
    scope = "CASE WHEN p.ledger >= 301 THEN 0 ELSE j.case_id END"
    summed = (
        f"SELECT {scope}, p.ledger, p.position, sum(p.cents) FROM postings p JOIN journal j "
        "ON j.account_id = p.account_id AND j.entry = p.entry "
        f"GROUP BY {scope}, p.ledger, p.position HAVING sum(p.cents) <> 0"
    )
    with database.read() as connection:
        assert verify(connection).findings == ()
        kept = connection.exec_driver_sql(
            "SELECT case_id, ledger, position, cents FROM balances WHERE cents <> 0"
        )
        found = {tuple(int(value) for value in row) for row in kept}
        assert found == {tuple(int(value) for value in row) for row in connection.exec_driver_sql(summed)}
    assert not [row for row in found if row[1] < 121 and row[3] < 0]
