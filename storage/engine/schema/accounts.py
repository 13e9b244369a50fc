"""The tables of who hands claims over, and of the numbers that are given out."""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKeyConstraint, Index, Table

from storage.engine.columns import big, blob, key, metadata, words

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
