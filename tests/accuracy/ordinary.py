"""The ordinary list that many layouts vary: its columns in German and English, its file."""

from tests.accuracy import columns as col
from tests.accuracy.columns import Column
from tests.accuracy.files import EXCEL, GERMAN, Dialect, Writing, delimited
from tests.accuracy.layouts import Made
from tests.accuracy.lines import Line
from tests.accuracy.parties import Tastes

MIXED = Tastes()
UTF8 = Dialect(encoding="utf-8")


def ordinary_columns() -> list[Column]:
    return [
        col.debtor_number(),
        *col.name_and_first(),
        col.street(),
        col.postcode(),
        col.city(),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date(),
        col.gross(),
        col.open_amount(),
    ]


def english_columns() -> list[Column]:
    return [
        col.debtor_number("Customer No"),
        *col.name_and_first("Name", "First Name"),
        col.street("Street"),
        col.postcode("Zip"),
        col.city("City"),
        col.invoice_number("Invoice No"),
        col.invoice_date("Invoice Date"),
        col.due_date("Due Date"),
        col.open_amount("Amount Due"),
    ]


def core(*, who: list[Column] | None = None, amount: list[Column] | None = None) -> list[Column]:
    """The fewest usual columns, with others for who owes and how much."""
    return [
        col.debtor_number(),
        *(who or [col.first_last("Kunde")]),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date(),
        *(amount or [col.open_amount("Offen")]),
    ]


def text(lines: list[Line], writing: Writing = GERMAN, dialect: Dialect = EXCEL) -> Made:
    """A list as CSV."""
    content, truths = delimited(lines, writing, dialect)
    return Made(name="Liste.csv", content=content, truths=truths)
