"""`inkasso export`: what a creditor may see, as a file for its spreadsheet program."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gateway.commands.periods import DAY, Period, period_of
from gateway.commands.printing import counted, emit
from gateway.commands.progress import row_progress
from gateway.commands.session import AsJson, CreditorEmail, session_of
from storage.days import AGENCY_ZONE

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from bot.cells import Cell
    from storage.accounts import Account
    from storage.books.settings import BookSettings
    from storage.books.statement_list import ListedCase

app = typer.Typer(help="Files for creditors.", no_args_is_help=True)
SHEETS = (".txt", ".html", ".htm", ".pdf")

Output = Annotated[
    Path,
    typer.Option("-o", "--output", metavar="FILE", dir_okay=False, help="CSV, or XLSX by the ending."),
]
ListOutput = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="FILE", dir_okay=False, help="CSV; by the ending XLSX, TXT, HTML or PDF."
    ),
]
OfStatus = Annotated[
    str | None, typer.Option("--status", metavar="STATUS", help="Only cases in this status.")
]
OfCategory = Annotated[
    str | None,
    typer.Option(
        "--category",
        metavar="CATEGORY",
        help="full_payment, installment, settlement, direct_payment or other.",
    ),
]
OfMonth = Annotated[str | None, typer.Option("--month", metavar="YYYY-MM", help="Booked in this month.")]
HandedOverIn = Annotated[
    str | None, typer.Option("--month", metavar="YYYY-MM", help="Handed over in this month.")
]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=DAY, metavar="DATE", help="As it was booked by the end of this day."),
]


def _day_option(name: str, explained: str) -> object:
    return typer.Option(name, formats=DAY, metavar="DATE", help=explained)


BookedFrom = Annotated[datetime | None, _day_option("--from", "Booked on this day or later.")]
BookedTo = Annotated[datetime | None, _day_option("--to", "Booked on this day or earlier.")]
OpenedFrom = Annotated[datetime | None, _day_option("--from", "Handed over on this day or later.")]
OpenedTo = Annotated[datetime | None, _day_option("--to", "Handed over on this day or earlier.")]


class _Open:
    """A store that is being read for one account."""

    def __init__(
        self, connection: "Connection", account: "Account", settings: "BookSettings", today: date
    ) -> None:
        self.connection = connection
        self.account = account
        self.settings = settings
        self.today = today


@app.callback()
def _group() -> None:
    """Files for creditors."""  # without this a group of one command would be that command


@app.command()
def cases(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    creditor: CreditorEmail,
    output: Output,
    status: OfStatus = None,
    category: OfCategory = None,
    month: HandedOverIn = None,
    since: OpenedFrom = None,
    until: OpenedTo = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Export a creditor's cases, with what is owed and received."""
    period = period_of(month, since, until)
    _check(status, category)
    with _opened(context, creditor) as store:
        from bot.statements.case_list import case_cells, case_header  # noqa: PLC0415
        from storage.cases.export import CaseChoice, export_cases  # noqa: PLC0415

        choice = CaseChoice(
            today=store.today,
            as_of=as_of.date() if as_of else None,
            status=status,
            category=category,
            opened_from=_midnight(period.since),
            opened_before=_midnight(period.through, days_later=1),
        )
        language = store.account.language
        found = export_cases(store.connection, store.account.account_id, store.settings, choice)
        count = _write(output, case_header(language), (case_cells(case, language) for case in found))
    _tell(output, count, "case", as_json)


@app.command()
def statements(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    creditor: CreditorEmail,
    output: ListOutput,
    status: OfStatus = None,
    category: OfCategory = None,
    month: OfMonth = None,
    since: BookedFrom = None,
    until: BookedTo = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Export the running list: all cases with a booked payment, and who gets it."""
    period = period_of(month, since, until).known_by(as_of)
    _check(status, category)
    with _opened(context, creditor) as store:
        from bot.statements.running import running_cells, running_header  # noqa: PLC0415
        from storage.books.statement_list import ListChoice, list_statements  # noqa: PLC0415

        choice = ListChoice(since=period.since, through=period.through, status=status, category=category)
        found = list_statements(store.connection, store.account.account_id, choice)
        language = store.account.language
        if output.suffix.lower() in SHEETS:
            count = _write_sheet(store, output, period, list(found))
        else:
            cells = (running_cells(case, language) for case in found)
            count = _write(output, running_header(language), cells)
    _tell(output, count, "case", as_json)


@app.command()
def transactions(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    creditor: CreditorEmail,
    output: Output,
    status: OfStatus = None,
    category: OfCategory = None,
    month: OfMonth = None,
    since: BookedFrom = None,
    until: BookedTo = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Export every booking that moved a payment or the creditor's balance."""
    period = period_of(month, since, until).known_by(as_of)
    _check(status, category)
    with _opened(context, creditor) as store:
        from bot.statements.transaction_list import transaction_cells, transaction_header  # noqa: PLC0415
        from storage.books.transactions import TransactionChoice, list_transactions  # noqa: PLC0415

        choice = TransactionChoice(
            since=period.since, through=period.through, status=status, category=category
        )
        found = list_transactions(store.connection, store.account.account_id, choice)
        language = store.account.language
        cells = (transaction_cells(transaction, language) for transaction in found)
        count = _write(output, transaction_header(language), cells)
    _tell(output, count, "booking", as_json)


@contextmanager
def _opened(context: typer.Context, creditor: str) -> Iterator[_Open]:
    with session_of(context).gateway() as gateway, gateway.database.read() as connection:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.days import today_of  # noqa: PLC0415

        account = account_by_email(connection, creditor)
        yield _Open(connection, account, gateway.book_settings, today_of(gateway.clock()))


def _check(status: str | None, category: str | None) -> None:
    from storage.books.categories import CATEGORIES  # noqa: PLC0415
    from storage.engine.schema import STATUSES  # noqa: PLC0415

    if status is not None and status not in STATUSES:
        raise typer.BadParameter(f'"{status}" is no status; there are {", ".join(STATUSES)}')
    if category is not None and category not in CATEGORIES:
        raise typer.BadParameter(f'"{category}" is no category; there are {", ".join(CATEGORIES)}')


def _write(output: Path, header: Sequence[str], rows: "Iterable[Sequence[Cell]]") -> int:
    from gateway.commands.tables import write_table  # noqa: PLC0415

    with row_progress("Exporting") as progress:
        return write_table(output, header, _counted(rows, progress))


def _write_sheet(store: _Open, output: Path, period: Period, found: "list[ListedCase]") -> int:
    from bot.statements.running import running_sheet  # noqa: PLC0415
    from gateway.commands.sheets import recipient_of, write_sheet  # noqa: PLC0415

    through = period.through or store.today
    sheet = running_sheet(found, recipient_of(store.account), store.account.language, period.since, through)
    write_sheet(output, sheet, through)
    return len(found)


def _tell(output: Path, count: int, noun: str, as_json: bool) -> None:
    document = {"file": str(output), "rows": count}
    emit(document, as_json, lambda console: console.print(f"{counted(count, noun)} written to {output}"))


def _counted(
    rows: "Iterable[Sequence[Cell]]", progress: Callable[[int], None] | None
) -> "Iterator[Sequence[Cell]]":
    for number, row in enumerate(rows, 1):
        if progress is not None and number % 1000 == 0:
            progress(number)
        yield row


def _midnight(day: date | None, days_later: int = 0) -> datetime | None:
    """The begin of a day where the agency is."""
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=days_later), datetime.min.time(), AGENCY_ZONE)
