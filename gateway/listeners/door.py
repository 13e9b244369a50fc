"""Decides whether a mail comes in: whose it is, how well that is proven, and what is answered.

A known From address without proof is stored as `claimed`. An authenticated session may write only in
the name of its own account's addresses. Everyone else is refused here, while the sending server is
still connected, so that no bounce is ever ours. "Accepted" is said only after the commit.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec
import structlog

from gateway.clock import Clock
from gateway.listeners.committed import Commits, committed
from gateway.listeners.mail import replies
from gateway.listeners.mail.headers import Headers, read_headers
from gateway.listeners.mail.passwords import PasswordCheck
from gateway.listeners.mail.replies import Reply
from storage.accounts import Account, accounts_of_address
from storage.engine.database import Database
from storage.errors import StoreBusyError
from storage.intake.inbox import Arrival
from storage.intake.submissions import format_submission

KNOWN_SECONDS = 1.0
KNOWN_ADDRESSES_MAX = 10_000
UNDECIDED = 0

log = structlog.get_logger()


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A message that has arrived in full. `proven`: the accounts of an authenticated session, else None."""

    channel: Literal["smtp", "lmtp"]
    content: bytes | Path
    head: bytes
    sha256: bytes | None
    size_bytes: int
    recipients: Sequence[str]
    proven: tuple[Account, ...] | None = None


class Door:
    """One door for all mail listeners of a gateway."""

    def __init__(
        self,
        database: Database,
        group_commit: Commits,
        clock: Clock,
        *,
        domain: str,
        message_size_bytes_max: int,
        spool_folder: Path | None = None,
    ) -> None:
        self._database = database
        self._group_commit = group_commit
        self._clock = clock
        self._known: dict[str, tuple[float, tuple[Account, ...]]] = {}
        self.domain = domain.lower()
        self.message_size_bytes_max = message_size_bytes_max
        self.spool_folder = spool_folder
        self.passwords = PasswordCheck(database)
        self.is_closing = False
        self.counts: Counter[str] = Counter()  # by outcome: accepted, claimed, refused, passing

    def close(self) -> None:
        """End the thread that checks passwords."""
        self.passwords.close()

    def is_ours(self, address: str) -> bool:
        """Whether a recipient is in our domain, with whatever local part."""
        local, _, domain = address.rpartition("@")
        return bool(local) and domain.lower() == self.domain

    async def accept(self, letter: Letter) -> Reply:
        """Store the letter, or say why not; never raises for what can be said in a reply."""
        if self.is_closing:
            return replies.SHUTTING_DOWN
        try:
            reply = await self._accept(letter)
        except StoreBusyError:
            reply = replies.SHUTTING_DOWN if self.is_closing else replies.STORE_BUSY
        except OSError as error:
            log.error("mail_not_stored", reason=str(error))  # noqa: TRY400  the reason says it all
            reply = replies.STORE_FULL
        self.counts[_outcome(reply)] += 1
        return reply

    async def _accept(self, letter: Letter) -> Reply:
        headers = read_headers(letter.head, is_whole=len(letter.head) == letter.size_bytes)
        if headers.fault is not None:
            return replies.bad_sender(*headers.fault.value)
        accounts = await self._accounts_of(headers.sender)
        if refusal := refused_sender(headers.sender, accounts, letter.proven):
            log.info("mail_refused", sender=headers.sender, channel=letter.channel, reason=refusal.lines[-1])
            return refusal
        arrival = self._arrival(letter, headers, writable(accounts, letter.proven))
        submission_id = await committed(self._group_commit, arrival)
        label = format_submission(submission_id)
        log.info("mail_accepted", submission=label, account=arrival.account_id, trust=arrival.trust)
        return replies.accepted(label) if letter.proven else replies.accepted_as_claimed(label)

    def _arrival(self, letter: Letter, headers: Headers, accounts: Sequence[Account]) -> Arrival:
        return Arrival(
            account_id=named_account(accounts, letter.recipients),
            channel=letter.channel,
            sender=headers.sender,
            trust="claimed" if letter.proven is None else "authenticated",
            source_name=None,
            message_id=headers.message_id,
            recipient=letter.recipients[0],
            content=letter.content,
            sha256=letter.sha256,
            size_bytes=letter.size_bytes,
            received_at=self._clock(),
        )

    async def _accounts_of(self, address: str) -> tuple[Account, ...]:
        """The accounts of a verified address; a found one is remembered for a second, a miss never."""
        folded = address.lower()
        known = self._known.get(folded)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        accounts = tuple(await asyncio.to_thread(self._look_up, address))
        if accounts:
            if len(self._known) >= KNOWN_ADDRESSES_MAX:
                self._known.clear()
            self._known[folded] = (time.monotonic() + KNOWN_SECONDS, accounts)
        return accounts

    def _look_up(self, address: str) -> list[Account]:
        with self._database.read() as connection:
            return accounts_of_address(connection, address)


def refused_sender(
    sender: str, accounts: Sequence[Account], proven: Sequence[Account] | None
) -> Reply | None:
    """Why this sender may not hand over; None when it may."""
    if proven is not None and not writable(accounts, proven, also_suspended=True):
        return replies.foreign_sender(sender)
    if not accounts:
        return replies.unknown_sender(sender)
    return None if writable(accounts, proven) else replies.suspended(sender)


def writable(
    accounts: Sequence[Account], proven: Sequence[Account] | None, *, also_suspended: bool = False
) -> list[Account]:
    """Those of a sender's accounts that this session may hand over to."""
    proven_ids = None if proven is None else {account.account_id for account in proven}
    return [
        account
        for account in accounts
        if (also_suspended or account.status != "suspended")
        and (proven_ids is None or account.account_id in proven_ids)
    ]


def named_account(accounts: Sequence[Account], recipients: Sequence[str]) -> int:
    """The account that is meant: the only one, or the one that a recipient's `+tag` names, else UNDECIDED."""
    if len(accounts) == 1:
        return accounts[0].account_id
    tags = {recipient.rpartition("@")[0].partition("+")[2].lower() for recipient in recipients}
    named = [account.account_id for account in accounts if account.drop_folder.lower() in tags]
    return named[0] if len(named) == 1 else UNDECIDED


def _outcome(reply: Reply) -> str:
    if reply.code == 250:
        return "claimed" if len(reply.lines) > 1 else "accepted"
    return "refused" if reply.code >= 500 else "passing"
