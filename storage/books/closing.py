"""How a case ends in the books: paid, settled, cancelled, recalled, unfounded; and how it goes on again."""

from datetime import date, timedelta

import msgspec
from sqlalchemy import func, select

from storage.books.agreements import end_agreements
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Charge
from storage.books.entries import EntryKind
from storage.books.fees import NORMAL_TENTHS, SIMPLE_TENTHS, fee_change, fees_reversed
from storage.books.journal import legs_of
from storage.books.ledgers import AGENCY_COSTS, OPEN_BUCKETS, Ledger
from storage.books.statements import make_statement, reopen_statement
from storage.engine.book_tables import receipts, settlements
from storage.engine.schema import case_events
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.history import record_move
from storage.lifecycle.moves import Move, Refusal, move
from storage.lifecycle.statuses import OPEN, Status, payment_state
from storage.lifecycle.words import Actor, Trigger

_NO_NEXT_STEP: dict[str, None] = {"next_step": None, "next_on": None}


def open_cents(book: CaseBook) -> int:
    """All that is open in the books, in cents; less than zero is a surplus."""
    owed = sum(book.total(ledger) for ledger in OPEN_BUCKETS)
    return owed or book.total(Ledger.OVERPAID)


def settle(books: Books, case_id: int, actor: Actor, *, direct: bool) -> Move | None:
    """After money has moved: keep the payment state, and close the case when nothing is left to pay."""
    _lower_fee_again(books, case_id)
    book = books.case(case_id)
    keep_payment_state(books, book)
    if Status(book.status) not in OPEN:
        return None
    trigger = _paid_by(books, book, direct=direct)
    if trigger is None:
        return None
    facts = facts_of(
        books, book, open_cents=open_cents(book), settlement_met=trigger is Trigger.SETTLEMENT_PAID
    )
    step = move(Status(book.status), trigger, actor, facts)
    if isinstance(step, Refusal):
        return None
    waived = waive_rest(books, case_id, books.today, note=trigger.value)
    detail = {"entries": waived} if waived else None
    record_move(
        books.connection, books.account_id, case_id, step, books.now, actor=books.actor, detail=detail
    )
    books.set_progress(case_id, processing="running", paused_until=None, **_NO_NEXT_STEP)
    end_agreements(books, case_id, step)
    keep_payment_state(books, books.case(case_id))
    if step.category is not None:
        make_statement(books, case_id, step.category)
    return step


def waive_rest(books: Books, case_id: int, on: date, note: str) -> list[int]:
    """Let off what is still open: the agency's fee first, for the creditor comes first in what came in.

    Returns the numbers of the entries.
    """
    book = books.case(case_id)
    rest = max(open_cents(book), 0)
    numbers: list[int] = []
    if not rest:
        return numbers
    own = []
    for ledger in AGENCY_COSTS:
        charged = sum(charge.cents for charge in book.charges if charge.bucket[0] is ledger)
        share = min(charged, rest)
        if share > 0 and books.settings.waiver_first == "agency":
            own.append(Charge(bucket=(ledger, 0), cents=-share, on=on))
            rest -= share
    if own:
        waiver = Change(kind=EntryKind.WAIVER, value_date=on, charges=tuple(own), note=note)
        numbers.append(books.book(book, waiver)[0])
        book = books.case(case_id)
    return numbers + _write_off(books, book, EntryKind.WAIVER, on, note)


def write_off(books: Books, case_id: int, on: date, note: str) -> list[int]:
    """Take fees back and whatever is open out of the books: the agency no longer collects it.

    Returns the numbers of the entries.
    """
    book = books.case(case_id)
    numbers: list[int] = []
    reversed_fees = fees_reversed(book, on, note)
    if reversed_fees is not None:
        numbers.append(books.book(book, reversed_fees)[0])
        book = books.case(case_id)
    numbers += _write_off(books, book, EntryKind.CORRECTION, on, note)
    keep_payment_state(books, books.case(case_id))
    return numbers


def write_back(books: Books, case_id: int, on: date, note: str) -> None:
    """Book again what was let off or written off when the case was closed last; the newest first."""
    for number in reversed(_let_off_at_last(books, case_id)):
        charges = tuple(
            Charge(bucket=(Ledger(leg.ledger), leg.position), cents=-leg.cents, on=on)
            for leg in legs_of(books.connection, books.account_id, number)
            if Ledger(leg.ledger) in OPEN_BUCKETS
        )
        change = Change(kind=EntryKind.REVERSAL, value_date=on, charges=charges, reverses=number, note=note)
        books.book(books.case(case_id), change)


