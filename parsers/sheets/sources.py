"""From one file to the document of its table: text by its form, a workbook by its sheets."""

from collections.abc import Iterator

from parsers.documents import Part, Piece, unreadable
from parsers.grids.kinds import HTML_TYPE, KINDS, MARKUP_TYPES
from parsers.grids.markup import MarkupBook, MarkupSheet
from parsers.grids.workbook import Workbook
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.claims import read_table
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.joined import matching_sheets, with_debtors_of
from parsers.sheets.texts import open_text
from parsers.sheets.which_sheet import (
    AnySheet,
    Table,
    ask_for_hidden_sheet,
    ask_for_sheet,
    chosen_sheets,
    takes_hidden,
)


def read_text(piece: Piece, options: Options) -> Iterator[Part]:
    """The document of a text, whatever its form. Raises csv.Error and ContainerError."""
    grid = open_text(piece.path)
    yield from read_table(piece, grid, analyse(grid), options)


def read_workbook(piece: Piece, options: Options) -> Iterator[Part]:
    """The documents of a workbook: of its one sheet of claims, chosen by content, or of those named.

    Raises ContainerError.
    """
    book = open_book(piece)
    claims, others = _visible_tables(book)
    nearest = max(others, key=lambda table: table[1].score, default=None)
    hidden = _hidden_claims(book)
    if hidden and not claims:
        yield from _hidden_only(piece, book, hidden, options)
        return
    chosen = chosen_sheets(claims, options)
    if chosen is None:
        yield from ask_for_sheet(piece, claims, options)
        return
    left_out = [table for table in hidden if not takes_hidden(table, options)]
    chosen += [table for table in hidden if table not in left_out]
    if not chosen and nearest is None:
        yield from unreadable(piece, Code.EMPTY_FILE, options.language)
    warnings = tuple(
        make_problem(Code.HIDDEN_SHEET, options.language, value=sheet.sheet) for sheet, _ in left_out
    )
    pair = matching_sheets(others) if not chosen else None
    if pair is not None:
        sheet, analysis = pair.claims
        grid, analysis = with_debtors_of(_looked_at(book, sheet, analysis), analysis, pair.debtors)
        said = make_problem(Code.DEBTORS_JOINED, options.language, value=pair.debtors[0].sheet)
        yield from read_table(piece, grid, analysis, options, (*warnings, said))
        return
    for sheet, analysis in chosen or filter(None, [nearest]):
        yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options, warnings)


def _visible_tables(book: Workbook | MarkupBook) -> tuple[list[Table], list[Table]]:
    """The sheets of claims, and all others that hold something."""
    claims: list[Table] = []
    others: list[Table] = []
    for name in book.visible:
        sheet = book.sheet(name)
        analysis = analyse(sheet)
        if analysis.is_claims:
            claims.append((sheet, analysis))
        elif analysis.is_filled:
            others.append((sheet, analysis))
    return claims, others


def _hidden_only(
    piece: Piece, book: Workbook | MarkupBook, hidden: list[Table], options: Options
) -> Iterator[Part]:
    """A workbook whose claims are all on hidden sheets: none is taken, or left out, unasked."""
    for sheet, analysis in hidden:
        takes = takes_hidden((sheet, analysis), options)
        if takes is None:
            yield from ask_for_hidden_sheet(piece, (sheet, analysis), options)
        elif takes:
            yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options)
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
    return [(sheet, analysis) for sheet, analysis in tables if analysis.is_claims]
