"""Steps that are due: the fee rises, the next contact or call-out begins, a review comes up.

A late step is done once, as of the day on which it was due; several that are due follow each other. A
case that is paused, held or disputed keeps its step until that is over.
"""

from datetime import date, datetime

import msgspec
from sqlalchemy import Select, select

from storage.books.batches import book_in_batches
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.closing import open_cents
from storage.books.fees import NORMAL_TENTHS, SIMPLE_TENTHS, fee_change
from storage.books.settings import BookSettings
from storage.days import today_of
from storage.engine.book_tables import progress
from storage.engine.database import Database
from storage.engine.schema import case_events, cases
from storage.intake.tasks import open_task
from storage.lifecycle.autocollect import AutocollectStep, Rhythm, fee_rises_on, next_step
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.history import record_event
from storage.lifecycle.moves import Move, move
from storage.lifecycle.statuses import Status
from storage.lifecycle.words import Actor, Trigger

_CONTACTS = (AutocollectStep.CONTACT.value, AutocollectStep.ANNOUNCEMENT.value)


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """How many fees were raised and how many steps were taken."""

    fees_raised: int
    steps: int


def take_due_steps(database: Database, settings: BookSettings, rhythm: Rhythm, now: datetime) -> Taken:
    """Take all steps of AUTOCOLLECT that are due by the agency's day."""
    due = _due(today_of(now))
    fees = steps = 0
    for taken in book_in_batches(
        database, settings, now, due, lambda books, case_id: _Case(books, case_id, rhythm).take()
    ):
        fees += taken.fees_raised
        steps += taken.steps
    return Taken(fees_raised=fees, steps=steps)


def _due(today: date) -> "Select[int, int]":
    return (
        select(progress.c.account_id, progress.c.case_id)
        .join(cases, (progress.c.account_id == cases.c.account_id) & (progress.c.case_id == cases.c.case_id))
        .where(progress.c.next_on <= today.isoformat(), cases.c.status == Status.AUTOCOLLECT.value)
    )


class _Case:
    """One case with a step that is due."""

    def __init__(self, books: Books, case_id: int, rhythm: Rhythm) -> None:
        self._books = books
        self._case_id = case_id
        self._rhythm = rhythm

    def take(self) -> Taken:
        book = self._books.case(self._case_id)
        if not self._is_due(book):  # another gateway has taken it
            return Taken(fees_raised=0, steps=0)
        fees = self._raise_fee(book)
        steps = 0
        while True:
            book = self._books.case(self._case_id)
            if not self._is_due(book):
                break
            steps += 1
            self._step(book)
        return Taken(fees_raised=fees, steps=steps)

    def _is_due(self, book: CaseBook) -> bool:
        planned = book.progress.next_on
        return (
            book.status == Status.AUTOCOLLECT
            and planned is not None
            and date.fromisoformat(planned) <= self._books.today
            and isinstance(self._move(book), Move)
        )

    def _move(self, book: CaseBook) -> object:
        facts = facts_of(
            self._books,
            book,
            open_cents=open_cents(book),
            contacts_made=self._contacts(),
            contacts_planned=self._rhythm.contacts_planned + 1,  # the evaluation follows the last
        )
        return move(Status(book.status), Trigger.NEXT_STEP, Actor.SYSTEM, facts)

    def _raise_fee(self, book: CaseBook) -> int:
        rises_on = fee_rises_on(date.fromisoformat(book.progress.letter_on), self._rhythm)
        if book.progress.fee_tenths != SIMPLE_TENTHS or rises_on > self._books.today:
            return 0
        change = fee_change(book, NORMAL_TENTHS, rises_on)
        if change is not None:
            self._books.book(book, change)
        self._books.set_progress(self._case_id, fee_tenths=NORMAL_TENTHS)
        return 1

    def _step(self, book: CaseBook) -> None:
        step = AutocollectStep(book.progress.next_step)
        on = date.fromisoformat(book.progress.next_on)
        self._record(book, step, on)
        contacts = self._contacts()
        planned = next_step(step, on, contacts_made=contacts, rhythm=self._rhythm)
        if step is AutocollectStep.EXHAUSTED:
            open_task(
                self._books.connection,
                kind="court_evaluation",
                account_id=self._books.account_id,
                case_id=self._case_id,
                detail={"contacts": contacts},
                now=self._books.now,
            )
        self._books.set_progress(
            self._case_id,
            next_step=None if planned is None else planned.step.value,
            next_on=None if planned is None else planned.not_before.isoformat(),
        )

    def _record(self, book: CaseBook, step: AutocollectStep, on: date) -> None:
        record_event(
            self._books.connection,
            self._books.account_id,
            self._case_id,
            self._books.now,
            source=book.status,
            target=book.status,
            trigger=step.value,
            actor="system",
            detail={"due": on.isoformat()},
        )

    def _contacts(self) -> int:
        """How many contacts were made: letter 1 and the steps that are contacts."""
        found = select(case_events.c.trigger).filter_by(
            account_id=self._books.account_id, case_id=self._case_id
        )
        triggers = self._books.connection.execute(found).scalars()
        return sum(trigger in {"letter_1_dispatched", *_CONTACTS} for trigger in triggers)
