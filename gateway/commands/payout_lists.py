"""Payouts as documents, as tables for a person and as a file for the operator's spreadsheet."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gateway.commands.printing import counted, facts, table

if TYPE_CHECKING:
    from rich.console import Console

    from storage.books.confirmation import Confirmed
    from storage.books.payout_records import HeldBack, Payout
    from storage.books.payouts import Prepared

SHOWN_TO_A_PERSON = 50
COLUMNS = (
    "Auszahlung",
    "Gläubiger",
    "E-Mail",
    "Konto",
    "Betrag",
    "Währung",
    "IBAN",
    "Fällig am",
    "Stichtag",
    "Status",
    "Vorbereitet von",
    "Bestätigt von",
)
MODES = {"live": "echt", "test": "Test, wird nicht überwiesen"}
STATES = {"open": "offen", "confirmed": "bestätigt", "cancelled": "storniert"}


def payout_document(payout: "Payout") -> dict[str, Any]:
    """One payout."""
    return {
        "id": payout.payout_id,
        "creditor": payout.payee.email,
        "name": payout.payee.name,
        "mode": payout.payee.mode,
        "kind": payout.kind,
        "month": payout.month,
        "state": payout.state,
        "amount": str(payout.amount),
        "currency": payout.amount.currency,
        "iban": payout.iban,
        "as_of": payout.as_of,
        "due_on": payout.due_on,
        "prepared_by": payout.prepared_by,
        "confirmed_by": payout.confirmed_by,
    }


def prepared_document(prepared: "Prepared") -> dict[str, Any]:
    """What preparing a month came to."""
    return {
        "month": prepared.month,
        "as_of": prepared.as_of,
        "due_on": prepared.due_on,
        "prepared": prepared.new,
        "total": _total(prepared.payouts),
        "payouts": [payout_document(payout) for payout in prepared.payouts],
        "held_back": _held_back(prepared.held_back),
        "carried_over": [
            {"creditor": one.payee.email, "name": one.payee.name, "balance": str(one.balance)}
            for one in prepared.carried_over
        ],
    }


def confirmed_document(confirmed: "Confirmed") -> dict[str, Any]:
    """What confirming a month came to."""
    return {
        "month": confirmed.month,
        "confirmed": confirmed.new,
        "total": _total(confirmed.payouts),
        "payouts": [payout_document(payout) for payout in confirmed.payouts],
        "refused": _held_back(confirmed.refused),
        "agency_share": str(confirmed.agency),
        "invoices": [
            {
                "number": one.number,
                "net": str(one.net),
                "vat": str(one.vat),
                "settled": str(one.settled),
                "open": str(one.open),
            }
            for one in confirmed.invoices
        ],
    }


def write_list(output: Path | None, payouts: Sequence["Payout"]) -> dict[str, Any]:
    """Write the list, if it is wanted; what the document says of it."""
    if output is None:
        return {}
    from gateway.commands.tables import write_table  # noqa: PLC0415

    count = write_table(
        output,
        COLUMNS,
        (
            (
                payout.payout_id,
                payout.payee.name,
                payout.payee.email,
                MODES[payout.payee.mode],
                payout.amount,
                payout.amount.currency,
                payout.iban,
                payout.due_on,
                payout.as_of,
                STATES[payout.state],
                payout.prepared_by,
                payout.confirmed_by,
            )
            for payout in payouts
        ),
    )
    return {"file": str(output), "rows": count}


def show_prepared(console: "Console", document: dict[str, Any]) -> None:
    """A month that was prepared."""
    console.print(
        facts(
            f"Payouts of {document['month']}",
            (
                ("As of", document["as_of"]),
                ("Due on", document["due_on"]),
                ("Prepared now", document["prepared"]),
                ("Sum", _sum(document)),
                ("File", document.get("file")),
            ),
        )
    )
    _show_payouts(console, document["payouts"])
    _show_held_back(console, "not paid out now", document["held_back"])
    carried = [(one["creditor"], one["balance"]) for one in document["carried_over"]]
    _show_some(console, "balance below zero, carried over", ("Creditor", "Amount"), carried)


def show_confirmed(console: "Console", document: dict[str, Any]) -> None:
    """A month that was confirmed."""
    console.print(
        facts(
            f"Payouts of {document['month']}",
            (
                ("Confirmed now", document["confirmed"]),
                ("Sum", _sum(document)),
                ("Agency's share taken", f"{document['agency_share']} EUR"),
                ("File", document.get("file")),
            ),
        )
    )
    _show_payouts(console, document["payouts"])
    _show_held_back(console, "refused and still open", document["refused"])
    invoices = [
        (one["number"], one["net"], one["vat"], one["settled"], one["open"]) for one in document["invoices"]
    ]
    columns = ("Invoice", "Net", "VAT", "Paid by debtors", "Still open")
    _show_some(console, "invoice to creditors", columns, invoices)


def show_one(console: "Console", document: dict[str, Any]) -> None:
    """One payout."""
    pairs = [
        ("Creditor", document["creditor"]),
        ("Amount", f"{document['amount']} {document['currency']}"),
        ("IBAN", document["iban"]),
        ("Due on", document["due_on"]),
        ("State", document["state"]),
        ("Account", "test, nothing is transferred" if document["mode"] == "test" else "live"),
        ("Prepared by", document["prepared_by"]),
        ("Confirmed by", document["confirmed_by"]),
        ("File", document.get("file")),
    ]
    console.print(facts(f"Payout {document['id']}", pairs))


def _total(payouts: Iterable["Payout"]) -> dict[str, str]:
    """What goes to a bank, and what is booked in test accounts alone."""
    from storage.money import Money  # noqa: PLC0415

    cents = {"live": 0, "test": 0}
    for payout in payouts:
        cents[payout.payee.mode] += payout.amount.cents
    return {mode: str(Money(sum_of_mode)) for mode, sum_of_mode in cents.items()}


def _held_back(held: Iterable["HeldBack"]) -> list[dict[str, Any]]:
    from storage.books.payout_records import REASONS  # noqa: PLC0415

    return [
        {
            "creditor": one.payee.email,
            "name": one.payee.name,
            "amount": str(one.amount),
            "reason": one.reason,
            "message": REASONS[one.reason],
        }
        for one in held
    ]


def _sum(document: dict[str, Any]) -> str:
    live, test = document["total"]["live"], document["total"]["test"]
    return f"{live} EUR" + ("" if test == "0.00" else f", and {test} EUR in test accounts")


def _show_payouts(console: "Console", payouts: Sequence[dict[str, Any]]) -> None:
    rows = [(one["creditor"], one["mode"], one["state"], one["iban"], one["amount"]) for one in payouts]
    _show_some(console, "payout", ("Creditor", "Account", "State", "IBAN", "Amount"), rows)


def _show_held_back(console: "Console", title: str, held: Sequence[dict[str, Any]]) -> None:
    rows = [(one["creditor"], one["amount"], one["message"]) for one in held]
    if rows:
        _show_some(console, title, ("Creditor", "Amount", "Why"), rows, plural=title)


def _show_some(
    console: "Console",
    noun: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    plural: str | None = None,
) -> None:
    """The first of a list that may be long; the rest is in the file and in the document."""
    if not rows:
        return
    title = f"{len(rows):,} {plural}" if plural else counted(len(rows), noun)
    console.print(table(title, columns, rows[:SHOWN_TO_A_PERSON]))
    if len(rows) > SHOWN_TO_A_PERSON:
        console.print(
            f"… and {len(rows) - SHOWN_TO_A_PERSON:,} more; -o FILE or --json show all.", style="dim"
        )
