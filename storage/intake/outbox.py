"""The outbox: answers that were decided together with their effect and wait to be handed over.

A row is leased like one of the inbox. `sending` is written before the attempt, so that an attempt
whose outcome is unknown (a gateway killed in the middle) can be told from one that never began.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Update, func, select, true, update

from storage.counters import reserve_apart
from storage.engine.bulk import insert_rows
from storage.engine.instants import from_micros, from_micros_or_none, to_micros
from storage.engine.schema import outbox
from storage.engine.text import storable
from storage.errors import LeaseLostError

_ROW = (
    "account_id",
    "outbox_id",
    "submission_id",
    "state",
    "kind",
    "recipient",
    "subject",
    "message_id",
    "content",
    "created_at",
    "not_before",
)


class Deliverable(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to hand over. recipient: an address, a path below the drop folder, or a drop folder.

    kind: mail | file (its content) | table (the outcome of every row, written when it is handed over)
    | failed (the submitted file moves to `failed/`).
    """

    kind: str
    recipient: str
    subject: str
    content: bytes
    message_id: str


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """A leased row of the outbox; attempts counts this one: above 1 an earlier try failed or is unclear."""

    account_id: int
    outbox_id: int
    submission_id: int
    kind: str
    recipient: str
    subject: str
    message_id: str
    content: bytes
    created_at: datetime
    attempts: int
    owner: str


class OutboxState(msgspec.Struct, frozen=True, kw_only=True):
    """Where an answer is, without its content. state: waiting | sending | sent | held | given_up."""

    account_id: int
    outbox_id: int
    state: str
    kind: str
    recipient: str
    subject: str
    message_id: str
    attempts: int
    reason: str | None
    created_at: datetime
    sent_at: datetime | None


def put(
    connection: Connection,
    account_id: int,
    submission_id: int,
    deliverables: Sequence[Deliverable],
    now: datetime,
) -> list[int]:
    """Add deliverables in the caller's transaction, due at once; returns their ids."""
    if not deliverables:
        return []
    first = reserve_apart(connection, "outbox", len(deliverables))
    ids = list(range(first, first + len(deliverables)))
    at = to_micros(now)
    rows = [
        (
            account_id,
            outbox_id,
            submission_id,
            "waiting",
            one.kind,
            storable(one.recipient),
            storable(one.subject),
            storable(one.message_id),
            one.content,
            at,
            at,
        )
        for outbox_id, one in zip(ids, deliverables, strict=True)
    ]
    insert_rows(connection, "outbox", _ROW, rows)
    return ids


def claim_due(
    connection: Connection,
    owner: str,
    now: datetime,
    lease_seconds: int,
    limit: int,
    *,
    kinds: Sequence[str] | None = None,
) -> list[Delivery]:
    """Lease up to `limit` rows that are due, the oldest first; of these kinds, if any are named."""
    table = outbox.c
    wanted = true() if kinds is None else table.kind.in_(kinds)
    due = (
        select(table.account_id, table.outbox_id)
        .where(table.state == "waiting", table.not_before <= to_micros(now), wanted)
        .order_by(table.outbox_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    until = to_micros(now + timedelta(seconds=lease_seconds))
    leased = []
    for account_id, outbox_id in connection.execute(due).all():
        connection.execute(
            update(outbox)
            .filter_by(account_id=account_id, outbox_id=outbox_id)
            .values(state="sending", owner=owner, leased_until=until, attempts=table.attempts + 1)
        )
        found = select(*(table[name] for name in Delivery.__struct_fields__))
        leased.append(
            _delivery(connection.execute(found.filter_by(account_id=account_id, outbox_id=outbox_id)).one())
        )
    return leased


def renew(connection: Connection, delivery: Delivery, now: datetime, lease_seconds: int) -> None:
    """Keep a lease that is ours for another `lease_seconds`; raises LeaseLostError."""
    until = to_micros(now + timedelta(seconds=lease_seconds))
    _must_touch(connection, delivery, update(outbox).values(leased_until=until))


def sent(connection: Connection, delivery: Delivery, now: datetime) -> None:
    """It was handed over; raises LeaseLostError."""
    _must_end(connection, delivery, update(outbox).values(state="sent", sent_at=to_micros(now), reason=None))


def retry_later(connection: Connection, delivery: Delivery, not_before: datetime, reason: str) -> None:
    """It could not be handed over now; raises LeaseLostError."""
    change = update(outbox).values(state="waiting", not_before=to_micros(not_before), reason=storable(reason))
    _must_end(connection, delivery, change)


def give_up(connection: Connection, delivery: Delivery, reason: str) -> None:
    """It cannot be handed over at all; raises LeaseLostError."""
    _must_end(connection, delivery, update(outbox).values(state="given_up", reason=storable(reason)))


def hold(connection: Connection, delivery: Delivery, reason: str) -> None:
    """It may not leave as things are (no TLS); the operator decides. Raises LeaseLostError."""
    _must_end(connection, delivery, update(outbox).values(state="held", reason=storable(reason)))


def reap(connection: Connection, owner_is_alive: Callable[[str], bool], now: datetime) -> int:
    """Free deliveries whose lease has run out or whose owner is dead; returns how many."""
    table = outbox.c
    held = select(table.account_id, table.outbox_id, table.owner, table.leased_until)
    held = held.where(table.state == "sending").with_for_update(skip_locked=True)
    lost = [
        row
        for row in connection.execute(held).all()
        if row.leased_until < to_micros(now) or not owner_is_alive(row.owner)
    ]
    for row in lost:
        connection.execute(
            update(outbox)
            .filter_by(account_id=row.account_id, outbox_id=row.outbox_id)
            .values(state="waiting", owner=None, leased_until=None)
        )
    return len(lost)


def undelivered_count(connection: Connection) -> dict[str, int]:
    """How many answers are waiting, sending, held or given up."""
    counted = {"waiting": 0, "sending": 0, "held": 0, "given_up": 0}
    states = select(outbox.c.state, func.count()).where(outbox.c.state.in_(counted)).group_by(outbox.c.state)
    return counted | {state: count for state, count in connection.execute(states)}  # noqa: C416  rows are no pairs


def outbox_of(connection: Connection, account_id: int, submission_id: int) -> list[OutboxState]:
    """The answers of a submission, oldest first."""
    columns = [outbox.c[name] for name in OutboxState.__struct_fields__]
    found = select(*columns).filter_by(account_id=account_id, submission_id=submission_id)
    return [
        OutboxState(
            **{
                **row._mapping,  # noqa: SLF001  SQLAlchemy's public name
                "created_at": from_micros(row.created_at),
                "sent_at": from_micros_or_none(row.sent_at),
            }
        )
        for row in connection.execute(found.order_by(outbox.c.outbox_id))
    ]


def _delivery(row: Any) -> Delivery:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name
    values["created_at"] = from_micros(row.created_at)
    values["content"] = bytes(row.content)
    return Delivery(**values)


def _must_end(connection: Connection, delivery: Delivery, change: Update) -> None:
    _must_touch(connection, delivery, change.values(owner=None, leased_until=None))


def _must_touch(connection: Connection, delivery: Delivery, change: Update) -> None:
    table = outbox.c
    mine = (
        table.account_id == delivery.account_id,
        table.outbox_id == delivery.outbox_id,
        table.state == "sending",
        table.owner == delivery.owner,
        table.attempts == delivery.attempts,
    )
    if connection.execute(change.where(*mine)).rowcount != 1:
        raise LeaseLostError(f"answer {delivery.outbox_id} was taken over by another process")
