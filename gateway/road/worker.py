"""The workers: threads that take submissions out of the inbox and send each along the road.

A thread beside them tells of messages without proof. Those are no work of the queue, and many may come
a second, from anyone: told of at each commit they would cost more than to accept them, so all that
have come in a second are told of together.
"""

import threading
from collections import deque
from collections.abc import Callable
from datetime import timedelta

import structlog

from gateway.clock import Clock
from gateway.owner import is_alive
from gateway.road.answers import CLAIMED_BATCH, Answers
from gateway.road.travel import Road, StoppedError
from storage.engine.database import Database
from storage.errors import GatewayError, LeaseLostError, PassingError
from storage.intake import inbox, outbox
from storage.intake.inbox import Work
from storage.intake.submissions import format_submission

LEASE_SECONDS = 60
BATCH = 20
IDLE_SECONDS = 1.0
TELL_SECONDS = 1.0
RETRY_SECONDS = 5

log = structlog.get_logger("worker")


class Worker:
    """A few threads that work the inbox off, one that keeps their leases alive, and one that tells."""

    def __init__(
        self,
        *,
        database: Database,
        road: Road,
        answers: Answers,
        clock: Clock,
        owner: str,
        on_answer: Callable[[], object],
    ) -> None:
        self._database = database
        self._road = road
        self._answers = answers
        self._clock = clock
        self._owner = owner
        self._on_answer = on_answer
        self._waiting: deque[Work] = deque()
        self._under_way: dict[int, Work] = {}
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self, threads: int = 2) -> None:
        """Begin to work, with `threads` submissions on the road at the most."""
        self._free_the_dead()
        targets = [self._work] * threads + [self._keep_leases, self._tell]
        self._threads = [threading.Thread(target=target, daemon=True) for target in targets]
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There is something new in the queue; safe from any thread."""
        self._news.set()

    def stop(self) -> None:
        """Stop after the chunk under way; what is not done goes on at the next start."""
        self._stopping.set()
        self._road.stop()
        self._news.set()
        for thread in self._threads:
            thread.join()
        while self._waiting:
            self._give_back(self._waiting.popleft())

    @property
    def is_alive(self) -> bool:
        """Whether all its threads are at work."""
        return all(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work_once()
            except GatewayError as error:
                log.warning("the store is busy", reason=str(error))
                self._stopping.wait(IDLE_SECONDS)
            except Exception:  # a thread that ends would leave the queue standing, unseen
                log.exception("the worker stumbled")
                self._stopping.wait(IDLE_SECONDS)

    def _work_once(self) -> None:
        work = self._next()
        if work is not None:
            self._send_along(work)
        else:
            self._news.wait(IDLE_SECONDS)
            self._news.clear()

    def _next(self) -> Work | None:
        with self._lock:
            if not self._waiting:
                self._waiting.extend(self._claim())
            if not self._waiting:
                return None
            work = self._waiting.popleft()
            self._under_way[work.submission_id] = work
            return work

    def _claim(self) -> list[Work]:
        with self._database.write() as connection:
            return inbox.claim(connection, self._owner, self._clock(), LEASE_SECONDS, BATCH)

    def _send_along(self, work: Work) -> None:
        with structlog.contextvars.bound_contextvars(submission=format_submission(work.submission_id)):
            try:
                self._road.travel(work)
                log.info("answered", channel=work.channel)
                self._on_answer()
            except StoppedError:
                self._give_back(work)
            except LeaseLostError:
                log.warning("another worker has taken over")
            except PassingError as error:
                log.warning("to be tried again", reason=str(error))
                self._give_back(work)
            except Exception:  # a fault of ours must neither lose the submission nor stop the queue
                log.exception("the road broke off")
                self._break_off(work)
            finally:
                self._under_way.pop(work.submission_id, None)

    def _break_off(self, work: Work) -> None:
        """Try it once more, then set it aside; without an answer, if it is the answer that cannot be made."""
        try:
            self._road.break_off(work, "fault")
        except GatewayError:
            raise
        except Exception:
            log.exception("the answer cannot be worded")
            self._answers.set_aside_silently(work, "fault")
        self._on_answer()

    def _give_back(self, work: Work) -> None:
        with self._database.write() as connection:
            later = self._clock() + timedelta(seconds=0 if self._stopping.is_set() else RETRY_SECONDS)
            inbox.release(connection, work, "to be tried again", later, failed=False)

    def _keep_leases(self) -> None:
        while not self._stopping.wait(LEASE_SECONDS / 4):
            try:
                self._renew_all()
                self._free_the_dead()
                if self._answers.tell_folded():
                    self._on_answer()
            except GatewayError as error:
                log.warning("leases not renewed", reason=str(error))

    def _tell(self) -> None:
        while not self._stopping.wait(TELL_SECONDS):
            try:
                while self._tell_once() == CLAIMED_BATCH and not self._stopping.is_set():
                    continue
            except GatewayError as error:
                log.warning("the store is busy", reason=str(error))
            except Exception:  # else nobody would be told any more
                log.exception("the worker stumbled")

    def _tell_once(self) -> int:
        told = self._answers.tell_claimed()
        if told:
            self._on_answer()
        return told

    def _renew_all(self) -> None:
        for work in (*self._waiting, *self._under_way.values()):
            try:
                with self._database.write() as connection:
                    inbox.renew(connection, work, self._clock(), LEASE_SECONDS)
            except LeaseLostError:
                continue  # finished in this moment, or taken over; its own worker will see

    def _free_the_dead(self) -> None:
        with self._database.write() as connection:
            freed = inbox.reap(connection, is_alive, self._clock())
            freed += outbox.reap(connection, is_alive, self._clock())
        if freed:
            log.warning("taken over from a gateway that is gone", count=freed)
            self._news.set()
