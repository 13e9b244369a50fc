"""Many arrivals, one flush of the disk: a thread that commits all that came in the meantime together.

A second thread has the store write back what the first has put into its log, a little at a time:
otherwise all who send wait a quarter of a second for every 128 MiB.
"""

import logging
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Protocol

import msgspec

from storage.counters import reserve_apart
from storage.engine.database import Database
from storage.errors import StoreBusyError
from storage.intake.inbox import Arrival, accept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BATCH_ARRIVALS_MAX = 500
BATCH_BYTES_MAX = 32 << 20
QUEUE_ARRIVALS_MAX = 2_000
QUEUE_BYTES_MAX = 256 << 20
WRITE_BACK_BYTES = 16 << 20

log = logging.getLogger(__name__)


class Clock(Protocol):
    """Where the time comes from."""

    def __call__(self) -> datetime:
        """Now, aware, in UTC."""


class _Asked(msgspec.Struct, frozen=True):
    arrival: Arrival
    stored: Future[int]


class GroupCommit:
    """Stores arrivals; a future is done when its arrival is on the disk."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._queue: Queue[_Asked | None] = Queue(QUEUE_ARRIVALS_MAX)
        self._guard = Lock()
        self._queued_bytes = 0
        self._accepting = False
        self._thread: Thread | None = None
        self._behind = _WriteBack(database)
        self.last_commit_at: datetime | None = None
        self.on_commit: Callable[[Sequence[Arrival]], object] = _nobody_waits

    def start(self) -> None:
        """Begin to commit."""
        assert self._thread is None, "started once"
        self._accepting = True
        self._thread = Thread(target=self._run, name="group-commit", daemon=True)
        self._thread.start()
        self._behind.start()

    def stop(self) -> None:
        """Take nothing more, commit what was taken, and end."""
        with self._guard:
            self._accepting = False
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
            self._behind.stop()

    def submit(self, arrival: Arrival) -> Future[int]:
        """The submission id, once committed; the future fails as the commit did.

        Raises StoreBusyError when too much waits already, or after `stop`.
        """
        asked = _Asked(arrival, Future())
        with self._guard:
            if not self._accepting:
                raise StoreBusyError("the gateway is closing")
            if self._queued_bytes and self._queued_bytes + _held_bytes(arrival) > QUEUE_BYTES_MAX:
                raise StoreBusyError("too many bytes wait to be stored")
            try:
                self._queue.put_nowait(asked)
            except Full as error:
                raise StoreBusyError("too many messages wait to be stored") from error
            self._queued_bytes += _held_bytes(arrival)
        return asked.stored

    def _run(self) -> None:
        while (first := self._queue.get()) is not None:
            batch, ending = self._with_all_that_wait(first)
            self._store(batch)
            self._behind.stored(sum(asked.arrival.size_bytes for asked in batch))
            with self._guard:
                self._queued_bytes -= sum(_held_bytes(asked.arrival) for asked in batch)
            if ending:
                return

    def _with_all_that_wait(self, first: _Asked) -> tuple[list[_Asked], bool]:
        batch, size = [first], first.arrival.size_bytes
        with suppress(Empty):
            while len(batch) < BATCH_ARRIVALS_MAX and size < BATCH_BYTES_MAX:
                asked = self._queue.get_nowait()
                if asked is None:
                    return batch, True
                batch.append(asked)
                size += asked.arrival.size_bytes
        return batch, False

    def _store(self, batch: "Sequence[_Asked]") -> None:
        wanted = [asked for asked in batch if asked.stored.set_running_or_notify_cancel()]
        if not wanted:
            return
        try:
            ids = self._commit([asked.arrival for asked in wanted])
        except Exception as error:  # noqa: BLE001  whatever it is, those who wait must hear it
            self._fail(wanted, error)
            return
        for asked, submission_id in zip(wanted, ids, strict=True):
            asked.stored.set_result(submission_id)
        self._committed([asked.arrival for asked in wanted])

    def _fail(self, wanted: "Sequence[_Asked]", error: Exception) -> None:
        """Tell those who wait; unless the store itself is in trouble, the innocent are tried one by one."""
        if len(wanted) == 1 or isinstance(error, StoreBusyError):
            for asked in wanted:
                asked.stored.set_exception(error)
            return
        for asked in wanted:
            arrivals = [asked.arrival]
            try:
                (submission_id,) = self._commit(arrivals)
            except Exception as own:  # noqa: BLE001
                asked.stored.set_exception(own)
            else:
                asked.stored.set_result(submission_id)
                self._committed(arrivals)

    def _commit(self, arrivals: "Sequence[Arrival]") -> list[int]:
        with self._database.write() as connection:
            first_id = reserve_apart(connection, "submission", len(arrivals))
            return accept(connection, arrivals, first_id)

    def _committed(self, arrivals: "Sequence[Arrival]") -> None:
        """Tell who waits for work; what is stored stays stored, whatever becomes of that."""
        try:
            self.last_commit_at = self._clock()
            self.on_commit(arrivals)
        except Exception:
            log.exception("nobody was told of %d messages that are stored", len(arrivals))


class _WriteBack:
    """The thread that has the store write back."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bytes = 0
        self._wanted = Event()
        self._stopping = False
        self._thread = Thread(target=self._run, name="write-back", daemon=True)

    def start(self) -> None:
        """Begin to wait for something to do."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopping = True
        self._wanted.set()
        self._thread.join()

    def stored(self, size_bytes: int) -> None:
        """So much was committed."""
        self._bytes += size_bytes
        if self._bytes >= WRITE_BACK_BYTES:
            self._bytes = 0
            self._wanted.set()

    def _run(self) -> None:
        while True:
            self._wanted.wait()
            self._wanted.clear()
            if self._stopping:
                return
            try:
                self._database.write_back()
            except StoreBusyError as error:
                log.warning("not written back: %s", error)
            except Exception:
                log.exception("not written back")


def _nobody_waits(_: "Sequence[Arrival]") -> None:
    """Nobody wants to know."""


def _held_bytes(arrival: Arrival) -> int:
    return len(arrival.content) if isinstance(arrival.content, bytes) else 0
