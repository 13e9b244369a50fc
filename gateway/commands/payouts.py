"""`inkasso payout`: what creditors are paid, prepared by one person and confirmed by another."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.payout_lists import (
    confirmed_document,
    payout_document,
    prepared_document,
    show_confirmed,
    show_one,
    show_prepared,
    write_list,
)
from gateway.commands.printing import emit
from gateway.commands.session import AsJson, CreditorEmail, session_of

if TYPE_CHECKING:
    from gateway.composition import Gateway
    from storage.books.payout_records import Payout

app = typer.Typer(help="Payouts to creditors.", no_args_is_help=True)
Month = Annotated[
    str | None, typer.Option("--month", metavar="YYYY-MM", help="A month that has ended, all creditors.")
]
OnDemand = Annotated[
    str | None,
    typer.Option("--creditor", metavar="EMAIL", help="One creditor, on demand, instead of a month."),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", dir_okay=False, help="The list; CSV, or XLSX by the ending."
    ),
]


@app.command()
def prepare(
    context: typer.Context,
    month: Month = None,
    creditor: OnDemand = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Write down what is to be paid; nothing is booked yet.

    Again it adds what is missing. A creditor's money that cannot be paid is listed with the reason.
    """
    _must_name_one(month, creditor)
    with session_of(context).gateway() as gateway:
        from storage.books import payouts  # noqa: PLC0415

        if month is None:
            one = _on_demand(gateway, creditor or "", payouts.prepare_on_demand)
            _print_one(one, output, as_json)
            return
        prepared = payouts.prepare(
            gateway.database, month, by=_me(), settings=gateway.book_settings, now=gateway.clock()
        )
    file = write_list(output, prepared.payouts)
    document = prepared_document(prepared) | file
    emit(document, as_json, lambda console: show_prepared(console, document))


@app.command()
def confirm(
    context: typer.Context,
    month: Month = None,
    creditor: OnDemand = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Book what was prepared, take the agency's share, issue its invoices.

    Whoever prepared a payout of a live account cannot confirm it. Exit 1 when a payout is refused.
    """
    _must_name_one(month, creditor)
    with session_of(context).gateway() as gateway:
        from storage.books import confirmation  # noqa: PLC0415

        if month is None:
            one = _on_demand(gateway, creditor or "", confirmation.confirm_on_demand)
            _print_one(one, output, as_json)
            return
        confirmed = confirmation.confirm(gateway.database, month, by=_me(), now=gateway.clock())
    file = write_list(output, confirmed.payouts)
    document = confirmed_document(confirmed) | file
    emit(document, as_json, lambda console: show_confirmed(console, document))
    if confirmed.refused:
        raise typer.Exit(1)


@app.command()
def cancel(context: typer.Context, creditor: CreditorEmail, as_json: AsJson = False) -> None:
    """Cancel a creditor's open payout, so that it can be prepared anew."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.books import payouts  # noqa: PLC0415

        with gateway.database.write() as connection:
            account = account_by_email(connection, creditor)
            one = payouts.cancel(connection, account.account_id, now=gateway.clock())
    _print_one(one, None, as_json)


def _on_demand(gateway: "Gateway", creditor: str, do: Any) -> "Payout":
    from storage.accounts import account_by_email  # noqa: PLC0415

    with gateway.database.write() as connection:
        account = account_by_email(connection, creditor)
        payout: Payout = do(connection, account.account_id, by=_me(), now=gateway.clock())
    return payout


def _print_one(payout: "Payout", output: Path | None, as_json: bool) -> None:
    document = payout_document(payout) | write_list(output, [payout])
    emit(document, as_json, lambda console: show_one(console, document))


def _must_name_one(month: str | None, creditor: str | None) -> None:
    if (month is None) == (creditor is None):
        raise typer.BadParameter("name a month with --month, or one creditor with --creditor")


def _me() -> str:
    from gateway.owner import name_of_this_person  # noqa: PLC0415

    return name_of_this_person()
