"""Settlements (Vergleiche): a smaller sum by a day instead of all that is owed.

The creditor consents to it, or it lies within the limit that is stored on the account. While one runs,
the case's steps wait. The sum paid in time clears the case and the rest is waived; too late, and the
whole of it is owed again. A payment of the last day may become known some days later.
"""

from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Select, func, insert, select, update

from storage.books.agreements import newest_receipt
from storage.books.batches import book_in_batches
from storage.books.bookkeeping import Books
from storage.books.closing import open_cents, open_on
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.days import today_of
from storage.engine.book_tables import account_terms, settlements
from storage.engine.database import Database
from storage.errors import RefusedError
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.history import record_event, record_move
from storage.lifecycle.moves import Refusal, move
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money

BANK_DAYS = 3  # a payment may become known so much later than its value date
Consent = Literal["creditor", "limit"]


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """One settlement. owed: all that was owed when it was agreed, None when read later."""

    number: int
    state: str
    amount: Money
    agreed_on: date
    due_on: date
    consent: str
    owed: Money | None = None


def agree_settlement(books: Books, case_id: int, amount: Money, due_on: date, consent: Consent) -> Settlement:
    """Agree a settlement. Raises RefusedError, with nothing written."""
    book = books.case(case_id)
    label = format_case_number(case_id)
    if Status(book.status) not in OPEN:
        raise RefusedError(f"{label} is {book.status}; there is nothing to settle")
    if due_on < books.today:
        raise RefusedError(f"a settlement cannot be due on {due_on}, which is past")
    if _agreed(books, case_id) is not None:
        raise RefusedError(f"{label} has a settlement that still runs; one at a time")
    book = books.take_in(case_id)
    owed = sum(open_on(book, books.today).values())
    if not 0 < amount.cents < owed:
        raise RefusedError(f"a settlement lies above zero and below the {Money(owed)} EUR that are owed")
    if consent == "limit":
        _must_be_within_limit(books, amount.cents, owed)
    mine = {"account_id": books.account_id, "case_id": case_id}
    last = books.connection.execute(select(func.max(settlements.c.number)).filter_by(**mine)).scalar()
    kept: dict[str, Any] = {
        "number": (last or 0) + 1,
        "state": "agreed",
        "agreed_on": books.today.isoformat(),
        "due_on": due_on.isoformat(),
        "consent": consent,
    }
    books.connection.execute(
        insert(settlements).values(**mine, **kept, cents=amount.cents, last_receipt=newest_receipt(books))
    )
    record_event(
        books.connection,
        books.account_id,
        case_id,
        books.now,
        source=book.status,
        target=book.status,
        trigger="settlement_agreed",
        actor=books.actor,
        detail={
            "amount": str(amount),
            "due_on": due_on.isoformat(),
            "consent": consent,
            "owed": str(Money(owed)),
        },
    )
    until = (due_on + timedelta(days=BANK_DAYS)).isoformat()
    paused = max(book.progress.paused_until or "", until)
    books.set_progress(case_id, processing="paused", paused_until=paused)
    settlement = _agreed(books, case_id)
    assert settlement is not None, "it was kept just now"
    return msgspec.structs.replace(settlement, owed=Money(owed))


def set_limit(connection: Connection, account_id: int, percent: int | None) -> None:
    """From how many percent of all that is owed on a creditor accepts without being asked; None: never."""
    if percent is not None and not 1 <= percent <= 100:
        raise RefusedError(f"a limit lies between 1 and 100 percent, not at {percent}")
    changed = update(account_terms).filter_by(account_id=account_id).values(settlement_percent_min=percent)
    if not connection.execute(changed).rowcount:
        connection.execute(
            insert(account_terms).values(
                account_id=account_id, settlement_percent_min=percent, payout_on_demand=False
            )
        )


def limit_of(connection: Connection, account_id: int) -> int | None:
    """The limit of an account in percent, None where it must always be asked."""
    found = select(account_terms.c.settlement_percent_min).filter_by(account_id=account_id)
    return connection.execute(found).scalar()


def lapse_settlements(database: Database, settings: BookSettings, now: datetime) -> int:
    """Let each settlement lapse whose sum did not come in time; returns how many."""
    return sum(book_in_batches(database, settings, now, _due(today_of(now)), lapse_if_late))


def lapse_if_late(books: Books, case_id: int) -> bool:
    """Let the settlement of a case lapse if its day is past: all is owed again, the steps go on."""
    settlement = _agreed(books, case_id)
    if settlement is None or settlement.due_on + timedelta(days=BANK_DAYS) >= books.today:
        return False
    book = books.case(case_id)
    facts = facts_of(books, book, open_cents=open_cents(book), settlement_expired=True)
    step = move(Status(book.status), Trigger.SETTLEMENT_LAPSED, Actor.SYSTEM, facts)
    if isinstance(step, Refusal):
        return False
    lapsed = update(settlements).filter_by(
        account_id=books.account_id, case_id=case_id, number=settlement.number
    )
    books.connection.execute(lapsed.values(state="lapsed"))
    record_move(
        books.connection,
        books.account_id,
        case_id,
        step,
        books.now,
        actor=books.actor,
        detail={"amount": str(settlement.amount), "due_on": settlement.due_on.isoformat()},
    )
    _go_on(books, case_id, book.status, book.progress)
    return True


def _go_on(books: Books, case_id: int, status: str, progress: Any) -> None:
    """What waited for the settlement goes on, from today; what is paused for longer stays so."""
    values: dict[str, object] = {}
    today = books.today.isoformat()
    if (progress.paused_until or "") < today:
        waits = status in {Status.INSTALLMENT, Status.COMMUNICATION}
        values = {"paused_until": None, "processing": "waiting" if waits else "running"}
    if progress.next_on is not None and progress.next_on < today and status == Status.AUTOCOLLECT:
        values["next_on"] = today
    if values:
        books.set_progress(case_id, **values)


def _agreed(books: Books, case_id: int) -> Settlement | None:
    row = books.connection.execute(
        select(settlements).filter_by(account_id=books.account_id, case_id=case_id, state="agreed")
    ).first()
    if row is None:
        return None
    return Settlement(
        number=row.number,
        state=row.state,
        amount=Money(row.cents),
        agreed_on=date.fromisoformat(row.agreed_on),
        due_on=date.fromisoformat(row.due_on),
        consent=row.consent,
    )


def _must_be_within_limit(books: Books, cents: int, owed: int) -> None:
    percent = limit_of(books.connection, books.account_id)
    if percent is None:
        raise RefusedError("no limit is stored on the account; the creditor must consent")
    if cents * 100 < owed * percent:
        least = -(-owed * percent // 100)
        raise RefusedError(
            f"{Money(cents)} EUR are below the {percent} % that the creditor accepts without being asked, "
            f"{Money(least)} EUR; the creditor must consent"
        )


def _due(today: date) -> "Select[int, int]":
    last_day = (today - timedelta(days=BANK_DAYS + 1)).isoformat()
    return select(settlements.c.account_id, settlements.c.case_id).where(
        settlements.c.state == "agreed", settlements.c.due_on <= last_day
    )
