"""`inkasso balance`: the credit balance account of a creditor, by booking date."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import counted, emit, facts, table
from gateway.commands.session import AsJson, CreditorEmail, session_of

if TYPE_CHECKING:
    from rich.console import Console

    from storage.accounts import Account
    from storage.books.balance import BalanceEntry
    from storage.books.payouts import NextPayout

SHOWN_TO_A_PERSON = 20
ENTRIES_A_SHEET = 200
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", dir_okay=False, help="TXT, HTML, PDF by its ending."),
]
ENDINGS = (".txt", ".html", ".htm", ".pdf")


def balance(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    creditor: CreditorEmail,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="At the end of this day."),
    ] = None,
    last: Annotated[
        int | None, typer.Option("--last", min=1, metavar="N", help="The newest entries only.")
    ] = None,
    output: Output = None,
    as_json: AsJson = False,
) -> None:
    """Show what a creditor's balance account holds, and what moved it.

    A person is shown the newest entries; --json prints all, unless --last says how many. With -o the sheet
    for the creditor is written, in its language.
    """
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f'"{output}" ends in none of {", ".join(ENDINGS)}', param_hint="-o")
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.books import balance as books  # noqa: PLC0415
        from storage.books.payouts import next_payout  # noqa: PLC0415
        from storage.days import today_of  # noqa: PLC0415

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
            if output is not None:
                _write(
                    output,
                    account,
                    document,
                    books.newest_entries(connection, account.account_id, day, last or ENTRIES_A_SHEET),
                    to_come,
                )
            title = f"{account.name}{' (test account)' if account.mode == 'test' else ''}"
            emit(document, as_json, lambda console: _show(console, title, document))


def _write(
    output: Path,
    account: "Account",
    document: dict[str, Any],
    entries: "Sequence[BalanceEntry]",
    to_come: "NextPayout | None",
) -> None:
    """The sheet for the creditor."""
    from bot.statements.account import BalanceAccount, account_sheet  # noqa: PLC0415
    from gateway.commands.sheets import recipient_of, write_sheet  # noqa: PLC0415
    from storage.money import Money  # noqa: PLC0415

    told = BalanceAccount(
        balance=Money.of(document["balance"]),
        as_of=document["as_of"],
        entries=entries,
        payout_on=to_come.due_on if to_come else None,
        payout=to_come.amount if to_come else None,
    )
    sheet = account_sheet(told, recipient_of(account), account.language)
    write_sheet(output, sheet, document["as_of"])


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
