"""The road for one file while somebody waits: `inkasso submit` and `queue retry`."""

import time
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
import structlog

from gateway.composition import Gateway
from gateway.road.answers import Ending
from gateway.road.documents import document_problems
from gateway.road.problems import problem_json
from gateway.road.rehearsal import rehearse
from gateway.road.travel import plain_name
from storage.accounts import Account, account_by_email, account_by_id
from storage.case_number import CaseNumbers
from storage.errors import StoreBusyError
from storage.intake import inbox
from storage.intake.documents import documents_of
from storage.intake.findings import row_findings
from storage.intake.inbox import Arrival, Work
from storage.intake.plan import Decision
from storage.intake.results import case_ids_of
from storage.intake.submissions import format_submission, get_submission

OnRows = Callable[[int], None] | None
LEASE_SECONDS = 3_600  # a command that dies is noticed at once; one that waits for a writer is not hurried
BUSY_SECONDS = 600
LOOK_AGAIN_SECONDS = 0.2
DECISIONS = tuple(decision.value for decision in Decision)
PROBLEMS_MAX = 10_000


def submit_file(
    gateway: Gateway, path: Path, creditor_email: str, *, dry_run: bool, on_rows: OnRows = None
) -> dict[str, Any]:
    """One file down the whole road; the `submit` document of the contract. Nothing is sent.

    Raises UnknownError or RefusedError when the address names no one account, OSError when the file
    cannot be read.
    """
    with gateway.database.read() as connection:
        account = account_by_email(connection, creditor_email)
    if dry_run:
        return rehearse(gateway, account, path, on_rows)
    submission_id = _accept(gateway, account, path, creditor_email)
    return _travel(gateway, submission_id, on_rows)


def retry_submission(gateway: Gateway, submission_id: int, on_rows: OnRows = None) -> dict[str, Any]:
    """A submission that was set aside, once more; its sender is answered as its channel wants."""
    return _travel(gateway, submission_id, on_rows)


def answer_submission(
    gateway: Gateway, submission_id: int, said: str, on_rows: OnRows = None
) -> dict[str, Any]:
    """An answer to what a submission has asked, told by the operator; the `submit` document of its effect.

    Raises UnknownError where there is no such submission.
    """
    with gateway.database.read() as connection:
        asked = get_submission(connection, submission_id)
        account = account_by_id(connection, asked.account_id)
    content = said.encode()
    arrival = Arrival(
        account_id=account.account_id,
        channel="submit",
        sender=account.email,
        trust="operator",
        source_name=f"{format_submission(submission_id)}.txt",
        content=content,
        sha256=sha256(content).digest(),
        size_bytes=len(content),
        received_at=gateway.clock(),
    )
    gateway.group_commit.start()
    return _travel(gateway, gateway.group_commit.submit(arrival).result(), on_rows)


def _accept(gateway: Gateway, account: Account, path: Path, email: str) -> int:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    arrival = Arrival(
        account_id=account.account_id,
        channel="submit",
        sender=email,
        trust="operator",
        source_name=plain_name(path),
        content=path,
        sha256=digest.digest(),
        size_bytes=path.stat().st_size,
        received_at=gateway.clock(),
    )
    gateway.group_commit.start()
    return gateway.group_commit.submit(arrival).result()


def _travel(gateway: Gateway, submission_id: int, on_rows: OnRows) -> dict[str, Any]:
    """Along the road, a second time when the first reading broke off; after that it is set aside."""
    with structlog.contextvars.bound_contextvars(submission=format_submission(submission_id)):
        while True:
            work = _lease(gateway, submission_id)
            ending = gateway.road.travel(work, on_rows)
            if ending is not None:
                return _document(gateway, work, ending)


def _lease(gateway: Gateway, submission_id: int) -> Work:
    """The work, waited for while another submission of the account is under way."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            with gateway.database.write() as connection:
                return inbox.claim_one(
                    connection, submission_id, gateway.owner, gateway.clock(), LEASE_SECONDS
                )
        except StoreBusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(LOOK_AGAIN_SECONDS)


def _document(gateway: Gateway, work: Work, ending: Ending) -> dict[str, Any]:
    """The `submit` document of the contract; `cases` are those that its rows are in, new or not."""
    account_id, submission_id = work.account_id, work.submission_id
    with gateway.database.read() as connection:
        summary = get_submission(connection, submission_id)
        documents = documents_of(connection, account_id, submission_id)
        findings = row_findings(connection, account_id, submission_id, limit=PROBLEMS_MAX, rejected_only=True)
        rows = [
            problem_json(finding.document, finding.row, problem)
            for finding in findings
            for problem in finding.problems
        ]
        whole = [
            problem_json(one.document, None, problem)
            for one in documents
            for problem in document_problems(one.head, one.problems)
        ]
        return {
            "submission": format_submission(submission_id),
            "state": summary.state,
            "rows_total": summary.rows_total,
            **{name: getattr(summary, name) for name in DECISIONS},
            "cases": _cases(case_ids_of(connection, account_id, submission_id), ending.known_cases),
            "problems": [*whole, *rows],
            "needs_answer": [
                msgspec.to_builtins(question) for one in documents for question in one.head.needs_answer
            ],
            "plan": (summary.digest or b"").hex(),
            "reply": ending.text,
        }


def _cases(new: Iterable[int], known: Sequence[int]) -> CaseNumbers:
    """All cases that rows are in; a list of a million rows has nearly as many, so they stay small."""
    return CaseNumbers(case_id for case_id, _ in groupby(merge(new, sorted(known))))
