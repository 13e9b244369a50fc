"""Cases in MONITORING whose day of review has come: the operator looks at each again."""

from datetime import datetime

from sqlalchemy import select

from storage.days import today_of
from storage.engine.book_tables import progress
from storage.engine.database import Database
from storage.engine.schema import cases
from storage.intake.tasks import open_task
from storage.lifecycle.clock import REVIEW
from storage.lifecycle.statuses import Status

_CASES_A_CHUNK = 200


def call_reviews(database: Database, now: datetime) -> int:
    """Put each case whose review is due before the operator, once; returns how many."""
    called = 0
    known = (progress.c.account_id == cases.c.account_id) & (progress.c.case_id == cases.c.case_id)
    due = (
        select(progress.c.account_id, progress.c.case_id, progress.c.next_on)
        .join(cases, known)
        .where(
            progress.c.next_on <= today_of(now).isoformat(),
            progress.c.next_step == REVIEW,
            cases.c.status == Status.MONITORING.value,
        )
        .order_by(progress.c.account_id, progress.c.case_id)
        .limit(_CASES_A_CHUNK)
    )
    while True:
        with database.write() as connection:
            found = connection.execute(due.with_for_update(of=progress)).all()
            for row in found:
                # It waits for the operator now: a row without a day is not called again.
                waiting = progress.update().filter_by(account_id=row.account_id, case_id=row.case_id)
                connection.execute(waiting.values(next_on=None))
                open_task(
                    connection,
                    kind=REVIEW,
                    account_id=row.account_id,
                    case_id=row.case_id,
                    detail={"due_on": row.next_on},
                    now=now,
                )
        if not found:
            return called
        called += len(found)
