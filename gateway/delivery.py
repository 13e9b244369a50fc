"""Delivery: takes answers from the outbox and hands them over, retried with limits.

An answer keeps its name wherever it goes: a file of that name is replaced by itself when a crash
came between handing over and noting it, and a mail carries the same Message-ID again.

Mails and files are brought side by side, so that a slow relay keeps no file waiting. Just before a row
is handed over its lease is renewed, for longer than the handing over may take: nobody else takes up
what is under way, and what somebody else has taken up is left to him.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import structlog

from gateway.clock import Clock
from gateway.listeners.drop.places import publish
from gateway.listeners.folder import DropFolder
from gateway.road.outcome_files import outcome_table
from storage.engine.database import Database
from storage.errors import DeliveryError, GatewayError, LeaseLostError, PassingError, RefusedError
from storage.intake import outbox
from storage.intake.outbox import Delivery
from storage.intake.submissions import format_submission, get_submission

HAND_OVER_SECONDS = 900
LEASE_SECONDS = 1_200  # longer than handing over can take
ANSWER_SECONDS = 60  # for a relay's greeting, STARTTLS and login
TRANSFER_SECONDS = 600  # RFC 5321, 4.5.3.2.6: a relay may think about a mail for ten minutes
QUIT_SECONDS = 5
STOP_SECONDS = 10.0
IDLE_SECONDS = 1.0
MAIL_BATCH = 4
FILE_BATCH = 20
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
        await asyncio.to_thread(publish, self._folder, name, (delivery.content,))


class DropFolderOut:
    """Acknowledgements in `drop/<account>/out/`."""

    def __init__(self, drop: Path) -> None:
        self._drop = drop.absolute()

    async def hand_over(self, delivery: Delivery) -> None:
        """Let the file appear; a path that leaves the drop folder, also by a link, is refused."""
        await asyncio.to_thread(publish, self._drop, delivery.recipient, (delivery.content,))


class OutcomeTables:
    """Long outcome tables, written from the store into `out/` without ever lying in memory."""

    def __init__(self, database: Database, drop: Path) -> None:
        self._database = database
        self._drop = drop.absolute()

    async def hand_over(self, delivery: Delivery) -> None:
        """Write the table and let it appear, as DropFolderOut does."""
        await asyncio.to_thread(self._write, delivery)

    def _write(self, delivery: Delivery) -> None:
        with self._database.read() as connection:
            summary = get_submission(connection, delivery.submission_id)
            publish(self._drop, delivery.recipient, outcome_table(connection, summary))


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

        client = aiosmtplib.SMTP(
            hostname=self._host,
            port=self._port,
            username=self._user or None,
            password=self._password or None,
            use_tls=self._tls == "implicit",
            start_tls=self._tls == "starttls",
            timeout=ANSWER_SECONDS,
        )
        try:
            await client.connect()
            await client.sendmail(
                self._sender, [delivery.recipient], delivery.content, timeout=TRANSFER_SECONDS
            )
            with suppress(aiosmtplib.SMTPException, OSError):  # the mail is taken, whatever comes of this
                await client.quit(timeout=QUIT_SECONDS)
        except aiosmtplib.SMTPRecipientsRefused as error:
            codes = [recipient.code for recipient in error.recipients]
            raise _failure(str(error), permanent=all(code >= 500 for code in codes)) from error
        except aiosmtplib.SMTPResponseException as error:
            raise _failure(str(error), permanent=error.code >= 500) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"smarthost {self._host}:{self._port}: {error}") from error
        finally:
            client.close()


class _Round:
    """What one of the rounds brings, and when it last came round."""

    def __init__(self, kinds: Sequence[str], batch: int) -> None:
        self.kinds = kinds
        self.batch = batch
        self.news = asyncio.Event()
        self.last_at: datetime | None = None
        self.not_noted: list[tuple[Delivery, Exception | None]] = []


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
        self._mails = _Round(("mail",), MAIL_BATCH)
        self._files = _Round(("file", "table", "failed"), FILE_BATCH)
        self._rounds = (self._mails, self._files)
        self._running: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()

    @property
    def is_alive(self) -> bool:
        """Whether mails and files are being brought."""
        return bool(self._running) and not any(task.done() for task in self._running)

    @property
    def last_round_at(self) -> datetime | None:
        """When the slower of the two rounds last came to its end without a failure of the store."""
        ends = [one.last_at for one in self._rounds]
        return None if None in ends else min(at for at in ends if at is not None)

    def wake(self) -> None:
        """There is something new in the outbox; to be called in the loop."""
        for one in self._rounds:
            one.news.set()

    def stop(self) -> None:
        """End `run` after what is under way, if that does not take too long."""
        self._stopping.set()
        self.wake()

    async def run(self) -> None:
        """Hand over until stopped; an empty outbox is looked at again after a second."""
        self._running = [asyncio.create_task(self._go_round(one)) for one in self._rounds]
        try:
            await self._stopping.wait()
            await asyncio.wait(self._running, timeout=STOP_SECONDS)
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)

    async def empty_once(self) -> int:
        """Hand over one batch of mails and one of files that are due; says how many there were."""
        return sum(await asyncio.gather(*(self._empty(one) for one in self._rounds)))

    async def _go_round(self, one: _Round) -> None:
        """Nothing that goes wrong in one round keeps the next from being made."""
        while not self._stopping.is_set():
            try:
                if await self._empty(one) == 0:
                    await _wait(one.news)
                continue
            except GatewayError as error:
                log.warning("round of delivery failed", kinds=one.kinds, reason=_reason(error))
            except Exception:
                log.exception("round of delivery failed", kinds=one.kinds)
            await _wait(self._stopping)

    async def _empty(self, one: _Round) -> int:
        one.news.clear()
        await self._note_again(one)
        due = await asyncio.to_thread(self._claim, one)
        for delivery in due:
            with structlog.contextvars.bound_contextvars(
                submission=format_submission(delivery.submission_id)
            ):
                await self._deliver(one, delivery)
            await self._note_again(one)
        one.last_at = self._clock()
        return len(due)

    def _claim(self, one: _Round) -> Sequence[Delivery]:
        with self._database.write() as connection:
            return outbox.claim_due(
                connection, self._owner, self._clock(), LEASE_SECONDS, one.batch, kinds=one.kinds
            )

    async def _deliver(self, one: _Round, delivery: Delivery) -> None:
        """Hand over one row; whatever goes wrong is a failure of this row alone."""
        failure: Exception | None = None
        try:
            await asyncio.to_thread(self._renew, delivery)
            async with asyncio.timeout(HAND_OVER_SECONDS):
                await self._transports[delivery.kind].hand_over(delivery)
        except LeaseLostError as error:
            log.warning("answer left to another process", kind=delivery.kind, reason=_reason(error))
            return
        except (GatewayError, OSError) as error:
            failure = error
        except Exception as error:
            log.exception("answer not handed over", kind=delivery.kind)
            failure = error
        await self._note(one, delivery, failure)

    def _renew(self, delivery: Delivery) -> None:
        with self._database.write() as connection:
            outbox.renew(connection, delivery, self._clock(), LEASE_SECONDS)

    async def _note(self, one: _Round, delivery: Delivery, failure: Exception | None) -> None:
        try:
            await asyncio.to_thread(self._write_down, delivery, failure)
        except LeaseLostError as error:
            log.warning("answer not noted", kind=delivery.kind, reason=_reason(error))
        except PassingError as error:
            # Not noted, it would be handed over a second time when its lease has run out.
            log.warning("answer not noted yet", kind=delivery.kind, reason=_reason(error))
            one.not_noted.append((delivery, failure))
        except Exception:
            log.exception("answer not noted", kind=delivery.kind)

    async def _note_again(self, one: _Round) -> None:
        waiting, one.not_noted = one.not_noted, []
        for delivery, failure in waiting:
            await self._note(one, delivery, failure)

    def _write_down(self, delivery: Delivery, failure: Exception | None) -> None:
        if failure is None:
            self._note_sent(delivery)
        else:
            self._note_failure(delivery, failure)

    def _note_sent(self, delivery: Delivery) -> None:
        with self._database.write() as connection:
            outbox.sent(connection, delivery, self._clock())
        log.info("answer handed over", kind=delivery.kind)
        self._on_result("sent")

    def _note_failure(self, delivery: Delivery, failure: Exception) -> None:
        permanent = isinstance(failure, RefusedError) or delivery.attempts > len(RETRY_AFTER_SECONDS)
        with self._database.write() as connection:
            if permanent:
                outbox.give_up(connection, delivery, _reason(failure))
            else:
                wait = timedelta(seconds=RETRY_AFTER_SECONDS[delivery.attempts - 1])
                outbox.retry_later(connection, delivery, self._clock() + wait, _reason(failure))
        log.warning("answer not handed over", kind=delivery.kind, gave_up=permanent, reason=_reason(failure))
        self._on_result("given_up" if permanent else "put_off")


async def _wait(event: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), IDLE_SECONDS)


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


def _failure(reason: str, *, permanent: bool) -> GatewayError:
    return RefusedError(reason) if permanent else DeliveryError(reason)
