"""Messages under a known address without proof: stored, and the verified address is told of them.

They never enter the queue of the workers. The account is told once for all that came since the last
time and a few times a day at most, so that a forger cannot fill its mailbox.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, func, select, update

from storage.engine.instants import from_micros, to_micros
from storage.engine.schema import submissions
from storage.intake import outbox
from storage.intake.outbox import Deliverable


class ClaimedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message that waits for its sender's confirmation."""

    account_id: int
    submission_id: int
    sender: str
    sha256: bytes
    size_bytes: int
    received_at: datetime


def untold(connection: Connection, limit: int) -> list[ClaimedMessage]:
    """Messages of which nobody has been told yet, the oldest first; held until the transaction ends."""
    table = submissions.c
    found = (
        select(*(table[name] for name in ClaimedMessage.__struct_fields__))
        .where(table.trust == "claimed", table.state == "received")
        .order_by(table.submission_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [
        ClaimedMessage(**{**row._mapping, "received_at": from_micros(row.received_at)})  # noqa: SLF001
        for row in connection.execute(found)
    ]


def notices_of_a_day(connection: Connection, account_id: int, now: datetime) -> int:
    """How many notices the account has got in the last 24 hours."""
    table = submissions.c
    told = select(func.count()).where(
        table.account_id == account_id,
        table.trust == "claimed",
        table.state == "claimed",
        table.answers > 0,
        table.finished_at > to_micros(now - timedelta(days=1)),
    )
    return connection.execute(told).scalar_one()


def settle(
    connection: Connection,
    messages: Sequence[ClaimedMessage],
    notice: Deliverable | None,
    now: datetime,
) -> None:
    """Mark messages of one account as told; `notice` goes out in the name of the last one.

    Without a notice they are folded into the next day's.
    """
    account_id, last = messages[-1].account_id, messages[-1].submission_id
    ids = [message.submission_id for message in messages]
    why = "told of with a later message" if notice else "folded: told often enough in a day"
    mine = (submissions.c.account_id == account_id, submissions.c.submission_id.in_(ids))
    connection.execute(
        update(submissions).where(*mine).values(state="claimed", finished_at=to_micros(now), unanswered=why)
    )
    if notice is not None:
        connection.execute(
            update(submissions)
            .where(submissions.c.account_id == account_id, submissions.c.submission_id == last)
            .values(answers=1, unanswered=None)
        )
        outbox.put(connection, account_id, last, [notice], now)
