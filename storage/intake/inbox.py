"""The inbox: what was acknowledged and waits to be worked on, and who works on it now.

A row is leased to one worker at a time, and an account has one row in work at most, so that its
submissions are committed in order. Every write of a worker is fenced by its lease: `owner` and
`attempts` together name one claim of one row, and whoever was taken over writes nothing more.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Update, and_, func, select, update
from sqlalchemy.exc import IntegrityError

from storage.engine.bulk import insert_rows
from storage.engine.instants import from_micros, to_micros
from storage.engine.schema import blob_pieces, inbox, submissions
from storage.engine.text import storable, storable_or_none
from storage.errors import LeaseLostError, RefusedError, StoreBusyError, UnknownError
from storage.intake.tasks import ask_once

PIECE_BYTES = 1 << 20
COMMAND_FIRST = timedelta(hours=1)
UNKNOWN_ACCOUNT = 0  # the sender's address serves several accounts and none was named

_INBOX = ("account_id", "submission_id", "state", "not_before")
_PIECES = ("account_id", "submission_id", "piece", "content")
_SUBMISSIONS = (
    "account_id",
    "submission_id",
    "state",
    "channel",
    "sender",
    "trust",
    "source_name",
    "message_id",
    "recipient",
    "sha256",
    "size_bytes",
    "received_at",
)


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """What a listener took in.

    channel: smtp | lmtp | folder | submit; trust: authenticated | claimed | operator. Without `sha256`
    it is taken of `content`, bytes then, while they are stored: so the event loop need not do it.
    """

    account_id: int
    channel: str
    sender: str
    trust: str
    source_name: str | None = None
    message_id: str | None = None
    recipient: str | None = None
    content: bytes | Path
    sha256: bytes | None
    size_bytes: int
    received_at: datetime


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One leased row. attempts counts leases, failures those that ended in an error (see `release`)."""

    account_id: int
    submission_id: int
    channel: str
    sender: str
    trust: str
    source_name: str | None
    message_id: str | None
    recipient: str | None
    sha256: bytes
    size_bytes: int
    received_at: datetime
    attempts: int
    failures: int
    owner: str


def accept(connection: Connection, arrivals: Sequence[Arrival], first_id: int) -> list[int]:
    """Store arrivals under ids counted from `first_id`; returns the submission ids in order.

    What is only claimed to come from its sender is kept, but never enters the workers' queue.
    Acknowledge the source only after the transaction is committed. May raise OSError when the file
    of a `content` path cannot be read.
    """
    ids = list(range(first_id, first_id + len(arrivals)))
    pairs = list(zip(ids, arrivals, strict=True))
    insert_rows(connection, "submissions", _SUBMISSIONS, [_submission_row(number, a) for number, a in pairs])
    insert_rows(
        connection,
        "inbox",
        _INBOX,
        [(a.account_id, number, _first_state(a), to_micros(_first_look(a))) for number, a in pairs],
    )
    small = [(a.account_id, number, 0, a.content) for number, a in pairs if _is_one_piece(a)]
    insert_rows(connection, "blob_pieces", _PIECES, small)
    for number, arrival in pairs:
        if not _is_one_piece(arrival):
            _store_in_pieces(connection, number, arrival)
    return ids


def is_work(arrival: Arrival) -> bool:
    """Whether it enters the workers' queue; what is only claimed to come from its sender does not."""
    return arrival.trust != "claimed"


def claim(connection: Connection, owner: str, now: datetime, lease_seconds: int, limit: int) -> list[Work]:
    """Lease up to `limit` waiting rows, the oldest of each account that has none in work."""
    other = inbox.alias("other")
    oldest = (
        select(inbox.c.account_id, func.min(inbox.c.submission_id).label("submission_id"))
        .where(
            inbox.c.state == "waiting",
            inbox.c.not_before <= to_micros(now),
            inbox.c.account_id.not_in(select(other.c.account_id).where(other.c.state == "working")),
        )
        .group_by(inbox.c.account_id)
        .subquery()
    )
    candidates = (
        select(inbox.c.account_id, inbox.c.submission_id)
        .join(
            oldest,
            and_(
                inbox.c.account_id == oldest.c.account_id,
                inbox.c.submission_id == oldest.c.submission_id,
            ),
        )
        .where(inbox.c.state == "waiting")
        .order_by(inbox.c.submission_id)
        .limit(limit)
        .with_for_update(of=inbox, skip_locked=True)
    )
    found = connection.execute(candidates).all()
    until = _later(now, lease_seconds)
    leased = [_lease(connection, row.account_id, row.submission_id, owner, until) for row in found]
    return [work for work in leased if work is not None]


