"""Writing a planned chunk, exactly once.

A submission is committed in chunks, each one transaction, in the order of its rows:

    with database.write() as connection:
        progress = begin(connection, work)       # holds the account and the lease
        plan = plan_chunk(connection, work.account_id, entries, progress.digest)
        commit_chunk(connection, work, plan, now)

A worker killed in between leaves whole chunks and a progress mark; the next one drops the entries up
to the mark and goes on. `finish` is the last transaction: final state and answers together.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, or_, select, update

from storage.accounts import lock_account
from storage.books.claim_changes import Follower, follow_changed, follow_joined
from storage.books.settings import BookSettings
from storage.engine.instants import to_micros
from storage.engine.schema import accounts, submissions
from storage.engine.text import storable_or_none
from storage.entries import ClaimEntry
from storage.intake import inbox, outbox
from storage.intake.changes import Place, apply_changes, asked_by
from storage.intake.findings import record_findings
from storage.intake.handover import actor_of, hand_over
from storage.intake.inbox import Work
from storage.intake.outbox import Deliverable
from storage.intake.plan import ChunkPlan, Decision, Planned
from storage.intake.tasks import resolve_tasks_of

_BOOK_SETTINGS = BookSettings()
FINAL_STATES = ("done", "claimed", "set_aside", "asked")


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a submission is committed: entries up to this document and row are in the store."""

    document: int
    row: int
    digest: bytes

    def has(self, document: int, row: int) -> bool:
        """Whether the entry at this place is committed already."""
        return (document, row) <= (self.document, self.row)


def begin(connection: Connection, work: Work) -> Progress:
    """Hold account and lease for this transaction, then say how far the submission is.

    From here on nobody else changes claims of the account until the transaction ends. Raises
    LeaseLostError when another worker has taken over.
    """
    lock_account(connection, work.account_id)
    inbox.fence(connection, work)
    return progress(connection, work)


def progress(connection: Connection, work: Work) -> Progress:
    """How far the submission is committed."""
    table = submissions.c
    row = connection.execute(
        select(table.done_document, table.done_row, table.digest).where(*_is_of(work))
    ).one()
    return Progress(document=row.done_document, row=row.done_row, digest=bytes(row.digest or b""))


def commit_chunk(
    connection: Connection,
    work: Work,
    plan: ChunkPlan,
    now: datetime,
    settings: BookSettings = _BOOK_SETTINGS,
) -> None:
    """Write one planned chunk; call it in the transaction of `begin` and of the plan.

    settings: by which the books follow where the case of a claim is in them already.
    """
    if not plan.planned:
        return
    mode = connection.execute(
        select(accounts.c.mode).where(accounts.c.account_id == work.account_id)
    ).scalar_one()
    fresh = [
        one.entry
        for one in plan.planned
        if one.decision is Decision.NEW and isinstance(one.entry, ClaimEntry)
    ]
    placed = hand_over(connection, work, mode, fresh, now) if fresh else {}
    changed = apply_changes(connection, work, list(_changed(plan.planned, placed)), now)
    who = Follower(account_id=work.account_id, actor=actor_of(work), settings=settings, now=now)
    follow_joined(connection, who, _joined(placed.values()))
    told = {place: (asked_by(old), asked_by(new)) for place, (old, new) in changed.items()}
    follow_changed(connection, who, told)
    record_findings(connection, work, plan.planned)
    _advance(connection, work, plan)


def finish(
    connection: Connection,
    work: Work,
    *,
    state: str = "done",
    reason: str | None = None,
    unanswered: str | None = None,
    deliverables: Sequence[Deliverable] = (),
    now: datetime,
) -> None:
    """End a submission: final state and answers in one transaction. state: one of FINAL_STATES.

    `unanswered` says why no answer is due: automatic mail is never answered, `submit` prints it.
    Setting aside opens a task for the operator. Raises LeaseLostError.
    """
    assert state in FINAL_STATES, f"{state} is no final state"
    if state == "set_aside":
        inbox.set_aside(connection, work, reason or "", now)
    else:
        inbox.close(connection, work, state)
        resolve_tasks_of(
            connection, work.account_id, work.submission_id, "set_aside", resolution=state, now=now
        )
    mails = sum(deliverable.kind == "mail" for deliverable in deliverables)
    connection.execute(
        update(submissions)
        .where(*_is_of(work))
        .values(
            state=state,
            reason=storable_or_none(reason),
            finished_at=to_micros(now),
            answers=submissions.c.answers + mails,
            unanswered=unanswered,
        )
    )
    outbox.put(connection, work.account_id, work.submission_id, deliverables, now)


def _joined(placed: Iterable[Place]) -> dict[int, set[int]]:
    """The positions that joined cases which were there; a new case has its first claim among them."""
    positions: dict[int, set[int]] = {}
    for case_id, position in placed:
        positions.setdefault(case_id, set()).add(position)
    return {case_id: found for case_id, found in positions.items() if min(found) > 1}


def _changed(planned: Iterable[Planned], placed: dict[bytes, Place]) -> Iterable[tuple[ClaimEntry, Place]]:
    for one in planned:
        if one.decision is not Decision.CHANGED or not isinstance(one.entry, ClaimEntry):
            continue
        if one.case_id is None or one.position is None:
            yield one.entry, placed[one.entry.identity]
        else:
            yield one.entry, (one.case_id, one.position)


def _advance(connection: Connection, work: Work, plan: ChunkPlan) -> None:
    counted = dict.fromkeys(Decision, 0)
    for one in plan.planned:
        counted[one.decision] += 1
    last = plan.planned[-1].entry
    table = submissions.c
    before = or_(
        table.done_document < last.document,
        and_(table.done_document == last.document, table.done_row < last.row),
    )
    counts: dict[str, Any] = {name.value: table[name.value] + count for name, count in counted.items()}
    moved = connection.execute(
        update(submissions)
        .where(*_is_of(work), before)
        .values(
            **counts,
            rows_total=table.rows_total + len(plan.planned),
            done_document=last.document,
            done_row=last.row,
            digest=plan.digest,
        )
    )
    assert moved.rowcount == 1, "a chunk is committed once"


def _is_of(work: Work) -> tuple[Any, ...]:
    return submissions.c.account_id == work.account_id, submissions.c.submission_id == work.submission_id
