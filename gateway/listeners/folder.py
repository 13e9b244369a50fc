"""The drop folder: takes complete files from `drop/<account>/in/`, commits them, acknowledges in `out/`.

How a file becomes exactly one submission, whatever dies when:
1. It is renamed into `in/.taking-<id>/`: from here on no other look can find it, and `<id>` names this
   one taking of this one file. The id travels with the arrival as its message id.
2. Its bytes are committed. 3. `out/<name>.received.json` appears. 4. It is renamed into `done/`.
A claim that is left over (after a crash, or a store that was busy) is looked up by its id: stored, then
only steps 3 and 4 are done again, which do no harm twice; not stored, then step 2 is. Nobody else can
be in the middle of it: one process at a time holds the lock on the drop folder, which the system
frees when the process dies, and what this process itself has in hand it knows.

A file that someone goes on writing into after it was copied is put back into `in/` instead of step 4:
its rest comes in with a second taking, where the rows that came the first time are `unchanged`.
"""

import asyncio
import fcntl
import os
import time
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec
import structlog
from sqlalchemy import select

from gateway.clock import Clock
from gateway.listeners import spool
from gateway.listeners.committed import Commits, committed
from gateway.listeners.drop import files, names, words
from gateway.listeners.drop.files import Claim, Copy, NotTakenError, Survey
from gateway.listeners.drop.settling import Settling
from gateway.listeners.drop.watch import FolderWatch
from storage.accounts import Account, all_accounts
from storage.engine.database import Database
from storage.engine.instants import from_micros
from storage.engine.schema import submissions
from storage.errors import GatewayError
from storage.intake.inbox import Arrival
from storage.intake.submissions import format_submission

SWEEP_SECONDS = 5.0
STOP_SECONDS = 10.0
LOOK_SECONDS_MIN = 0.05
TAKEN_AT_ONCE_MAX = 4

log = structlog.get_logger()


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """A file whose bytes are committed."""

    submission_id: int
    size_bytes: int
    sha256: bytes
    received_at: datetime


