"""The clock of a case: what was planned next is kept when the case stops, and goes on when it does.

The event of the move that stops a case in AUTOCOLLECT keeps the planned step, so that a case that was
objected to, paused by a plan or cleared by a payment that came back goes on where it was, with no step
dated before the day on which it goes on.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, select

from storage.engine.schema import case_events
from storage.lifecycle.autocollect import AutocollectStep
from storage.lifecycle.statuses import OPEN, TERMINAL, Status

if TYPE_CHECKING:
    from storage.books.bookkeeping import Books
    from storage.books.case_book import CaseBook

CHECKS = "checks"  # the next step of a case before letter 1
REVIEW = "review"  # of a case in MONITORING
RATE = "rate"  # of a case in INSTALLMENT: the day after the grace of its next rate
FIRST_LETTER = "letter_1_dispatched"
UNTIL_DECIDED = "9999-12-31"  # paused until somebody decides, not until a day

_CLOCK = "clock"
_STEPS = frozenset(step.value for step in AutocollectStep)
_CONTACTS = frozenset((FIRST_LETTER, AutocollectStep.CONTACT.value, AutocollectStep.ANNOUNCEMENT.value))


def stop_clock(books: "Books", book: "CaseBook") -> dict[str, Any]:
    """Nothing is due any more; returns what the event of the move keeps of what was planned."""
    kept: dict[str, Any] = {}
    if book.status == Status.AUTOCOLLECT and book.progress is not None:
        step, on = book.progress.next_step, book.progress.next_on
        kept = {_CLOCK: {"step": step, "on": on} if step in _STEPS else None}
    books.set_progress(book.case_id, next_step=None, next_on=None)
    return kept


def resume_clock(books: "Books", case_id: int, status: Status) -> None:
    """Plan the next step of a case that goes on in a status; a plan of installments plans its own."""
    step: str | None = None
    on = books.today
    if status in {Status.VALIDATION, Status.ENRICHMENT}:
        step = CHECKS
    elif status is Status.AUTOCOLLECT:
        step, planned_on = _kept(books.connection, books.account_id, case_id)
        on = max(on, planned_on or on)
    elif status is Status.MONITORING:
        step = REVIEW  # nobody has said when to look again, so now
    is_before_letter = step == CHECKS
    waits = is_before_letter or status is Status.COMMUNICATION
    books.set_progress(
        case_id,
        processing="waiting" if waits else "running",
        next_step=step,
        next_on=None if step is None else on.isoformat(),
    )


def contacts_made(connection: Connection, account_id: int, case_id: int) -> int:
    """How many contacts were made: letter 1 and the steps that are contacts."""
    return sum(one in _CONTACTS for one in _triggers(connection, account_id, case_id))


def is_court_announced(connection: Connection, account_id: int, case_id: int) -> bool:
    """Whether the debtor was told that it goes to court."""
    return AutocollectStep.ANNOUNCEMENT.value in _triggers(connection, account_id, case_id)


def previous_status(connection: Connection, account_id: int, case_id: int, status: Status) -> Status | None:
    """The open status that a case came from into its present one, by its history."""
    told = (
        select(case_events.c.from_status)
        .filter_by(account_id=account_id, case_id=case_id, to_status=status.value)
        .where(case_events.c.from_status != status.value)
        .order_by(case_events.c.number.desc())
        .limit(1)
    )
    found = connection.execute(told).scalar()
    return Status(found) if found in set(OPEN) else None


def entries_of_the_end(connection: Connection, account_id: int, case_id: int) -> list[int]:
    """The entries that let off or wrote off what was open when the case was closed last."""
    closed = (
        select(case_events.c.detail)
        .filter_by(account_id=account_id, case_id=case_id)
        .where(
            case_events.c.to_status.in_([status.value for status in TERMINAL]),
            case_events.c.from_status.in_([status.value for status in OPEN]),
        )
        .order_by(case_events.c.number.desc())
        .limit(1)
    )
    detail = connection.execute(closed).scalar()
    return [int(number) for number in (msgspec.json.decode(detail) if detail else {}).get("entries", ())]


def _kept(connection: Connection, account_id: int, case_id: int) -> tuple[str, date | None]:
    """The step that was planned when the case stopped last; if none is known, a person decides on court."""
    newest = (
        select(case_events.c.detail)
        .filter_by(account_id=account_id, case_id=case_id)
        .where(case_events.c.detail.contains(f'"{_CLOCK}"'))
        .order_by(case_events.c.number.desc())
    )
    for text in connection.execute(newest).scalars():
        detail = msgspec.json.decode(text)
        if isinstance(detail, dict) and _CLOCK in detail:
            kept = detail[_CLOCK]
            if kept is None:
                break
            return kept["step"], None if kept["on"] is None else date.fromisoformat(kept["on"])
    return AutocollectStep.EXHAUSTED.value, None


def _triggers(connection: Connection, account_id: int, case_id: int) -> list[str]:
    told = select(case_events.c.trigger).filter_by(account_id=account_id, case_id=case_id)
    return list(connection.execute(told).scalars())
