"""One ordinary list, written in every writing, encoding and file format there is: a layout for each."""

import csv
import random

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Column
from tests.accuracy.files import (
    EXCEL,
    GERMAN,
    NATIVE,
    Dialect,
    Sheet,
    Style,
    Writing,
    delimited,
    ods,
    xls,
    xlsx,
)
from tests.accuracy.items import Shares, make_items, with_days_above_twelve
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import Line, header, item_lines, line, plain_list
from tests.accuracy.ordinary import english_columns, ordinary_columns
from tests.accuracy.parties import Tastes

MIXED = Tastes(titles=0.05)
EVERYWHERE = Tastes(wide=True, titles=0.05)
SOME_PARTLY = Shares(partly=0.1)
SOME_CREDITS = Shares(credit=0.08, partly=0.05)


def _texts(
    name,
    *traits,
    style=GERMAN,
    dialect=EXCEL,
    tastes=MIXED,
    shares=SOME_PARTLY,
    columns=ordinary_columns,
    days=False,
):
    """Register a layout of delimited text."""

    @layout(name, *traits, "CSV")
    def make(dice: random.Random, count: int) -> Made:
        items = make_items(dice, count, shares, tastes)
        items = with_days_above_twelve(items) if days else items
        content, truths = delimited(plain_list(items, columns()), style, dialect)
        return Made(name="Liste.csv", content=content, truths=truths)


def _books(
    name,
    *traits,
    write=xlsx,
    style=NATIVE,
    shares=SOME_PARTLY,
    numeric=False,
    columns=ordinary_columns,
    weight=0.2,
    most=100,
):
    """Register a layout of workbooks."""

    @layout(name, *traits, items=(4, most), weight=weight)
    def make(dice: random.Random, count: int) -> Made:
        items = make_items(dice, count, shares, EVERYWHERE, numeric=numeric)
        content, truths = write([Sheet(lines=plain_list(items, columns()))], style)
        return Made(name=f"Liste.{write.__name__}", content=content, truths=truths)


