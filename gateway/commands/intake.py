"""`inkasso read` and `inkasso submit`: one file, parsed only or sent down the whole road."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import counted, emit, facts, plain, table
from gateway.commands.progress import row_progress
from gateway.commands.session import (
    AsJson,
    CreditorEmail,
    SourceFile,
    SourceFileMaybe,
    session_of,
)
from storage.days import AGENCY_ZONE

if TYPE_CHECKING:
    from rich.console import Console

SHOWN_MAX = 25
DECISIONS = ("new", "unchanged", "changed", "rejected", "skipped")


class Language(StrEnum):
    """What we speak."""

    GERMAN = "de"
    ENGLISH = "en"


def read(
    context: typer.Context,
    file: SourceFileMaybe = None,
    *,
    text: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A typed message in place of FILE.")
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="The day to judge dates by; else today."),
    ] = None,
    language: Annotated[Language, typer.Option(help="Of what is said to the sender.")] = Language.GERMAN,
    as_json: AsJson = False,
) -> None:
    """Parse and validate a file, or a text that somebody typed, nothing more.

    No store is touched.
    """
    if (file is None) == (text is None):
        raise typer.BadParameter("give either FILE or --text")
    from gateway.reading.pool import load_beside  # noqa: PLC0415

    load_beside()
    session = session_of(context)
    config = session.config()
    day = today.date() if today else session.clock()().astimezone(AGENCY_ZONE).date()
    from gateway.reading.source import read_file, read_text  # noqa: PLC0415

    if file is None:
        document = _or_question(read_text(text or "", today=day, language=language.value), text or "", day)
    else:
        rows_max = config.intake.rows_max
        with row_progress(f"Reading {plain(file.name)}") as progress:
            document = read_file(
                file, today=day, language=language.value, rows_max=rows_max, on_rows=progress
            )
    emit(document, as_json, lambda console: _show_reading(console, document))


def _or_question(document: dict[str, Any], text: str, today: date) -> dict[str, Any]:
    """What was read of a text; the questions in it where it tells neither a claim nor a payment.

    A notice that must be asked about anyway is none where the text certainly asks.
    """
    from bot.understanding.contract import is_question, question_of  # noqa: PLC0415

    read = document["documents"]
    is_nothing = all(one["kind"] == "unreadable" for one in read)
    is_doubtful = all(one["kind"] == "payment_notice" and one["must_ask"] for one in read)
    if is_nothing or (is_doubtful and is_question(text, today)):
        return document | {"documents": question_of(text, today)}
    return document


def submit(
    context: typer.Context,
    file: SourceFile,
    creditor: CreditorEmail,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan only; nothing is written.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send one file down the whole road.

    Prints the outcome and the reply; nothing is sent.
    """
    from gateway.reading.pool import load_beside  # noqa: PLC0415

    load_beside()
    with session_of(context).gateway() as gateway:
        from gateway.road.submit import submit_file  # noqa: PLC0415

        with row_progress(f"Submitting {plain(file.name)}") as progress:
            outcome = submit_file(gateway, file, creditor, dry_run=dry_run, on_rows=progress)
    emit(outcome, as_json, lambda console: show_outcome(console, outcome, dry_run=dry_run))


def show_outcome(console: "Console", outcome: dict[str, Any], dry_run: bool = False) -> None:
    """What became of a submission, for the operator."""
    from rich.panel import Panel  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    title = "Dry run, nothing was written" if dry_run else f"Submission {outcome['submission']}"
    counts = [(name.capitalize(), outcome[name]) for name in DECISIONS]
    console.print(table(title, ("Rows", "Count"), [*counts, ("Total", outcome["rows_total"])]))
    show_problems(console, "What to mend", outcome["problems"])
    for question in outcome["needs_answer"]:
        console.print(f"? {plain(question['text'])}", style="yellow")
    if outcome["cases"]:
        console.print(f"{counted(len(outcome['cases']), 'case')}: {_some(outcome['cases'])}")
    console.print(Panel(Text(plain(outcome["reply"])), title="Reply", border_style="dim"))


def _show_reading(console: "Console", document: dict[str, Any]) -> None:
    for one in document["documents"]:
        console.print(
            facts(f"{plain(one.get('name') or document['source'])}: {one['kind']}", _reading_facts(one))
        )
        if one["kind"] == "claims":
            _show_claims(console, one)
        elif one["kind"] == "invoice":
            _show_invoice(console, one)
        elif one["kind"] == "payment_notice":
            _show_notice(console, one)
        else:
            show_problems(console, "Why", one.get("problems", []))
        console.print()


