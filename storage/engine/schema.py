"""The tables of the store, for both engines.

Every key that grows starts with the account, so that the store can be spread by account. Times are
microseconds since 1970 UTC (`storage.engine.instants`), money is whole cents, dates are ISO 8601
text, keys made by `storage.identity` are at most 32 bytes, documents' details are JSON. On SQLite the
tables that take a row for every row of a file live in their primary key (WITHOUT ROWID), one tree less
to write.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    text,
)

from storage.engine import book_tables, columns
from storage.engine.columns import big, blob, count, key, lease, partial, words
from storage.lifecycle.statuses import Status

metadata = columns.metadata
assert book_tables.journal.metadata is metadata  # the books are of the same schema
HEAD = "0005"  # the newest migration, so that a store at it is recognised without loading alembic

counters = Table("counters", metadata, words("name"), big("value"), key("name"))

accounts = Table(
    "accounts",
    metadata,
    big("account_id"),
    words("name"),
    words("street", null=True),
    words("postcode", null=True),
    words("city", null=True),
    words("country"),
    words("language"),
    words("mode"),
    words("status"),
    words("email"),
    words("drop_folder"),
    Column("vat_deduction", Boolean, nullable=False),
    words("iban", null=True),
    words("mail_password_hash"),
    big("mail_password_at"),
    big("created_at"),
    big("approved_at", null=True),
    key("account_id"),
    CheckConstraint("mode IN ('test', 'live')", name="mode"),
    CheckConstraint("status IN ('registered', 'confirmed', 'approved', 'suspended')", name="status"),
    Index("uq_accounts_drop_folder", "drop_folder", unique=True),
    Index("uq_accounts_email", "email", unique=True),
)

addresses = Table(
    "addresses",
    metadata,
    big("account_id"),
    words("email"),
    words("person", null=True),
    words("role"),
    big("verified_at", null=True),
    key("account_id", "email"),
    CheckConstraint("role IN ('owner', 'clerk', 'read_only')", name="role"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index("ix_addresses_email", "email"),
)

authorities = Table(
    "authorities",
    metadata,
    big("account_id"),
    blob("sha256"),
    blob("content"),
    big("recorded_at"),
    key("account_id", "sha256"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

submissions = Table(
    "submissions",
    metadata,
    big("account_id"),
    big("submission_id"),
    words("state"),
    words("channel"),
    words("sender"),
    words("trust"),
    words("source_name", null=True),
    words("message_id", null=True),
    words("recipient", null=True),
    blob("sha256"),
    big("size_bytes"),
    big("received_at"),
    big("finished_at", null=True),
    words("reason", null=True),
    count("rows_total"),
    count("new"),
    count("unchanged"),
    count("changed"),
    count("rejected"),
    count("skipped"),
    Column("done_document", BigInteger, nullable=False, server_default=text("-1")),
    count("done_row"),
    blob("digest", null=True),
    count("answers"),
    words("unanswered", null=True),
    big("reply_to", null=True),
    big("source_id", null=True),
    words("held", null=True),
    key("account_id", "submission_id"),
    Index("ix_submissions_submission_id", "submission_id"),
    Index("ix_submissions_state", "state", "submission_id"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    big("account_id"),
    big("submission_id"),
    words("state"),
    count("failures"),
    *lease(),
    key("account_id", "submission_id"),
    CheckConstraint("state IN ('waiting', 'working', 'done', 'claimed', 'set_aside', 'asked')", name="state"),
    Index("ix_inbox_state", "state", "submission_id"),
    partial("uq_inbox_working", "account_id", where="state = 'working'", unique=True),
    sqlite_with_rowid=False,
)

blob_pieces = Table(
    "blob_pieces",
    metadata,
    big("account_id"),
    big("submission_id"),
    big("piece"),
    blob("content"),
    key("account_id", "submission_id", "piece"),
)

documents = Table(
    "documents",
    metadata,
    big("account_id"),
    big("submission_id"),
    big("document"),
    words("kind"),
    words("name"),
    words("head"),
    big("rows_total", null=True),
    words("problems", null=True),
    key("account_id", "submission_id", "document"),
    sqlite_with_rowid=False,
)

questions = Table(
    "questions",
    metadata,
    big("account_id"),
    big("submission_id"),
    big("number"),
    words("question_id"),
    words("fingerprint", null=True),
    words("document", null=True),
    words("text"),
    words("choices"),
    words("choice", null=True),
    big("answered_at", null=True),
    big("answered_by", null=True),
    key("account_id", "submission_id", "number"),
    sqlite_with_rowid=False,
)

standing_answers = Table(
    "standing_answers",
    metadata,
    big("account_id"),
    words("scope"),
    big("version"),
    words("choice"),
    big("answered_at"),
    big("answered_by"),
    key("account_id", "scope", "version"),
    sqlite_with_rowid=False,
)

row_problems = Table(
    "row_problems",
    metadata,
    big("account_id"),
    big("submission_id"),
    big("document"),
    big("row"),
    words("decision"),
    words("detail"),
    key("account_id", "submission_id", "document", "row"),
    sqlite_with_rowid=False,
)

row_warnings = Table(
    "row_warnings",
    metadata,
    big("account_id"),
    big("submission_id"),
    words("code"),
    words("field"),
    words("message"),
    words("fix"),
    big("rows"),
    words("first_rows"),
    key("account_id", "submission_id", "code", "field"),
    sqlite_with_rowid=False,
)

debtors = Table(
    "debtors",
    metadata,
    big("account_id"),
    big("debtor_id"),
    blob("debtor_key"),
    big("current_case_id"),
    words("number", null=True),
    words("kind"),
    words("name", null=True),
    words("first_name", null=True),
    words("company", null=True),
    words("street", null=True),
    words("postcode", null=True),
    words("city", null=True),
    words("country", null=True),
    words("email", null=True),
    words("phone", null=True),
    words("birth_date", null=True),
    words("iban", null=True),
    key("account_id", "debtor_id"),
    Index("ix_debtors_debtor_key", "account_id", "debtor_key"),
    sqlite_with_rowid=False,
)

# No CHECK holds these: SQLite builds the list anew for every row, a tenth of an import. `verify` does.
STATUSES = tuple(status.value for status in Status)

cases = Table(
    "cases",
    metadata,
    big("account_id"),
    big("case_id"),
    big("debtor_id"),
    big("submission_id"),
    words("status"),
    words("mode"),
    big("opened_at"),
    big("status_since"),
    big("linked_case_id", null=True),
    key("account_id", "case_id"),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    big("account_id"),
    big("case_id"),
    Column("position", Integer, nullable=False, autoincrement=False),
    big("submission_id"),
    big("document"),
    big("row"),
    blob("identity", null=True),
    blob("content"),
    big("principal_cents"),
    words("currency"),
    words("creditor_reference", null=True),
    words("invoice_number", null=True),
    words("invoice_date", null=True),
    words("due_date", null=True),
    words("ground", null=True),
    words("contract_date", null=True),
    words("default_since", null=True),
    words("default_reason", null=True),
    big("withdrawn_at", null=True),
    key("account_id", "case_id", "position"),
    CheckConstraint("principal_cents > 0", name="principal"),
    Index("uq_claims_identity", "account_id", "identity", unique=True),
    Index("ix_claims_submission_id", "account_id", "submission_id", "case_id"),
    sqlite_with_rowid=False,
)

creditor_costs = Table(
    "creditor_costs",
    metadata,
    big("account_id"),
    big("case_id"),
    Column("position", Integer, nullable=False, autoincrement=False),
    Column("number", SmallInteger, nullable=False, autoincrement=False),
    words("kind"),
    big("cents"),
    key("account_id", "case_id", "position", "number"),
    sqlite_with_rowid=False,
)

case_events = Table(
    "case_events",
    metadata,
    big("account_id"),
    big("case_id"),
    Column("number", Integer, nullable=False, autoincrement=False),
    big("at"),
    words("actor"),
    words("from_status", null=True),
    words("to_status"),
    words("trigger"),
    words("reason", null=True),
    big("submission_id", null=True),
    words("detail", null=True),
    key("account_id", "case_id", "number"),
    partial("ix_case_events_changes", "account_id", "submission_id", where="trigger = 'row_changed'"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    big("account_id"),
    big("outbox_id"),
    big("submission_id"),
    words("state"),
    words("kind"),
    words("recipient"),
    words("subject"),
    words("message_id"),
    blob("content"),
    big("created_at"),
    big("sent_at", null=True),
    *lease(),
    key("account_id", "outbox_id"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'held', 'given_up')", name="state"),
    CheckConstraint("kind IN ('mail', 'file', 'table', 'failed')", name="kind"),
    Index("ix_outbox_state", "state", "outbox_id"),
    Index("ix_outbox_submission_id", "account_id", "submission_id"),
)

tasks = Table(
    "tasks",
    metadata,
    big("account_id"),
    big("task_id"),
    words("kind"),
    words("state"),
    big("submission_id", null=True),
    big("case_id", null=True),
    words("detail"),
    big("created_at"),
    big("resolved_at", null=True),
    words("resolution", null=True),
    key("account_id", "task_id"),
    CheckConstraint("state IN ('open', 'resolved')", name="state"),
    Index("ix_tasks_state", "state", "task_id"),
    Index("ix_tasks_case_id", "account_id", "case_id"),
    sqlite_with_rowid=False,
)
