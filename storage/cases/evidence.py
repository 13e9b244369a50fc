"""The documents that prove a case: the invoices that its claims were read from, and what names its number."""

import msgspec
from sqlalchemy import Connection, and_, or_, select

from storage.case_number import format_case_number
from storage.engine.schema import claims, documents
from storage.intake.submissions import format_submission
from storage.records import Kind


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One document; its bytes are those of its submission."""

    submission: str
    document: int
    kind: str  # invoice | evidence
    name: str


def evidence_of(connection: Connection, account_id: int, case_id: int) -> list[Evidence]:
    """The documents in the order in which they came. Only the account's own can be among them."""
    of_claims = (
        select(claims.c.case_id)
        .where(
            claims.c.account_id == account_id,
            claims.c.case_id == case_id,
            claims.c.submission_id == documents.c.submission_id,
            claims.c.document == documents.c.document,
        )
        .exists()
    )
    names_case = documents.c.head.contains(f'"case":"{format_case_number(case_id)}"', autoescape=True)
    found = (
        select(documents)
        .where(
            documents.c.account_id == account_id,
            or_(
                and_(documents.c.kind == Kind.INVOICE.value, of_claims),
                and_(documents.c.kind == Kind.EVIDENCE.value, names_case),
            ),
        )
        .order_by(documents.c.submission_id, documents.c.document)
    )
    return [
        Evidence(
            submission=format_submission(row.submission_id),
            document=row.document,
            kind=row.kind,
            name=row.name,
        )
        for row in connection.execute(found)
    ]
