"""`inkasso submission`: what became of one, and taking it back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.intake import DECISIONS, show_outcome, show_problems
from gateway.commands.printing import counted, emit, facts, moment, table
from gateway.commands.session import AsJson, session_of
from storage.errors import RefusedError
from storage.money import Money

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Connection

    from storage.intake.submissions import SubmissionSummary

app = typer.Typer(help="Submissions.", no_args_is_help=True)
SHOWN_MAX = 25
SubmissionId = Annotated[str, typer.Argument(metavar="ID", help="As in an answer's subject: S-000042.")]


@app.command()
def show(context: typer.Context, submission: SubmissionId, as_json: AsJson = False) -> None:
    """Show one submission.

    Its counts, the rows that were not taken and why, its cases.
    """
    number = submission_number(submission)
    with session_of(context).gateway() as gateway:
        from storage.intake.submissions import get_submission  # noqa: PLC0415

        with gateway.database.read() as connection:
            summary = get_submission(connection, number)
            document = _document(connection, summary)
    emit(document, as_json, lambda console: _show(console, document))


@app.command()
def withdraw(context: typer.Context, submission: SubmissionId, as_json: AsJson = False) -> None:
    """Take a whole submission back.

    Refused once a letter of one of its cases has gone out.
    """
    number = submission_number(submission)
    with session_of(context).gateway() as gateway:
        from storage.intake.submissions import format_submission  # noqa: PLC0415
        from storage.intake.withdraw import withdraw as take_back  # noqa: PLC0415

        with gateway.database.write() as connection:
            withdrawal = take_back(connection, number, "operator", gateway.clock(), gateway.book_settings)
    document = {
        "submission": format_submission(number),
        "recalled": withdrawal.recalled,
        "reduced": withdrawal.reduced,
        "claims": withdrawal.claims,
        "restored": withdrawal.restored,
    }
    emit(document, as_json, lambda console: _show_withdrawal(console, document))


@app.command()
def answer(
    context: typer.Context,
    submission: SubmissionId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="As a reply would say it: ja, or 1: Komma.")],
    as_json: AsJson = False,
) -> None:
    """Answer what a submission has asked, for its creditor.

    Its list is read again with the answer. Prints the outcome and the reply; nothing is sent.
    """
    number = submission_number(submission)
    with session_of(context).gateway() as gateway:
        from gateway.road.submit import answer_submission  # noqa: PLC0415

        outcome = answer_submission(gateway, number, text)
    emit(outcome, as_json, lambda console: show_outcome(console, outcome))


def submission_number(text: str) -> int:
    """The id of a label; another text is a command put wrongly."""
    from storage.intake.submissions import parse_submission  # noqa: PLC0415

    try:
        return parse_submission(text)
    except RefusedError as error:
        raise typer.BadParameter(str(error)) from None


def _document(connection: "Connection", summary: "SubmissionSummary") -> dict[str, Any]:
    from storage.accounts import account_by_id  # noqa: PLC0415
    from storage.intake.submissions import cases_of, format_submission  # noqa: PLC0415

    account, number = summary.account_id, summary.submission_id
    return {
        "submission": format_submission(number),
        "creditor": account_by_id(connection, account).email if account else None,
        "state": summary.state,
        "queue": summary.queue,
        "reason": summary.reason,
        "channel": summary.channel,
        "sender": summary.sender,
        "trust": summary.trust,
        "source": summary.source_name,
        "message_id": summary.message_id,
        "sha256": summary.sha256.hex(),
        "size_bytes": summary.size_bytes,
        "received_at": summary.received_at,
        "finished_at": summary.finished_at,
        "attempts": summary.attempts,
        "rows_total": summary.rows_total,
        **{name: getattr(summary, name) for name in DECISIONS},
        "plan": (summary.digest or b"").hex(),
        "reply_to": None if summary.reply_to is None else format_submission(summary.reply_to),
        "held": summary.held,
        "questions": _questions(connection, account, number),
        **_findings(connection, account, number),
        "cases": [
            {
                "number": case.number,
                "debtor": case.debtor,
                "claims": case.claims,
                "principal": str(Money(case.principal_cents)),
            }
            for case in cases_of(connection, account, number)
        ],
    }


def _questions(connection: "Connection", account: int, number: int) -> list[dict[str, Any]]:
    from storage.intake.questions import questions_of  # noqa: PLC0415

    return [
        {
            "number": one.number,
            "id": one.question_id,
            "text": one.text,
            "choices": one.choices,
            "items": one.items,
            "choice": one.choice,
        }
        for one in questions_of(connection, account, number)
    ]


def _findings(connection: "Connection", account: int, number: int) -> dict[str, Any]:
    from gateway.road.problems import problem_json  # noqa: PLC0415
    from storage.intake.findings import row_findings, warnings_of  # noqa: PLC0415

    problems: list[dict[str, Any]] = []
    left_out = []
    for finding in row_findings(connection, account, number):
        place = finding.document, finding.row
        problems += [problem_json(*place, problem) for problem in finding.problems]
        if finding.reason is not None:
            left_out.append({"document": finding.document, "row": finding.row, "reason": finding.reason})
    warnings = [
        {"code": one.code, "field": one.field, "message": one.message, "fix": one.fix, "rows": one.rows}
        for one in warnings_of(connection, account, number)
    ]
    return {"problems": problems, "left_out": left_out, "warnings": warnings}


def _show(console: "Console", document: dict[str, Any]) -> None:
    pairs = [
        ("Creditor", document["creditor"]),
        ("State", document["state"]),
        ("Reason", document["reason"]),
        ("Came by", f"{document['channel']}, {document['sender']} ({document['trust']})"),
        ("Source", document["source"]),
        ("Received", moment(document["received_at"])),
        ("Finished", moment(document["finished_at"])),
        ("SHA-256", document["sha256"]),
    ]
    console.print(facts(f"Submission {document['submission']}", pairs))
    counts = [(name.capitalize(), document[name]) for name in DECISIONS]
    console.print(table("", ("Rows", "Count"), [*counts, ("Total", document["rows_total"])]))
    show_problems(console, "Rejected", document["problems"])
    if document["warnings"]:
        rows = [(one["rows"], one["field"], one["message"], one["fix"]) for one in document["warnings"]]
        console.print(table("Warnings", ("Count", "Field", "What", "How to mend it"), rows))
    if document["cases"]:
        first = document["cases"][:SHOWN_MAX]
        cases = [(one["number"], one["debtor"], one["claims"], one["principal"]) for one in first]
        title = counted(len(document["cases"]), "case")
        console.print(table(title, ("Number", "Debtor", "Claims", "Principal"), cases))


def _some(numbers: tuple[str, ...]) -> str:
    more = f" and {len(numbers) - SHOWN_MAX} more" if len(numbers) > SHOWN_MAX else ""
    return ", ".join(numbers[:SHOWN_MAX]) + more


def _show_withdrawal(console: "Console", document: dict[str, Any]) -> None:
    console.print(f"Submission {document['submission']} is taken back.", style="green")
    pairs = [
        ("Cases recalled", _some(document["recalled"])),
        ("Cases that go on", _some(document["reduced"])),
        ("Claims taken back", document["claims"]),
        ("Claims as before", document["restored"]),
    ]
    console.print(facts("", pairs))
