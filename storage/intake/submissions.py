"""Submissions: what came in, how far it is, what became of it."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, and_, func, select

from storage.case_number import format_case_number
from storage.engine.instants import from_micros, from_micros_or_none
from storage.engine.schema import cases, claims, debtors, inbox, submissions
from storage.errors import RefusedError, UnknownError

_LABEL = re.compile(r"(?:S-?)?(\d{1,18})", re.IGNORECASE | re.ASCII)


class SubmissionSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One submission. state: received | done | claimed | set_aside | asked | withdrawn."""

    account_id: int
    submission_id: int
    state: str
    queue: str  # state of its inbox row: waiting | working | done | claimed | set_aside | asked
    channel: str
    sender: str
    trust: str
    source_name: str | None
    message_id: str | None
    recipient: str | None
    sha256: bytes
    size_bytes: int
    received_at: datetime
    finished_at: datetime | None
    reason: str | None  # of the last state, or of the last failed attempt
    attempts: int
    failures: int
    rows_total: int
    new: int
    unchanged: int
    changed: int
    rejected: int
    skipped: int
    digest: bytes | None
    answers: int
    unanswered: str | None
    reply_to: int | None  # the submission whose answer it replies to
    source_id: int | None  # the submission whose bytes it is about, where it brought only an answer
    held: str | None  # why its cases wait for the creditor's JA


class SubmissionCase(NamedTuple):
    """A case that a submission brought claims to, with what it brought: count and cents."""

    number: str
    debtor: str
    claims: int
    principal_cents: int


def format_submission(submission_id: int) -> str:
    """The label that people see: 42 is `S-000042`."""
    return f"S-{submission_id:06d}"


def parse_submission(text: str) -> int:
    """The id of a label, also without its letter; raises RefusedError."""
    match = _LABEL.fullmatch(text.strip())
    if match is None:
        raise RefusedError(f"{text!r} is no submission; it is written S-000042")
    return int(match[1])


def get_submission(connection: Connection, submission_id: int) -> SubmissionSummary:
    """One submission; raises UnknownError."""
    row = connection.execute(_summaries().where(submissions.c.submission_id == submission_id)).first()
    if row is None:
        raise UnknownError(f"there is no submission {format_submission(submission_id)}")
    return _summary(row)


def submissions_of(connection: Connection, account_id: int, limit: int = 100) -> list[SubmissionSummary]:
    """The newest submissions of an account, newest first."""
    newest = _summaries().where(submissions.c.account_id == account_id)
    found = newest.order_by(submissions.c.submission_id.desc()).limit(limit)
    return [_summary(row) for row in connection.execute(found)]


def queued(connection: Connection, limit: int = 1_000) -> list[SubmissionSummary]:
    """What waits, is worked on, or was set aside, oldest first."""
    pending = _summaries().where(inbox.c.state.in_(["waiting", "working", "set_aside"]))
    return [_summary(row) for row in connection.execute(pending.order_by(inbox.c.submission_id).limit(limit))]


def cases_of(
    connection: Connection, account_id: int, submission_id: int, limit: int | None = None
) -> list[SubmissionCase]:
    """The cases that a submission brought claims to, by number; withdrawn claims count too."""
    brought = (
        select(
            claims.c.case_id, func.count().label("claims"), func.sum(claims.c.principal_cents).label("cents")
        )
        .where(claims.c.account_id == account_id, claims.c.submission_id == submission_id)
        .group_by(claims.c.case_id)
        .order_by(claims.c.case_id)
        .limit(limit)
        .subquery()
    )
    found = (
        select(brought.c.case_id, brought.c.claims, brought.c.cents, *_NAME)
        .join(cases, and_(cases.c.account_id == account_id, cases.c.case_id == brought.c.case_id))
        .join(debtors, and_(debtors.c.account_id == account_id, debtors.c.debtor_id == cases.c.debtor_id))
        .order_by(brought.c.case_id)
    )
    return [
        SubmissionCase(
            number=format_case_number(row.case_id),
            debtor=debtor_label(row),
            claims=row.claims,
            principal_cents=int(row.cents),
        )
        for row in connection.execute(found)
    ]


def totals_of(connection: Connection, account_id: int, submission_id: int) -> tuple[int, int, int]:
    """How many cases and claims a submission brought, and their principal in cents."""
    found = select(
        func.count(claims.c.case_id.distinct()),
        func.count(),
        func.coalesce(func.sum(claims.c.principal_cents), 0),
    ).where(claims.c.account_id == account_id, claims.c.submission_id == submission_id)
    row = connection.execute(found).one()
    return row[0], row[1], int(row[2])


def debtor_label(row: Any) -> str:
    """The name of a debtor from a row with company, name and first_name."""
    if row.company:
        return str(row.company)
    return ", ".join(part for part in (row.name, row.first_name) if part)


_NAME = (debtors.c.company, debtors.c.name, debtors.c.first_name)
_FROM_INBOX = {"queue": inbox.c.state, "attempts": inbox.c.attempts, "failures": inbox.c.failures}
_NAMES: Sequence[str] = SubmissionSummary.__struct_fields__


def _summaries() -> Any:
    columns = [
        _FROM_INBOX[name].label(name) if name in _FROM_INBOX else submissions.c[name] for name in _NAMES
    ]
    same = and_(
        inbox.c.account_id == submissions.c.account_id, inbox.c.submission_id == submissions.c.submission_id
    )
    return select(*columns, inbox.c.reason.label("queue_reason")).join(inbox, same)


def _summary(row: Any) -> SubmissionSummary:
    values = {name: getattr(row, name) for name in _NAMES}
    values["received_at"] = from_micros(row.received_at)
    values["finished_at"] = from_micros_or_none(row.finished_at)
    values["reason"] = row.queue_reason or row.reason
    return SubmissionSummary(**values)
