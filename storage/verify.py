"""The audit of the store: every rule of `invariants`, every stored byte against its hash, the guards.

Work that waits is no finding: it is counted as pending.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, select, text

from storage.books.audit import book_findings
from storage.books.audit.anchors import Anchor
from storage.books.audit.rules import BOOK_RULES
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.engine.schema import authorities, blob_pieces, submissions
from storage.findings import FINDINGS_A_CHECK, Finding
from storage.intake.inbox import waiting_count
from storage.intake.outbox import undelivered_count
from storage.intake.submissions import format_submission
from storage.invariants import INVARIANTS, Invariant

_RULES = (*INVARIANTS, *BOOK_RULES)
_PIECES_A_TIME = 16
_GUARDED = ("case_events", "journal", "postings")
_REFUSED = {"sqlite": ("delete", "update"), "postgresql": ("delete", "truncate", "update")}


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of an audit; pending counts submissions and answers that wait."""

    findings: tuple[Finding, ...]
    pending: int

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.findings


def verify(
    connection: Connection, settings: BookSettings | None = None, anchors: Sequence[Anchor] = ()
) -> Verification:
    """Audit the whole store on one snapshot: pass a connection of `Database.read`.

    settings: those that were booked by; anchors: heads of chains that must still be in them.
    """
    findings = [
        *_broken_file(connection),
        *_missing_guards(connection),
        *(finding for rule in _RULES for finding in _violations(connection, rule)),
        *book_findings(connection, settings or BookSettings(), anchors),
        *_changed_bytes(connection),
        *_changed_authorities(connection),
    ]
    queue, answers = waiting_count(connection), undelivered_count(connection)
    pending = queue["waiting"] + queue["working"] + answers["waiting"] + answers["sending"]
    return Verification(findings=tuple(findings), pending=pending)


def _violations(connection: Connection, rule: Invariant) -> Iterator[Finding]:
    found = connection.execute(text(f"{rule.violations} LIMIT {FINDINGS_A_CHECK}"))
    for account_id, number, *details in found:
        yield Finding(
            check=rule.check,
            subject=_subject(rule.about, account_id, number),
            message=rule.message.format(*details),
        )


def _subject(about: str, account_id: int, number: int) -> str:
    if about == "case":
        return f"case {format_case_number(number)}"
    if about == "submission":
        return f"submission {format_submission(number)}"
    if about == "debtor":
        return f"debtor {number} of account {account_id}"
    if about == "store":
        return "store"
    if about == "payout":
        return f"payout {number} of account {account_id}"
    return f"account {account_id}"


def _broken_file(connection: Connection) -> Iterator[Finding]:
    """SQLite's own look at its pages; PostgreSQL has tools of its own (`pg_amcheck`)."""
    if connection.dialect.name != "sqlite":
        return
    for (message,) in connection.exec_driver_sql(f"PRAGMA quick_check({FINDINGS_A_CHECK})"):
        if message != "ok":
            yield Finding(check="store.file", subject="store", message=message)


def _missing_guards(connection: Connection) -> Iterator[Finding]:
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
    }
    present = set(connection.execute(text(catalogue[connection.dialect.name])).scalars())
    for guard in [f"{table}_no_{act}" for table in _GUARDED for act in _REFUSED[connection.dialect.name]]:
        if guard not in present:
            message = "the guard that keeps the history from being changed is gone"
            yield Finding(check="store.guard", subject=guard, message=message)


def _changed_bytes(connection: Connection) -> Iterator[Finding]:
    """Submissions whose bytes are not those that were acknowledged; read once, piece by piece."""
    told = connection.execute(
        select(
            submissions.c.account_id,
            submissions.c.submission_id,
            submissions.c.sha256,
            submissions.c.size_bytes,
        )
    )
    expected = {(row.account_id, row.submission_id): (bytes(row.sha256), row.size_bytes) for row in told}
    for key, pieces in groupby(_pieces(connection), key=lambda row: (row.account_id, row.submission_id)):
        digest, size = sha256(), 0
        for number, row in enumerate(pieces):
            if row.piece == number:  # a missing piece shows in the hash
                digest.update(row.content)
                size += len(row.content)
        if expected.pop(key, None) != (digest.digest(), size):
            yield _bytes_finding(key[1], "its bytes are not those that were acknowledged")
    for _, submission_id in expected:
        yield _bytes_finding(submission_id, "its bytes are gone")


def _pieces(connection: Connection) -> Any:
    ordered = select(blob_pieces).order_by(
        blob_pieces.c.account_id, blob_pieces.c.submission_id, blob_pieces.c.piece
    )
    return connection.execute(ordered.execution_options(yield_per=_PIECES_A_TIME))


def _bytes_finding(submission_id: int, message: str) -> Finding:
    subject = f"submission {format_submission(submission_id)}"
    return Finding(check="submission.bytes", subject=subject, message=message)


def _changed_authorities(connection: Connection) -> Iterator[Finding]:
    for row in connection.execute(select(authorities)):
        if sha256(row.content).digest() != bytes(row.sha256):
            message = "the document of its power of attorney was changed"
            yield Finding(check="account.authority", subject=f"account {row.account_id}", message=message)
