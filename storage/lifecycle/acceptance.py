"""From handover to letter 1: cases that are complete go from VALIDATION over ENRICHMENT to AUTOCOLLECT.

A case that misses something keeps that as what it waits for, and is looked at again on the next day, or
as soon as its claims change. What is accepted is taken into the books with the fee of letter 1; the
dispatch of the letter is an event. All is done in chunks of one account, each one transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from storage.accounts import lock_account
from storage.books.bookkeeping import Books
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.fees import RATES, SIMPLE_TENTHS, fee_change
from storage.books.journal import Journal
from storage.books.ledgers import Ledger
from storage.books.settings import BookSettings
from storage.days import today_of
from storage.engine.book_tables import balances, progress
from storage.engine.bulk import insert_rows, update_rows
from storage.engine.database import Database
from storage.engine.instants import to_micros
from storage.engine.schema import accounts, cases
from storage.intake.handover import EVENT_COLUMNS, JOINABLE
from storage.law.fees import Charge as Fee
from storage.law.fees import collection_fee
from storage.lifecycle.autocollect import AutocollectStep, Rhythm, next_step
from storage.lifecycle.candidates import Candidate, candidates
from storage.lifecycle.checks import Missing, formal_gaps
from storage.lifecycle.facts import Facts
from storage.lifecycle.moves import Move, move
from storage.lifecycle.statuses import Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money

CASES_A_CHUNK = 500
CHECKS = "checks"  # the next step of a case that waits for data

_PROGRESS = (
    "account_id",
    "case_id",
    "ordered_on",
    "vat_charged",
    "fee_tenths",
    "letter_on",
    "letter_received_on",
    "legal_stage",
    "processing",
    "payment",
    "waits_for",
    "next_step",
    "next_on",
)


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases were looked at: those that letter 1 went out for, and those that wait for something."""

    letters: int
    waiting: int


def accept_cases(
    database: Database,
    settings: BookSettings,
    rhythm: Rhythm,
    now: datetime,
    wait: timedelta = timedelta(0),
) -> Accepted:
    """Look at all cases of approved accounts that have not had letter 1 and were opened `wait` ago or before.

    What is due is found on a snapshot, so that nobody waits to write meanwhile.
    """
    opened_by = to_micros(now - wait)
    letters = waiting = 0
    with database.read() as connection:
        approved = list(
            connection.execute(
                select(accounts.c.account_id)
                .where(accounts.c.status == "approved")
                .order_by(accounts.c.account_id)
            ).scalars()
        )
    for account_id in approved:
        after = 0
        while True:
            due = _due(account_id, today_of(now)).where(
                cases.c.case_id > after, cases.c.opened_at <= opened_by
            )
            with database.read() as connection:
                found = list(connection.execute(due.limit(CASES_A_CHUNK)).scalars())
            if not found:
                break
            after = found[-1]
            with database.write() as connection:
                accepted = _Chunk(connection, account_id, settings, rhythm, now).accept_due(found)
            letters += accepted.letters
            waiting += accepted.waiting
    return Accepted(letters=letters, waiting=waiting)


def _due(account_id: int, today: date) -> "Select[int]":
    """The numbers of cases that may be looked at today, in order."""
    known = (progress.c.account_id == cases.c.account_id) & (progress.c.case_id == cases.c.case_id)
    may_be_due = progress.c.case_id.is_(None) | (
        progress.c.letter_on.is_(None)
        & (progress.c.next_on.is_(None) | (progress.c.next_on <= today.isoformat()))
        & (progress.c.paused_until.is_(None) | (progress.c.paused_until < today.isoformat()))
    )
    return (
        select(cases.c.case_id)
        .outerjoin(progress, known)
        .where(cases.c.account_id == account_id, cases.c.status.in_(JOINABLE), may_be_due)
        .order_by(cases.c.case_id)
    )


