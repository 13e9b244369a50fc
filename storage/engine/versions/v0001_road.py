"""The first schema: accounts, intake, cases, answers."""

from alembic import op

from storage.engine import schema

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STATISTICS = (
    ("claims", "claims", "10000000 1000000 2 1"),
    ("claims", "uq_claims_identity", "10000000 1000000 1"),
    ("claims", "ix_claims_submission_id", "10000000 1000000 1000 2"),
    ("cases", "cases", "8000000 800000 1"),
    ("debtors", "debtors", "8000000 800000 1"),
    ("debtors", "ix_debtors_debtor_key", "8000000 800000 1"),
    ("case_events", "case_events", "10000000 1000000 2 1"),
    ("case_events", "ix_case_events_changes", "10000 100 10"),
    ("creditor_costs", "creditor_costs", "5000000 500000 2 1 1"),
    ("row_problems", "row_problems", "1000000 100000 20 20 1"),
    ("submissions", "submissions", "10000 100 1"),
    ("submissions", "ix_submissions_state", "10000 20 1"),
    ("submissions", "ix_submissions_submission_id", "10000 1"),
    ("inbox", "inbox", "10000 100 1"),
    ("inbox", "ix_inbox_state", "10000 20 1"),
    ("outbox", "sqlite_autoindex_outbox_1", "10000 100 1"),
    ("outbox", "ix_outbox_state", "10000 20 1"),
    ("outbox", "ix_outbox_submission_id", "10000 100 1"),
    ("tasks", "tasks", "1000 20 1"),
    ("tasks", "ix_tasks_state", "1000 50 1"),
    ("tasks", "ix_tasks_case_id", "1000 20 1"),
)
_NO_CHANGE = "case_events only grows"


def upgrade() -> None:
    """Create everything."""
    schema.metadata.create_all(op.get_bind())
    if op.get_context().dialect.name == "sqlite":
        _set_statistics()
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _set_statistics() -> None:
    """Tell SQLite how the tables will look: without, it reads an account whole rather than by an index.

    The figures are rows, then rows for one value of the first key column, of the first two, and so on.
    """
    op.execute("ANALYZE")
    op.execute("DELETE FROM sqlite_stat1")
    for table, index, figures in _STATISTICS:
        values = f"'{table}', '{index}', '{figures}'"
        op.execute(f"INSERT INTO sqlite_stat1 VALUES ({values})")  # noqa: S608  our own names
    op.execute("ANALYZE sqlite_schema")  # this connection reads them anew; all others do when they open


def _guard_on_sqlite() -> None:
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER case_events_no_{action.lower()} BEFORE {action} ON case_events "
            f"BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END"
        )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_NO_CHANGE}'; END $$"
    )
    for action in ("UPDATE", "DELETE", "TRUNCATE"):
        level = "STATEMENT" if action == "TRUNCATE" else "ROW"
        op.execute(
            f"CREATE TRIGGER case_events_no_{action.lower()} BEFORE {action} ON case_events "
            f"FOR EACH {level} EXECUTE FUNCTION refuse_change()"
        )
