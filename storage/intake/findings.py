"""What reading said of the rows of a submission: the refused and the skipped one by one, warnings counted.

A list of a million rows may lack one column in each of them. Its warnings are counted by code and
field, with the first rows as examples; the row itself is in the claim.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, select

from storage.engine.bulk import insert_rows
from storage.engine.schema import row_problems, row_warnings
from storage.engine.text import storable
from storage.entries import ClaimEntry, RejectedEntry, SkippedEntry
from storage.intake.inbox import Work
from storage.intake.plan import Planned
from storage.records import Problem

EXAMPLES_MAX = 10
_PAGE_ROWS = 1_000
_PROBLEM_ROW = ("account_id", "submission_id", "document", "row", "decision", "detail")
_PROBLEMS = msgspec.json.Decoder(tuple[Problem, ...])
_ROWS = msgspec.json.Decoder(list[tuple[int, int]])


class RowFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A row that became no claim: refused with its problems, or skipped with a reason."""

    document: int
    row: int
    problems: tuple[Problem, ...]
    reason: str | None


class Warnings(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of warning in a submission: how many rows have it, and (document, row) of the first."""

    code: str
    field: str | None
    message: str
    fix: str
    rows: int
    first_rows: list[tuple[int, int]]


def record_findings(connection: Connection, work: Work, planned: Iterable[Planned]) -> None:
    """Write what a chunk's rows brought beside their claims."""
    problems = []
    warnings: dict[tuple[str, str], tuple[Problem, list[tuple[int, int]]]] = {}
    for one in planned:
        entry = one.entry
        if isinstance(entry, ClaimEntry):
            for warning in entry.warnings:
                key = (warning.code, warning.field or "")
                warnings.setdefault(key, (warning, []))[1].append((entry.document, entry.row))
        else:
            problems.append((work.account_id, work.submission_id, entry.document, entry.row, *_told(entry)))
    insert_rows(connection, "row_problems", _PROBLEM_ROW, problems)
    if warnings:
        _count_warnings(connection, work, warnings)


def row_findings(
    connection: Connection,
    account_id: int,
    submission_id: int,
    *,
    document: int | None = None,
    limit: int | None = None,
    rejected_only: bool = False,
) -> Iterator[RowFinding]:
    """Refused and skipped rows in the order of the file, read page by page."""
    table = row_problems.c
    position = (-1, -1)
    while limit is None or limit > 0:
        page = _PAGE_ROWS if limit is None else min(limit, _PAGE_ROWS)
        found = (
            select(table.document, table.row, table.decision, table.detail)
            .where(table.account_id == account_id, table.submission_id == submission_id)
            .where(
                (table.document > position[0]) | ((table.document == position[0]) & (table.row > position[1]))
            )
            .order_by(table.document, table.row)
            .limit(page)
        )
        if document is not None:
            found = found.where(table.document == document)
        if rejected_only:
            found = found.where(table.decision == "rejected")
        rows = connection.execute(found).all()
        for row in rows:
            yield _finding(row.document, row.row, row.decision, row.detail)
        if len(rows) < page:
            return
        position = (rows[-1].document, rows[-1].row)
        limit = None if limit is None else limit - len(rows)


def warnings_of(connection: Connection, account_id: int, submission_id: int) -> list[Warnings]:
    """The kinds of warnings of a submission, the most frequent first."""
    found = (
        select(row_warnings)
        .filter_by(account_id=account_id, submission_id=submission_id)
        .order_by(row_warnings.c.rows.desc(), row_warnings.c.code, row_warnings.c.field)
    )
    return [
        Warnings(
            code=row.code,
            field=row.field or None,
            message=row.message,
            fix=row.fix,
            rows=row.rows,
            first_rows=_ROWS.decode(row.first_rows),
        )
        for row in connection.execute(found)
    ]


def _told(entry: RejectedEntry | SkippedEntry) -> tuple[str, str]:
    if isinstance(entry, RejectedEntry):
        return "rejected", msgspec.json.encode(entry.problems).decode()
    return "skipped", storable(entry.reason)


def _finding(document: int, row: int, decision: str, detail: str) -> RowFinding:
    if decision == "skipped":
        return RowFinding(document=document, row=row, problems=(), reason=detail)
    return RowFinding(document=document, row=row, problems=_PROBLEMS.decode(detail), reason=None)


def _count_warnings(
    connection: Connection,
    work: Work,
    warnings: Mapping[tuple[str, str], tuple[Problem, Sequence[tuple[int, int]]]],
) -> None:
    from sqlalchemy.dialects import postgresql, sqlite  # noqa: PLC0415  beside their one use

    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    for (code, field), (warning, rows) in warnings.items():
        row = insert(row_warnings).values(
            account_id=work.account_id,
            submission_id=work.submission_id,
            code=code,
            field=field,
            message=storable(warning.message),
            fix=storable(warning.fix),
            rows=len(rows),
            first_rows=msgspec.json.encode(rows[:EXAMPLES_MAX]).decode(),
        )
        connection.execute(
            row.on_conflict_do_update(
                index_elements=["account_id", "submission_id", "code", "field"],
                set_={"rows": row_warnings.c.rows + row.excluded.rows},
            )
        )
