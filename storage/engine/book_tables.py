"""The tables of the books: the journal, what is kept of it, and what money is about beside it.

They belong to the same schema as `storage.engine.schema` and follow its rules. The journal and its
postings only grow; triggers of both engines refuse to change or delete them.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
)

from storage.engine.columns import big, blob, key, metadata, partial, words

BALANCE_LEDGER = 311  # storage.books.ledgers.Ledger.BALANCE, whose postings are read the most


def _small(name: str) -> Column[int]:
    return Column(name, SmallInteger, nullable=False, autoincrement=False)


def _number(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null, autoincrement=False)


journal = Table(
    "journal",
    metadata,
    big("account_id"),
    big("entry"),
    words("kind"),
    big("case_id", null=True),
    words("value_date"),
    words("booked_on"),
    big("booked_at"),
    big("receipt_id", null=True),
    big("reverses", null=True),
    words("policy", null=True),
    words("actor"),
    words("note", null=True),
    blob("hash"),
    key("account_id", "entry"),
    partial("ix_journal_case_id", "account_id", "case_id", "entry", where="case_id IS NOT NULL"),
    partial("uq_journal_reverses", "account_id", "reverses", where="reverses IS NOT NULL", unique=True),
    sqlite_with_rowid=False,
)

postings = Table(
    "postings",
    metadata,
    big("account_id"),
    big("entry"),
    _small("leg"),
    _small("ledger"),
    _number("position"),
    big("cents"),
    key("account_id", "entry", "leg"),
    partial("ix_postings_balance", "account_id", "entry", "cents", where=f"ledger = {BALANCE_LEDGER}"),
    sqlite_with_rowid=False,
)

balances = Table(
    "balances",
    metadata,
    big("account_id"),
    big("case_id"),
    _small("ledger"),
    _number("position"),
    big("cents"),
    key("account_id", "case_id", "ledger", "position"),
    sqlite_with_rowid=False,
)

# What each account-wide ledger moved by on a day of booking: a balance as of any day is the kept one less
# the days after it, however much was ever booked. The entries bound where that day's postings lie.
movements = Table(
    "movements",
    metadata,
    big("account_id"),
    _small("ledger"),
    words("booked_on"),
    big("cents"),
    big("first_entry"),
    big("last_entry"),
    key("account_id", "ledger", "booked_on"),
    sqlite_with_rowid=False,
)

chain_heads = Table(
    "chain_heads",
    metadata,
    big("account_id"),
    big("entry"),
    blob("hash"),
    key("account_id"),
    sqlite_with_rowid=False,
)

receipts = Table(
    "receipts",
    metadata,
    big("account_id"),
    big("receipt_id"),
    big("case_id"),
    words("channel"),
    words("method"),
    words("state"),
    big("cents"),
    words("value_date"),
    big("booked_at"),
    words("policy"),
    _number("position", null=True),
    words("held_until", null=True),
    big("submission_id", null=True),
    words("reference", null=True),
    key("account_id", "receipt_id"),
    CheckConstraint("cents > 0", name="cents"),
    CheckConstraint("channel IN ('agency', 'direct')", name="channel"),
    CheckConstraint("state IN ('booked', 'returned')", name="state"),
    Index("ix_receipts_case_id", "account_id", "case_id"),
    partial("ix_receipts_held_until", "account_id", "held_until", where="held_until IS NOT NULL"),
    sqlite_with_rowid=False,
)

progress = Table(
    "progress",
    metadata,
    big("account_id"),
    big("case_id"),
    words("ordered_on"),
    Column("vat_charged", Boolean, nullable=False),
    _small("fee_tenths"),
    words("letter_on", null=True),
    words("letter_received_on", null=True),
    words("legal_stage"),
    words("processing"),
    words("payment"),
    words("paused_until", null=True),
    words("waits_for", null=True),
    words("previous_status", null=True),
    words("next_step", null=True),
    words("next_on", null=True),
    key("account_id", "case_id"),
    partial("ix_progress_next_on", "next_on", "account_id", "case_id", where="next_on IS NOT NULL"),
    sqlite_with_rowid=False,
)

plans = Table(
    "plans",
    metadata,
    big("account_id"),
    big("case_id"),
    _number("number"),
    words("state"),
    words("agreed_on"),
    big("total_cents"),
    big("last_receipt"),
    _number("grace_days"),
    _number("missed_max"),
    words("previous_status"),
    key("account_id", "case_id", "number"),
    CheckConstraint("state IN ('active', 'fulfilled', 'broken', 'ended')", name="state"),
    partial("uq_plans_active", "account_id", "case_id", where="state = 'active'", unique=True),
    sqlite_with_rowid=False,
)

installments = Table(
    "installments",
    metadata,
    big("account_id"),
    big("case_id"),
    _number("plan"),
    _number("number"),
    words("due_on"),
    big("cents"),
    key("account_id", "case_id", "plan", "number"),
    sqlite_with_rowid=False,
)

settlements = Table(
    "settlements",
    metadata,
    big("account_id"),
    big("case_id"),
    _number("number"),
    words("state"),
    big("cents"),
    words("agreed_on"),
    words("due_on"),
    words("consent"),
    big("last_receipt"),
    key("account_id", "case_id", "number"),
    CheckConstraint("state IN ('agreed', 'met', 'lapsed')", name="state"),
    CheckConstraint("consent IN ('creditor', 'limit')", name="consent"),
    partial("uq_settlements_agreed", "account_id", "case_id", where="state = 'agreed'", unique=True),
    partial("ix_settlements_due_on", "due_on", "account_id", "case_id", where="state = 'agreed'"),
    sqlite_with_rowid=False,
)

statements = Table(
    "statements",
    metadata,
    big("account_id"),
    big("statement_id"),
    big("case_id"),
    words("state"),
    words("category"),
    words("closed_on"),
    words("content"),
    big("created_at"),
    key("account_id", "statement_id"),
    CheckConstraint("state IN ('final', 'reopened')", name="state"),
    Index("ix_statements_case_id", "account_id", "case_id"),
    sqlite_with_rowid=False,
)

payouts = Table(
    "payouts",
    metadata,
    big("account_id"),
    big("payout_id"),
    words("kind"),
    words("month", null=True),
    words("state"),
    big("cents"),
    words("iban"),
    _number("iban_version"),
    words("as_of"),
    words("due_on"),
    big("prepared_at"),
    words("prepared_by"),
    big("confirmed_at", null=True),
    words("confirmed_by", null=True),
    big("entry", null=True),
    key("account_id", "payout_id"),
    CheckConstraint("cents > 0", name="cents"),
    CheckConstraint("kind IN ('monthly', 'on_demand')", name="kind"),
    CheckConstraint("state IN ('open', 'confirmed', 'cancelled')", name="state"),
    partial("uq_payouts_open", "account_id", where="state = 'open'", unique=True),
    partial(
        "uq_payouts_month",
        "account_id",
        "month",
        where="month IS NOT NULL AND state <> 'cancelled'",
        unique=True,
    ),
    sqlite_with_rowid=False,
)

payout_ibans = Table(
    "payout_ibans",
    metadata,
    big("account_id"),
    _number("version"),
    words("iban"),
    big("recorded_at"),
    big("verified_at", null=True),
    words("verified_by", null=True),
    key("account_id", "version"),
    sqlite_with_rowid=False,
)

agency_invoices = Table(
    "agency_invoices",
    metadata,
    big("account_id"),
    big("invoice_id"),
    words("number"),
    words("month"),
    words("issued_on"),
    big("net_cents"),
    big("vat_cents"),
    big("settled_cents"),
    words("content"),
    big("created_at"),
    key("account_id", "invoice_id"),
    Index("uq_agency_invoices_month", "account_id", "month", unique=True),
    Index("uq_agency_invoices_number", "account_id", "number", unique=True),
    sqlite_with_rowid=False,
)

account_terms = Table(
    "account_terms",
    metadata,
    big("account_id"),
    big("settlement_percent_min", null=True),
    Column("payout_on_demand", Boolean, nullable=False),
    key("account_id"),
    sqlite_with_rowid=False,
)
