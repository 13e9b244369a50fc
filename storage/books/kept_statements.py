"""Final documents that were kept, read back as they were made."""

import msgspec
from sqlalchemy import Connection, func, select

from storage.books.ledgers import Ledger
from storage.books.statements import Statement
from storage.engine.book_tables import journal, postings, statements
from storage.money import Money


class KeptStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A final document.

    credited: what the case had brought to the creditor's balance account when it was made; stands: False once
    the case was taken up again.
    """

    document: Statement
    credited: Money
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
    document = msgspec.json.decode(row.content, type=Statement)
    return KeptStatement(
        document=document,
        credited=_credited(connection, account_id, case_id, document.entry),
        stands=row.state == "final",
    )


def _credited(connection: Connection, account_id: int, case_id: int, entry: int) -> Money:
    """What a case has brought to the balance account up to an entry."""
    of_entry = (postings.c.account_id == journal.c.account_id) & (postings.c.entry == journal.c.entry)
    found = (
        select(func.sum(postings.c.cents))
        .join(journal, of_entry)
        .where(
            journal.c.account_id == account_id,
            journal.c.case_id == case_id,
            journal.c.entry <= entry,
            postings.c.ledger == int(Ledger.BALANCE),
        )
    )
    return Money(-int(connection.execute(found).scalar() or 0))
