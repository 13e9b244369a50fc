"""From one file to the documents of its tables: text by its form, a workbook by its sheets."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from parsers.documents import Part, Piece, unreadable
from parsers.grids.kinds import HTML_TYPE, KINDS, MARKUP_TYPES
from parsers.grids.markup import MarkupBook, MarkupSheet
from parsers.grids.workbook import Workbook
from parsers.masters.book import AddressBook
from parsers.masters.desk import Desk
from parsers.masters.lists import is_master_list, read_master_list
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.replies.words import CHARACTERS_MAX, own_words
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.claims import read_table
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.protected import unwrapped
from parsers.sheets.texts import open_text
from parsers.sheets.which_sheet import (
    AnySheet,
    Table,
    ask_for_hidden_sheet,
    ask_for_sheet,
    chosen_sheets,
    takes_hidden,
)
from storage.records import DocumentHead, Kind

_OF_MONEY = frozenset({Field.AMOUNT, Field.DEBIT, Field.GROSS})


def read_text(piece: Piece, options: Options, desk: Desk) -> Iterator[Part]:
    """The document of a text, whatever its form, unless it waits at the desk.

    Raises csv.Error and ContainerError.
    """
    grid = open_text(piece.path)
    grid, analysis = unwrapped(grid, analyse(grid))
    if is_master_list(analysis):
        yield from read_master_list(piece, grid, analysis, options, desk.book)
    else:
        items = _with_words(read_table(piece, grid, analysis, options, desk.book), piece)
        yield from desk.put(piece, [analysis], items)


def _with_words(items: Iterator[Part], piece: Piece) -> Iterator[Part]:
    """A short text that is no table keeps its words: it may answer what we have asked."""
    for item in items:
        if isinstance(item, DocumentHead) and item.kind is not Kind.CLAIMS:
            is_short = piece.path.stat().st_size <= CHARACTERS_MAX
            said = own_words(piece.path.read_text(encoding="utf-8", errors="replace")) if is_short else ""
            yield msgspec.structs.replace(item, said=said or None)
        else:
            yield item


def read_workbook(piece: Piece, options: Options, desk: Desk) -> Iterator[Part]:
    """The documents of a workbook: its lists of customers, its one sheet of claims, or those named.

    Lists of claims may wait at the desk. Raises ContainerError.
    """
    book = open_book(piece)
    tables = _visible_tables(book)
    for sheet, analysis in tables.masters:
        yield from read_master_list(piece, *unwrapped(sheet, analysis), options, desk.book)
    lists = [analysis for _, analysis in tables.claims]
    items = _read_claims(piece, book, tables, options, desk.book)
    yield from desk.put(piece, lists, items, piece.path.stat().st_size)


class _Tables(NamedTuple):
    """The visible sheets of a workbook that matter."""

    masters: list[Table]
    claims: list[Table]
    nearest: Table | None  # of those that are neither, the one that is most like a list


def _read_claims(
    piece: Piece, book: Workbook | MarkupBook, tables: _Tables, options: Options, customers: AddressBook
) -> Iterator[Part]:
    hidden = _hidden_claims(book)
    if hidden and not tables.claims:
        yield from _hidden_only(piece, book, hidden, options, customers)
        return
    chosen = chosen_sheets(tables.claims, options)
    if chosen is None:
        yield from ask_for_sheet(piece, tables.claims, options)
        return
    left_out = [table for table in hidden if not takes_hidden(table, options)]
    chosen += [table for table in hidden if table not in left_out]
    if not chosen and tables.nearest is None and not tables.masters:
        yield from unreadable(piece, Code.EMPTY_FILE, options.language)
    warnings = tuple(
        make_problem(Code.HIDDEN_SHEET, options.language, value=sheet.sheet) for sheet, _ in left_out
    )
    for sheet, analysis in chosen or filter(None, [tables.nearest]):
        looked_at = _looked_at(book, sheet, analysis)
        yield from read_table(piece, looked_at, analysis, options, customers, warnings=warnings)


def _visible_tables(book: Workbook | MarkupBook) -> _Tables:
    """A list without names is meant only where no other sheet is a list of claims."""
    masters: list[Table] = []
    claims: list[Table] = []
    nameless: list[Table] = []
    others: list[Table] = []
    for name in book.visible:
        sheet = book.sheet(name)
        analysis = analyse(sheet)
        if analysis.is_claims:
            claims.append((sheet, analysis))
        elif analysis.is_nameless:
            nameless.append((sheet, analysis))
        elif is_master_list(analysis):
            masters.append((sheet, analysis))
        elif analysis.is_filled:
            others.append((sheet, analysis))
    nearest = max(others, key=lambda table: table[1].score, default=None)
    if nearest is not None and masters and not _OF_MONEY & nearest[1].mapping.columns.keys():
        nearest = None  # a cover sheet or notes beside the customers
    return _Tables(masters, claims or nameless, nearest)


def _hidden_only(
    piece: Piece,
    book: Workbook | MarkupBook,
    hidden: list[Table],
    options: Options,
    customers: AddressBook,
) -> Iterator[Part]:
    """A workbook whose claims are all on hidden sheets: none is taken, or left out, unasked."""
    for sheet, analysis in hidden:
        takes = takes_hidden((sheet, analysis), options)
        if takes is None:
            yield from ask_for_hidden_sheet(piece, (sheet, analysis), options)
        elif takes:
            yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options, customers)
        else:
            yield from unreadable(piece, Code.HIDDEN_SHEET, options.language, value=sheet.sheet)


def open_book(piece: Piece) -> Workbook | MarkupBook:
    """A workbook, or the tables of a file in markup, by what the piece was recognised as."""
    if piece.media_type in MARKUP_TYPES:
        return MarkupBook(piece.path, is_html=piece.media_type == HTML_TYPE)
    return Workbook(piece.path, KINDS[piece.media_type])


def _looked_at(book: Workbook | MarkupBook, sheet: AnySheet, analysis: Analysis) -> AnySheet:
    """The sheet with what is hidden, in error or in another currency where it matters."""
    if isinstance(book, MarkupBook) or isinstance(sheet, MarkupSheet):
        return sheet
    columns = analysis.mapping.columns
    amounts = MONEY_FIELDS if Field.CURRENCY not in columns else frozenset()
    looks = book.looks(
        sheet.sheet,
        frozenset(at for field, at in columns.items() if field in MONEY_FIELDS | DATE_FIELDS),
        frozenset(at for field, at in columns.items() if field in amounts),
    )
    return sheet.looking(looks)


def _hidden_claims(book: Workbook | MarkupBook) -> list[Table]:
    """The hidden sheets that look like claims: none is taken, or left out, silently."""
    tables = ((sheet := book.sheet(name), analyse(sheet)) for name in book.hidden)
    return [(sheet, analysis) for sheet, analysis in tables if analysis.is_claims or analysis.is_nameless]
