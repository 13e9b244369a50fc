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
    MetaData,
    SmallInteger,
    Table,
    text,
)

from storage.engine.columns import big as _big
from storage.engine.columns import count as _count
from storage.engine.columns import debtor as _debtor
from storage.engine.columns import key as _key
from storage.engine.columns import lease as _lease
from storage.engine.columns import partial as _partial
from storage.engine.columns import raw as _bytes
from storage.engine.columns import told as _text

HEAD = "0002"  # the newest migration, so that a store at it is recognised without loading alembic

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)


counters = Table("counters", metadata, _text("name"), _big("value"), _key("name"))

accounts = Table(
    "accounts",
    metadata,
    _big("account_id"),
    _text("name"),
    _text("street", null=True),
    _text("postcode", null=True),
    _text("city", null=True),
    _text("country"),
    _text("language"),
    _text("mode"),
    _text("status"),
    _text("email"),
    _text("drop_folder"),
    Column("vat_deduction", Boolean, nullable=False),
    _text("iban", null=True),
    _text("mail_password_hash"),
    _big("mail_password_at"),
    _big("created_at"),
    _big("approved_at", null=True),
    _key("account_id"),
    CheckConstraint("mode IN ('test', 'live')", name="mode"),
    CheckConstraint("status IN ('registered', 'confirmed', 'approved', 'suspended')", name="status"),
    Index("uq_accounts_drop_folder", "drop_folder", unique=True),
    Index("uq_accounts_email", "email", unique=True),
)

