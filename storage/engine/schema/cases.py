"""The tables of debtors and other customers, their cases, and what is claimed in them."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, SmallInteger, Table

from storage.engine.columns import big, blob, debtor, key, metadata, partial, words
from storage.lifecycle.statuses import Status

debtors = Table(
    "debtors",
    metadata,
    big("account_id"),
    big("debtor_id"),
    blob("debtor_key"),
    big("current_case_id"),
    words("number", null=True),
    *debtor(),
    key("account_id", "debtor_id"),
    Index("ix_debtors_debtor_key", "account_id", "debtor_key"),
    sqlite_with_rowid=False,
)

customers = Table(
    "customers",
    metadata,
    big("account_id"),
    words("circle"),
    words("number"),
    *debtor(),
    big("submission_id"),
    big("kept_at"),
    key("account_id", "circle", "number"),
    Index("ix_customers_submission_id", "account_id", "submission_id"),
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
