"""Submissions that are unlike those before, or come too early: taken, but held until the creditor's JA.

Source of the rule: DESIGN, *Decisions*, unusual submissions.
"""

from datetime import date

import msgspec
from sqlalchemy import Connection, func, select

from storage.engine.schema import claims, submissions

ROWS_MIN = 500
TIMES_THE_LARGEST = 3


class Unusual(msgspec.Struct, frozen=True, kw_only=True):
    """Why a submission is held. kind: unusual_size | not_yet_due."""

    kind: str
    new: int
    largest: int = 0
    early: int = 0


def unusual(
    connection: Connection, account_id: int, submission_id: int, *, warned: int, today: date
) -> Unusual | None:
    """Whether a submission that is committed must wait for a JA.

    `warned` is how many of its rows, new or known, are not yet due: where that is few, none is counted.
    """
    table = submissions.c
    new = connection.execute(
        select(table.new).where(table.account_id == account_id, table.submission_id == submission_id)
    ).scalar_one()
    largest = connection.execute(
        select(func.max(table.new)).where(
            table.account_id == account_id, table.submission_id != submission_id, table.state == "done"
        )
    ).scalar()
    if largest and new > ROWS_MIN and new > TIMES_THE_LARGEST * largest:
        return Unusual(kind="unusual_size", new=new, largest=largest)
    if new and warned * 2 > new:
        early = _not_yet_due(connection, account_id, submission_id, today)
        if early * 2 > new:
            return Unusual(kind="not_yet_due", new=new, early=early)
    return None


def _not_yet_due(connection: Connection, account_id: int, submission_id: int, today: date) -> int:
    """How many of the claims that a submission has brought fall due after today."""
    return connection.execute(
        select(func.count()).where(
            claims.c.account_id == account_id,
            claims.c.submission_id == submission_id,
            claims.c.due_date > today.isoformat(),
        )
    ).scalar_one()
