"""The books: journal, balances, receipts, how far a case is, plans and statements."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# How large the tables become, for SQLite's planner: rows, then rows for one value of the first key column, of
# the first two, and so on. Without, it reads an account whole rather than by an index.
_STATISTICS = (
    ("journal", "journal", "20000000 2000000 1"),
    ("journal", "ix_journal_case_id", "20000000 2000000 4 1"),
    ("journal", "uq_journal_reverses", "1000000 100000 1"),
    ("postings", "postings", "80000000 8000000 4 1"),
    ("postings", "ix_postings_balance", "10000000 1000000 1 1"),
    ("balances", "balances", "50000000 5000000 6 1 1"),
    ("movements", "movements", "10000000 1000 250 1"),
    ("receipts", "receipts", "5000000 500000 1"),
    ("receipts", "ix_receipts_case_id", "5000000 500000 2"),
    ("receipts", "ix_receipts_held_until", "100000 10000 100"),
    ("progress", "progress", "8000000 800000 1"),
    ("progress", "ix_progress_next_on", "8000000 20000 2000 1"),
    ("statements", "statements", "4000000 400000 1"),
    ("statements", "ix_statements_case_id", "4000000 400000 1"),
    ("plans", "plans", "1000000 100000 1 1"),
    ("installments", "installments", "10000000 1000000 10 10 1"),
    ("settlements", "settlements", "100000 10000 1 1"),
)
_GUARDED = ("journal", "postings")
_NO_CHANGE = "what was booked is never changed: book a correction"


def _big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def _small(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.SmallInteger(), autoincrement=False, nullable=False)


def _words(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _blob(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def upgrade() -> None:
    """Add the tables of the books and guard what only grows."""
    _add_journal()
    _add_cases()
    if op.get_bind().dialect.name == "sqlite":
        _set_statistics()
    guard = _guard_on_sqlite if op.get_bind().dialect.name == "sqlite" else _guard_on_postgresql
    guard()


def _add_journal() -> None:
    op.create_table(
        "journal",
        _big("account_id"),
        _big("entry"),
        _words("kind"),
        _big("case_id", null=True),
        _words("value_date"),
        _words("booked_on"),
        _big("booked_at"),
        _big("receipt_id", null=True),
        _big("reverses", null=True),
        _words("policy", null=True),
        _words("actor"),
        _words("note", null=True),
        _blob("hash"),
        sa.PrimaryKeyConstraint("account_id", "entry", name="pk_journal"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_journal_case_id",
        "journal",
        ["account_id", "case_id", "entry"],
        unique=False,
        sqlite_where=sa.text("case_id IS NOT NULL"),
        postgresql_where=sa.text("case_id IS NOT NULL"),
    )
    op.create_index(
        "uq_journal_reverses",
        "journal",
        ["account_id", "reverses"],
        unique=True,
        sqlite_where=sa.text("reverses IS NOT NULL"),
        postgresql_where=sa.text("reverses IS NOT NULL"),
    )
    op.create_table(
        "postings",
        _big("account_id"),
        _big("entry"),
        _small("leg"),
        _small("ledger"),
        _number("position"),
        _big("cents"),
        sa.PrimaryKeyConstraint("account_id", "entry", "leg", name="pk_postings"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_postings_balance",
        "postings",
        ["account_id", "entry", "cents"],
        unique=False,
        sqlite_where=sa.text("ledger = 311"),
        postgresql_where=sa.text("ledger = 311"),
    )
    op.create_table(
        "balances",
        _big("account_id"),
        _big("case_id"),
        _small("ledger"),
        _number("position"),
        _big("cents"),
        sa.PrimaryKeyConstraint("account_id", "case_id", "ledger", "position", name="pk_balances"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "movements",
        _big("account_id"),
        _small("ledger"),
        _words("booked_on"),
        _big("cents"),
        _big("first_entry"),
        _big("last_entry"),
        sa.PrimaryKeyConstraint("account_id", "ledger", "booked_on", name="pk_movements"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chain_heads",
        _big("account_id"),
        _big("entry"),
        _blob("hash"),
        sa.PrimaryKeyConstraint("account_id", name="pk_chain_heads"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipts",
        _big("account_id"),
        _big("receipt_id"),
        _big("case_id"),
        _words("channel"),
        _words("method"),
        _words("state"),
        _big("cents"),
        _words("value_date"),
        _big("booked_at"),
        _words("policy"),
        _number("position", null=True),
        _words("held_until", null=True),
        _big("submission_id", null=True),
        _words("reference", null=True),
        sa.PrimaryKeyConstraint("account_id", "receipt_id", name="pk_receipts"),
        sa.CheckConstraint("cents > 0", name=op.f("ck_receipts_cents")),
        sa.CheckConstraint("channel IN ('agency', 'direct')", name=op.f("ck_receipts_channel")),
        sa.CheckConstraint("state IN ('booked', 'returned')", name=op.f("ck_receipts_state")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receipts_case_id", "receipts", ["account_id", "case_id"], unique=False)
    op.create_index(
        "ix_receipts_held_until",
        "receipts",
        ["account_id", "held_until"],
        unique=False,
        sqlite_where=sa.text("held_until IS NOT NULL"),
        postgresql_where=sa.text("held_until IS NOT NULL"),
    )


def _add_cases() -> None:
    op.create_table(
        "progress",
        _big("account_id"),
        _big("case_id"),
        _words("ordered_on"),
        sa.Column("vat_charged", sa.Boolean(), nullable=False),
        _small("fee_tenths"),
        _words("letter_on", null=True),
        _words("letter_received_on", null=True),
        _words("legal_stage"),
        _words("processing"),
        _words("payment"),
        _words("paused_until", null=True),
        _words("waits_for", null=True),
        _words("previous_status", null=True),
        _words("next_step", null=True),
        _words("next_on", null=True),
        sa.PrimaryKeyConstraint("account_id", "case_id", name="pk_progress"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_progress_next_on",
        "progress",
        ["next_on", "account_id", "case_id"],
        unique=False,
        sqlite_where=sa.text("next_on IS NOT NULL"),
        postgresql_where=sa.text("next_on IS NOT NULL"),
    )
    op.create_table(
        "plans",
        _big("account_id"),
        _big("case_id"),
        _number("number"),
        _words("state"),
        _words("agreed_on"),
        _big("total_cents"),
        _big("last_receipt"),
        _number("grace_days"),
        _number("missed_max"),
        _words("previous_status"),
        sa.PrimaryKeyConstraint("account_id", "case_id", "number", name="pk_plans"),
        sa.CheckConstraint(
            "state IN ('active', 'fulfilled', 'broken', 'ended')", name=op.f("ck_plans_state")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_plans_active",
        "plans",
        ["account_id", "case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'active'"),
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_table(
        "installments",
        _big("account_id"),
        _big("case_id"),
        _number("plan"),
        _number("number"),
        _words("due_on"),
        _big("cents"),
        sa.PrimaryKeyConstraint("account_id", "case_id", "plan", "number", name="pk_installments"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settlements",
        _big("account_id"),
        _big("case_id"),
        _number("number"),
        _words("state"),
        _big("cents"),
        _words("agreed_on"),
        _words("due_on"),
        _words("consent"),
        _big("last_receipt"),
        sa.PrimaryKeyConstraint("account_id", "case_id", "number", name="pk_settlements"),
        sa.CheckConstraint("consent IN ('creditor', 'limit')", name=op.f("ck_settlements_consent")),
        sa.CheckConstraint("state IN ('agreed', 'met', 'lapsed')", name=op.f("ck_settlements_state")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_settlements_due_on",
        "settlements",
        ["due_on", "account_id", "case_id"],
        unique=False,
        sqlite_where=sa.text("state = 'agreed'"),
        postgresql_where=sa.text("state = 'agreed'"),
    )
    op.create_index(
        "uq_settlements_agreed",
        "settlements",
        ["account_id", "case_id"],
        unique=True,
        sqlite_where=sa.text("state = 'agreed'"),
        postgresql_where=sa.text("state = 'agreed'"),
    )
    op.create_table(
        "statements",
        _big("account_id"),
        _big("statement_id"),
        _big("case_id"),
        _words("state"),
        _words("category"),
        _words("closed_on"),
        _words("content"),
        _big("created_at"),
        sa.PrimaryKeyConstraint("account_id", "statement_id", name="pk_statements"),
        sa.CheckConstraint("state IN ('final', 'reopened')", name=op.f("ck_statements_state")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statements_case_id", "statements", ["account_id", "case_id"], unique=False)


def _set_statistics() -> None:
    for table, index, figures in _STATISTICS:
        values = f"'{table}', '{index}', '{figures}'"
        op.execute(f"INSERT INTO sqlite_stat1 VALUES ({values})")  # noqa: S608  our own names
    op.execute("ANALYZE sqlite_schema")  # this connection reads them anew; all others do when they open


def _guard_on_sqlite() -> None:
    for table in _GUARDED:
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{_NO_CHANGE}'); END"
            )


def _guard_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_unbooking() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_NO_CHANGE}'; END $$"
    )
    for table in _GUARDED:
        for action in ("UPDATE", "DELETE", "TRUNCATE"):
            level = "STATEMENT" if action == "TRUNCATE" else "ROW"
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"FOR EACH {level} EXECUTE FUNCTION refuse_unbooking()"
            )
