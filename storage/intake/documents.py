"""The documents of a submission: what each is and how it was read, for the answer and for later questions."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.schema import documents
from storage.engine.text import storable
from storage.intake.inbox import Work, fence
from storage.records import DocumentHead, DocumentTail, Problem

_PROBLEMS = msgspec.json.Decoder(tuple[Problem, ...])
_HEAD = msgspec.json.Decoder(DocumentHead)


class StoredDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document; rows_total and problems are what its tail said, None and () before."""

    document: int
    head: DocumentHead
    rows_total: int | None
    problems: tuple[Problem, ...]


def put_document(
    connection: Connection, work: Work, document: int, head: DocumentHead, tail: DocumentTail | None = None
) -> None:
    """Keep a document's head and, once it is read, its tail; again is harmless. Raises LeaseLostError."""
    fence(connection, work)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    said = {
        "kind": head.kind.value,
        "name": storable(head.name),
        "head": msgspec.json.encode(msgspec.structs.replace(head, path=None)).decode(),
        "rows_total": None if tail is None else tail.rows_total,
        "problems": None if tail is None else msgspec.json.encode(tail.problems).decode(),
    }
    key = {"account_id": work.account_id, "submission_id": work.submission_id, "document": document}
    row = insert(documents).values(**key, **said)
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=said))


def documents_of(connection: Connection, account_id: int, submission_id: int) -> Sequence[StoredDocument]:
    """The documents of a submission in their order."""
    found = select(documents).filter_by(account_id=account_id, submission_id=submission_id)
    return [
        StoredDocument(
            document=row.document,
            head=_HEAD.decode(row.head),
            rows_total=row.rows_total,
            problems=() if row.problems is None else _PROBLEMS.decode(row.problems),
        )
        for row in connection.execute(found.order_by(documents.c.document))
    ]