def reopen(books: Books, case_id: int, reason: str) -> Move | Refusal:
    """A payment of a cleared case was returned: it goes on where it was, without its statement."""
    book = books.case(case_id)
    previous = Status(book.progress.previous_status) if book.progress.previous_status else None
    facts = facts_of(
        books, book, open_cents=open_cents(book), payment_bounced=True, previous=previous, reason=reason
    )
    step = move(Status(book.status), Trigger.PAYMENT_RETURNED, Actor.AGENCY, facts)
    if isinstance(step, Move):
        write_back(books, case_id, books.today, note=reason)
        reopen_statement(books, case_id)
        record_move(
            books.connection, books.account_id, case_id, step, books.now, actor=books.actor, reason=reason
        )
    keep_payment_state(books, books.case(case_id))
    return step


def _lower_fee_again(books: Books, case_id: int) -> None:
    """Take the raised fee back when, as is known now, all was paid before the day on which it rose."""
    book = books.case(case_id)
    if book.progress.fee_tenths != NORMAL_TENTHS or book.progress.letter_on is None:
        return
    days = timedelta(days=books.settings.fee_raised_after_days)
    eve = date.fromisoformat(book.progress.letter_on) + days - timedelta(days=1)
    before = book.until(eve)
    if not before.payments or before.account(eve).owed > books.settings.tolerance_cents:
        return
    change = fee_change(book, SIMPLE_TENTHS, books.today, note="paid before the fee rose")
    if change is not None:
        books.book(book, change)
        books.set_progress(case_id, fee_tenths=SIMPLE_TENTHS)


def _write_off(books: Books, book: CaseBook, kind: EntryKind, on: date, note: str) -> list[int]:
    charges = tuple(
        Charge(bucket=bucket, cents=-cents, on=on)
        for bucket, cents in sorted(book.booked.items())
        if bucket[0] in OPEN_BUCKETS and cents > 0
    )
    if not charges:
        return []
    return books.book(book, Change(kind=kind, value_date=on, charges=charges, note=note))[:1]


def _paid_by(books: Books, book: CaseBook, *, direct: bool) -> Trigger | None:
    """Which of the ways to be cleared a case has come to its end by."""
    if open_cents(book) <= books.settings.tolerance_cents:
        if not any(one.state == "booked" for one in book.receipts):
            return None
        if direct:
            return Trigger.PAID_DIRECTLY
        return Trigger.PLAN_COMPLETED if book.status == Status.INSTALLMENT else Trigger.PAID_IN_FULL
    return Trigger.SETTLEMENT_PAID if _settlement_is_met(books, book) else None


def _settlement_is_met(books: Books, book: CaseBook) -> bool:
    agreed = books.connection.execute(
        select(settlements).filter_by(account_id=books.account_id, case_id=book.case_id, state="agreed")
    ).first()
    if agreed is None:
        return False
    came_in = select(func.sum(receipts.c.cents)).filter_by(
        account_id=books.account_id, case_id=book.case_id, state="booked"
    )
    in_time = came_in.where(receipts.c.value_date.between(agreed.agreed_on, agreed.due_on))
    received: int = books.connection.execute(in_time).scalar() or 0
    return received >= int(agreed.cents)


def keep_payment_state(books: Books, book: CaseBook) -> None:
    """Keep how much of a case is paid."""
    received = book.total(Ledger.SETTLED)
    state = payment_state(received_cents=received, open_cents=open_cents(book))
    books.set_progress(book.case_id, payment=state.value)


def _let_off_at_last(books: Books, case_id: int) -> list[int]:
    """The entries that the last move of a case made, by its event."""
    newest = (
        select(case_events.c.detail)
        .filter_by(account_id=books.account_id, case_id=case_id)
        .order_by(case_events.c.number.desc())
    )
    for detail in books.connection.execute(newest).scalars():
        entries = (msgspec.json.decode(detail) or {}).get("entries") if detail else None
        if entries:
            return [int(number) for number in entries]
    return []
