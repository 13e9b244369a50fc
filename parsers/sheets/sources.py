"""From one file to the document of its table: text by its delimiter, a workbook by its sheets."""

from collections.abc import Iterator

from parsers.documents import Piece, unreadable
from parsers.grids.delimited import Delimited, sample
from parsers.grids.encoding import detect_encoding
from parsers.grids.workbook import Sheet, Workbook
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.claims import read_table
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.header import choose_delimiter
from parsers.sheets.joined import matching_sheets, with_debtors_of
from parsers.sheets.which_sheet import (
    Table,
    ask_for_hidden_sheet,
    ask_for_sheet,
    chosen_sheets,
    takes_hidden,
)
from storage.records import Item


def read_text(piece: Piece, options: Options) -> Iterator[Item]:
    """The document of a delimited text. Raises csv.Error."""
    encoding = detect_encoding(piece.path)
    delimiter = choose_delimiter(sample(piece.path, encoding))
    grid = Delimited(piece.path, encoding, delimiter)
    yield from read_table(piece, grid, analyse(grid), options)


def read_workbook(piece: Piece, options: Options, *, is_ooxml: bool) -> Iterator[Item]:
    """The documents of a workbook: of its one sheet of claims, chosen by content, or of those named.

    Raises ContainerError.
    """
    book = Workbook(piece.path, is_ooxml=is_ooxml)
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


def _visible_tables(book: Workbook) -> tuple[list[Table], list[Table]]:
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


def _hidden_only(piece: Piece, book: Workbook, hidden: list[Table], options: Options) -> Iterator[Item]:
    """A workbook whose claims are all on hidden sheets: none is taken, or left out, unasked."""
    for sheet, analysis in hidden:
        takes = takes_hidden((sheet, analysis), options)
        if takes is None:
            yield from ask_for_hidden_sheet(piece, (sheet, analysis), options)
        elif takes:
            yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options)
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
    return [(sheet, analysis) for sheet, analysis in tables if analysis.is_claims]
