"""Messages under a known address without proof: stored, and the verified address is told of them.

They never enter the queue of the workers. The address is told once for all that came since the last
time and a few times a day at most, so that a forger cannot fill its mailbox; what is folded then is
told of with the next notice that may go out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, func, select, update

from storage.engine.instants import from_micros, to_micros
from storage.engine.schema import submissions
from storage.intake import outbox
from storage.intake.inbox import UNKNOWN_ACCOUNT
from storage.intake.outbox import Deliverable

FOLDED = "folded: told often enough in a day"
TOLD_LATER = "told of with a later message"


class ClaimedMessage(msgspec.Struct, frozen=True, kw_only=True):
    """One message that waits for its sender's confirmation."""

    account_id: int
    submission_id: int
    sender: str
    message_id: str | None
    sha256: bytes
    size_bytes: int
    received_at: datetime


def addressee(message: ClaimedMessage) -> tuple[int, str]:
    """Who is told of a message: the address in whose name it came, for the account that it speaks for."""
    return message.account_id, message.sender.casefold()


def untold(connection: Connection, limit: int) -> list[ClaimedMessage]:
    """Messages of which nobody has been told yet, the oldest first; held until the transaction ends."""
    table = submissions.c
    return _messages(connection, _all(limit).where(table.trust == "claimed", table.state == "received"))


def folded(connection: Connection, limit: int) -> list[list[ClaimedMessage]]:
    """Messages that were folded, together by whom they are to be told to."""
    table = submissions.c
    groups: dict[tuple[int, str], list[ClaimedMessage]] = {}
    for message in _messages(
        connection, _all(limit).where(table.state == "claimed", table.unanswered == FOLDED)
    ):
        groups.setdefault(addressee(message), []).append(message)
    return list(groups.values())


def notices_of_a_day(connection: Connection, message: ClaimedMessage, now: datetime) -> int:
    """How many notices its addressee has got in the last 24 hours."""
    table = submissions.c
    told = select(func.count()).where(
        table.account_id == message.account_id,
        table.trust == "claimed",
        table.state == "claimed",
        table.answers > 0,
        table.finished_at > to_micros(now - timedelta(days=1)),
    )
    if message.account_id == UNKNOWN_ACCOUNT:
        told = told.where(func.lower(table.sender) == message.sender.lower())
    return connection.execute(told).scalar_one()


def settle(
    connection: Connection, messages: Sequence[ClaimedMessage], notice: Deliverable | None, now: datetime
) -> None:
    """Mark messages of one addressee as told; `notice` goes out in the name of the last one.

    Without a notice they are folded.
    """
    account_id, last = messages[-1].account_id, messages[-1].submission_id
    ids = [message.submission_id for message in messages]
    connection.execute(
        update(submissions)
        .where(submissions.c.account_id == account_id, submissions.c.submission_id.in_(ids))
        .values(state="claimed", finished_at=to_micros(now), unanswered=TOLD_LATER if notice else FOLDED)
    )
    if notice is not None:
        connection.execute(
            update(submissions)
            .where(submissions.c.account_id == account_id, submissions.c.submission_id == last)
            .values(answers=1, unanswered=None)
        )
        outbox.put(connection, account_id, last, [notice], now)


def _all(limit: int) -> Select[Any]:
    table = submissions.c
    found = select(*(table[name] for name in ClaimedMessage.__struct_fields__))
    return found.order_by(table.submission_id).limit(limit).with_for_update(skip_locked=True)


def _messages(connection: Connection, wanted: Select[Any]) -> list[ClaimedMessage]:
    return [
        ClaimedMessage(**{**row._mapping, "received_at": from_micros(row.received_at)})  # noqa: SLF001
        for row in connection.execute(wanted)
    ]