def claim_one(
    connection: Connection, submission_id: int, owner: str, now: datetime, lease_seconds: int
) -> Work:
    """Lease one row, also one that was set aside; for `submit` and `queue retry`.

    Raises UnknownError, StoreBusyError while this or another submission of its account is in work,
    and RefusedError when it is finished.
    """
    row = connection.execute(
        select(inbox.c.account_id, inbox.c.state)
        .where(inbox.c.submission_id == submission_id)
        .with_for_update()
    ).first()
    if row is None:
        raise UnknownError(f"there is no submission {submission_id}")
    if row.state == "working":
        raise StoreBusyError(f"submission {submission_id} is being worked on")
    if row.state not in {"waiting", "set_aside"}:
        raise RefusedError(f"submission {submission_id} is finished ({row.state}); there is nothing to retry")
    work = _lease(connection, row.account_id, submission_id, owner, _later(now, lease_seconds))
    if work is None:
        raise StoreBusyError("another submission of this account is being worked on")
    return work


def renew(connection: Connection, work: Work, now: datetime, lease_seconds: int) -> None:
    """Prolong a lease; raises LeaseLostError when it is not ours any more."""
    _must_touch(connection, work, update(inbox).values(leased_until=_later(now, lease_seconds)))


def fence(connection: Connection, work: Work) -> None:
    """Hold the lease for the rest of this transaction; raises LeaseLostError when it is not ours any more."""
    mine = select(inbox.c.submission_id).where(*_is_ours(work)).with_for_update()
    if connection.execute(mine).first() is None:
        raise LeaseLostError(f"submission {work.submission_id} was taken over by another worker")


def release(
    connection: Connection, work: Work, reason: str | None, not_before: datetime, *, failed: bool = True
) -> None:
    """Put a row back until `not_before`; `failed=False` when the content is not at fault."""
    _must_touch(
        connection,
        work,
        update(inbox).values(
            state="waiting",
            owner=None,
            leased_until=None,
            reason=storable_or_none(reason),
            not_before=to_micros(not_before),
            failures=inbox.c.failures + (1 if failed else 0),
        ),
    )


def reap(connection: Connection, owner_is_alive: Callable[[str], bool], now: datetime) -> int:
    """Free the leases that have run out or whose owner is dead; returns how many."""
    held = select(inbox.c.account_id, inbox.c.submission_id, inbox.c.owner, inbox.c.leased_until)
    held = held.where(inbox.c.state == "working").with_for_update(skip_locked=True)
    lost = [
        row
        for row in connection.execute(held).all()
        if row.leased_until < to_micros(now) or not owner_is_alive(row.owner)
    ]
    for row in lost:
        connection.execute(
            update(inbox)
            .filter_by(account_id=row.account_id, submission_id=row.submission_id)
            .values(state="waiting", owner=None, leased_until=None, reason="its worker was gone")
        )
    return len(lost)


def set_aside(connection: Connection, work: Work, reason: str, now: datetime) -> None:
    """Take a row out of the queue for the operator, who finds it once among the tasks."""
    at = to_micros(now)
    why = storable(reason)
    closed = {"state": "set_aside", "owner": None, "leased_until": None, "reason": why}
    _must_touch(connection, work, update(inbox).values(closed))
    connection.execute(
        update(submissions)
        .filter_by(account_id=work.account_id, submission_id=work.submission_id)
        .values(state="set_aside", reason=why, finished_at=at)
    )
    ask_once(
        connection,
        kind="set_aside",
        account_id=work.account_id,
        submission_id=work.submission_id,
        detail={"reason": why},
        now=now,
    )


def close(connection: Connection, work: Work, state: str) -> None:
    """End the work on a row in a final state; raises LeaseLostError."""
    _must_touch(
        connection, work, update(inbox).values(state=state, owner=None, leased_until=None, reason=None)
    )


