"""Customers of whom an account has told in lists of master data."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NAMES = (
    "name", "first_name", "company", "street", "postcode", "city", "country", "email", "phone",
    "birth_date", "iban",
)  # fmt: skip
_STATISTICS = (
    ("customers", "1000000 100000 50000 1"),
    ("ix_customers_submission_id", "1000000 100000 10000"),
)


def upgrade() -> None:
    """Create the table, on SQLite with figures of how it will look."""
    op.create_table(
        "customers",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("circle", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=True) for name in _NAMES),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kept_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "circle", "number", name="pk_customers"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_customers_submission_id", "customers", ["account_id", "submission_id"], unique=False)
    if op.get_context().dialect.name == "sqlite":
        for index, figures in _STATISTICS:
            values = f"'customers', '{index}', '{figures}'"
            op.execute(f"INSERT INTO sqlite_stat1 VALUES ({values})")  # noqa: S608  our own names
        op.execute("ANALYZE sqlite_schema")
