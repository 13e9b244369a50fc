"""The tables of what senders are asked, and of what they have answered."""

from sqlalchemy import CheckConstraint, Column, Integer, Table

from storage.engine.columns import big, blob, key, metadata, words

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
    words("items", null=True),
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

list_states = Table(
    "list_states",
    metadata,
    big("account_id"),
    words("fingerprint"),
    big("submission_id"),
    blob("identities"),
    key("account_id", "fingerprint", "submission_id"),
)

missing_claims = Table(
    "missing_claims",
    metadata,
    big("account_id"),
    big("submission_id"),
    big("case_id"),
    Column("position", Integer, nullable=False, autoincrement=False),
    words("answer", null=True),
    words("paid_on", null=True),
    big("cents", null=True),
    words("covers", null=True),
    big("answered_at", null=True),
    big("answered_by", null=True),
    key("account_id", "submission_id", "case_id", "position"),
    CheckConstraint("answer IN ('paid', 'cancelled', 'open')", name="answer"),
    sqlite_with_rowid=False,
)
