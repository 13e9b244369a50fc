"""`inkasso payment`: what was paid, at the agency or to the creditor itself, and what goes back."""

from enum import StrEnum
from typing import Annotated

import typer

from gateway.commands.books import (
    books_of_case,
    books_of_creditor,
    case_document,
    day_of,
    euros_of,
    money_of,
    pairs_of,
)
from gateway.commands.cases import CaseNumber
from gateway.commands.printing import emit, facts, table
from gateway.commands.session import AsJson, CreditorEmail

app = typer.Typer(help="Payments.", no_args_is_help=True)
ReceiptNumber = Annotated[int, typer.Argument(metavar="RECEIPT", min=1, help="As `payment list` shows it.")]
Reason = Annotated[str, typer.Option("--reason", metavar="R", help="Why; it is kept.")]


class Method(StrEnum):
    """How a payment was made. What can be returned is held from payout."""

    TRANSFER = "transfer"
    DIRECT_DEBIT = "direct_debit"
    CASH = "cash"
    CARD = "card"
    OTHER = "other"


class Covers(StrEnum):
    """What a debtor designates a payment for."""

    PRINCIPAL = "principal"


class Waivable(StrEnum):
    """What can be waived by itself."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    CREDITOR_COSTS = "creditor_costs"
    COURT_COSTS = "court_costs"
    FEE = "fee"
    EXPENSES = "expenses"
    VAT = "vat"


@app.callback()
def _group() -> None:
    """Payments."""


@app.command()
def book(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    number: CaseNumber,
    amount: Annotated[str, typer.Option("--amount", metavar="A", help="As 1234.56.")],
    value_date: Annotated[str, typer.Option("--value-date", metavar="D", help="As 2026-03-31.")],
    direct: Annotated[bool, typer.Option("--direct", help="It went to the creditor.")] = False,
    covers: Annotated[
        Covers | None, typer.Option("--covers", help="What the debtor designated it for.")
    ] = None,
    claim: Annotated[
        int | None, typer.Option("--claim", metavar="N", min=1, help="The claim that the debtor named, as 2.")
    ] = None,
    method: Annotated[Method, typer.Option("--method", help="How it was paid.")] = Method.TRANSFER,
    reference: Annotated[
        str | None, typer.Option("--reference", metavar="T", help="The bank's reference; it is kept.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="It is a second one, although one like it is booked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Book one payment and do what follows from it."""
    paid, day = money_of(amount), day_of(value_date, "--value-date")
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.payments import PaymentTold, book_payment  # noqa: PLC0415

        told = PaymentTold(
            amount=paid,
            value_date=day,
            is_direct=direct,
            covers_principal=covers is Covers.PRINCIPAL,
            position=claim,
            method=method.value,
            reference=reference,
            again=again,
        )
        booked = book_payment(books, case_id, told)
        document = case_document(books, case_id) | {
            "receipt": booked.receipt_id,
            "decision": booked.decision,
            "surplus": str(booked.surplus),
        }
    emit(document, as_json, lambda console: console.print(facts("Booked", pairs_of(document))))


@app.command("list")
def list_receipts(context: typer.Context, number: CaseNumber, as_json: AsJson = False) -> None:
    """List the payments of a case with their numbers."""
    with books_of_case(context, number) as (_, books, case_id):
        from storage.money import Money  # noqa: PLC0415

        case_book = books.case(case_id)
        found = [
            {
                "receipt": one.receipt_id,
                "value_date": one.value_date,
                "amount": str(Money(one.cents)),
                "paid_back": str(Money(one.cents - one.net_cents)),
                "too_much": str(Money(case_book.unused.get(one.receipt_id, 0))),
                "paid_to": "creditor" if one.channel == "direct" else "agency",
                "method": one.method,
                "state": one.state,
                "held_until": one.held_until,
            }
            for one in case_book.receipts
        ]
    columns = (
        "Receipt",
        "Value date",
        "Amount",
        "Paid back",
        "Too much",
        "Paid to",
        "Method",
        "State",
        "Held",
    )
    rows = [tuple(one.values()) for one in found]
    emit(
        {"case": number, "payments": found},
        as_json,
        lambda console: console.print(table(f"Payments of {number}", columns, rows) if rows else "None."),
    )


@app.command("return")
def return_one(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    receipt: ReceiptNumber,
    creditor: CreditorEmail,
    reason: Reason,
    fee: Annotated[
        str | None, typer.Option("--fee", metavar="A", help="What the bank took for it, as 4.50.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Book that a payment was returned.

    It is mirrored; a cleared case goes on, and what was paid out of it is owed by the creditor's balance.
    """
    return_fee = None if fee is None else euros_of(fee, "--fee")
    with books_of_creditor(context, creditor) as books:
        from storage.books.returns import find_receipt, return_payment  # noqa: PLC0415

        _, case_id = find_receipt(books, receipt)
        return_payment(books, receipt, reason, return_fee)
        document = case_document(books, case_id) | {"receipt": receipt}
    emit(document, as_json, lambda console: console.print(facts("Returned", pairs_of(document))))


@app.command()
def refund(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    receipt: ReceiptNumber,
    creditor: CreditorEmail,
    amount: Annotated[str, typer.Option("--amount", metavar="A", help="As 1234.56.")],
    reason: Reason,
    as_json: AsJson = False,
) -> None:
    """Pay back what was too much, to where it came from."""
    back = euros_of(amount)
    with books_of_creditor(context, creditor) as books:
        from storage.books.returns import find_receipt  # noqa: PLC0415
        from storage.books.returns import refund as pay_back  # noqa: PLC0415

        _, case_id = find_receipt(books, receipt)
        refunded = pay_back(books, receipt, back, reason)
        document = case_document(books, case_id) | {
            "receipt": receipt,
            "refunded": str(back),
            "surplus": str(refunded.surplus),
        }
    emit(document, as_json, lambda console: console.print(facts("Paid back", pairs_of(document))))


@app.command()
def waive(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    number: CaseNumber,
    reason: Reason,
    of: Annotated[
        Waivable | None, typer.Option("--of", help="What is let off; without it, all the rest.")
    ] = None,
    amount: Annotated[
        str | None, typer.Option("--amount", metavar="A", help="How much of it; without it, all.")
    ] = None,
    creditor_agrees: Annotated[
        bool, typer.Option("--creditor-agrees", help="For what is the creditor's: it was asked.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let the debtor off a part of what is open, or the rest."""
    part = None if amount is None else euros_of(amount)
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.decisions import waive as let_off  # noqa: PLC0415

        waived = let_off(
            books,
            case_id,
            reason,
            of=None if of is None else of.value,
            amount=part,
            creditor_agrees=creditor_agrees,
        )
        document = case_document(books, case_id) | {"waived": str(waived)}
    emit(document, as_json, lambda console: console.print(facts("Waived", pairs_of(document))))
