"""Money that leaves: payouts, the accounts they go to, the agency's invoices, and terms of an account."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _big(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=null)


def _words(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def upgrade() -> None:
    """Add the tables, and keep the payout accounts that are known."""
    _add_payouts()
    _add_terms()
    _keep_ibans()


def _add_payouts() -> None:
    op.create_table(
        "payouts",
        _big("account_id"),
        _big("payout_id"),
        _words("kind"),
        _words("month", null=True),
        _words("state"),
        _big("cents"),
        _words("iban"),
        _number("iban_version"),
        _words("as_of"),
        _words("due_on"),
        _big("prepared_at"),
        _words("prepared_by"),
        _big("confirmed_at", null=True),
        _words("confirmed_by", null=True),
        _big("entry", null=True),
        sa.PrimaryKeyConstraint("account_id", "payout_id", name="pk_payouts"),
        sa.CheckConstraint("cents > 0", name=op.f("ck_payouts_cents")),
        sa.CheckConstraint("kind IN ('monthly', 'on_demand')", name=op.f("ck_payouts_kind")),
        sa.CheckConstraint("state IN ('open', 'confirmed', 'cancelled')", name=op.f("ck_payouts_state")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "uq_payouts_month",
        "payouts",
        ["account_id", "month"],
        unique=True,
        sqlite_where=sa.text("month IS NOT NULL AND state <> 'cancelled'"),
        postgresql_where=sa.text("month IS NOT NULL AND state <> 'cancelled'"),
    )
    op.create_index(
        "uq_payouts_open",
        "payouts",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "payout_ibans",
        _big("account_id"),
        _number("version"),
        _words("iban"),
        _big("recorded_at"),
        _big("verified_at", null=True),
        _words("verified_by", null=True),
        sa.PrimaryKeyConstraint("account_id", "version", name="pk_payout_ibans"),
        sqlite_with_rowid=False,
    )


def _add_terms() -> None:
    op.create_table(
        "agency_invoices",
        _big("account_id"),
        _big("invoice_id"),
        _words("number"),
        _words("month"),
        _words("issued_on"),
        _big("net_cents"),
        _big("vat_cents"),
        _big("settled_cents"),
        _words("content"),
        _big("created_at"),
        sa.PrimaryKeyConstraint("account_id", "invoice_id", name="pk_agency_invoices"),
        sqlite_with_rowid=False,
    )
    op.create_index("uq_agency_invoices_month", "agency_invoices", ["account_id", "month"], unique=True)
    op.create_index("uq_agency_invoices_number", "agency_invoices", ["account_id", "number"], unique=True)
    op.create_table(
        "account_terms",
        _big("account_id"),
        _big("settlement_percent_min", null=True),
        sa.Column("payout_on_demand", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name="pk_account_terms"),
        sqlite_with_rowid=False,
    )


def _keep_ibans() -> None:
    # All that stand with accounts were recorded by the operator: they are the first versions, and verified.
    first = "SELECT account_id, 1, iban, created_at, created_at, 'operator' FROM accounts"
    op.execute(f"INSERT INTO payout_ibans {first} WHERE iban IS NOT NULL")
