"""Delivery: takes answers from the outbox and hands them over, retried with limits.

An answer keeps its name wherever it goes: a file of that name is replaced by itself when a crash
came between handing over and noting it, and a mail carries the same Message-ID again.
"""

import asyncio
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import structlog

from gateway.clock import Clock
from gateway.listeners.folder import DropFolder
from gateway.road.outcome_files import outcome_table
from storage.engine.database import Database
from storage.errors import DeliveryError, GatewayError, RefusedError
from storage.intake import outbox
from storage.intake.outbox import Delivery
from storage.intake.submissions import format_submission, get_submission

LEASE_SECONDS = 120
BATCH = 20
IDLE_SECONDS = 1.0
RETRY_AFTER_SECONDS = (30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400)

log = structlog.get_logger("delivery")


class Transport(Protocol):
    """One way to hand an answer over."""

    async def hand_over(self, delivery: Delivery) -> None:
        """Hand over or raise: DeliveryError to try again, RefusedError to give up."""


class OutboxFolder:
    """Mails as `.eml` files, when there is no smarthost."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def hand_over(self, delivery: Delivery) -> None:
        """Write the mail under a name that is its own, appearing by rename."""
        name = f"{format_submission(delivery.submission_id)}-{delivery.outbox_id}.eml"
        await asyncio.to_thread(write_by_rename, self._folder / name, delivery.content)


class DropFolderOut:
    """Acknowledgements in `drop/<account>/out/`."""

    def __init__(self, drop: Path) -> None:
        self._drop = drop.resolve()

    async def hand_over(self, delivery: Delivery) -> None:
        """Write the file below the drop folder, appearing by rename; a path that leaves it is refused."""
        target = inside(self._drop, delivery.recipient)
        await asyncio.to_thread(write_by_rename, target, delivery.content)


class OutcomeTables:
    """Long outcome tables, written from the store into `out/` without ever lying in memory."""

    def __init__(self, database: Database, drop: Path) -> None:
        self._database = database
        self._drop = drop.resolve()

    async def hand_over(self, delivery: Delivery) -> None:
        """Write the table, appearing by rename."""
        await asyncio.to_thread(self._write, delivery)

    def _write(self, delivery: Delivery) -> None:
        with self._database.read() as connection:
            summary = get_submission(connection, delivery.submission_id)
            write_pieces_by_rename(inside(self._drop, delivery.recipient), outcome_table(connection, summary))


class FailedFiles:
    """Moves the file of a submission that could not be read from `done/` to `failed/`."""

    def __init__(self, drop_folder: DropFolder) -> None:
        self._drop_folder = drop_folder

    async def hand_over(self, delivery: Delivery) -> None:
        """Move it; once it is moved, again does nothing."""
        await self._drop_folder.move_to_failed(delivery.recipient, delivery.submission_id)


class Smarthost:
    """Mails to one relay, over TLS unless the relay is on this machine."""

    def __init__(self, *, host: str, port: int, user: str, password: str, tls: str, sender: str) -> None:
        self._host, self._port = host, port
        self._user, self._password = user, password
        self._tls = tls  # starttls | implicit | none (loopback only)
        self._sender = sender

    async def hand_over(self, delivery: Delivery) -> None:
        """Send over one connection; what the relay refuses for good is not tried again."""
        import aiosmtplib  # noqa: PLC0415 - only where there is a smarthost

        try:
            await aiosmtplib.send(
                delivery.content,
                sender=self._sender,
                recipients=[delivery.recipient],
                hostname=self._host,
                port=self._port,
                username=self._user or None,
                password=self._password or None,
                use_tls=self._tls == "implicit",
                start_tls=self._tls == "starttls",
                timeout=60,
            )
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [recipient.code for recipient in error.recipients]
            raise _failure(str(error), permanent=all(code >= 500 for code in codes)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(str(error), permanent=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"smarthost {self._host}:{self._port}: {error}") from error


class Postman:
    """Empties the outbox, for as long as `run` runs."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        owner: str,
        transports: dict[str, Transport],
        *,
        on_result: Callable[[str], object],
    ) -> None:
        self._database = database
        self._clock = clock
        self._owner = owner
        self._transports = transports
        self._on_result = on_result  # sent | put_off | given_up
        self._news = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """There is something new in the outbox; to be called in the loop."""
        self._news.set()

    def stop(self) -> None:
        """End `run` after what is under way."""
        self._stopping = True
        self._news.set()

    async def run(self) -> None:
        """Hand over until stopped; an empty outbox is looked at again after a second."""
        while not self._stopping:
            if await self.empty_once() == 0 and not self._stopping:
                await self._wait_for_news()

    async def empty_once(self) -> int:
        """Hand over one batch of what is due; says how many there were."""
        self._news.clear()
        due = await asyncio.to_thread(self._claim)
        for delivery in due:
            await self._deliver(delivery)
        return len(due)

    async def _wait_for_news(self) -> None:
        try:
            await asyncio.wait_for(self._news.wait(), IDLE_SECONDS)
        except TimeoutError:
            return

    def _claim(self) -> Sequence[Delivery]:
        with self._database.write() as connection:
            return outbox.claim_due(connection, self._owner, self._clock(), LEASE_SECONDS, BATCH)

    async def _deliver(self, delivery: Delivery) -> None:
        with structlog.contextvars.bound_contextvars(submission=format_submission(delivery.submission_id)):
            try:
                await self._transports[delivery.kind].hand_over(delivery)
            except (GatewayError, OSError) as error:
                await asyncio.to_thread(self._note_failure, delivery, error)
            else:
                await asyncio.to_thread(self._note_sent, delivery)
                log.info("answer handed over", kind=delivery.kind)

    def _note_sent(self, delivery: Delivery) -> None:
        with self._database.write() as connection:
            outbox.sent(connection, delivery, self._clock())
        self._on_result("sent")

    def _note_failure(self, delivery: Delivery, error: Exception) -> None:
        permanent = isinstance(error, RefusedError) or delivery.attempts > len(RETRY_AFTER_SECONDS)
        with self._database.write() as connection:
            if permanent:
                outbox.give_up(connection, delivery, str(error))
            else:
                wait = timedelta(seconds=RETRY_AFTER_SECONDS[delivery.attempts - 1])
                outbox.retry_later(connection, delivery, self._clock() + wait, str(error))
        self._on_result("given_up" if permanent else "put_off")
        log.warning("answer not handed over", kind=delivery.kind, gave_up=permanent, reason=str(error))


def inside(folder: Path, path: str) -> Path:
    """The place of `path` in `folder`. Raises RefusedError when it leads out of it."""
    target = (folder / path).resolve()
    if not target.is_relative_to(folder):
        raise RefusedError(f"{path} lies outside the folder")
    return target


def write_by_rename(target: Path, content: bytes) -> None:
    """Write a file that is there in full or not at all, even after a power cut."""
    write_pieces_by_rename(target, (content,))


def write_pieces_by_rename(target: Path, pieces: Iterable[bytes]) -> None:
    """The same, for what is too long to lie in memory."""
    target.parent.mkdir(parents=True, exist_ok=True)
    # A name may be as long as the system allows; the hidden one beside it must not be longer.
    hidden = target.with_name(f".{sha256(target.name.encode()).hexdigest()[:16]}.tmp")
    with hidden.open("wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    hidden.replace(target)


def _failure(reason: str, *, permanent: bool) -> GatewayError:
    return RefusedError(reason) if permanent else DeliveryError(reason)
