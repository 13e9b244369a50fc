"""The first schema: accounts, intake, cases, answers."""

import sqlalchemy as sa
from alembic import op

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
    _create_accounts()
    _create_intake()
    _create_cases()
    if op.get_context().dialect.name == "sqlite":
        _set_statistics()
        _guard_on_sqlite()
    else:
        _guard_on_postgresql()


def _create_accounts() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("drop_folder", sa.Text(), nullable=False),
        sa.Column("vat_deduction", sa.Boolean(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column("mail_password_hash", sa.Text(), nullable=False),
        sa.Column("mail_password_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("approved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.CheckConstraint("mode IN ('test', 'live')", name="ck_accounts_mode"),
        sa.CheckConstraint(
            "status IN ('registered', 'confirmed', 'approved', 'suspended')", name="ck_accounts_status"
        ),
        sa.PrimaryKeyConstraint("account_id", name="pk_accounts"),
    )
    op.create_index("uq_accounts_drop_folder", "accounts", ["drop_folder"], unique=True)
    op.create_index("uq_accounts_email", "accounts", ["email"], unique=True)
    op.create_table(
        "addresses",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("verified_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.CheckConstraint("role IN ('owner', 'clerk', 'read_only')", name="ck_addresses_role"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_addresses_accounts"),
        sa.PrimaryKeyConstraint("account_id", "email", name="pk_addresses"),
    )
    op.create_index("ix_addresses_email", "addresses", ["email"], unique=False)
    op.create_table(
        "authorities",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], name="fk_authorities_accounts"),
        sa.PrimaryKeyConstraint("account_id", "sha256", name="pk_authorities"),
    )


def _create_intake() -> None:
    op.create_table(
        "submissions",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("received_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("finished_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("rows_total", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("new", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("rejected", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("skipped", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("done_document", sa.BigInteger(), server_default=sa.text("(-1)"), nullable=False),
        sa.Column("done_row", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("answers", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("unanswered", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "submission_id", name="pk_submissions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_submissions_state", "submissions", ["state", "submission_id"], unique=False)
    op.create_index("ix_submissions_submission_id", "submissions", ["submission_id"], unique=False)
    op.create_table(
        "inbox",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'working', 'done', 'claimed', 'set_aside', 'asked')", name="ck_inbox_state"
        ),
        sa.PrimaryKeyConstraint("account_id", "submission_id", name="pk_inbox"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_inbox_state", "inbox", ["state", "submission_id"], unique=False)
    op.create_index(
        "uq_inbox_working",
        "inbox",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state = 'working'"),
        postgresql_where=sa.text("state = 'working'"),
    )
    op.create_table(
        "blob_pieces",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("piece", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "submission_id", "piece", name="pk_blob_pieces"),
    )
    op.create_table(
        "documents",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("rows_total", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("problems", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "submission_id", "document", name="pk_documents"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "row_problems",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "submission_id", "document", "row", name="pk_row_problems"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "row_warnings",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("fix", sa.Text(), nullable=False),
        sa.Column("rows", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_rows", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "submission_id", "code", "field", name="pk_row_warnings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "outbox",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sent_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.BigInteger(), nullable=True),
        sa.Column("not_before", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('mail', 'file', 'table', 'failed')", name="ck_outbox_kind"),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'held', 'given_up')", name="ck_outbox_state"
        ),
        sa.PrimaryKeyConstraint("account_id", "outbox_id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_state", "outbox", ["state", "outbox_id"], unique=False)
    op.create_index("ix_outbox_submission_id", "outbox", ["account_id", "submission_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("task_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("resolved_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("resolution", sa.Text(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'resolved')", name="ck_tasks_state"),
        sa.PrimaryKeyConstraint("account_id", "task_id", name="pk_tasks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tasks_case_id", "tasks", ["account_id", "case_id"], unique=False)
    op.create_index("ix_tasks_state", "tasks", ["state", "task_id"], unique=False)


def _create_cases() -> None:
    op.create_table(
        "debtors",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("debtor_key", sa.LargeBinary(), nullable=False),
        sa.Column("current_case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("first_name", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("birth_date", sa.Text(), nullable=True),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "debtor_id", name="pk_debtors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_debtors_debtor_key", "debtors", ["account_id", "debtor_key"], unique=False)
    op.create_table(
        "cases",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status_since", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("linked_case_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("account_id", "case_id", name="pk_cases"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claims",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("row", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("identity", sa.LargeBinary(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("principal_cents", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("creditor_reference", sa.Text(), nullable=True),
        sa.Column("invoice_number", sa.Text(), nullable=True),
        sa.Column("invoice_date", sa.Text(), nullable=True),
        sa.Column("due_date", sa.Text(), nullable=True),
        sa.Column("ground", sa.Text(), nullable=True),
        sa.Column("contract_date", sa.Text(), nullable=True),
        sa.Column("default_since", sa.Text(), nullable=True),
        sa.Column("default_reason", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.CheckConstraint("principal_cents > 0", name="ck_claims_principal"),
        sa.PrimaryKeyConstraint("account_id", "case_id", "position", name="pk_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_claims_submission_id", "claims", ["account_id", "submission_id", "case_id"], unique=False
    )
    op.create_index("uq_claims_identity", "claims", ["account_id", "identity"], unique=True)
    op.create_table(
        "creditor_costs",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cents", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "case_id", "position", "number", name="pk_creditor_costs"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "case_events",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=True),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "case_id", "number", name="pk_case_events"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_case_events_changes",
        "case_events",
        ["account_id", "submission_id"],
        unique=False,
        sqlite_where=sa.text("trigger = 'row_changed'"),
        postgresql_where=sa.text("trigger = 'row_changed'"),
    )


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
