"""`inkasso payment`: what was paid, at the agency or to the creditor itself."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.cases import CaseNumber
from gateway.commands.printing import emit, facts
from gateway.commands.session import AsJson, session_of

if TYPE_CHECKING:
    from rich.console import Console

    from storage.money import Money

app = typer.Typer(help="Payments.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Payments."""


@app.command()
def book(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    number: CaseNumber,
    amount: Annotated[str, typer.Option("--amount", metavar="A", help="As 1234.56.")],
    value_date: Annotated[str, typer.Option("--value-date", metavar="D", help="As 2026-03-31.")],
    direct: Annotated[bool, typer.Option("--direct", help="It went to the creditor.")] = False,
    covers: Annotated[
        str | None, typer.Option("--covers", metavar="principal", help="What the debtor designated it for.")
    ] = None,
    method: Annotated[str, typer.Option("--method", help="transfer, direct_debit, cash …")] = "transfer",
    again: Annotated[
        bool, typer.Option("--again", help="It is a second one, although one like it is booked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Book one payment and do what follows from it."""
    if covers not in {None, "principal"}:
        raise typer.BadParameter(f'"{covers}" is unknown; only "principal" can be designated')
    paid, day = money_of(amount), day_of(value_date, "--value-date")
    with session_of(context).gateway() as gateway:
        from storage.books.bookkeeping import Books  # noqa: PLC0415
        from storage.books.figures import case_figures  # noqa: PLC0415
        from storage.books.payments import PaymentTold, book_payment  # noqa: PLC0415
        from storage.cases.cases import find_case  # noqa: PLC0415

        with gateway.database.write() as connection:
            case = find_case(connection, number)
            books = Books(connection, case.account_id, gateway.book_settings, "operator", gateway.clock())
            told = PaymentTold(
                amount=paid,
                value_date=day,
                is_direct=direct,
                covers_principal=covers == "principal",
                method=method,
                again=again,
            )
            booked = book_payment(books, case.case_id, told)
            figures = case_figures(
                connection, case.account_id, case.case_id, gateway.book_settings, books.today
            )
    document = {
        "case": number,
        "receipt": booked.receipt_id,
        "decision": booked.decision,
        "status": booked.status,
        "surplus": str(booked.surplus),
        "owed": str(figures.owed.total),
        "creditor_share": str(figures.creditor_share),
        "agency_share": str(figures.agency_share),
    }
    emit(document, as_json, lambda console: _show(console, document))


def money_of(text: str) -> "Money":
    """An amount in its contract form; anything else is refused with how to write it."""
    from storage.money import Money  # noqa: PLC0415

    try:
        return Money.of(text)
    except ValueError as error:
        raise typer.BadParameter(f"{error}; the books are kept in EUR", param_hint="--amount") from None


def day_of(text: str, option: str) -> date:
    """A date in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no date; write 2026-03-31', param_hint=option) from None


def _show(console: "Console", document: dict[str, Any]) -> None:
    pairs = [(name.replace("_", " ").capitalize(), value) for name, value in document.items()]
    console.print(facts("Booked", pairs))
