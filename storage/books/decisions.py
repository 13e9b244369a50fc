"""What only the operator decides on a case's money: waivers, its fee, a letter that goes out again."""

from datetime import timedelta

from sqlalchemy import update

from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge
from storage.books.closing import FEE_REVIEW, keep_payment_state, open_on, settle, waive_rest
from storage.books.direct_payments import LETTER_AGAIN
from storage.books.entries import EntryKind
from storage.books.fees import EXTENSIVE_TENTHS, RATES, fee_change
from storage.books.ledgers import AGENCY_COSTS, FIGURES
from storage.case_number import format_case_number
from storage.engine.instants import to_micros
from storage.engine.schema import tasks
from storage.errors import RefusedError
from storage.lifecycle.history import record_event
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor
from storage.money import Money


def waive(
    books: Books,
    case_id: int,
    reason: str,
    *,
    of: str | None = None,
    amount: Money | None = None,
    creditor_agrees: bool = False,
) -> Money:
    """Let the debtor off: a kind of what is open (see FIGURES), whole or in part, or all the rest.

    What is the creditor's is let off only if it agrees. Returns what was waived; a case that is paid with
    that is cleared. Raises RefusedError.
    """
    book = _open_case(books, case_id, reason)
    due = open_on(book, books.today)
    if not creditor_agrees:
        _must_be_the_agencys(book, due, of)
    if of is None:
        if amount is not None:
            raise RefusedError("an amount can be waived of one kind of what is open; say which")
        if not any(one.state == "booked" for one in book.receipts):
            raise RefusedError(
                "nothing was paid on this case, so it cannot be cleared; cancel or recall it instead"
            )
        waived = sum(due.values())
        _must_be_something(waived)
        waive_rest(books, case_id, books.today, note=reason)
    else:
        parts = {bucket: cents for bucket, cents in due.items() if bucket[0] in FIGURES[of]}
        waived = sum(parts.values()) if amount is None else amount.cents
        _must_be_something(waived)
        if waived > sum(parts.values()):
            raise RefusedError(f"only {Money(sum(parts.values()))} EUR of {of.replace('_', ' ')} are open")
        charges = _first(parts, waived, books)
        change = Change(kind=EntryKind.WAIVER, value_date=books.today, charges=charges, note=reason)
        books.book(book, change)
    _note(books, book, "waived", reason, {"amount": str(Money(waived)), "of": of or "rest"})
    settle(books, case_id, Actor.AGENCY, direct=False)
    return Money(waived)


def _must_be_the_agencys(book: CaseBook, due: dict[Bucket, int], of: str | None) -> None:
    """Refuse to let off what is the creditor's: a rest falls on the agency's fee first."""
    own = sum(charge.cents for charge in book.charges if charge.bucket[0] in AGENCY_COSTS)
    is_own = sum(due.values()) <= own if of is None else set(FIGURES[of]) <= set(AGENCY_COSTS)
    if not is_own:
        raise RefusedError(
            "that is the creditor's money; ask it first and say --creditor-agrees, or waive the fee"
        )


def decide_fee(books: Books, case_id: int, tenths: int, reason: str) -> Money:
    """Set the fee by hand: none (0), 0.5, 0.9 or 1.3; what waited for that goes on.

    Returns by how much it has changed. Raises RefusedError.
    """
    if tenths and tenths not in RATES:
        raise RefusedError("a fee is 0.5, 0.9 or 1.3, or none")
    book = _open_case(books, case_id, reason)
    if tenths and book.progress.letter_on is None:
        raise RefusedError("no fee is charged before letter 1 has gone out")
    change = fee_change(book, tenths, books.today, note=reason)
    if change is not None:
        books.book(book, change)
    changed = sum(charge.cents for charge in change.charges) if change is not None else 0
    going_on = {}
    if book.progress.waits_for == FEE_REVIEW:
        going_on = {"processing": "running", "paused_until": None, "waits_for": None}
        planned = book.progress.next_on
        if planned is not None:
            going_on["next_on"] = max(planned, books.today.isoformat())
    books.set_progress(case_id, fee_tenths=tenths, **going_on)
    _resolve(books, case_id, FEE_REVIEW, f"fee {RATES[tenths].value if tenths else 'none'}: {reason}")
    _note(books, book, "fee_decided", reason, {"rate": RATES[tenths].value if tenths else "0"})
    keep_payment_state(books, books.case(case_id))
    settle(books, case_id, Actor.AGENCY, direct=False)
    return Money(changed)


def send_letter_again(books: Books, case_id: int, reason: str) -> None:
    """Letter 1 goes out again, since what it claimed was corrected; its days are counted anew."""
    book = _open_case(books, case_id, reason)
    if book.progress.letter_on is None:
        raise RefusedError("letter 1 has not gone out yet")
    today = books.today
    values: dict[str, object] = {
        "letter_on": today.isoformat(),
        "letter_received_on": (today + timedelta(days=books.settings.letter_days)).isoformat(),
    }
    if book.progress.next_on is not None and book.status == Status.AUTOCOLLECT:
        answered_by = today + timedelta(days=books.settings.fee_raised_after_days)
        values["next_on"] = max(book.progress.next_on, answered_by.isoformat())
    books.set_progress(case_id, **values)
    _resolve(books, case_id, LETTER_AGAIN, reason)
    _note(books, book, "letter_1_again", reason, {})


def _open_case(books: Books, case_id: int, reason: str) -> CaseBook:
    if not reason.strip():
        raise RefusedError("a reason is missing")
    book = books.case(case_id)
    if Status(book.status) not in OPEN:
        raise RefusedError(
            f"{format_case_number(case_id)} is {book.status}; nothing is decided on it any more"
        )
    return books.take_in(case_id)


def _must_be_something(cents: int) -> None:
    if cents <= 0:
        raise RefusedError("there is nothing open that could be waived")


def _first(parts: dict[Bucket, int], cents: int, books: Books) -> tuple[Charge, ...]:
    charges = []
    for bucket, due in sorted(parts.items()):
        share = min(due, cents)
        if share:
            charges.append(Charge(bucket=bucket, cents=-share, on=books.today))
            cents -= share
    return tuple(charges)


def _resolve(books: Books, case_id: int, kind: str, resolution: str) -> None:
    waiting = update(tasks).filter_by(account_id=books.account_id, case_id=case_id, kind=kind, state="open")
    books.connection.execute(
        waiting.values(state="resolved", resolution=resolution, resolved_at=to_micros(books.now))
    )


def _note(books: Books, book: CaseBook, trigger: str, reason: str, detail: dict[str, str]) -> None:
    record_event(
        books.connection,
        books.account_id,
        book.case_id,
        books.now,
        source=book.status,
        target=book.status,
        trigger=trigger,
        actor=books.actor,
        reason=reason,
        detail=detail or None,
    )


assert EXTENSIVE_TENTHS in RATES, "1.3 is the operator's alone: no step of the clock charges it"
