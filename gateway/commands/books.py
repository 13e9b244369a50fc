"""The books of one account, open for one command: what it writes is committed whole, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from gateway.commands.session import session_of

if TYPE_CHECKING:
    from gateway.composition import Gateway
    from storage.books.bookkeeping import Books
    from storage.money import Money

_OPERATOR = "operator"


@contextmanager
def books_of_case(context: typer.Context, number: str) -> "Iterator[tuple[Gateway, Books, int]]":
    """The gateway, the books and the number of a case. Raises UnknownError."""
    from storage.case_number import parse_case_number  # noqa: PLC0415

    if parse_case_number(number) is None:
        raise typer.BadParameter(f'"{number}" is no case number: form or check digit are wrong')
    with session_of(context).gateway() as gateway:
        from storage.books.bookkeeping import Books  # noqa: PLC0415
        from storage.cases.cases import find_case  # noqa: PLC0415

        with gateway.database.write() as connection:
            case = find_case(connection, number)
            books = Books(connection, case.account_id, gateway.book_settings, _OPERATOR, gateway.clock())
            yield gateway, books, case.case_id


@contextmanager
def books_of_creditor(context: typer.Context, email: str) -> "Iterator[Books]":
    """The books of a creditor's account. Raises UnknownError."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.books.bookkeeping import Books  # noqa: PLC0415

        with gateway.database.write() as connection:
            account_id = account_by_email(connection, email).account_id
            yield Books(connection, account_id, gateway.book_settings, _OPERATOR, gateway.clock())


def money_of(text: str, option: str = "--amount") -> "Money":
    """An amount in its contract form, with its currency where it is another one (100.00 USD)."""
    from storage.money import Money  # noqa: PLC0415

    amount, _, currency = text.strip().partition(" ")
    if currency and not (currency.isalpha() and currency.isascii() and len(currency) == 3):
        raise typer.BadParameter(f'"{text}" is no amount; write 1234.56', param_hint=option)
    try:
        return Money.of(amount, currency.upper() or "EUR")
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no amount; write 1234.56', param_hint=option) from None


def euros_of(text: str, option: str = "--amount") -> "Money":
    """The same, for what is not a payment that came in: another currency is refused."""
    amount = money_of(text, option)
    if amount.currency != "EUR":
        raise typer.BadParameter(f'"{text}": the books are kept in EUR', param_hint=option)
    return amount


def day_of(text: str, option: str) -> date:
    """A date in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f'"{text}" is no date; write 2026-03-31', param_hint=option) from None


def case_document(books: "Books", case_id: int) -> dict[str, Any]:
    """Where a case stands after a command, for its answer."""
    from storage.books.figures import case_figures  # noqa: PLC0415
    from storage.case_number import format_case_number  # noqa: PLC0415

    figures = case_figures(books.connection, books.account_id, case_id, books.settings, books.today)
    return {
        "case": format_case_number(case_id),
        "status": books.case(case_id).status,
        "owed": str(figures.owed.total),
        "creditor_share": str(figures.creditor_share),
        "agency_share": str(figures.agency_share),
    }


def pairs_of(document: dict[str, Any]) -> list[tuple[str, object]]:
    """The values of a document with their names, for a person."""
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in document.items()
        if not isinstance(value, list | dict)
    ]