class DropFolder:
    """The drop folders of all accounts."""

    def __init__(
        self,
        database: Database,
        group_commit: Commits,
        clock: Clock,
        *,
        folder: Path,
        settle_seconds: float = 2.0,
        sweep_seconds: float = SWEEP_SECONDS,
        stop_seconds: float = STOP_SECONDS,
        spool_folder: Path | None = None,
    ) -> None:
        self._database = database
        self._group_commit = group_commit
        self._clock = clock
        self._folder = folder.absolute()
        self._sweep_seconds = sweep_seconds
        self._stop_seconds = stop_seconds
        self._spool = spool_folder
        self._settling = Settling(settle_seconds)
        self._accounts: dict[Path, Account] = {}
        self._noticed: set[Path] = set()
        self._in_hand: dict[str, asyncio.Task[None]] = {}
        self._failed_early: set[int] = set()
        self._turns = asyncio.Semaphore(TAKEN_AT_ONCE_MAX)
        self._news = asyncio.Event()
        self._is_stopping = False
        self._lock: int | None = None
        self._watch: FolderWatch | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Make the folders of all accounts and begin. Raises OSError when the drop folder cannot be used."""
        self._folder.mkdir(parents=True, exist_ok=True)
        await asyncio.to_thread(spool.clear_left_files, self._spool)
        self._watch = FolderWatch(self._on_event)
        self._watch.start()
        self._accounts = await asyncio.to_thread(self._usable_folders)
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take nothing more; what is being taken is finished, or left as a claim when that takes too long."""
        self._is_stopping = True
        self._news.set()
        under_way = [*self._in_hand.values(), *([self._running] if self._running else [])]
        if under_way:
            await asyncio.wait(under_way, timeout=self._stop_seconds)
        await _cancelled([*under_way, *self._in_hand.values()])
        if self._watch is not None:
            await asyncio.to_thread(self._watch.stop)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def move_to_failed(self, drop_folder: str, submission_id: int) -> None:
        """Move the file of a submission that could not be read from `done/` to `failed/`."""
        folder = self._folder / drop_folder
        label = format_submission(submission_id)
        if not await asyncio.to_thread(files.move_to_failed, folder, label):
            self._failed_early.add(submission_id)  # the worker was faster than our last step

    # --- rounds

    async def _run(self) -> None:
        next_sweep = 0.0
        while not self._is_stopping:
            self._news.clear()
            try:
                if time.monotonic() >= next_sweep:
                    next_sweep = time.monotonic() + self._sweep_seconds
                    self._accounts = await asyncio.to_thread(self._usable_folders)
                    await self._look(self._accounts)
                elif self._noticed:
                    await self._look(self._noticed)
            except (OSError, GatewayError) as error:
                log.warning("drop_folder_round_failed", reason=str(error))
            except Exception:
                log.exception("drop_folder_round_failed")
            await self._wait(next_sweep)

    async def _wait(self, next_sweep: float) -> None:
        """Until something happens, a file has settled, or the next sweep is due."""
        settled = self._settling.next_at()
        until = next_sweep if settled is None else min(next_sweep, settled)
        try:
            await asyncio.wait_for(self._news.wait(), max(until - time.monotonic(), LOOK_SECONDS_MIN))
        except TimeoutError:
            return

    async def _look(self, folders: Iterable[Path]) -> None:
        if not self._has_lock():
            return
        asked = list(folders)
        self._noticed.difference_update(asked)
        # An account may have gone, or been suspended, while its file settled.
        known = [folder for folder in asked if folder in self._accounts]
        for folder, survey in await asyncio.to_thread(_surveys, known):
            for claim in survey.claims:
                if claim.id not in self._in_hand:
                    self._take_in_hand(claim, is_left=True)
            self._settling.keep_only(folder / "in", set(survey.files))
            for file, look in survey.files.items():
                if self._settling.is_complete(file, look, time.monotonic()):
                    await self._claim(folder, file)
                else:
                    self._noticed.add(folder)  # looked at again when it may have settled

    async def _claim(self, folder: Path, file: Path) -> None:
        self._settling.forget(file)
        try:
            claim = await asyncio.to_thread(files.claim, folder, file)
        except OSError as error:
            log.warning("file_not_claimed", folder=folder.name, reason=str(error))
            return
        if claim is not None:
            self._take_in_hand(claim, is_left=False)

    def _usable_folders(self) -> dict[Path, Account]:
        """The folders of all accounts, made and watched; those of suspended accounts keep their files."""
        with self._database.read() as connection:
            accounts = all_accounts(connection)
        usable = {}
        for account in accounts:
            folder = self._folder / account.drop_folder
            try:
                files.make_folders(folder)  # every time: a link may have taken a folder's place
            except OSError as error:
                log.warning("drop_folder_unusable", account=account.account_id, reason=str(error))
                continue
            if account.status != "suspended":
                usable[folder] = account
                if self._watch is not None:
                    self._watch.watch(folder / "in")
        return usable

    def _on_event(self, file: Path, is_renamed: bool) -> None:
        folder = file.parent.parent
        if folder in self._accounts and names.is_finished_name(file.name):
            if is_renamed:
                self._settling.renamed(file)
            self._noticed.add(folder)
            self._news.set()

    def _has_lock(self) -> bool:
        """Whether this process is the one that takes files; another gateway's death makes it so."""
        if self._lock is None:
            descriptor = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                return False
            self._lock = descriptor
        return True

    # --- one file

    def _take_in_hand(self, claim: Claim, *, is_left: bool) -> None:
        account = self._accounts.get(claim.folder)
        if account is None:
            return  # the claim is taken up when the account is back
        task = asyncio.create_task(self._take(claim, account, is_left=is_left))
        self._in_hand[claim.id] = task
        task.add_done_callback(lambda _: self._in_hand.pop(claim.id, None))

    async def _take(self, claim: Claim, account: Account, *, is_left: bool) -> None:
        async with self._turns:
            try:
                await self._settle(claim, account, is_left=is_left)
            except (OSError, GatewayError) as error:
                # The claim stays and is taken up again by the next sweep.
                log.warning("file_not_taken_yet", account=account.account_id, reason=str(error))
            except Exception:
                log.exception("file_not_taken", account=account.account_id)

    async def _settle(self, claim: Claim, account: Account, *, is_left: bool) -> None:
        try:
            taken = await asyncio.to_thread(self._stored, claim, account) if is_left else None
            if taken is None:
                await self._store(claim, account)
            else:
                await asyncio.to_thread(self._acknowledge, claim, taken, None)
        except NotTakenError as error:
            await asyncio.to_thread(self._refuse, claim, account, error.code)

    async def _store(self, claim: Claim, account: Account) -> None:
        copied = await asyncio.to_thread(files.copy, claim.file, self._spool)
        arrival = self._arrival(claim, account, copied)
        try:
            submission_id = await committed(self._group_commit, arrival)
        finally:
            await asyncio.to_thread(copied.close)
        taken = Taken(
            submission_id=submission_id,
            size_bytes=copied.size_bytes,
            sha256=copied.sha256,
            received_at=arrival.received_at,
        )
        log.info("file_accepted", submission=format_submission(submission_id), account=account.account_id)
        await asyncio.to_thread(self._acknowledge, claim, taken, copied)

    def _arrival(self, claim: Claim, account: Account, copied: Copy) -> Arrival:
        return Arrival(
            account_id=account.account_id,
            channel="folder",
            sender=account.email,
            trust="authenticated",
            source_name=names.shown(claim.name),
            message_id=claim.id,
            recipient=None,
            content=copied.content,
            sha256=copied.sha256,
            size_bytes=copied.size_bytes,
            received_at=self._clock(),
        )

    def _acknowledge(self, claim: Claim, taken: Taken, copied: Copy | None) -> None:
        label = format_submission(taken.submission_id)
        name = names.shown(claim.name)
        said = words.received(
            label=label,
            name=name,
            size_bytes=taken.size_bytes,
            sha256=taken.sha256,
            received_at=taken.received_at,
        )
        files.publish(claim.folder, names.receipt(name), said)
        if files.has_changed(claim, taken.size_bytes, copied):
            files.put_back(claim)
            return
        part = "failed" if taken.submission_id in self._failed_early else "done"
        files.put_away(claim, part, label, taken.received_at)
        self._failed_early.discard(taken.submission_id)

    def _refuse(self, claim: Claim, account: Account, code: str) -> None:
        log.warning("file_refused", account=account.account_id, code=code)
        name = names.shown(claim.name)
        said = words.not_taken(name=name, code=code, language=account.language, at=self._clock())
        files.publish(claim.folder, names.outcome(name), said)
        files.put_away(claim, "failed", claim.id, self._clock())

    def _stored(self, claim: Claim, account: Account) -> Taken | None:
        """What the store knows of this very taking."""
        found = select(
            submissions.c.submission_id,
            submissions.c.size_bytes,
            submissions.c.sha256,
            submissions.c.received_at,
        ).where(
            submissions.c.account_id == account.account_id,
            submissions.c.channel == "folder",
            submissions.c.message_id == claim.id,
        )
        with self._database.read() as connection:
            row = connection.execute(found).first()
        if row is None:
            return None
        return Taken(
            submission_id=row.submission_id,
            size_bytes=row.size_bytes,
            sha256=bytes(row.sha256),
            received_at=from_micros(row.received_at),
        )


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    """End tasks that may have ended already."""
    left = [task for task in tasks if not task.done()]
    for task in left:
        task.cancel()
    if left:
        log.warning("drop_folder_stopped_in_the_middle", tasks=len(left))
        await asyncio.wait(left)


def _surveys(folders: Iterable[Path]) -> list[tuple[Path, Survey]]:
    found = []
    for folder in folders:
        try:
            found.append((folder, files.survey(folder)))
        except OSError as error:
            log.warning("drop_folder_not_read", folder=folder.name, reason=str(error))
    return found
