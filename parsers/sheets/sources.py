"""From one file to the document of its table: text by its form, a workbook by its sheets."""

from collections.abc import Iterator

from parsers.documents import Piece, unreadable
from parsers.grids.kinds import HTML_TYPE, KINDS, MARKUP_TYPES
from parsers.grids.markup import MarkupBook, MarkupSheet
from parsers.grids.workbook import Sheet, Workbook
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.claims import ask_for_sheet, read_table
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.texts import open_text
from storage.records import Item


def read_text(piece: Piece, options: Options) -> Iterator[Item]:
    """The document of a text, whatever its form. Raises csv.Error and ContainerError."""
    grid = open_text(piece.path)
    yield from read_table(piece, grid, analyse(grid), options)


def read_workbook(piece: Piece, options: Options) -> Iterator[Item]:
    """The document of a workbook: of its one sheet of claims, chosen by content. Raises ContainerError."""
    book = open_book(piece)
    claims: list[tuple[Sheet | MarkupSheet, Analysis]] = []
    nearest: tuple[Sheet | MarkupSheet, Analysis] | None = None
    for name in book.visible:
        sheet = book.sheet(name)
        analysis = analyse(sheet)
        if analysis.is_claims:
            claims.append((sheet, analysis))
        elif analysis.is_filled and (nearest is None or analysis.score > nearest[1].score):
            nearest = sheet, analysis
    hidden = _hidden_claims(book)
    chosen = claims[0] if claims else nearest
    if len(claims) > 1:
        yield from ask_for_sheet(piece, [sheet.sheet for sheet, _ in claims], options)
    elif hidden and not claims:
        yield from unreadable(piece, Code.HIDDEN_SHEET, options.language, value=hidden[0])
    elif chosen is None:
        yield from unreadable(piece, Code.EMPTY_FILE, options.language)
    else:
        warnings = tuple(make_problem(Code.HIDDEN_SHEET, options.language, value=name) for name in hidden)
        sheet, analysis = chosen
        yield from read_table(piece, _looked_at(book, sheet, analysis), analysis, options, warnings)


def open_book(piece: Piece) -> Workbook | MarkupBook:
    """A workbook, or the tables of a file in markup, by what the piece was recognised as."""
    if piece.media_type in MARKUP_TYPES:
        return MarkupBook(piece.path, is_html=piece.media_type == HTML_TYPE)
    return Workbook(piece.path, KINDS[piece.media_type])


def _looked_at(
    book: Workbook | MarkupBook, sheet: Sheet | MarkupSheet, analysis: Analysis
) -> Sheet | MarkupSheet:
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


def _hidden_claims(book: Workbook | MarkupBook) -> list[str]:
    """The hidden sheets that look like claims: none is taken, or left out, silently."""
    return [name for name in book.hidden if analyse(book.sheet(name)).is_claims]
