"""The facts that the guards of a move ask for, as the store knows them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from storage.engine.schema import accounts, authorities, cases, debtors, submissions
from storage.lifecycle.facts import Facts
from storage.lifecycle.statuses import Status

if TYPE_CHECKING:
    from storage.books.bookkeeping import Books
    from storage.books.case_book import CaseBook


def facts_of(books: "Books", book: "CaseBook", *, open_cents: int, **told: Any) -> Facts:
    """The facts of a case in the books; `told` are those that only the caller can know."""
    row = books.connection.execute(
        select(
            accounts.c.status,
            accounts.c.mode,
            submissions.c.held,
            debtors.c.street,
            debtors.c.postcode,
            debtors.c.city,
        )
        .select_from(cases)
        .join(accounts, accounts.c.account_id == cases.c.account_id)
        .join(
            debtors, (debtors.c.account_id == cases.c.account_id) & (debtors.c.debtor_id == cases.c.debtor_id)
        )
        .join(
            submissions,
            (submissions.c.account_id == cases.c.account_id)
            & (submissions.c.submission_id == cases.c.submission_id),
        )
        .where(cases.c.account_id == books.account_id, cases.c.case_id == book.case_id)
    ).one()
    paused = _paused(book.progress, books.today)
    previous = book.progress.previous_status if book.progress else None
    known: dict[str, Any] = {
        "held": row.held is not None,
        "paused": paused,
        "disputed": book.status == Status.COMMUNICATION,
        "time_barred": False,
        "open_cents": open_cents,
        "tolerance_cents": books.settings.tolerance_cents,
        "account_approved": row.status == "approved",
        "authority_recorded": row.mode == "test" or _has_authority(books),
        "servable_address": bool(row.street and row.postcode and row.city),
        "settlement_consented": True,  # none is kept without consent
        "first_letter_sent": bool(book.progress and book.progress.letter_on),
        "first_letter_received": is_letter_received(book.progress, books.today),
        "payment_amount_known": True,
        "payment_date_known": True,
        "previous": Status(previous) if previous else None,
    }
    return Facts(**{**known, **told})


def is_letter_received(progress: Any, day: date) -> bool:
    """Whether letter 1 has reached the debtor by a day."""
    if progress is None or progress.letter_received_on is None:
        return False
    return day >= date.fromisoformat(progress.letter_received_on)


def _paused(progress: Any, today: date) -> bool:
    if progress is None or progress.paused_until is None:
        return False
    return date.fromisoformat(progress.paused_until) >= today


def _has_authority(books: "Books") -> bool:
    found = select(authorities.c.account_id).filter_by(account_id=books.account_id).limit(1)
    return books.connection.execute(found).first() is not None
