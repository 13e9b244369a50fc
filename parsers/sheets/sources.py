"""From one file to the document of its table: text by its delimiter, a workbook by its sheets."""

from collections.abc import Iterator
from typing import NamedTuple

from parsers.documents import Piece, unreadable
from parsers.grids.delimited import Delimited, sample
from parsers.grids.encoding import detect_encoding
from parsers.grids.workbook import Sheet, Workbook
from parsers.masters.book import AddressBook
from parsers.masters.desk import Desk
from parsers.masters.lists import is_master_list, read_master_list
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.claims import read_table
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.header import choose_delimiter
from parsers.sheets.which_sheet import (
    Table,
    ask_for_hidden_sheet,
    ask_for_sheet,
    chosen_sheets,
    takes_hidden,
)
from storage.records import Item

_MONEY = frozenset({Field.AMOUNT, Field.DEBIT, Field.GROSS})


def read_text(piece: Piece, options: Options, desk: Desk) -> Iterator[Item]:
    """The document of a delimited text, unless it waits at the desk. Raises csv.Error."""
    encoding = detect_encoding(piece.path)
    delimiter = choose_delimiter(sample(piece.path, encoding))
    grid = Delimited(piece.path, encoding, delimiter)
    analysis = analyse(grid)
    if is_master_list(analysis):
        yield from read_master_list(piece, grid, analysis, options, desk.book)
    else:
        yield from desk.put(piece, [analysis], read_table(piece, grid, analysis, options, desk.book))


def read_workbook(piece: Piece, options: Options, desk: Desk, *, is_ooxml: bool) -> Iterator[Item]:
    """The documents of a workbook: its lists of customers, its one sheet of claims, or those named.

    Lists of claims may wait at the desk. Raises ContainerError.
    """
    book = Workbook(piece.path, is_ooxml=is_ooxml)
    tables = _visible_tables(book)
    for sheet, analysis in tables.masters:
        yield from read_master_list(piece, sheet, analysis, options, desk.book)
    lists = [analysis for _, analysis in tables.claims]
    items = _read_claims(piece, book, tables, options, desk.book)
    yield from desk.put(piece, lists, items, piece.path.stat().st_size)


class _Tables(NamedTuple):
    """The visible sheets of a workbook that matter."""

    masters: list[Table]
    claims: list[Table]
    nearest: Table | None  # of those that are neither, the one that is most like a list


def _read_claims(
    piece: Piece, book: Workbook, tables: _Tables, options: Options, customers: AddressBook
) -> Iterator[Item]:
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
        yield from read_table(
            piece, _looked_at(book, sheet, analysis), analysis, options, customers, warnings=warnings
        )


def _visible_tables(book: Workbook) -> _Tables:
    """A list without names is meant only where no other sheet is a list of claims."""
    masters: list[Table] = []
    claims: list[Table] = []
    nameless: list[Table] = []
    nearest: Table | None = None
    for name in book.visible:
        sheet = book.sheet(name)
        analysis = analyse(sheet)
        if analysis.is_claims:
            claims.append((sheet, analysis))
        elif analysis.is_nameless:
            nameless.append((sheet, analysis))
        elif is_master_list(analysis):
            masters.append((sheet, analysis))
        elif analysis.is_filled and (nearest is None or analysis.score > nearest[1].score):
            nearest = sheet, analysis
    if nearest is not None and masters and not _MONEY & nearest[1].mapping.columns.keys():
        nearest = None  # a cover sheet or notes beside the customers
    return _Tables(masters, claims or nameless, nearest)


def _hidden_only(
    piece: Piece, book: Workbook, hidden: list[Table], options: Options, customers: AddressBook
) -> Iterator[Item]:
    """A workbook whose claims are all on hidden sheets: none is taken, or left out, unasked."""
    for sheet, analysis in hidden:
        takes = takes_hidden((sheet, analysis), options)
        if takes is None:
            yield from ask_for_hidden_sheet(piece, (sheet, analysis), options)
        elif takes:
            yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options, customers)
        else:
            yield from unreadable(piece, Code.HIDDEN_SHEET, options.language, value=sheet.sheet)


def _looked_at(book: Workbook, sheet: Sheet, analysis: Analysis) -> Sheet:
    """The sheet with what is hidden, in error or in another currency where it matters."""
    columns = analysis.mapping.columns
    amounts = MONEY_FIELDS if Field.CURRENCY not in columns else frozenset()
    looks = book.looks(
        sheet.sheet,
        frozenset(at for field, at in columns.items() if field in MONEY_FIELDS | DATE_FIELDS),
        frozenset(at for field, at in columns.items() if field in amounts),
    )
    return sheet.looking(looks)


def _hidden_claims(book: Workbook) -> list[Table]:
    """The hidden sheets that look like claims: none is taken, or left out, silently."""
    tables = ((sheet := book.sheet(name), analyse(sheet)) for name in book.hidden)
    return [(sheet, analysis) for sheet, analysis in tables if analysis.is_claims or analysis.is_nameless]