addresses = Table(
    "addresses",
    metadata,
    _big("account_id"),
    _text("email"),
    _text("person", null=True),
    _text("role"),
    _big("verified_at", null=True),
    _key("account_id", "email"),
    CheckConstraint("role IN ('owner', 'clerk', 'read_only')", name="role"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
    Index("ix_addresses_email", "email"),
)

authorities = Table(
    "authorities",
    metadata,
    _big("account_id"),
    _bytes("sha256"),
    _bytes("content"),
    _big("recorded_at"),
    _key("account_id", "sha256"),
    ForeignKeyConstraint(["account_id"], ["accounts.account_id"]),
)

submissions = Table(
    "submissions",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _text("state"),
    _text("channel"),
    _text("sender"),
    _text("trust"),
    _text("source_name", null=True),
    _text("message_id", null=True),
    _text("recipient", null=True),
    _bytes("sha256"),
    _big("size_bytes"),
    _big("received_at"),
    _big("finished_at", null=True),
    _text("reason", null=True),
    _count("rows_total"),
    _count("new"),
    _count("unchanged"),
    _count("changed"),
    _count("rejected"),
    _count("skipped"),
    Column("done_document", BigInteger, nullable=False, server_default=text("-1")),
    _count("done_row"),
    _bytes("digest", null=True),
    _count("answers"),
    _text("unanswered", null=True),
    _key("account_id", "submission_id"),
    Index("ix_submissions_submission_id", "submission_id"),
    Index("ix_submissions_state", "state", "submission_id"),
    sqlite_with_rowid=False,
)

inbox = Table(
    "inbox",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _text("state"),
    _count("failures"),
    *_lease(),
    _key("account_id", "submission_id"),
    CheckConstraint("state IN ('waiting', 'working', 'done', 'claimed', 'set_aside', 'asked')", name="state"),
    Index("ix_inbox_state", "state", "submission_id"),
    _partial("uq_inbox_working", "account_id", where="state = 'working'", unique=True),
    sqlite_with_rowid=False,
)

blob_pieces = Table(
    "blob_pieces",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _big("piece"),
    _bytes("content"),
    _key("account_id", "submission_id", "piece"),
)

documents = Table(
    "documents",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _big("document"),
    _text("kind"),
    _text("name"),
    _text("head"),
    _big("rows_total", null=True),
    _text("problems", null=True),
    _key("account_id", "submission_id", "document"),
    sqlite_with_rowid=False,
)

row_problems = Table(
    "row_problems",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _big("document"),
    _big("row"),
    _text("decision"),
    _text("detail"),
    _key("account_id", "submission_id", "document", "row"),
    sqlite_with_rowid=False,
)

row_warnings = Table(
    "row_warnings",
    metadata,
    _big("account_id"),
    _big("submission_id"),
    _text("code"),
    _text("field"),
    _text("message"),
    _text("fix"),
    _big("rows"),
    _text("first_rows"),
    _key("account_id", "submission_id", "code", "field"),
    sqlite_with_rowid=False,
)

debtors = Table(
    "debtors",
    metadata,
    _big("account_id"),
    _big("debtor_id"),
    _bytes("debtor_key"),
    _big("current_case_id"),
    _text("number", null=True),
    *_debtor(),
    _key("account_id", "debtor_id"),
    Index("ix_debtors_debtor_key", "account_id", "debtor_key"),
    sqlite_with_rowid=False,
)

customers = Table(
    "customers",
    metadata,
    _big("account_id"),
    _text("circle"),
    _text("number"),
    *_debtor(),
    _big("submission_id"),
    _big("kept_at"),
    _key("account_id", "circle", "number"),
    Index("ix_customers_submission_id", "account_id", "submission_id"),
    sqlite_with_rowid=False,
)

# No CHECK holds these: SQLite builds the list anew for every row, a tenth of an import. `verify` does.
STATUSES = (
    "VALIDATION",
    "ENRICHMENT",
    "AUTOCOLLECT",
    "COMMUNICATION",
    "INSTALLMENT",
    "LEGALCOLLECT",
    "MONITORING",
    "CLEARED",
    "UNFOUNDED",
    "CANCELLED",
    "RECALLED",
)

cases = Table(
    "cases",
    metadata,
    _big("account_id"),
    _big("case_id"),
    _big("debtor_id"),
    _big("submission_id"),
    _text("status"),
    _text("mode"),
    _big("opened_at"),
    _big("status_since"),
    _big("linked_case_id", null=True),
    _key("account_id", "case_id"),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    _big("account_id"),
    _big("case_id"),
    Column("position", Integer, nullable=False, autoincrement=False),
    _big("submission_id"),
    _big("document"),
    _big("row"),
    _bytes("identity", null=True),
    _bytes("content"),
    _big("principal_cents"),
    _text("currency"),
    _text("creditor_reference", null=True),
    _text("invoice_number", null=True),
    _text("invoice_date", null=True),
    _text("due_date", null=True),
    _text("ground", null=True),
    _text("contract_date", null=True),
    _text("default_since", null=True),
    _text("default_reason", null=True),
    _big("withdrawn_at", null=True),
    _key("account_id", "case_id", "position"),
    CheckConstraint("principal_cents > 0", name="principal"),
    Index("uq_claims_identity", "account_id", "identity", unique=True),
    Index("ix_claims_submission_id", "account_id", "submission_id", "case_id"),
    sqlite_with_rowid=False,
)

creditor_costs = Table(
    "creditor_costs",
    metadata,
    _big("account_id"),
    _big("case_id"),
    Column("position", Integer, nullable=False, autoincrement=False),
    Column("number", SmallInteger, nullable=False, autoincrement=False),
    _text("kind"),
    _big("cents"),
    _key("account_id", "case_id", "position", "number"),
    sqlite_with_rowid=False,
)

case_events = Table(
    "case_events",
    metadata,
    _big("account_id"),
    _big("case_id"),
    Column("number", Integer, nullable=False, autoincrement=False),
    _big("at"),
    _text("actor"),
    _text("from_status", null=True),
    _text("to_status"),
    _text("trigger"),
    _text("reason", null=True),
    _big("submission_id", null=True),
    _text("detail", null=True),
    _key("account_id", "case_id", "number"),
    _partial("ix_case_events_changes", "account_id", "submission_id", where="trigger = 'row_changed'"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    _big("account_id"),
    _big("outbox_id"),
    _big("submission_id"),
    _text("state"),
    _text("kind"),
    _text("recipient"),
    _text("subject"),
    _text("message_id"),
    _bytes("content"),
    _big("created_at"),
    _big("sent_at", null=True),
    *_lease(),
    _key("account_id", "outbox_id"),
    CheckConstraint("state IN ('waiting', 'sending', 'sent', 'held', 'given_up')", name="state"),
    CheckConstraint("kind IN ('mail', 'file', 'table', 'failed')", name="kind"),
    Index("ix_outbox_state", "state", "outbox_id"),
    Index("ix_outbox_submission_id", "account_id", "submission_id"),
)

tasks = Table(
    "tasks",
    metadata,
    _big("account_id"),
    _big("task_id"),
    _text("kind"),
    _text("state"),
    _big("submission_id", null=True),
    _big("case_id", null=True),
    _text("detail"),
    _big("created_at"),
    _big("resolved_at", null=True),
    _text("resolution", null=True),
    _key("account_id", "task_id"),
    CheckConstraint("state IN ('open', 'resolved')", name="state"),
    Index("ix_tasks_state", "state", "task_id"),
    Index("ix_tasks_case_id", "account_id", "case_id"),
    sqlite_with_rowid=False,
)
