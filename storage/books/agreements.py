"""What was agreed with the debtor: plans of installments and settlements, and what becomes of them."""

from sqlalchemy import update

from storage.books.bookkeeping import Books
from storage.engine.book_tables import plans, settlements
from storage.lifecycle.moves import Move
from storage.lifecycle.words import Trigger


def end_agreements(books: Books, case_id: int, step: Move) -> None:
    """A case has ended: its plan is fulfilled or ended, its settlement met or lapsed."""
    mine = {"account_id": books.account_id, "case_id": case_id}
    fulfilled = step.trigger in {Trigger.PLAN_COMPLETED, Trigger.PAID_IN_FULL}
    plan = update(plans).filter_by(**mine, state="active")
    books.connection.execute(plan.values(state="fulfilled" if fulfilled else "ended"))
    met = step.trigger is Trigger.SETTLEMENT_PAID
    settlement = update(settlements).filter_by(**mine, state="agreed")
    books.connection.execute(settlement.values(state="met" if met else "lapsed"))