def waiting_count(connection: Connection) -> dict[str, int]:
    """How many rows are in each state of the queue that is not final: waiting, working, set_aside."""
    counted = {"waiting": 0, "working": 0, "set_aside": 0}
    states = select(inbox.c.state, func.count()).where(inbox.c.state.in_(counted)).group_by(inbox.c.state)
    return counted | {state: count for state, count in connection.execute(states)}  # noqa: C416  rows are no pairs


def content_pieces(connection: Connection, account_id: int, submission_id: int) -> Iterator[bytes]:
    """The raw bytes of a submission, at most 1 MiB at a time."""
    piece = 0
    one = select(blob_pieces.c.content)
    while True:
        found = one.filter_by(account_id=account_id, submission_id=submission_id, piece=piece)
        content = connection.execute(found).scalar()
        if content is None:
            return
        yield bytes(content)
        piece += 1


def _submission_row(submission_id: int, arrival: Arrival) -> tuple[Any, ...]:
    return (
        arrival.account_id,
        submission_id,
        "received",
        arrival.channel,
        storable(arrival.sender),
        arrival.trust,
        storable_or_none(arrival.source_name),
        storable_or_none(arrival.message_id),
        storable_or_none(arrival.recipient),
        arrival.sha256 or _sha256(arrival.content),
        arrival.size_bytes,
        to_micros(arrival.received_at),
    )


def _sha256(content: bytes | Path) -> bytes:
    assert isinstance(content, bytes), "a file is hashed by whoever wrote it"
    return sha256(content).digest()


def _first_state(arrival: Arrival) -> str:
    return "waiting" if is_work(arrival) else "claimed"


def _first_look(arrival: Arrival) -> datetime:
    """When the workers may take it: a command that submits works on it itself, unless it dies."""
    return arrival.received_at + (COMMAND_FIRST if arrival.channel == "submit" else timedelta())


def _is_one_piece(arrival: Arrival) -> bool:
    return isinstance(arrival.content, bytes) and len(arrival.content) <= PIECE_BYTES


def _store_in_pieces(connection: Connection, submission_id: int, arrival: Arrival) -> None:
    for number, piece in enumerate(_pieces(arrival.content)):
        insert_rows(connection, "blob_pieces", _PIECES, [(arrival.account_id, submission_id, number, piece)])


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        for start in range(0, max(len(content), 1), PIECE_BYTES):
            yield content[start : start + PIECE_BYTES]
        return
    with content.open("rb") as file:
        first = file.read(PIECE_BYTES)
        yield first
        while piece := file.read(PIECE_BYTES):
            yield piece


def _lease(
    connection: Connection, account_id: int, submission_id: int, owner: str, until: int
) -> Work | None:
    """The row as work of `owner`; None when another process has just leased one of its account."""
    taken = (
        update(inbox)
        .filter_by(account_id=account_id, submission_id=submission_id)
        .values(
            state="working",
            owner=owner,
            leased_until=until,
            attempts=inbox.c.attempts + 1,
        )
    )
    try:
        with connection.begin_nested():
            connection.execute(taken)
    except IntegrityError:
        return None
    return _work(connection.execute(_leased(account_id, submission_id)).one())


def _leased(account_id: int, submission_id: int) -> Select[Any]:
    same = and_(
        inbox.c.account_id == submissions.c.account_id, inbox.c.submission_id == submissions.c.submission_id
    )
    columns = [submissions.c[name] for name in _SUBMISSIONS if name != "state"]
    return (
        select(*columns, inbox.c.attempts, inbox.c.failures, inbox.c.owner)
        .join(inbox, same)
        .where(submissions.c.account_id == account_id, submissions.c.submission_id == submission_id)
    )


def _work(row: Any) -> Work:
    return Work(**{**row._mapping, "received_at": from_micros(row.received_at)})  # noqa: SLF001  SQLAlchemy's public name


def _is_ours(work: Work) -> tuple[Any, ...]:
    return (
        inbox.c.account_id == work.account_id,
        inbox.c.submission_id == work.submission_id,
        inbox.c.state == "working",
        inbox.c.owner == work.owner,
        inbox.c.attempts == work.attempts,
    )


def _must_touch(connection: Connection, work: Work, change: Update) -> None:
    if connection.execute(change.where(*_is_ours(work))).rowcount != 1:
        raise LeaseLostError(f"submission {work.submission_id} was taken over by another worker")


def _later(now: datetime, seconds: int) -> int:
    return to_micros(now + timedelta(seconds=seconds))
