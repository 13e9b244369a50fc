"""What became of the rows of a submission, one by one, for the tables that go with an answer."""

from collections.abc import Iterator
from types import SimpleNamespace

import msgspec
from sqlalchemy import Connection, func, select, text

from storage.case_number import format_case_number
from storage.engine.schema import case_events, cases, claims, debtors, tasks
from storage.intake.changes import RowChange
from storage.intake.findings import row_findings
from storage.intake.submissions import debtor_label
from storage.money import Money

_IDS_A_TIME = 10_000
_CHANGE = msgspec.json.Decoder(RowChange)


class RowOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row; rows that brought nothing new are only counted in the submission."""

    document: int
    row: int
    decision: str  # new | changed | rejected | skipped
    case: str | None = None
    invoice: str | None = None
    debtor: str | None = None
    principal: Money | None = None
    problem: str | None = None
    fix: str | None = None


def case_ids_of(connection: Connection, account_id: int, submission_id: int) -> Iterator[int]:
    """The ids of all cases that a submission's new claims are in, ascending."""
    found = (
        select(claims.c.case_id)
        .where(claims.c.account_id == account_id, claims.c.submission_id == submission_id)
        .distinct()
        .order_by(claims.c.case_id)
    )
    yield from connection.execution_options(yield_per=_IDS_A_TIME).execute(found).scalars()


def under_review(connection: Connection, account_id: int, submission_id: int) -> int:
    """How many changed rows wait for the operator, because their case has moved on."""
    asked = select(func.count()).where(
        tasks.c.account_id == account_id,
        tasks.c.submission_id == submission_id,
        tasks.c.kind == "change_request",
    )
    return connection.execute(asked).scalar_one()


def row_outcomes(
    connection: Connection, account_id: int, submission_id: int, *, with_changes: bool
) -> Iterator[RowOutcome]:
    """The outcome of every row that was not simply known already: new, changed, rejected, skipped."""
    yield from _new_rows(connection, account_id, submission_id)
    if with_changes:
        yield from _changed_rows(connection, account_id, submission_id)
    for finding in row_findings(connection, account_id, submission_id):
        document, row = finding.document, finding.row
        if finding.reason is not None:
            yield RowOutcome(document=document, row=row, decision="skipped", problem=finding.reason)
        for problem in finding.problems:
            yield RowOutcome(
                document=document, row=row, decision="rejected", problem=problem.message, fix=problem.fix
            )


def _new_rows(connection: Connection, account_id: int, submission_id: int) -> Iterator[RowOutcome]:
    found = (
        select(
            claims.c.document,
            claims.c.row,
            claims.c.case_id,
            claims.c.invoice_number,
            claims.c.principal_cents,
            claims.c.currency,
            debtors.c.company,
            debtors.c.name,
            debtors.c.first_name,
        )
        .join(cases, (cases.c.account_id == claims.c.account_id) & (cases.c.case_id == claims.c.case_id))
        .join(
            debtors,
            (debtors.c.account_id == claims.c.account_id) & (debtors.c.debtor_id == cases.c.debtor_id),
        )
        .where(claims.c.account_id == account_id, claims.c.submission_id == submission_id)
        .order_by(claims.c.document, claims.c.row)
    )
    for row in connection.execute(found.execution_options(yield_per=1_000)):
        yield RowOutcome(
            document=row.document,
            row=row.row,
            decision="new",
            case=format_case_number(row.case_id),
            invoice=row.invoice_number,
            debtor=debtor_label(row),
            principal=Money(row.principal_cents, row.currency),
        )


def _changed_rows(connection: Connection, account_id: int, submission_id: int) -> Iterator[RowOutcome]:
    """Changes that were made (events) and those that the operator is asked about (tasks)."""
    # Literal conditions: SQLite uses a partial index only where it reads the same condition.
    for table, made in ((case_events, "trigger = 'row_changed'"), (tasks, "kind = 'change_request'")):
        found = select(table.c.case_id, table.c.detail).where(
            table.c.account_id == account_id, table.c.submission_id == submission_id, text(made)
        )
        for case_id, detail in connection.execute(found):
            change = _CHANGE.decode(detail)
            claim, debtor = change.new.claim, change.new.debtor
            invoice, cents, currency = claim["invoice_number"], claim["principal_cents"], claim["currency"]
            assert isinstance(cents, int), "a principal is whole cents"
            yield RowOutcome(
                document=change.document,
                row=change.row,
                decision="changed",
                case=format_case_number(case_id),
                invoice=None if invoice is None else str(invoice),
                debtor=debtor_label(SimpleNamespace(**debtor)),
                principal=Money(cents, str(currency)),
            )
