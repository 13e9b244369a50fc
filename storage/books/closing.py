"""How a case ends in the books: paid, settled, cancelled, recalled, unfounded; and how it goes on again."""

from datetime import date, timedelta

from sqlalchemy import select

from storage.books.agreements import end_agreements, received_since, take_up_agreements
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge, claim_account
from storage.books.entries import EntryKind
from storage.books.fees import NORMAL_TENTHS, SIMPLE_TENTHS, fee_change, fees_reversed
from storage.books.journal import legs_of
from storage.books.ledgers import AGENCY_COSTS, OPEN_BUCKETS, Ledger
from storage.books.statements import make_statement, reopen_statement
from storage.engine.book_tables import journal, settlements, statements
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.clock import entries_of_the_end, previous_status, resume_clock, stop_clock
from storage.lifecycle.history import record_move
from storage.lifecycle.moves import Move, Refusal, move
from storage.lifecycle.statuses import OPEN, Status, payment_state
from storage.lifecycle.words import Actor, Category, Trigger

FEE_REVIEW = "fee_review"  # a case that waits for the operator's word on its fee is not closed before it


def open_cents(book: CaseBook) -> int:
    """All that is open in the books, in cents; less than zero is a surplus."""
    owed = sum(book.total(ledger) for ledger in OPEN_BUCKETS)
    return owed or book.total(Ledger.OVERPAID)


def settle(books: Books, case_id: int, actor: Actor, *, direct: bool) -> Move | None:
    """After money has moved: keep the payment state, and close the case when nothing is left to pay."""
    _lower_fee_again(books, case_id)
    book = books.case(case_id)
    keep_payment_state(books, book)
    if Status(book.status) not in OPEN or book.progress.waits_for == FEE_REVIEW:
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
    detail = stop_clock(books, book) | ({"entries": waived} if waived else {})
    record_move(
        books.connection, books.account_id, case_id, step, books.now, actor=books.actor, detail=detail or None
    )
    books.set_progress(case_id, processing="running", paused_until=None, waits_for=None)
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
    rest = sum(open_on(book, on).values())
    numbers: list[int] = []
    if rest <= 0:
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


def write_back(books: Books, case_id: int, note: str) -> None:
    """Book again what was let off or written off when the case was closed last; the newest first.

    It counts as never let off: interest runs through.
    """
    for number in reversed(entries_of_the_end(books.connection, books.account_id, case_id)):
        entry = books.connection.execute(
            select(journal.c.value_date).filter_by(account_id=books.account_id, entry=number)
        ).one()
        on = date.fromisoformat(entry.value_date)
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
    previous = previous_status(books.connection, books.account_id, case_id, Status.CLEARED)
    facts = facts_of(
        books, book, open_cents=open_cents(book), payment_bounced=True, previous=previous, reason=reason
    )
    step = move(Status(book.status), Trigger.PAYMENT_RETURNED, Actor.AGENCY, facts)
    if isinstance(step, Move):
        write_back(books, case_id, note=reason)
        reopen_statement(books, case_id)
        record_move(
            books.connection, books.account_id, case_id, step, books.now, actor=books.actor, reason=reason
        )
        resume_clock(books, case_id, step.target)
        take_up_agreements(books, case_id, step)
    keep_payment_state(books, books.case(case_id))
    return step


def remake_statement(books: Books, case_id: int) -> None:
    """The final document of a case that stays closed is made anew, since its figures have changed."""
    standing = select(statements.c.category).filter_by(
        account_id=books.account_id, case_id=case_id, state="final"
    )
    category = books.connection.execute(standing).scalar()
    if category is not None:
        reopen_statement(books, case_id)
        make_statement(books, case_id, Category(category))


def open_on(book: CaseBook, on: date) -> dict[Bucket, int]:
    """What is open with interest up to a day, above zero, as a booking of that day finds it."""
    accrued = [
        Charge(bucket=(Ledger.INTEREST, claim.position), cents=0, on=on)
        for claim in book.claims
        if claim.interest is not None
    ]
    account = claim_account(book.claims, [*book.charges, *accrued], book.payments)
    return {bucket: cents for bucket, cents in account.open.items() if cents > 0}


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
        Charge(bucket=bucket, cents=-cents, on=on) for bucket, cents in sorted(open_on(book, on).items())
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
    in_time = [one for one in book.receipts if one.value_date.isoformat() <= agreed.due_on]
    return received_since(in_time, agreed.last_receipt) >= int(agreed.cents)


def keep_payment_state(books: Books, book: CaseBook) -> None:
    """Keep how much of a case is paid."""
    received = book.total(Ledger.SETTLED)
    state = payment_state(received_cents=received, open_cents=open_cents(book))
    books.set_progress(book.case_id, payment=state.value)