_texts("plain-utf8", "UTF-8", dialect=Dialect(encoding="utf-8"), tastes=EVERYWHERE)
_texts("plain-bom", "UTF-8 BOM", dialect=Dialect(encoding="utf-8-sig"), tastes=EVERYWHERE)
_texts("plain-utf16", "UTF-16", "tabs", dialect=Dialect(encoding="utf-16", delimiter="\t"), tastes=EVERYWHERE)
_texts("plain-cp1252", "cp1252", dialect=Dialect(encoding="cp1252"))
_texts("plain-cp850", "cp850", dialect=Dialect(encoding="cp850"))
_texts("plain-macroman", "MacRoman", dialect=Dialect(encoding="mac_roman", newline="\r"))
_texts("plain-commas", "commas", "quoted", dialect=Dialect(delimiter=",", encoding="utf-8"))
_texts("plain-pipes", "pipes", dialect=Dialect(delimiter="|"))
_texts("plain-quoted", "quoted", dialect=Dialect(quoting=csv.QUOTE_ALL))
_texts("plain-sep", "sep=;", "cp1252", dialect=Dialect(before=("sep=;",)))
_texts("plain-trimmed", "short lines", dialect=Dialect(is_trimmed=True))
_texts("amounts-swiss", "Swiss apostrophes", style=Writing(amount=writing.swiss))
_texts("amounts-swiss-typographic", "Swiss apostrophes", style=Writing(amount=writing.swiss_typographic))
_texts("amounts-nbsp", "NBSP thousands", style=Writing(amount=writing.nbsp))
_texts(
    "amounts-narrow-nbsp",
    "NBSP thousands",
    "UTF-8",
    style=Writing(amount=writing.narrow),
    dialect=Dialect(encoding="utf-8"),
)
_texts("amounts-euro", "euro signs", style=Writing(amount=writing.with_euro))
_texts("amounts-euro-first", "euro signs", style=Writing(amount=writing.euro_first))
_texts(
    "amounts-trailing-minus",
    "trailing minus",
    "credit notes",
    style=Writing(amount=writing.trailing_minus),
    shares=SOME_CREDITS,
)
_texts(
    "amounts-brackets",
    "brackets",
    "credit notes",
    style=Writing(amount=writing.brackets),
    shares=SOME_CREDITS,
)
_texts(
    "amounts-flagged",
    "H/S flags",
    "credit notes",
    style=Writing(amount=writing.debit_suffix),
    shares=SOME_CREDITS,
)
_texts("amounts-minus", "credit notes", "zero balances", shares=Shares(credit=0.1, zero=0.1))
_texts("amounts-dashed", "dashes for cents", style=Writing(amount=writing.dashed))
_texts("amounts-shortened", "shortened decimals", style=Writing(amount=writing.shortened))
_texts(
    "amounts-us",
    "US amounts",
    "English",
    "commas",
    style=Writing(amount=writing.american, day=writing.iso),
    columns=english_columns,
    dialect=Dialect(delimiter=",", encoding="utf-8"),
)
_texts(
    "dates-us",
    "US dates",
    "English",
    style=Writing(amount=writing.american, day=writing.month_first),
    columns=english_columns,
    dialect=Dialect(delimiter=",", encoding="utf-8"),
    days=True,
)
_texts(
    "dates-us-short",
    "US dates",
    "two-digit years",
    "English",
    style=Writing(amount=writing.american, day=writing.short_month_first),
    columns=english_columns,
    dialect=Dialect(encoding="utf-8"),
    days=True,
)
_texts(
    "dates-day-first",
    "slashed dates",
    "English",
    style=Writing(amount=writing.point, day=writing.day_first),
    columns=english_columns,
    dialect=Dialect(encoding="utf-8"),
    days=True,
)
_texts("dates-two-digit", "two-digit years", style=Writing(day=writing.two_digit))
_texts("dates-short", "dotted dates", style=Writing(day=writing.short_dotted))
_texts("dates-iso", "ISO dates", style=Writing(day=writing.iso))
_texts("dates-iso-time", "ISO dates", "times of day", style=Writing(day=writing.iso_time))
_texts("dates-dotted-time", "times of day", style=Writing(day=writing.dotted_time))
_texts("dates-compact", "compact dates", style=Writing(day=writing.compact))
_texts("dates-named", "named months", style=Writing(day=writing.named))
_texts(
    "dates-named-english",
    "named months",
    "English",
    style=Writing(amount=writing.american, day=writing.short_named),
    columns=english_columns,
    dialect=Dialect(encoding="utf-8"),
)
_texts("dates-serial", "Excel serial dates", style=Writing(day=writing.serial))

_books("book-native", "XLSX")
_books(
    "book-text",
    "XLSX",
    "numbers as text",
    style=Style(amounts_as_text=writing.german, days_as_text=writing.dotted),
)
_books(
    "book-point-text",
    "XLSX",
    "numbers as text",
    style=Style(amounts_as_text=writing.point, days_as_text=writing.iso),
)
_books("book-1904", "XLSX", "1904 epoch", style=Style(is_1904=True))
_books("book-serials", "XLSX", "Excel serial dates", style=Style(days_as_serials=True))
_books(
    "book-serials-1904",
    "XLSX",
    "Excel serial dates",
    "1904 epoch",
    style=Style(days_as_serials=True, is_1904=True),
)
_books(
    "book-credits",
    "XLSX",
    "credit notes",
    "zero balances",
    shares=Shares(credit=0.1, zero=0.1),
    style=Style(number_format='#,##0.00 "€";[Red]-#,##0.00 "€"'),
)
_books("book-xls", "XLS", write=xls)
_books("book-xls-1904", "XLS", "1904 epoch", write=xls, style=Style(is_1904=True))
_books("book-ods", "ODS", write=ods, weight=0.1, most=30)


def _numbers_columns():
    columns = ordinary_columns()
    columns[0] = Column("Kundennummer", lambda i: int(i.party.number), lambda i: {"number": i.party.number})
    columns[4] = col.postcode_without_zero()
    columns[6] = col.invoice_number_as_number()
    return columns


_books(
    "book-identifiers-as-numbers",
    "XLSX",
    "identifiers as numbers",
    "postcode without its zero",
    numeric=True,
    columns=_numbers_columns,
)
_books(
    "book-identifiers-as-numbers-xls",
    "XLS",
    "identifiers as numbers",
    "postcode without its zero",
    numeric=True,
    columns=_numbers_columns,
    write=xls,
)
_texts(
    "postcode-without-zero",
    "postcode without its zero",
    columns=lambda: [c if c.header != "PLZ" else col.postcode_without_zero() for c in ordinary_columns()],
)


