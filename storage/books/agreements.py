"""What was agreed with the debtor: plans of installments and settlements, and what becomes of them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select, update

from storage.books.bookkeeping import Books
from storage.books.case_book import Receipt
from storage.books.rates import Rate, next_check
from storage.engine.book_tables import installments, plans, receipts, settlements
from storage.lifecycle.clock import RATE
from storage.lifecycle.moves import Move
from storage.lifecycle.statuses import TERMINAL, Status
from storage.lifecycle.words import Trigger

_KEEPS_ITS_PLAN = (Status.INSTALLMENT, Status.MONITORING)


def end_agreements(books: Books, case_id: int, step: Move) -> None:
    """After a move: a plan is fulfilled, broken or ended by it, a settlement met or lapsed."""
    mine = {"account_id": books.account_id, "case_id": case_id}
    if step.target not in _KEEPS_ITS_PLAN:
        became = {
            Trigger.PLAN_COMPLETED: "fulfilled",
            Trigger.PAID_IN_FULL: "fulfilled",
            Trigger.PLAN_BROKEN: "broken",
        }
        plan = update(plans).filter_by(**mine, state="active")
        books.connection.execute(plan.values(state=became.get(step.trigger, "ended")))
    if step.target in TERMINAL:
        met = step.trigger is Trigger.SETTLEMENT_PAID
        settlement = update(settlements).filter_by(**mine, state="agreed")
        books.connection.execute(settlement.values(state="met" if met else "lapsed"))


def take_up_agreements(books: Books, case_id: int, step: Move) -> None:
    """A closed case goes on: its settlement has lapsed; in INSTALLMENT its newest plan goes on."""
    mine = {"account_id": books.account_id, "case_id": case_id}
    settlement = update(settlements).filter_by(**mine, state="met")
    books.connection.execute(settlement.values(state="lapsed"))
    if step.target is Status.INSTALLMENT:
        newest = select(func.max(plans.c.number)).filter_by(**mine)
        number = books.connection.execute(newest).scalar()
        books.connection.execute(update(plans).filter_by(**mine, number=number).values(state="active"))
        plan_next_rate(books, active_plan(books, case_id))


def active_plan(books: Books, case_id: int) -> Any:
    """The row of the plan that a case is in, or None."""
    found = select(plans).filter_by(account_id=books.account_id, case_id=case_id, state="active")
    return books.connection.execute(found).first()


def rates_of(books: Books, plan: Any) -> list[Rate]:
    """The rates of a plan (its row) in order."""
    found = (
        select(installments.c.due_on, installments.c.cents)
        .filter_by(account_id=plan.account_id, case_id=plan.case_id, plan=plan.number)
        .order_by(installments.c.number)
    )
    return [Rate.of(row.due_on, row.cents) for row in books.connection.execute(found)]


def plan_next_rate(books: Books, plan: Any) -> None:
    """Look at the plan again when the grace of its next rate is over."""
    on = next_check(rates_of(books, plan), plan.grace_days, books.today)
    books.set_progress(plan.case_id, next_step=RATE, next_on=on.isoformat())


def newest_receipt(books: Books) -> int:
    """The number of the newest receipt of the account: what comes after it counts for what is agreed now."""
    newest = select(func.max(receipts.c.receipt_id)).filter_by(account_id=books.account_id)
    return books.connection.execute(newest).scalar() or 0


def received_since(told: Iterable[Receipt], last_receipt: int) -> int:
    """What of some receipts became known since, stands, and was not paid back, in cents."""
    return sum(one.net_cents for one in told if one.state == "booked" and one.receipt_id > last_receipt)
