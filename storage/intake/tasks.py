"""What waits for the operator: submissions set aside, changes and notices for cases under way.

Kinds: set_aside, change_request, payment_notice, cancellation_request, automatic_mail. A task names its
submission or case and says what is to decide.
"""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from storage.counters import reserve_apart
from storage.engine.instants import from_micros, from_micros_or_none, to_micros
from storage.engine.schema import tasks
from storage.errors import RefusedError, UnknownError


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing for the operator. state: open | resolved; detail depends on the kind."""

    account_id: int
    task_id: int
    kind: str
    state: str
    submission_id: int | None
    case_id: int | None
    detail: dict[str, Any]
    created_at: datetime
    resolved_at: datetime | None
    resolution: str | None


def open_task(
    connection: Connection,
    *,
    kind: str,
    account_id: int,
    submission_id: int | None = None,
    case_id: int | None = None,
    detail: dict[str, Any],
    now: datetime,
) -> int:
    """Put one task before the operator; returns its id."""
    task_id = reserve_apart(connection, "task", 1)
    connection.execute(
        tasks.insert().values(
            account_id=account_id,
            task_id=task_id,
            kind=kind,
            state="open",
            submission_id=submission_id,
            case_id=case_id,
            detail=msgspec.json.encode(detail).decode(),
            created_at=to_micros(now),
        )
    )
    return task_id


def ask_once(
    connection: Connection,
    *,
    kind: str,
    account_id: int,
    submission_id: int,
    detail: dict[str, Any],
    now: datetime,
) -> None:
    """Put a submission before the operator; a task of this kind that waits already says the newest.

    The caller holds the submission, so that no other opens one at the same time.
    """
    waiting = (
        update(tasks)
        .filter_by(account_id=account_id, submission_id=submission_id, kind=kind, state="open")
        .values(detail=msgspec.json.encode(detail).decode())
    )
    if connection.execute(waiting).rowcount:
        return
    open_task(
        connection, kind=kind, account_id=account_id, submission_id=submission_id, detail=detail, now=now
    )


def ask_of_the_house(connection: Connection, *, kind: str, about: str, now: datetime) -> None:
    """Put something that concerns no account before the operator, once as long as it waits."""
    detail = msgspec.json.encode({"about": about}).decode()
    waiting = select(tasks.c.task_id).filter_by(account_id=0, kind=kind, state="open", detail=detail)
    if connection.execute(waiting.limit(1)).first() is None:
        open_task(connection, kind=kind, account_id=0, detail={"about": about}, now=now)


def open_tasks(connection: Connection, kind: str | None = None, limit: int = 1_000) -> list[Task]:
    """The open tasks, oldest first."""
    found = select(tasks).where(tasks.c.state == "open").order_by(tasks.c.task_id).limit(limit)
    if kind is not None:
        found = found.where(tasks.c.kind == kind)
    return [_task(row) for row in connection.execute(found)]


def get_task(connection: Connection, task_id: int) -> Task:
    """One task; raises UnknownError."""
    row = connection.execute(select(tasks).where(tasks.c.task_id == task_id)).first()
    if row is None:
        raise UnknownError(f"there is no task {task_id}; `inkasso queue list` shows all")
    return _task(row)


def resolve_task(connection: Connection, task_id: int, resolution: str, now: datetime) -> Task:
    """Close a task with what was decided; raises UnknownError, or RefusedError when it is closed."""
    task = get_task(connection, task_id)
    if task.state != "open":
        raise RefusedError(f"task {task_id} is resolved already: {task.resolution}")
    connection.execute(
        update(tasks)
        .filter_by(account_id=task.account_id, task_id=task_id)
        .values(state="resolved", resolution=resolution, resolved_at=to_micros(now))
    )
    return get_task(connection, task_id)


def resolve_tasks_of(
    connection: Connection, account_id: int, submission_id: int, kind: str, *, resolution: str, now: datetime
) -> int:
    """Close all open tasks of one kind that a submission made; returns how many."""
    closed = (
        update(tasks)
        .filter_by(account_id=account_id, submission_id=submission_id, kind=kind, state="open")
        .values(state="resolved", resolution=resolution, resolved_at=to_micros(now))
    )
    return connection.execute(closed).rowcount


def _task(row: Any) -> Task:
    values = dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name
    values["detail"] = msgspec.json.decode(row.detail)
    values["created_at"] = from_micros(row.created_at)
    values["resolved_at"] = from_micros_or_none(row.resolved_at)
    return Task(**values)