@layout("abroad", "abroad", "postcode without its zero", "CSV")
def abroad(dice, count):
    """Austrian and Swiss postcodes beside German ones that lost their zero: the country tells."""
    items = make_items(dice, count, Shares(), Tastes(abroad=0.4))
    columns = [
        col.debtor_number(),
        col.first_last("Name"),
        col.street(),
        col.postcode_without_zero(),
        col.city(),
        col.country("Land", {"DE": "Deutschland", "AT": "Österreich", "CH": "Schweiz"}),
        col.invoice_number(),
        col.due_date(),
        col.open_amount(),
    ]
    content, truths = delimited(plain_list(items, columns))
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("country-prefix", "abroad", "PLZ Ort", "CSV")
def country_prefix(dice, count):
    items = make_items(dice, count, Shares(), Tastes(abroad=0.3))
    prefixed = col.place("PLZ / Ort", prefix=True)
    told = Column(prefixed.header, prefixed.cell, lambda i: prefixed.tells(i) | {"country": i.party.country})
    columns = [
        col.debtor_number(),
        col.last_first("Name"),
        col.street(),
        told,
        col.invoice_number(),
        col.due_date(),
        col.open_amount(),
    ]
    content, truths = delimited(plain_list(items, columns))
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("swiss-creditor", "Swiss apostrophes", "foreign currency", "CSV")
def swiss_creditor(dice, count):
    """A Swiss list of euros and francs: francs are refused."""
    import msgspec

    items = make_items(dice, count, Shares(), Tastes(abroad=0.8))
    items = [msgspec.structs.replace(i, currency="CHF") if i.party.country == "CH" else i for i in items]
    columns = [
        col.debtor_number("Kunden-Nr."),
        col.first_last("Kunde"),
        col.street("Strasse"),
        col.postcode(),
        col.city(),
        col.country("LKZ", {"DE": "D", "AT": "A"}),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date("Fällig"),
        col.currency("Whg"),
        col.open_amount("Saldo"),
    ]
    content, truths = delimited(plain_list(items, columns), Writing(amount=writing.swiss))
    return Made(name="Debitoren.csv", content=content, truths=truths)


@layout("two-line-header", "two-line header", "CSV")
def two_line_header(dice, count):
    """The header's words broken over two rows, as in a printed list."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        col.debtor_number("nummer"),
        col.first_last("Kunde"),
        col.invoice_number("nummer"),
        col.invoice_date("datum"),
        col.due_date("keit"),
        col.open_amount("Betrag"),
    ]
    above = line("Kunden-", "", "Rechnungs-", "Rechnungs-", "Fällig-", "offener")
    content, truths = delimited([above, header(columns), *item_lines(items, columns)])
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("merged-header", "merged header", "XLSX", weight=0.3, items=(4, 100))
def merged_header(dice, count):
    """Groups in merged cells above the names of their columns."""
    items = make_items(dice, count, Shares(partly=0.1), EVERYWHERE)
    columns = [
        col.debtor_number("Nummer"),
        *col.name_and_first("Name", "Vorname"),
        col.street(),
        col.postcode(),
        col.city(),
        col.invoice_number("Nummer"),
        col.invoice_date("Datum"),
        col.due_date("fällig am"),
        col.gross("Betrag"),
        col.open_amount("offen"),
    ]
    groups = Line(("Kunde", "", "", "", "", "", "Rechnung"))
    sheet = Sheet(lines=[groups, header(columns), *item_lines(items, columns)], merged=("A1:F1", "G1:K1"))
    content, truths = xlsx([sheet])
    return Made(name="Liste.xlsx", content=content, truths=truths)


@layout("duplicate-columns", "duplicate columns", "CSV")
def duplicate_columns(dice, count):
    """The same columns twice with the same values, as a join of two queries gives them."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        *ordinary_columns(),
        col.debtor_number(),
        Column("Rechnungsnummer", lambda i: i.invoice_number),
        Column("Offen", lambda i: col.Cents(i.open)),
    ]
    content, truths = delimited(plain_list(items, columns))
    return Made(name="Liste.csv", content=content, truths=truths)
