"""Questions and their answers, what a submission has to do with an earlier one, what is missing in a list."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add four tables and three columns."""
    for column in (
        sa.Column("reply_to", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("source_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("held", sa.Text(), nullable=True),
    ):
        op.add_column("submissions", column)
    op.create_table(
        "questions",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("submission_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.Text(), nullable=False),
        sa.Column("items", sa.Text(), nullable=True),
        sa.Column("choice", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("answered_by", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("account_id", "submission_id", "number", name="pk_questions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "standing_answers",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("answered_by", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "scope", "version", name="pk_standing_answers"),
        sqlite_with_rowid=False,
    )
    _create_missing()


def _create_missing() -> None:
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
        sa.Column("covers", sa.Text(), nullable=True),
        sa.Column("cents", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("answered_at", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("answered_by", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint(
            "account_id", "submission_id", "case_id", "position", name="pk_missing_claims"
        ),
        sa.CheckConstraint("answer IN ('paid', 'cancelled', 'open')", name="ck_missing_claims_answer"),
        sqlite_with_rowid=False,
    )
