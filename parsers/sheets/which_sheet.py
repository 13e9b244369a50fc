"""Which sheets of a workbook are meant: the questions about them, and what was answered before."""

from collections.abc import Iterator, Sequence

from parsers.documents import Piece, without_rows
from parsers.grids.markup import MarkupSheet
from parsers.grids.workbook import Sheet
from parsers.options import Options
from parsers.questions import Ask
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import Answers, Posed, fingerprint_of
from storage.identity import fold
from storage.records import DocumentHead, Item, Kind, Question

AnySheet = Sheet | MarkupSheet
Table = tuple[AnySheet, Analysis]
_ALL = ("alle Blätter", "all sheets")
_YES = 0


def chosen_sheets(tables: Sequence[Table], options: Options) -> list[Table] | None:
    """The sheets that are meant: the only one, or those that the sender has named; None: it is asked."""
    if len(tables) < 2:
        return list(tables)
    choice = _which(tables, options).choice
    if choice is None:
        return None
    return list(tables) if choice == len(tables) else [tables[choice]]


def ask_for_sheet(piece: Piece, tables: Sequence[Table], options: Options) -> Iterator[Item]:
    """Several sheets look like claims; none is taken before the answer."""
    return _asked(piece, tables[0], _which(tables, options).question)


def takes_hidden(table: Table, options: Options) -> bool | None:
    """Whether a hidden sheet shall be taken; None where the sender has not said."""
    choice = _hidden(table, options).choice
    return None if choice is None else choice == _YES


def ask_for_hidden_sheet(piece: Piece, table: Table, options: Options) -> Iterator[Item]:
    """The claims are on a hidden sheet; nothing is taken before the answer."""
    return _asked(piece, table, _hidden(table, options).question)


def _which(tables: Sequence[Table], options: Options) -> Posed:
    names = [sheet.sheet for sheet, _ in tables]
    every = _ALL[1 if options.language == "en" else 0]
    return _answers(tables[0], options).pose(
        Ask.WHICH_SHEET, about="sheet", sheets=", ".join(names), choices=(*names, every)
    )


def _hidden(table: Table, options: Options) -> Posed:
    name = table[0].sheet
    return _answers(table, options).pose(Ask.HIDDEN_SHEET, about="sheet", key=fold(name) or name, sheet=name)


def _answers(table: Table, options: Options) -> Answers:
    return Answers(options, _fingerprint(table))


def _fingerprint(table: Table) -> str:
    header = table[1].header
    assert header is not None
    return fingerprint_of(header.texts)


def _asked(piece: Piece, table: Table, question: Question) -> Iterator[Item]:
    return without_rows(
        DocumentHead(
            kind=Kind.CLAIMS,
            name=piece.name,
            path=str(piece.path),
            media_type=piece.media_type,
            fingerprint=_fingerprint(table),
            needs_answer=(question,),
        )
    )
