"""A move by hand: through the table like any other, with all that follows from it.

The store knows most of what a guard asks. What only a person can know (the objection came in writing,
the proof was sent, the creditor has ordered court) the operator vouches for by naming it.
"""

from datetime import date
from typing import Any

import msgspec
from sqlalchemy import select

from storage.books.agreements import active_plan, end_agreements, plan_next_rate
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.closing import open_cents, settle
from storage.books.endings import (
    CANCEL_REASONS,
    ask_for_proof,
    close_unpaid,
    inform_debtor,
    take_up_again,
)
from storage.case_number import format_case_number
from storage.engine.book_tables import plans
from storage.engine.schema import accounts
from storage.errors import RefusedError
from storage.law.limitation import ClaimDates, LimitationLevel, limitation_of
from storage.lifecycle.autocollect import Rhythm
from storage.lifecycle.candidates import candidates
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.checks import CaseFacts, Missing, formal_gaps
from storage.lifecycle.clock import (
    REVIEW,
    contacts_made,
    is_court_announced,
    previous_status,
    resume_clock,
    stop_clock,
)
from storage.lifecycle.facts import Facts
from storage.lifecycle.history import record_move
from storage.lifecycle.legal import LegalStage
from storage.lifecycle.moves import Move, Refusal, move_to
from storage.lifecycle.statuses import TERMINAL, Status
from storage.lifecycle.words import Actor, Effect, Trigger

VOUCHED = (
    "objection_in_writing",
    "represented",
    "proof_sent",
    "court_announced",
    "court_ordered",
    "creditor_warned",
    "limitation_answered",
)
_UNPAID = TERMINAL - {Status.CLEARED}
_ANOTHER_WAY = {
    Status.INSTALLMENT: "agree a plan with `inkasso case plan`",
    Status.CLEARED: "a case is cleared by what is paid, settled or waived",
}


class MoveTold(msgspec.Struct, frozen=True, kw_only=True):
    """What the operator says of a move. vouched: names of VOUCHED; confirmed_by: the second person.

    told_by: who is at the keyboard, where that is known; nobody confirms what they told themselves.
    """

    target: Status
    reason: str
    review_on: date | None = None
    confirmed_by: str | None = None
    told_by: str | None = None
    prospects: bool | None = None
    vouched: frozenset[str] = frozenset()


def move_by_hand(books: Books, case_id: int, told: MoveTold, rhythm: Rhythm) -> Move:
    """Move a case and do what follows. Raises RefusedError with one sentence, and nothing is written."""
    assert told.vouched <= set(VOUCHED), "a person vouches only for what a person can know"
    if not told.reason.strip():
        raise RefusedError("a reason is missing")
    if told.review_on is not None and told.review_on <= books.today:
        raise RefusedError(f"the review on {told.review_on} is not in the future")
    book = books.case(case_id)
    status = Status(book.status)
    step = move_to(status, told.target, Actor.AGENCY, _facts(books, book, told, rhythm))
    if isinstance(step, Refusal):
        raise RefusedError(_sentence(book, told.target, step.english))
    if Effect.SEND_FIRST_LETTER in step.effects:
        raise RefusedError("letter 1 goes out with `inkasso tick`, as soon as nothing is missing")
    if told.target is Status.CLEARED:
        return _clear(books, book, told)
    _carry_out(books, book, step, told)
    return step


def _facts(books: Books, book: CaseBook, told: MoveTold, rhythm: Rhythm) -> Facts:
    """What the store knows, and what the operator vouches for."""
    here = (books.connection, books.account_id, book.case_id)
    account = books.connection.execute(select(accounts).filter_by(account_id=books.account_id)).one()
    candidate = candidates(books.connection, account, [book.case_id])[0]
    gaps = formal_gaps(candidate.facts, books.today)
    known: dict[str, Any] = {
        "open_cents": open_cents(book) if book.booked else sum(candidate.principals.values()),
        "time_barred": _is_time_barred(books, book, candidate.facts),
        "formal_checks_passed": not set(gaps) - {Missing.HELD, Missing.TIME_BARRED},
        "contacts_made": contacts_made(*here),
        "contacts_planned": rhythm.contacts_planned,
        "court_announced": is_court_announced(*here),
        "prospects": told.prospects,
        "reason": told.reason,
        "review_on": told.review_on,
        "second_person": _is_second(books, told),
        "previous": previous_status(*here, Status(book.status)),
    }
    return facts_of(books, book, **{**known, **dict.fromkeys(told.vouched, True)})


