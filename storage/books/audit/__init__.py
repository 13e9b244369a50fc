"""The audit of the books: the journal in its order, every case's book, and heads that somebody kept."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from storage.books.audit.anchors import Anchor, anchor_findings
from storage.books.audit.cases import case_findings
from storage.books.audit.chain import ChainAudit
from storage.books.settings import BookSettings
from storage.findings import Finding, first_of_each_check


def book_findings(
    connection: Connection, settings: BookSettings, anchors: Sequence[Anchor] = ()
) -> Iterator[Finding]:
    """All that does not hold in the books; every posting is read twice, in memory that does not grow."""
    chain = ChainAudit(connection)
    yield from first_of_each_check(chain.findings())
    yield from first_of_each_check(case_findings(connection, settings, chain.sums))
    yield from anchor_findings(connection, anchors)