def _reading_facts(one: dict[str, Any]) -> list[tuple[str, object]]:
    table_names = ("sheet", "encoding", "delimiter", "decimal_mark", "date_order")
    names = (*table_names, "reason", "media_type", "pages", "case", "format", "seller")
    found = [(name.replace("_", " ").capitalize(), one.get(name)) for name in names]
    if one["kind"] == "claims":
        found += [("Rows", one["rows_total"]), ("Accepted", len(one["accepted"]))]
        found += [("Rejected", len(one["rejected"])), ("Skipped", len(one["skipped"]))]
    if one["kind"] == "master_data":
        found += [("Rows", one["rows_total"]), ("Customers", one["kept"]), ("Skipped", len(one["skipped"]))]
    if one["kind"] == "question":
        found += [("Understood", plain(one["said"])), ("Intent", one["intent"])]
        found += [("Or", ", ".join(one["choices"]) or None)]
    return found


def _show_invoice(console: "Console", one: dict[str, Any]) -> None:
    """What an invoice says, taken or not."""
    row = one["row"]
    if row is not None:
        names = ("invoice_number", "invoice_date", "due_date", "amount", "currency", "ground")
        read = [(name.replace("_", " ").capitalize(), row[name]) for name in names]
        console.print(facts("Read", [("Debtor", _debtor(row["debtor"])), *read]))
    show_problems(console, "No claim, because", one["problems"])
    warnings = [(warning["message"],) for warning in (row["warnings"] if row else ())]
    if warnings:
        console.print(table("Warnings", ("What",), warnings))


def _show_notice(console: "Console", one: dict[str, Any]) -> None:
    """The payments that a message tells, and what is asked before they are booked."""
    names = ("case", "reference", "debtor", "amount", "currency", "paid_on", "covers", "timing")
    rows = [tuple(payment[name] for name in names) for payment in one["payments"]]
    if rows:
        columns = tuple(name.replace("_", " ").capitalize() for name in names)
        console.print(table("Payments", columns, rows))
    for question in one["ask"]:
        console.print(f"? {plain(question)}", style="yellow")


def _show_claims(console: "Console", one: dict[str, Any]) -> None:
    rows = [
        (
            row["row"],
            _debtor(row["debtor"]),
            row["invoice_number"],
            row["due_date"],
            f"{row['amount']} {row['currency']}",
        )
        for row in one["accepted"][:SHOWN_MAX]
    ]
    if rows:
        title = f"Accepted{_of(len(rows), len(one['accepted']))}"
        console.print(table(title, ("Row", "Debtor", "Invoice", "Due", "Amount"), rows))
    rejected = [problem | {"row": row["row"]} for row in one["rejected"] for problem in row["problems"]]
    show_problems(console, "Rejected", rejected)
    warnings = Counter(warning["message"] for row in one["accepted"] for warning in row["warnings"])
    if warnings:
        console.print(table("Warnings", ("Count", "What"), [(n, text) for text, n in warnings.most_common()]))
    for question in one["needs_answer"]:
        console.print(
            f"? {plain(question['text'])} ({plain(' / '.join(question['choices']))})", style="yellow"
        )


def show_problems(console: "Console", title: str, problems: list[dict[str, Any]]) -> None:
    """The first problems as a table: where, what is wrong, how to mend it."""
    if not problems:
        return
    rows = [
        (problem.get("row"), problem.get("field"), problem.get("value"), problem["message"], problem["fix"])
        for problem in problems[:SHOWN_MAX]
    ]
    columns = ("Row", "Field", "Value", "What is wrong", "How to mend it")
    console.print(table(f"{title}{_of(len(rows), len(problems))}", columns, rows))


def _debtor(debtor: dict[str, Any]) -> str:
    person = ", ".join(part for part in (debtor["name"], debtor["first_name"]) if part)
    return str(debtor["company"] or person)


def _of(shown: int, total: int) -> str:
    return f", the first {shown} of {total}" if shown < total else ""


def _some(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - SHOWN_MAX} more" if len(numbers) > SHOWN_MAX else ""
    return ", ".join(numbers[:SHOWN_MAX]) + more
