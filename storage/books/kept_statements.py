"""Final documents that were kept, read back as they were made."""

import msgspec
from sqlalchemy import Connection, select

from storage.books.statements import Statement
from storage.engine.book_tables import statements


class KeptStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A final document. stands: False once the case was taken up again."""

    document: Statement
    stands: bool


def newest_statement(connection: Connection, account_id: int, case_id: int) -> KeptStatement | None:
    """The last final document of a case, also one that no longer stands; None where there never was one."""
    found = (
        select(statements.c.content, statements.c.state)
        .filter_by(account_id=account_id, case_id=case_id)
        .order_by(statements.c.statement_id.desc())
        .limit(1)
    )
    row = connection.execute(found).first()
    if row is None:
        return None
    return KeptStatement(
        document=msgspec.json.decode(row.content, type=Statement), stands=row.state == "final"
    )
