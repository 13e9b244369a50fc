"""`inkasso balance`: the credit balance account of a creditor, by booking date."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import counted, emit, facts, table
from gateway.commands.session import AsJson, CreditorEmail, session_of

if TYPE_CHECKING:
    from rich.console import Console

    from storage.books.balance import BalanceEntry

SHOWN_TO_A_PERSON = 20


def balance(
    context: typer.Context,
    creditor: CreditorEmail,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="At the end of this day."),
    ] = None,
    last: Annotated[
        int | None, typer.Option("--last", min=1, metavar="N", help="The newest entries only.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a creditor's balance account holds, and what moved it.

    A person is shown the newest entries; --json prints all, unless --last says how many.
    """
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.books import balance as books  # noqa: PLC0415
        from storage.books.case_book import today_of  # noqa: PLC0415
        from storage.books.payouts import next_payout  # noqa: PLC0415

        now = gateway.clock()
        day = as_of.date() if as_of else today_of(now)
        with gateway.database.read() as connection:
            account = account_by_email(connection, creditor)
            held = books.balance_of(connection, account.account_id, day)
            to_come = next_payout(connection, account.account_id, settings=gateway.book_settings, now=now)
            entries: Iterator[BalanceEntry]
            if last is not None or not as_json:
                count = last or SHOWN_TO_A_PERSON
                entries = iter(books.newest_entries(connection, account.account_id, day, count))
            else:
                entries = books.all_entries(connection, account.account_id, day)
            document = {
                "balance": str(held),
                "currency": held.currency,
                "as_of": day,
                "entries": (_entry(entry) for entry in entries),
                "next_payout": to_come and {"due_on": to_come.due_on, "amount": str(to_come.amount)},
            }
            title = f"{account.name}{' (test account)' if account.mode == 'test' else ''}"
            emit(document, as_json, lambda console: _show(console, title, document))


def _entry(entry: "BalanceEntry") -> dict[str, Any]:
    return {
        "value_date": entry.value_date,
        "booked_on": entry.booked_on,
        "kind": entry.kind,
        "case": entry.case,
        "amount": str(entry.amount),
    }


def _show(console: "Console", title: str, document: dict[str, Any]) -> None:
    to_come = document["next_payout"]
    next_payout = to_come and f"{to_come['amount']} {document['currency']}, due on {to_come['due_on']}"
    console.print(
        facts(
            title,
            (
                ("Balance", f"{document['balance']} {document['currency']}"),
                ("As of", document["as_of"]),
                ("Next payout", next_payout or "nothing yet"),
            ),
        )
    )
    rows = [
        (one["booked_on"], one["value_date"], one["kind"].replace("_", " "), one["case"], one["amount"])
        for one in document["entries"]
    ]
    if rows:
        columns = ("Booked on", "Value date", "What", "Case", "Amount")
        console.print(table(f"The newest {counted(len(rows), 'booking')}", columns, rows))
    else:
        console.print("\nNothing was booked yet.")
