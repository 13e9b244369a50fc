"""Committing the frames of a submission, several in one transaction while nobody waits for the store.

A transaction writes each page of an index once, however many of its rows are on it; larger ones are
cheaper by the row. The door must not wait for that: as soon as anybody else wants to write, or the
reader has nothing ready, what is planned so far is committed.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from gateway.clock import Clock
from storage.books.settings import BookSettings
from storage.customers import keep_customers
from storage.engine.database import Database
from storage.entries import Entry
from storage.intake.commit import Progress, begin, commit_chunk
from storage.intake.inbox import Work
from storage.intake.plan import plan_chunk
from storage.records import Customer

ROWS_A_TRANSACTION = 20_000


class Chunks:
    """The chunks of one submission on their way into the store; leaving `with` commits the rest."""

    def __init__(
        self,
        database: Database,
        work: Work,
        clock: Clock,
        has_more_ready: Callable[[], bool],
        settings: BookSettings,
    ) -> None:
        self._database = database
        self._work = work
        self._clock = clock
        self._has_more_ready = has_more_ready
        self._settings = settings
        self._transaction: ExitStack | None = None
        self._connection: Connection
        self._done: Progress
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transaction is not None:
            self._transaction.__exit__(kind, error, trace)
            self._transaction = None

    def add(self, entries: list[Entry]) -> set[int]:
        """Plan and write one chunk; says which cases of the store its rows are in already.

        Entries that are committed already, before a crash, are passed over. Raises LeaseLostError.
        """
        if self._transaction is None:
            self._open()
        done = self._done
        fresh = [entry for entry in entries if not done.has(entry.document, entry.row)]
        known: set[int] = set()
        if fresh:
            plan = plan_chunk(
                self._connection,
                self._work.account_id,
                fresh,
                done.digest,
                submission_id=self._work.submission_id,
            )
            commit_chunk(self._connection, self._work, plan, self._clock(), self._settings)
            last = fresh[-1]
            self._done = Progress(document=last.document, row=last.row, digest=plan.digest)
            self._rows += len(fresh)
            known = {planned.case_id for planned in plan.planned if planned.case_id is not None}
        self._close_in_time()
        return known

    def keep(self, told: Sequence[Customer]) -> None:
        """Keep what the source says of customers, for later lists; again is harmless."""
        if self._transaction is None:
            self._open()
        keep_customers(self._connection, self._work, told, self._clock())
        self._rows += len(told)
        self._close_in_time()

    def _close_in_time(self) -> None:
        if self._rows >= ROWS_A_TRANSACTION or self._database.is_wanted or not self._has_more_ready():
            self.close()

    def close(self) -> None:
        """Commit what is written so far."""
        if self._transaction is not None:
            transaction, self._transaction = self._transaction, None
            transaction.close()

    def _open(self) -> None:
        with ExitStack() as stack:
            self._connection = stack.enter_context(self._database.write())
            self._done = begin(self._connection, self._work)
            self._rows = 0
            self._transaction = stack.pop_all()
