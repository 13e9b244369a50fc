"""The report of a submission: figures from the store, worded by the assistant, and the files beside it."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection

from bot import answer as words
from bot.answer import Answer
from bot.digest import skipped_of
from bot.outcome import (
    CaseLine,
    ClaimSaid,
    Counts,
    CustomersRead,
    Given,
    MasterData,
    NotTaken,
    Outcome,
    RowProblem,
    SkipReason,
    Unreadable,
    Warned,
)
from gateway.road.asking import in_words, is_about_missing
from gateway.road.documents import AWAITING, DocumentRead, of_invoices
from gateway.road.outcome_files import outcome_table_name
from gateway.road.problems import row_problem
from gateway.road.reply import Attachment
from parsers.problems import Code, make_problem
from storage.accounts import Account
from storage.intake.findings import row_findings, warnings_of
from storage.intake.inbox import Work
from storage.intake.notices import claims_said
from storage.intake.questions import AskedQuestion, answered_by
from storage.intake.results import under_review
from storage.intake.submissions import (
    SubmissionSummary,
    cases_of,
    format_submission,
    get_submission,
    totals_of,
)
from storage.money import Money
from storage.records import Kind

PROBLEMS_SHOWN = 25
PROBLEM_ROWS_READ = 10_000
CASES_SHOWN = 20
DOCUMENTS_SHOWN = 20
SKIPPED_COUNTED_MAX = 10_000


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """An answer and its files. `ok` is false when nothing of the submission could be read."""

    answer: Answer
    copies: tuple[Attachment, ...] = ()
    is_cut_short: bool = False  # the text names only the first cases or problems
    summary: SubmissionSummary | None = None
    ok: bool = True


def sending_of(
    work: Work, account: Account, subject: str | None, source: str | None = None
) -> dict[str, Any]:
    """What every answer says of the submission itself."""
    return {
        "submission": format_submission(work.submission_id),
        "account": account.name,
        "received_at": work.received_at,
        "subject": subject,
        "source": source or work.source_name,
    }


def not_taken(documents: Iterable[DocumentRead]) -> tuple[NotTaken, ...]:
    """The documents that could not be taken, each with its reason and the way out; the first ones."""
    reasons = (
        NotTaken(name=document.head.name, message=problem.message, fix=problem.fix)
        for document in documents
        if document.head.kind is not Kind.MASTER_DATA
        for problem in document.problems
    )
    return tuple(islice(reasons, DOCUMENTS_SHOWN))


def only_kept(documents: Iterable[DocumentRead], language: str) -> tuple[NotTaken, ...]:
    """Documents that are kept as evidence, told where there was nothing else."""
    problem = make_problem(Code.EVIDENCE_ONLY, language)
    kept = (document for document in documents if document.head.kind is Kind.EVIDENCE)
    return tuple(
        NotTaken(name=document.head.name, message=problem.message, fix=problem.fix)
        for document in islice(kept, DOCUMENTS_SHOWN)
    )


def customers_read(documents: Iterable[DocumentRead]) -> tuple[CustomersRead, ...]:
    """The lists of customers among the documents; the first ones."""
    lists = (document for document in documents if document.head.kind is Kind.MASTER_DATA)
    return tuple(
        CustomersRead(
            name=document.head.name,
            kept=document.tail.kept if document.tail else 0,
            notes=tuple(
                NotTaken(name=document.head.name, message=problem.message, fix=problem.fix)
                for problem in document.problems
            ),
        )
        for document in islice(lists, DOCUMENTS_SHOWN)
    )


def tell_without_claims(sending: dict[str, Any], documents: Sequence[DocumentRead], language: str) -> Told:
    """The answer where nothing was a list of claims: thanks for master data, or why nothing was taken."""
    customers = customers_read(documents)
    if customers:
        master = MasterData(**sending, customers=customers, not_taken=not_taken(documents))
        return Told(answer=words.render_master_data(master, language))
    why = not_taken(documents) or only_kept(documents, language)
    return Told(answer=words.render_unreadable(Unreadable(**sending, not_taken=why), language), ok=False)


def tell(
    connection: Connection,
    work: Work,
    account: Account,
    documents: Sequence[DocumentRead],
    *,
    subject: str | None,
    asked: Sequence[AskedQuestion],
) -> Told:
    """The report of a submission that held at least one list; `asked` is what it asks its sender."""
    summary = get_submission(connection, work.submission_id)
    problems = _problems(connection, work, documents)
    awaiting = sum(document.rows_awaiting for document in documents)
    cases = cases_of(connection, work.account_id, work.submission_id, CASES_SHOWN)
    case_count, _, cents = totals_of(connection, work.account_id, work.submission_id)
    copies = tuple(
        Attachment(name=document.copy.name, content=document.copy.content)
        for document in documents
        if document.copy
    )
    cut_short = case_count > CASES_SHOWN or summary.rejected > PROBLEMS_SHOWN
    outcome = Outcome(
        **sending_of(work, account, subject, _source(work, documents)),
        counts=_counts(connection, work, summary, awaiting),
        mode="live" if account.mode == "live" else "test",
        of_invoices=of_invoices(documents),
        approved=account.status == "approved",
        problems=problems,
        problems_more=max(summary.rejected - awaiting - len({(p.document, p.row) for p in problems}), 0),
        questions=in_words(asked),
        reply_to=None if summary.reply_to is None else format_submission(summary.reply_to),
        answered=tuple(
            Given(question=one.text, choice=one.choice or "")
            for one in answered_by(connection, work.account_id, work.submission_id)
            if not is_about_missing(one.question_id)
        ),
        claims_said=tuple(
            ClaimSaid(
                invoice_number=one.invoice_number,
                debtor=one.debtor,
                answer=one.answer,
                paid_on=None if one.paid_on is None else date.fromisoformat(one.paid_on),
                amount=None if one.paid_cents is None else Money(one.paid_cents, one.currency),
                is_part=one.covers == "partial",
            )
            for one in claims_said(connection, work.account_id, work.submission_id)
            if one.answer is not None
        ),
        by_folder=work.channel == "folder",
        warnings=_warnings(connection, work, documents),
        cases=tuple(
            CaseLine(
                number=case.number,
                debtor=case.debtor,
                claims=case.claims,
                principal=Money(case.principal_cents),
            )
            for case in cases
        ),
        cases_more=max(case_count - CASES_SHOWN, 0),
        principal=(Money(cents),) if case_count else (),
        skipped=_skipped(connection, work, documents),
        not_taken=not_taken(documents),
        customers=customers_read(documents),
        corrections=tuple(copy.name for copy in copies),
        attachments=(outcome_table_name(summary, account.language),) if cut_short else (),
    )
    return Told(
        answer=words.render_outcome(outcome, account.language),
        copies=copies,
        is_cut_short=cut_short,
        summary=summary,
    )


def _source(work: Work, documents: Sequence[DocumentRead]) -> str | None:
    """The file that an answer speaks of: what was dropped, or the only one in a mail."""
    lists = [document for document in documents if document.head.kind is not Kind.MASTER_DATA]
    return work.source_name or (lists[0].head.name if len(lists) == 1 else None)


def stands_alone(documents: Sequence[DocumentRead]) -> bool:
    """Whether a row's number tells which row is meant, because only one document has any."""
    return sum(document.head.kind is not Kind.MASTER_DATA for document in documents) == 1


