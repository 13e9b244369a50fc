"""What each report has listed last, what its next list lacks, and what was said of that."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two tables, and the lines that a question is about."""
    op.add_column("questions", sa.Column("items", sa.Text(), nullable=True))
    op.create_table(
        "list_states",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("identities", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "fingerprint", "submission_id", name="pk_list_states"),
    )
    op.create_table(
        "missing_claims",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("paid_on", sa.Text(), nullable=True),
        sa.Column("cents", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("covers", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("answered_by", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint(
            "account_id", "submission_id", "case_id", "position", name="pk_missing_claims"
        ),
        sa.CheckConstraint("answer IN ('paid', 'cancelled', 'open')", name="ck_missing_claims_answer"),
        sqlite_with_rowid=False,
    )