class _Chunk:
    def __init__(
        self,
        connection: Connection,
        account_id: int,
        settings: BookSettings,
        rhythm: Rhythm,
        now: datetime,
    ) -> None:
        self._connection = connection
        self._account_id = account_id
        self._settings = settings
        self._rhythm = rhythm
        self._now = now
        self._today = today_of(now)
        lock_account(connection, account_id)  # from here on nobody changes its claims, nor books
        self._account = connection.execute(select(accounts).filter_by(account_id=account_id)).one()
        self._journal = Journal(connection, account_id, "system", now)

    def accept_due(self, case_ids: Sequence[int]) -> Accepted:
        """Look at those cases that nobody has looked at meanwhile."""
        due = _due(self._account_id, self._today).where(cases.c.case_id.in_(case_ids))
        return self.accept(list(self._connection.execute(due).scalars()))

    def accept(self, case_ids: Sequence[int]) -> Accepted:
        """Move on what is complete; note of the rest what it waits for."""
        in_books = self._in_books(case_ids)  # a payment has brought them there before
        entries: list[Entry] = []
        events: list[tuple[Any, ...]] = []
        fresh: list[tuple[Any, ...]] = []
        kept: list[tuple[Any, ...]] = []
        moved: list[tuple[Any, ...]] = []
        letters = 0
        for candidate in candidates(self._connection, self._account, case_ids):
            gaps, moves = self._moves(candidate)
            events += self._events(candidate, moves)
            if moves:
                moved.append((moves[-1].target.value, to_micros(self._now), candidate.case_id))
            is_letter = bool(moves) and moves[-1].target is Status.AUTOCOLLECT
            letters += is_letter
            if is_letter and candidate.case_id in in_books:
                self._charge_fee(candidate)
            elif is_letter:
                entries += self._first_entries(candidate)
            row = self._progress(candidate, gaps, is_letter=is_letter)
            (kept if candidate.is_known else fresh).append(row)
        self._journal.post(entries)
        insert_rows(self._connection, "case_events", EVENT_COLUMNS, events)
        insert_rows(self._connection, "progress", _PROGRESS, fresh)
        self._keep(kept)
        update_rows(
            self._connection,
            "cases",
            ("status", "status_since"),
            moved,
            account_id=self._account_id,
            keys=("case_id",),
        )
        return Accepted(letters=letters, waiting=len(fresh) + len(kept) - letters)

    def _moves(self, candidate: Candidate) -> tuple[tuple[Missing, ...], list[Move]]:
        """What is missing, and the moves that are open."""
        gaps = formal_gaps(candidate.facts, self._today)
        facts = Facts(
            held=Missing.HELD in gaps,
            paused=False,
            disputed=False,
            time_barred=Missing.TIME_BARRED in gaps,
            open_cents=sum(candidate.principals.values()),
            account_approved=True,
            authority_recorded=True,
            formal_checks_passed=not gaps,
            servable_address=candidate.facts.debtor_address,
        )
        moves: list[Move] = []
        status = candidate.status
        for source, trigger in (
            (Status.VALIDATION, Trigger.CHECKS_PASSED),
            (Status.ENRICHMENT, Trigger.DATA_COMPLETED),
        ):
            if status is source and candidate.principals:
                step = move(status, trigger, Actor.SYSTEM, facts)
                if isinstance(step, Move):
                    moves.append(step)
                    status = step.target
        if status is Status.ENRICHMENT and not candidate.facts.debtor_address:
            gaps = (*gaps, Missing.DEBTOR_ADDRESS)
        return gaps, moves

    def _events(self, candidate: Candidate, moves: Sequence[Move]) -> list[tuple[Any, ...]]:
        told: list[tuple[str, str, str]] = [
            (str(step.source), step.target.value, step.trigger.value) for step in moves
        ]
        if moves and moves[-1].target is Status.AUTOCOLLECT:
            told.append((Status.AUTOCOLLECT.value, Status.AUTOCOLLECT.value, "letter_1_dispatched"))
        return [
            (
                self._account_id,
                candidate.case_id,
                candidate.last_event + number,
                to_micros(self._now),
                "system",
                source,
                target,
                trigger,
                None,
                None,
                None,
            )
            for number, (source, target, trigger) in enumerate(told, start=1)
        ]

    def _first_entries(self, candidate: Candidate) -> list[Entry]:
        """The claims and the fee of letter 1."""
        taken_in = [
            *((Ledger.PRINCIPAL, position, cents) for position, cents in candidate.principals.items()),
            *candidate.costs,
        ]
        claim = _entry(EntryKind.CLAIM, candidate, candidate.ordered_on, taken_in, Ledger.CHARGED_CREDITOR)
        fee = self._fee(candidate)
        charged = ((Ledger.FEE, fee.fee), (Ledger.EXPENSES, fee.expenses), (Ledger.VAT, fee.vat))
        legs = [(ledger, 0, amount.cents) for ledger, amount in charged if amount.cents]
        booked = _entry(EntryKind.FEE, candidate, self._today, legs, Ledger.CHARGED_AGENCY)
        return [claim, booked]

    def _charge_fee(self, candidate: Candidate) -> None:
        """The fee of letter 1 of a case that money has come in for: what was too much may count for it."""
        books = Books(self._connection, self._account_id, self._settings, "system", self._now, self._journal)
        book = books.case(candidate.case_id)
        change = fee_change(book, SIMPLE_TENTHS, self._today)
        if change is not None:
            books.book(book, change)

    def _fee(self, candidate: Candidate) -> Fee:
        return collection_fee(
            Money(sum(candidate.principals.values())),
            ordered_on=candidate.ordered_on,
            rate=RATES[SIMPLE_TENTHS],
            creditor_deducts_vat=bool(self._account.vat_deduction),
            charged_on=self._today,
        )

    def _progress(self, candidate: Candidate, gaps: Iterable[Missing], *, is_letter: bool) -> tuple[Any, ...]:
        tomorrow = (self._today + timedelta(days=1)).isoformat()
        received = self._today + timedelta(days=self._settings.letter_days)
        planned = next_step(AutocollectStep.CONTACT, self._today, contacts_made=1, rhythm=self._rhythm)
        step, on = (planned.step.value, planned.not_before.isoformat()) if planned else (None, None)
        return (
            self._account_id,
            candidate.case_id,
            candidate.ordered_on.isoformat(),
            not self._account.vat_deduction,
            SIMPLE_TENTHS if is_letter else 0,
            self._today.isoformat() if is_letter else None,
            received.isoformat() if is_letter else None,
            "none",
            "running" if is_letter else "waiting",
            "unpaid",
            None if is_letter else ",".join(gap.value for gap in gaps) or None,
            step if is_letter else CHECKS,
            on if is_letter else tomorrow,
        )

    def _keep(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Update what is kept already; how much is paid stays as it is."""
        changing = (
            "fee_tenths",
            "letter_on",
            "letter_received_on",
            "processing",
            "waits_for",
            "next_step",
            "next_on",
        )
        at = [_PROGRESS.index(name) for name in changing]
        update_rows(
            self._connection,
            "progress",
            changing,
            [(*(row[index] for index in at), row[1]) for row in rows],
            account_id=self._account_id,
            keys=("case_id",),
        )

    def _in_books(self, case_ids: Sequence[int]) -> set[int]:
        found = select(balances.c.case_id).where(
            balances.c.account_id == self._account_id,
            balances.c.case_id.in_(case_ids),
            balances.c.ledger == int(Ledger.CHARGED_CREDITOR),
        )
        return set(self._connection.execute(found).scalars())


def _entry(
    kind: EntryKind,
    candidate: Candidate,
    value_date: date,
    charged: Sequence[tuple[Ledger, int, int]],
    against: Ledger,
) -> Entry:
    legs = [Leg(ledger, cents, position) for ledger, position, cents in charged]
    legs.append(Leg(against, -sum(leg.cents for leg in legs)))
    return Entry(kind=kind, value_date=value_date, case_id=candidate.case_id, legs=tuple(legs))
