"""What a move leaves behind: the status of the case and an event in its history, which only grows."""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from storage.engine.book_tables import progress
from storage.engine.instants import to_micros
from storage.engine.schema import case_events, cases
from storage.lifecycle.moves import Move
from storage.lifecycle.statuses import OPEN, Status

OPERATOR = "operator"  # as the history names the agency


def record_move(
    connection: Connection,
    account_id: int,
    case_id: int,
    move: Move,
    now: datetime,
    *,
    actor: str | None = None,
    reason: str | None = None,
    detail: Any = None,
) -> None:
    """Write a permitted move: the event, the status, and the status to go back to."""
    assert move.source is not None, "a case begins with its handover"
    record_event(
        connection,
        account_id,
        case_id,
        now,
        source=move.source,
        target=move.target,
        trigger=move.trigger.value,
        actor=actor or _name_of(move.actor.value),
        reason=reason,
        detail=detail,
    )
    if move.target is move.source:
        return
    changed = update(cases).filter_by(account_id=account_id, case_id=case_id)
    connection.execute(changed.values(status=move.target.value, status_since=to_micros(now)))
    if move.source in OPEN:
        kept = update(progress).filter_by(account_id=account_id, case_id=case_id)
        connection.execute(kept.values(previous_status=move.source.value))


def record_event(
    connection: Connection,
    account_id: int,
    case_id: int,
    now: datetime,
    *,
    source: Status | str,
    target: Status | str,
    trigger: str,
    actor: str,
    reason: str | None = None,
    detail: Any = None,
) -> None:
    """Write one event; without a move, source and target are the same."""
    last = select(func.max(case_events.c.number)).filter_by(account_id=account_id, case_id=case_id)
    connection.execute(
        insert(case_events).values(
            account_id=account_id,
            case_id=case_id,
            number=(connection.execute(last).scalar() or 0) + 1,
            at=to_micros(now),
            actor=actor,
            from_status=str(source),
            to_status=str(target),
            trigger=trigger,
            reason=reason,
            detail=None if detail is None else msgspec.json.encode(detail).decode(),
        )
    )


def _name_of(actor: str) -> str:
    return OPERATOR if actor in {"agency", "legal"} else actor
