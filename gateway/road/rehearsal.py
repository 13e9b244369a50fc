"""The dry run: the same reading and the same plan as a commit, and nothing written."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from bot import answer as words
from bot.digest import skipped_of, warned_of
from bot.outcome import Counts, Outcome, RowProblem
from gateway.composition import Gateway
from gateway.listeners.spool import work_folder
from gateway.reading.wire import Entries, Head, Tail
from gateway.road.asking import asked_of, in_words
from gateway.road.documents import AWAITING, DocumentRead, has_table, of_invoices
from gateway.road.problems import problem_json, row_problem
from gateway.road.report import (
    PROBLEMS_SHOWN,
    customers_read,
    not_taken,
    stands_alone,
    tell_without_claims,
    whole_list_warnings,
)
from gateway.road.travel import job_of, known_customers, plain_name
from storage.accounts import Account
from storage.entries import ClaimEntry, Entry, RejectedEntry, SkippedEntry
from storage.intake.plan import Decision, Seen, plan_chunk
from storage.intake.questions import answers_for
from storage.records import Problem

PROBLEMS_MAX = 10_000
NO_LABEL = "S-000000"
NO_SUBMISSION = 0


def rehearse(
    gateway: Gateway, account: Account, path: Path, on_rows: Callable[[int], None] | None = None
) -> dict[str, Any]:
    """The `submit` document of a file that is not submitted: without cases, with the plan's digest."""
    tally = _Tally()
    with gateway.database.read() as connection:
        answers = answers_for(connection, account.account_id, NO_SUBMISSION)
    with work_folder() as scratch:
        source = scratch / "source"
        shutil.copyfile(path, source)
        with gateway.database.read() as connection:
            kept = known_customers(connection, account, scratch)
        job = job_of(
            source,
            plain_name(path),
            account=account,
            now=gateway.clock(),
            rows_max=gateway.config.intake.rows_max,
            is_mail=False,
            answers=answers,
            customers=kept,
        )
        for frame in gateway.pool.read(job):
            match frame:
                case Head():
                    tally.documents.append(DocumentRead(head=frame.head))
                case Entries(entries=entries):
                    with gateway.database.read() as connection:
                        plan = plan_chunk(connection, account.account_id, entries, tally.digest, tally.seen)
                    tally.documents[-1].count(entries)
                    tally.digest = plan.digest
                    for planned in plan.planned:
                        tally.add(planned.entry, planned.decision)
                    if on_rows is not None:
                        on_rows(tally.rows_total)
                case Tail():
                    tally.documents[-1].tail = frame.tail
    return tally.document(_reply(account, path, gateway, tally))


class _Tally:
    """What a dry run has found so far; bounded, however many rows there are."""

    def __init__(self) -> None:
        self.digest = b""
        self.seen = Seen()
        self.documents: list[DocumentRead] = []
        self.counts = dict.fromkeys((decision.value for decision in Decision), 0)
        self.problems: list[tuple[int, int, Problem]] = []
        self.warnings: list[tuple[int, Problem]] = []
        self.skipped: list[tuple[int, str]] = []

    @property
    def rows_total(self) -> int:
        return sum(self.counts.values())

    def add(self, entry: Entry, decision: Decision) -> None:
        self.counts[decision.value] += 1
        match entry:
            case ClaimEntry():
                if len(self.warnings) < PROBLEMS_MAX:
                    self.warnings += [(entry.row, warning) for warning in entry.warnings]
            case RejectedEntry():
                if len(self.problems) < PROBLEMS_MAX:
                    self.problems += [(entry.document, entry.row, problem) for problem in entry.problems]
            case SkippedEntry():
                if len(self.skipped) < PROBLEMS_MAX:
                    self.skipped.append((entry.row, entry.reason))

    def document(self, reply: str) -> dict[str, Any]:
        whole = [
            problem_json(number, None, problem)
            for number, document in enumerate(self.documents)
            for problem in document.problems
        ]
        questions = [question for document in self.documents for question in document.head.needs_answer]
        return {
            "submission": None,
            "rows_total": self.rows_total,
            **self.counts,
            "cases": [],
            "problems": whole + [problem_json(*problem) for problem in self.problems],
            "needs_answer": [msgspec.to_builtins(question) for question in questions],
            "plan": self.digest.hex(),
            "reply": reply,
        }


def _reply(account: Account, path: Path, gateway: Gateway, tally: _Tally) -> str:
    """The text that the sender would get, without case numbers."""
    sending: dict[str, Any] = {
        "submission": NO_LABEL,
        "account": account.name,
        "received_at": gateway.clock(),
        "source": plain_name(path),
    }
    if not has_table(tally.documents):
        return tell_without_claims(sending, tally.documents, account.language).answer.text
    alone = stands_alone(tally.documents)
    awaiting = sum(document.rows_awaiting for document in tally.documents)
    shown = _shown(tally)
    outcome = Outcome(
        **sending,
        counts=Counts(
            rows_total=tally.rows_total,
            **tally.counts,
            awaiting=awaiting,
        ),
        mode="live" if account.mode == "live" else "test",
        of_invoices=of_invoices(tally.documents),
        approved=account.status == "approved",
        problems=shown,
        problems_more=max(tally.counts["rejected"] - awaiting - len({(p.document, p.row) for p in shown}), 0),
        questions=in_words(asked_of(tally.documents, None, account.language)),
        warnings=whole_list_warnings(tally.documents) + warned_of(tally.warnings, with_rows=alone),
        skipped=skipped_of(tally.skipped, with_rows=alone),
        not_taken=not_taken(tally.documents),
        customers=customers_read(tally.documents),
    )
    return words.render_outcome(outcome, account.language).text


def _shown(tally: _Tally) -> tuple[RowProblem, ...]:
    """The problems of the first rows that have any; a row that only waits for an answer has none."""
    wrong = [problem for problem in tally.problems if problem[2].code != AWAITING]
    rows = list(dict.fromkeys((document, row) for document, row, _ in wrong))[:PROBLEMS_SHOWN]
    return tuple(
        row_problem(tally.documents[document], row, problem)
        for document, row, problem in wrong
        if (document, row) in rows
    )