def _is_second(books: Books, told: MoveTold) -> bool:
    name = (told.confirmed_by or "").strip().casefold()
    return bool(name) and name not in {books.actor.casefold(), (told.told_by or "").strip().casefold()}


def _is_time_barred(books: Books, book: CaseBook, facts: CaseFacts) -> bool:
    """A plan is an acknowledgement: it restarts limitation (§ 212 BGB)."""
    agreed = select(plans.c.agreed_on).filter_by(account_id=books.account_id, case_id=book.case_id)
    acknowledged = tuple(date.fromisoformat(day) for day in books.connection.execute(agreed).scalars())
    arisen = [claim.due_date or claim.invoice_date or claim.contract_date for claim in facts.claims]
    known = [ClaimDates(arisen_on=day, acknowledged_on=acknowledged) for day in arisen if day is not None]
    return bool(known) and limitation_of(known, books.today).level is LimitationLevel.BLOCK


def _sentence(book: CaseBook, target: Status, why: str) -> str:
    hint = f"; {_ANOTHER_WAY[target]}" if target in _ANOTHER_WAY else ""
    return f"{format_case_number(book.case_id)} is {book.status} and does not move to {target}: {why}{hint}"


def _clear(books: Books, book: CaseBook, told: MoveTold) -> Move:
    step = settle(books, book.case_id, Actor.AGENCY, direct=False)
    if step is None:
        raise RefusedError(_sentence(book, told.target, "Nothing was paid on it."))
    return step


def _carry_out(books: Books, book: CaseBook, step: Move, told: MoveTold) -> None:
    """The effects of a move by hand, with its event."""
    detail = stop_clock(books, book) | _booked(books, book, step, told)
    record_move(
        books.connection,
        books.account_id,
        book.case_id,
        step,
        books.now,
        actor=books.actor,
        reason=told.reason,
        detail=detail or None,
    )
    _plan_ahead(books, book, step, told)
    end_agreements(books, book.case_id, step)
    if step.target is Status.INSTALLMENT:
        _go_on_with_plan(books, book.case_id)
    if Effect.INFORM_DEBTOR in step.effects:
        inform_debtor(books, book)
    if Effect.ASK_FOR_PROOF in step.effects:
        ask_for_proof(books, book)


def _booked(books: Books, book: CaseBook, step: Move, told: MoveTold) -> dict[str, Any]:
    """What is booked with a move; returns what its event keeps."""
    detail: dict[str, Any] = {}
    if step.target in _UNPAID:
        detail |= close_unpaid(books, book, told.reason)
    if step.trigger is Trigger.CORRECTION:
        take_up_again(books, book, step.target, told.reason)
        detail["confirmed_by"] = told.confirmed_by
        if told.told_by is not None:
            detail["told_by"] = told.told_by
    if step.trigger is Trigger.HANDED_OVER_BY_ERROR and told.reason in CANCEL_REASONS:
        detail["ground"] = told.reason
    if told.vouched:
        detail["vouched"] = sorted(told.vouched)
    return detail


def _plan_ahead(books: Books, book: CaseBook, step: Move, told: MoveTold) -> None:
    """What comes next: a review, the step that was planned before, or nothing."""
    values: dict[str, object] = {"paused_until": None, "waits_for": None}
    if step.target is Status.MONITORING and told.review_on is not None:
        values |= {"processing": "waiting", "next_step": REVIEW, "next_on": told.review_on.isoformat()}
    elif step.target in TERMINAL:
        values["processing"] = "running"
    else:
        resume_clock(books, book.case_id, step.target)
    if Effect.BEGIN_LEGAL in step.effects:
        values["legal_stage"] = LegalStage.EVALUATION.value
    books.set_progress(book.case_id, **values)


def _go_on_with_plan(books: Books, case_id: int) -> None:
    plan = active_plan(books, case_id)
    if plan is None:
        raise RefusedError("its plan has ended; agree a new one with `inkasso case plan`")
    plan_next_rate(books, plan)
