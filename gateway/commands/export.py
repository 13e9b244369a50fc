"""`inkasso export`: what a creditor may see, as a file for its spreadsheet program."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.clock import AGENCY_ZONE
from gateway.commands.printing import counted, emit
from gateway.commands.progress import row_progress
from gateway.commands.session import AsJson, CreditorEmail, session_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.cells import Cell
    from storage.cases.export import ExportedCase

app = typer.Typer(help="Files for creditors.", no_args_is_help=True)
Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", dir_okay=False, help="CSV, or XLSX by the ending."),
]
DAY = ["%Y-%m-%d"]
CELL_LENGTH_MAX = 32_000  # a little less than a spreadsheet program takes
COLUMNS = (
    ("Aktenzeichen", "Case number"),
    ("Ihre Referenz", "Your reference"),
    ("Status", "Status"),
    ("Status seit", "Status since"),
    ("Kundennummer", "Customer number"),
    ("Kunde", "Debtor"),
    ("Rechnungen", "Invoices"),
    ("Hauptforderung", "Principal"),
    ("Nebenforderungen", "Creditor costs"),
    ("Offen", "Owed"),
    ("Währung", "Currency"),
    ("Übergeben am", "Handed over on"),
    ("Letzter Schritt", "Last step"),
    ("Letzter Schritt am", "Last step on"),
)
STEPS = {
    "handover": ("Übergabe", "handover"),
    "claims_joined": ("Forderung ergänzt", "claims joined"),
    "row_changed": ("Daten geändert", "data changed"),
    "withdrawal": ("zurückgenommen", "taken back"),
}


@app.callback()
def _group() -> None:
    """Files for creditors."""  # without this a group of one command would be that command


@app.command()
def cases(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    creditor: CreditorEmail,
    output: Output,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="Only cases in this status.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--from", formats=DAY, metavar="DATE", help="Handed over on this day or later."),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", formats=DAY, metavar="DATE", help="Handed over on this day or earlier."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Export a creditor's cases."""
    with session_of(context).gateway() as gateway:
        from storage.cases.export import export_cases  # noqa: PLC0415
        from storage.engine.schema import STATUSES  # noqa: PLC0415

        if status is not None and status not in STATUSES:
            raise typer.BadParameter(f'"{status}" is no status; there are {", ".join(STATUSES)}')

        from gateway.commands.tables import write_table  # noqa: PLC0415
        from storage.accounts import account_by_email  # noqa: PLC0415

        with gateway.database.read() as connection, row_progress("Exporting") as progress:
            account = account_by_email(connection, creditor)
            language = 1 if account.language == "en" else 0
            rows = export_cases(
                connection,
                account.account_id,
                status=status,
                opened_from=_midnight(since),
                opened_before=_midnight(until, days_later=1),
            )
            cells = (_cells(row, language) for row in rows)
            header = [names[language] for names in COLUMNS]
            count = write_table(output, header, _counted(cells, progress))
    document = {"file": str(output), "rows": count}
    emit(document, as_json, lambda console: console.print(f"{counted(count, 'case')} written to {output}"))


def _cells(row: "ExportedCase", language: int) -> "tuple[Cell, ...]":
    return (
        row.number,
        _joined(row.creditor_references),
        row.status,
        _local_day(row.status_since),
        row.debtor_number,
        row.debtor,
        _joined(row.invoices),
        row.principal,
        row.creditor_costs,
        row.owed,
        row.principal.currency,
        _local_day(row.opened_at),
        STEPS[row.last_step][language] if row.last_step in STEPS else row.last_step,
        _local_day(row.last_step_at),
    )


def _joined(texts: tuple[str, ...]) -> str:
    joined = ", ".join(texts)
    return joined if len(joined) <= CELL_LENGTH_MAX else joined[:CELL_LENGTH_MAX] + " …"


def _counted(
    rows: "Iterator[tuple[Cell, ...]]", progress: "Callable[[int], None] | None"
) -> "Iterator[tuple[Cell, ...]]":
    for number, row in enumerate(rows, 1):
        if progress is not None and number % 1000 == 0:
            progress(number)
        yield row


def _midnight(day: datetime | None, days_later: int = 0) -> datetime | None:
    """The begin of a day where the agency is."""
    return None if day is None else (day + timedelta(days=days_later)).replace(tzinfo=AGENCY_ZONE)


def _local_day(moment: datetime) -> date:
    return moment.astimezone(AGENCY_ZONE).date()
