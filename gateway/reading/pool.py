"""A pool of warm reading processes, each used once.

A fork server imports the parsers once; every process is forked from it in a few milliseconds and
some wait ready. They are our own rather than a pool library's because rows must stream out of
the process while it reads, with back pressure, and not as one result at its end.
"""

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from gateway.reading.birth import serve_one
from gateway.reading.limits import Limits
from gateway.reading.wire import End, Frame, Job, pack, unpack_frame

PROCESSES_READY = 2
TICK_SECONDS = 0.5
FRAME_BYTES_MAX = 32 << 20


class ReaderDiedError(Exception):
    """A reading process ended before it had read everything; `cause` says what it ran into."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause  # memory | time | crash


class ReaderPool:
    """Hands out warm reading processes; safe to use from several threads."""

    def __init__(self, limits: Limits | None = None, ready: int = PROCESSES_READY) -> None:
        self._limits = limits or Limits()
        self._ready_count = ready
        self._context = _context()
        self._idle: deque[_Reader] = deque()
        self._lock = threading.Lock()

    def warm(self) -> None:
        """Start processes until enough are waiting."""
        while len(self._idle) < self._ready_count:
            self._idle.append(_Reader(self._context, self._limits))

    def read(self, job: Job) -> Iterator[Frame | None]:
        """The frames of a job as they come; None now and then while it is silent.

        Raises ReaderDiedError when the process breaks a limit, is killed or crashes.
        """
        with self._lock:
            reader = self._idle.popleft() if self._idle else _Reader(self._context, self._limits)
        try:
            yield from reader.frames(job)
        finally:
            reader.close()
            with self._lock:
                self.warm()

    def close(self) -> None:
        """End the processes that wait."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()
            self._ready_count = 0


def load_beside() -> None:
    """Let the fork server load from now on, beside what a command loads itself: each takes half a second."""
    _context()
    forkserver.ensure_running()


def _context() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gateway.reading.warm", "gateway.command_line"])
    return context


class _Reader:
    """One reading process and our end of its pipe."""

    def __init__(self, context: multiprocessing.context.ForkServerContext, limits: Limits) -> None:
        self._limits = limits
        self._connection: Connection
        self._connection, theirs = context.Pipe()
        self._process: ForkServerProcess = context.Process(
            target=serve_one, args=(theirs, limits), daemon=True
        )
        self._process.start()
        theirs.close()

    def frames(self, job: Job) -> Iterator[Frame | None]:
        silence_max = self._limits.seconds(Path(job.path).stat().st_size) + TICK_SECONDS
        try:
            self._connection.send_bytes(pack(job))
            while True:
                yield from self._wait(silence_max)
                frame = unpack_frame(self._connection.recv_bytes(FRAME_BYTES_MAX))
                yield frame
                if isinstance(frame, End):
                    return
        except (EOFError, OSError):  # OSError also where a frame is longer than any can be
            raise ReaderDiedError(self._cause_of_death()) from None

    def _wait(self, silence_max: float) -> Iterator[None]:
        """Tick until a frame is there; a process that is silent for too long is killed."""
        started = time.monotonic()
        while not self._connection.poll(TICK_SECONDS):
            if time.monotonic() - started > silence_max:
                self._process.kill()
                raise ReaderDiedError("time")
            yield None

    def close(self) -> None:
        self._connection.close()
        if self._process.is_alive():
            self._process.kill()
        self._process.join()
        self._process.close()

    def _cause_of_death(self) -> str:
        self._process.join(1)
        code = self._process.exitcode
        if code == -signal.SIGXCPU:
            return "time"
        # An allocation that fails aborts a Rust reader; the kernel's last resort is SIGKILL.
        if code in (-signal.SIGABRT, -signal.SIGKILL):
            return "memory"
        return "crash"


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))
