"""The road of one submission, readable in one function: `Road.travel`.

read (in a disposable process) -> plan -> commit, chunk by chunk -> answer. A chunk is written in one
transaction, alone or with its neighbours, and the answer is part of the last one; whoever takes a
submission over after a crash reads it again and goes on behind the last chunk.
"""

import os
import threading
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import msgspec
import structlog
from sqlalchemy import Connection

from gateway.clock import Clock
from gateway.listeners.spool import work_folder
from gateway.reading.ahead import FramesAhead
from gateway.reading.pool import ReaderDiedError, ReaderPool
from gateway.reading.wire import Copy, Customers, Entries, Head, Job, Tail
from gateway.road.answers import Answers, Ending
from gateway.road.chunks import Chunks
from gateway.road.documents import DocumentRead
from gateway.road.listing import Listing
from gateway.road.replies import Replies
from parsers.masters.book import CUSTOMERS_MAX
from parsers.masters.kept import write_customers
from storage.accounts import Account, account_by_id
from storage.books.settings import BookSettings
from storage.customers import kept_customers_of
from storage.days import AGENCY_ZONE
from storage.engine.database import Database
from storage.intake import inbox
from storage.intake.inbox import UNKNOWN_ACCOUNT, Work
from storage.intake.questions import answers_for
from storage.intake.submissions import get_submission

FAILURES_MAX = 2
RETRY_SECONDS = 1

log = structlog.get_logger("road")


class StoppedError(Exception):
    """The gateway is closing; the submission goes on where it stands at the next start."""


class Road:
    """Takes claimed work to its answer. Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        pool: ReaderPool,
        clock: Clock,
        answers: Answers,
        rows_max: int,
        *,
        settings: BookSettings | None = None,
    ) -> None:
        self._database = database
        self._pool = pool
        self._clock = clock
        self._answers = answers
        self._rows_max = rows_max
        self._settings = settings or BookSettings()
        self._replies = Replies(database, clock, answers, self._settings)
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Leave the road at the next chunk; `travel` raises StoppedError."""
        self._stopping.set()

    def travel(self, work: Work, on_rows: Callable[[int], None] | None = None) -> Ending | None:
        """Read, plan, commit and answer one submission; None when it is to be tried again.

        Raises StoppedError after `stop` and LeaseLostError when another worker has taken over; what
        is wrong with the content is answered, never raised.
        """
        if work.account_id == UNKNOWN_ACCOUNT:
            return self._answers.ask_which_account(work)
        assert work.trust != "claimed", "what is not proven never enters the queue"
        on_rows = on_rows or _nobody
        asked_by = self._replies.bind(work)
        try:
            documents, listing = self._read_and_commit(work, on_rows)
            heard = self._replies.take(work, asked_by, documents)
            if isinstance(heard, Ending):
                return heard
            if heard:
                documents, listing = self._read_and_commit(work, on_rows)
        except ReaderDiedError as death:
            return self.break_off(work, death.cause)
        ending = self._answers.tell_outcome(work, documents, listing.of(documents), corrects=asked_by)
        known = chain.from_iterable(document.known_cases for document in documents)
        return msgspec.structs.replace(ending, known_cases=array("q", known))

    def break_off(self, work: Work, cause: str) -> Ending | None:
        """Try a submission again that killed its reader, or set it aside after the second time."""
        log.warning("reading broke off", cause=cause, failures=work.failures + 1)
        if work.failures + 1 >= FAILURES_MAX:
            return self._answers.tell_set_aside(work, cause)
        with self._database.write() as connection:
            later = self._clock() + timedelta(seconds=RETRY_SECONDS)
            inbox.release(connection, work, cause, later, failed=True)
        return None

    def _read_and_commit(
        self, work: Work, on_rows: Callable[[int], None]
    ) -> tuple[list[DocumentRead], Listing]:
        with self._database.read() as connection:
            account = account_by_id(connection, work.account_id)
        documents: list[DocumentRead] = []
        listing = Listing()
        rows = 0
        with (
            self._job(work, account) as job,
            FramesAhead(lambda: self._pool.read(job)) as frames,
            Chunks(
                self._database, work, self._clock, lambda: frames.has_rows_ready, self._settings
            ) as chunks,
        ):
            for frame in frames:
                if self._stopping.is_set():
                    raise StoppedError
                match frame:
                    case Head():
                        documents.append(DocumentRead(head=frame.head))
                    case Entries(entries=entries):
                        documents[-1].count(entries)
                        listing.add(documents[-1], entries)
                        documents[-1].known_cases.extend(chunks.add(entries))
                        rows += len(entries)
                        on_rows(rows)
                    case Customers():
                        chunks.keep(frame.customers)
                    case Tail():
                        documents[-1].tail = frame.tail
                    case Copy():
                        documents[-1].copy = frame
        return documents, listing

    @contextmanager
    def _job(self, work: Work, account: Account) -> Iterator[Job]:
        """The job of a submission, with its bytes in a folder that is gone afterwards."""
        with work_folder() as scratch:
            yield self._prepared(work, account, scratch / "source")

    def _prepared(self, work: Work, account: Account, source: Path) -> Job:
        """The job, its bytes written to `source`: those of the work, or of the list that it answers."""
        with self._database.read() as connection:
            own = get_submission(connection, work.submission_id)
            about = own if own.source_id is None else get_submission(connection, own.source_id)
            with source.open("wb") as file:
                for piece in inbox.content_pieces(connection, work.account_id, about.submission_id):
                    file.write(piece)
            kept = known_customers(connection, account, source.parent)
            return job_of(
                source,
                about.source_name or "Nachricht.eml",
                account=account,
                now=work.received_at,
                rows_max=self._rows_max,
                is_mail=about.channel in {"smtp", "lmtp"},
                answers=answers_for(connection, work.account_id, about.submission_id),
                customers=kept,
            )


def known_customers(connection: Connection, account: Account, scratch: Path) -> Path | None:
    """A file in `scratch` of the customers that the account has told of before; None where of none."""
    path = scratch / "customers"
    kept = kept_customers_of(connection, account.account_id, CUSTOMERS_MAX)
    return path if write_customers(path, kept) else None


def job_of(
    source: Path,
    name: str,
    *,
    account: Account,
    now: datetime,
    rows_max: int,
    is_mail: bool,
    answers: dict[str, str],
    customers: Path | None = None,
) -> Job:
    """The job of reading `source`; its folder is the scratch folder of the process."""
    return Job(
        path=str(source),
        name=name,
        scratch=str(source.parent),
        is_mail=is_mail,
        language=account.language,
        creditor=account.name,
        today=now.astimezone(AGENCY_ZONE).date(),
        rows_max=rows_max,
        answers=answers,
        customers=None if customers is None else str(customers),
    )


def plain_name(path: Path) -> str:
    """A file's name as text, whatever bytes it is made of."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _nobody(_: int) -> None:
    """Nobody looks on."""
