"""Plans of installments: agreed with the debtor, met by what comes in, broken when rates stay away.

A plan is about all that is owed on the day of the agreement, with interest up to it and the fee for the
agreement where that was announced. The agency's fee does not rise while a plan runs. Interest does run
on, and the last rate is the rest with it. Each rate is transferred to the creditor without a statement.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Select, func, insert, select

from storage.books.agreements import (
    active_plan,
    end_agreements,
    newest_receipt,
    plan_next_rate,
    rates_of,
    received_since,
)
from storage.books.batches import book_in_batches
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.closing import open_cents, open_on
from storage.books.fees import agreement_change
from storage.books.ledgers import Ledger
from storage.books.rates import Rate, listed_rates, missed, rates
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.days import today_of
from storage.engine.book_tables import installments, plans, progress
from storage.engine.database import Database
from storage.engine.schema import cases
from storage.errors import RefusedError
from storage.law.interest import Step
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.clock import RATE, resume_clock, stop_clock
from storage.lifecycle.history import record_move
from storage.lifecycle.moves import Refusal, move
from storage.lifecycle.statuses import Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money

_MONTH = timedelta(days=30)


class PlanTold(msgspec.Struct, frozen=True, kw_only=True):
    """A plan to agree. rate or count or both (see `rates.rates`), or a list of amounts.

    notice_given: the debtor was told before, in text form, what the plan costs (§ 13a(3) RDG);
    in_text_form: the agreement is; fee_announced: that notice named the fee for it, which is charged then.
    """

    first_due_on: date
    rate: Money | None = None
    count: int | None = None
    amounts: tuple[Money, ...] = ()
    notice_given: bool = False
    in_text_form: bool = False
    fee_announced: bool = False


class Installment(msgspec.Struct, frozen=True, kw_only=True):
    """One rate as people see it. is_rest: the last one, to which interest until then is added."""

    number: int
    due_on: date
    amount: Money
    paid: Money
    is_rest: bool


class PlanView(msgspec.Struct, frozen=True, kw_only=True):
    """A plan. total: what was owed at the agreement, with its fee; missed: rates in a row that are late."""

    number: int
    state: str
    agreed_on: date
    total: Money
    received: Money
    missed: int
    installments: Sequence[Installment]


def agree_plan(books: Books, case_id: int, told: PlanTold) -> PlanView:
    """Agree a plan: the case goes to INSTALLMENT. Raises RefusedError, with nothing written."""
    if told.first_due_on < books.today:
        raise RefusedError(f"the first rate cannot be due on {told.first_due_on}, which is past")
    book = books.case(case_id)
    facts = facts_of(
        books,
        book,
        open_cents=open_cents(book),
        plan_notice_given=told.notice_given,
        plan_in_text_form=told.in_text_form,
    )
    step = move(Status(book.status), Trigger.PLAN_AGREED, Actor.AGENCY, facts)
    if isinstance(step, Refusal):
        raise RefusedError(f"{format_case_number(case_id)} is {book.status}: {step.english}")
    change = agreement_change(book, books.today) if told.fee_announced else None
    fee = sum(charge.cents for charge in change.charges) if change is not None else 0
    total = sum(open_on(book, books.today).values()) + fee
    schedule = _schedule(told, total)
    _must_bear_interest(book, schedule, books.today)
    if change is not None:
        books.book(book, change)
    end_agreements(books, case_id, msgspec.structs.replace(step, target=Status.AUTOCOLLECT))
    number = _keep(books, book, schedule, total)
    record_move(
        books.connection,
        books.account_id,
        case_id,
        step,
        books.now,
        actor=books.actor,
        detail=stop_clock(books, book)
        | {"plan": number, "total": str(Money(total)), "rates": len(schedule), "fee": str(Money(fee))},
    )
    books.set_progress(case_id, processing="waiting", paused_until=None)
    plan_next_rate(books, active_plan(books, case_id))
    shown = show_plan(books, case_id)
    assert shown is not None, "it was kept just now"
    return shown


def show_plan(books: Books, case_id: int) -> PlanView | None:
    """The newest plan of a case, with what was paid on each rate."""
    newest = select(plans).filter_by(account_id=books.account_id, case_id=case_id)
    plan = books.connection.execute(newest.order_by(plans.c.number.desc()).limit(1)).first()
    if plan is None:
        return None
    book = books.case(case_id)
    schedule = rates_of(books, plan)
    received = received_since(book.receipts, plan.last_receipt)
    late = missed(
        schedule,
        plan.grace_days,
        received=received,
        is_paid_up=open_cents(book) <= books.settings.tolerance_cents,
        today=books.today,
    )
    return PlanView(
        number=plan.number,
        state=plan.state,
        agreed_on=date.fromisoformat(plan.agreed_on),
        total=Money(plan.total_cents),
        received=Money(received),
        missed=late if plan.state == "active" else 0,
        installments=_shown(schedule, received),
    )


def break_plans(database: Database, settings: BookSettings, now: datetime) -> int:
    """Break each plan whose rates have stayed away too long; returns how many."""
    return sum(book_in_batches(database, settings, now, _due(today_of(now)), break_if_late))


def break_if_late(books: Books, case_id: int) -> bool:
    """Break the plan of a case if too many of its rates in a row are late: the rest is due at once."""
    book = books.case(case_id)
    plan = active_plan(books, case_id)
    if plan is None or book.status != Status.INSTALLMENT:
        return False
    shown = show_plan(books, case_id)
    if shown is None or shown.missed < plan.missed_max:
        plan_next_rate(books, plan)
        return False
    previous = Status(plan.previous_status)
    if previous is Status.MONITORING:  # what it waited for was over when the plan was agreed
        previous = Status.AUTOCOLLECT
    facts = facts_of(books, book, open_cents=open_cents(book), rate_overdue=True, previous=previous)
    step = move(Status(book.status), Trigger.PLAN_BROKEN, Actor.SYSTEM, facts)
    if isinstance(step, Refusal):
        plan_next_rate(books, plan)
        return False
    end_agreements(books, case_id, step)
    rest = sum(open_on(book, books.today).values())
    record_move(
        books.connection,
        books.account_id,
        case_id,
        step,
        books.now,
        actor=books.actor,
        reason=f"{shown.missed} rates in a row are late",
        detail={"plan": plan.number, "rest": str(Money(rest))},
    )
    resume_clock(books, case_id, step.target)
    return True


def _schedule(told: PlanTold, total: int) -> list[Rate]:
    if told.amounts:
        return listed_rates(total, told.first_due_on, [amount.cents for amount in told.amounts])
    if told.rate is None and told.count is None:
        raise RefusedError("a plan needs the amount of a rate, or how many rates there are")
    rate = None if told.rate is None else told.rate.cents
    return rates(total, told.first_due_on, rate=rate, count=told.count)


def _must_bear_interest(book: CaseBook, schedule: Sequence[Rate], today: date) -> None:
    """A rate must be more than the interest of a month, or the debt would never be paid."""
    interest = 0
    for claim in book.claims:
        due = book.booked.get((Ledger.PRINCIPAL, claim.position), 0)
        if claim.interest is not None and due > 0:
            interest += claim.interest.cents([Step(today - _MONTH + timedelta(days=1), due)], today)
    if len(schedule) > 1 and schedule[0].cents <= interest:
        raise RefusedError(
            f"a rate of {Money(schedule[0].cents)} EUR does not even pay the interest of a month, "
            f"{Money(interest)} EUR"
        )


def _keep(books: Books, book: CaseBook, schedule: Sequence[Rate], total: int) -> int:
    mine = {"account_id": books.account_id, "case_id": book.case_id}
    last = books.connection.execute(select(func.max(plans.c.number)).filter_by(**mine)).scalar()
    number = (last or 0) + 1
    books.connection.execute(
        insert(plans).values(
            **mine,
            number=number,
            state="active",
            agreed_on=books.today.isoformat(),
            total_cents=total,
            last_receipt=newest_receipt(books),
            grace_days=books.settings.grace_days,
            missed_max=books.settings.missed_max,
            previous_status=book.status,
        )
    )
    kept = [
        {**mine, "plan": number, "number": at, "due_on": rate.due_on.isoformat(), "cents": rate.cents}
        for at, rate in enumerate(schedule, start=1)
    ]
    books.connection.execute(insert(installments), kept)
    return number


def _shown(schedule: Sequence[Rate], received: int) -> list[Installment]:
    shown = []
    for number, rate in enumerate(schedule, start=1):
        paid = min(rate.cents, received)
        received -= paid
        shown.append(
            Installment(
                number=number,
                due_on=rate.due_on,
                amount=Money(rate.cents),
                paid=Money(paid),
                is_rest=number == len(schedule),
            )
        )
    return shown


def _due(today: date) -> "Select[int, int]":
    return (
        select(progress.c.account_id, progress.c.case_id)
        .join(cases, (progress.c.account_id == cases.c.account_id) & (progress.c.case_id == cases.c.case_id))
        .where(
            progress.c.next_on <= today.isoformat(),
            progress.c.next_step == RATE,
            cases.c.status == Status.INSTALLMENT.value,
        )
    )