def _counts(connection: Connection, work: Work, summary: SubmissionSummary, awaiting: int) -> Counts:
    return Counts(
        rows_total=summary.rows_total,
        new=summary.new,
        unchanged=summary.unchanged,
        changed=summary.changed,
        rejected=summary.rejected,
        skipped=summary.skipped,
        awaiting=awaiting,
        under_review=under_review(connection, work.account_id, work.submission_id) if summary.changed else 0,
    )


def _problems(
    connection: Connection, work: Work, documents: Sequence[DocumentRead]
) -> tuple[RowProblem, ...]:
    """The problems of the first rows that have any; a row that only waits for an answer has none."""
    findings = row_findings(
        connection, work.account_id, work.submission_id, limit=PROBLEM_ROWS_READ, rejected_only=True
    )
    wrong = (
        (finding, [problem for problem in finding.problems if problem.code != AWAITING])
        for finding in findings
    )
    shown = islice(((finding, problems) for finding, problems in wrong if problems), PROBLEMS_SHOWN)
    return tuple(
        row_problem(documents[finding.document], finding.row, problem)
        for finding, problems in shown
        for problem in problems
    )


def _warnings(connection: Connection, work: Work, documents: Sequence[DocumentRead]) -> tuple[Warned, ...]:
    alone = stands_alone(documents)
    return whole_list_warnings(documents) + tuple(
        Warned(
            message=warning.message,
            fix=warning.fix,
            count=warning.rows,
            rows=tuple(row for _, row in warning.first_rows) if alone else (),
        )
        for warning in warnings_of(connection, work.account_id, work.submission_id)
    )


def whole_list_warnings(documents: Sequence[DocumentRead]) -> tuple[Warned, ...]:
    """What whole lists lack, one a kind; not row by row, for it is the same in each."""
    found: dict[str, Warned] = {}
    for document in documents:
        for problem, count in document.warnings:
            before = found[problem.code].count if problem.code in found else 0
            if before + count:
                found[problem.code] = Warned(message=problem.message, fix=problem.fix, count=before + count)
    return tuple(found.values())


def _skipped(connection: Connection, work: Work, documents: Sequence[DocumentRead]) -> tuple[SkipReason, ...]:
    findings = row_findings(connection, work.account_id, work.submission_id)
    reasons = ((finding.row, finding.reason) for finding in findings if finding.reason is not None)
    return skipped_of(islice(reasons, SKIPPED_COUNTED_MAX), with_rows=stands_alone(documents))
