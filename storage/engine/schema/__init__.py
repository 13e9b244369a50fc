"""The tables of the store, for both engines.

Every key that grows starts with the account, so that the store can be spread by account. Times are
microseconds since 1970 UTC (`storage.engine.instants`), money is whole cents, dates are ISO 8601
text, keys made by `storage.identity` are at most 32 bytes, documents' details are JSON. On SQLite the
tables that take a row for every row of a file live in their primary key (WITHOUT ROWID), one tree less
to write.
"""

from storage.engine import book_tables
from storage.engine.columns import metadata
from storage.engine.schema.accounts import accounts, addresses, authorities, counters
from storage.engine.schema.asking import list_states, missing_claims, questions, standing_answers
from storage.engine.schema.cases import (
    STATUSES,
    case_events,
    cases,
    claims,
    creditor_costs,
    customers,
    debtors,
)
from storage.engine.schema.intake import (
    blob_pieces,
    documents,
    inbox,
    outbox,
    row_problems,
    row_warnings,
    submissions,
    tasks,
)

HEAD = "0006"  # the newest migration, so that a store at it is recognised without loading alembic

assert book_tables.journal.metadata is metadata  # the books are of the same schema

__all__ = [
    "HEAD",
    "STATUSES",
    "accounts",
    "addresses",
    "authorities",
    "blob_pieces",
    "case_events",
    "cases",
    "claims",
    "counters",
    "creditor_costs",
    "customers",
    "debtors",
    "documents",
    "inbox",
    "list_states",
    "metadata",
    "missing_claims",
    "outbox",
    "questions",
    "row_problems",
    "row_warnings",
    "standing_answers",
    "submissions",
    "tasks",
]
