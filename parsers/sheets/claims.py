"""A table of open items, from its grid to the items of one document.

Two passes over the file: a survey of all rows decides how columns are written and which rows
repeat each other, then the rows are read. Neither holds the table in memory.
"""

from collections.abc import Iterator

import msgspec

from parsers.documents import Part, Piece, unreadable
from parsers.grids.cells import Grid
from parsers.masters.book import AddressBook
from parsers.masters.joined import with_master_data
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.amounts import Mark
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import Answers, fingerprint_of, settled
from parsers.sheets.blocks import with_debtors_from_above
from parsers.sheets.decisions import lay_out
from parsers.sheets.endings import CutOff, cut_off_row
from parsers.sheets.fields import Field
from parsers.sheets.gaps import fill_gaps, gap_warnings
from parsers.sheets.headless import ask_for_header, with_header_answered
from parsers.sheets.layout import Layout
from parsers.sheets.profile import MOST
from parsers.sheets.protected import unwrapped
from parsers.sheets.rows import find_repeats, read_rows
from parsers.sheets.survey import Survey
from storage.records import DocumentHead, DocumentTail, Kind, Problem, Question, SkippedRow

_NEARLY_ALL = 0.9


def read_table(
    piece: Piece,
    grid: Grid,
    analysis: Analysis,
    options: Options,
    customers: AddressBook,
    *,
    warnings: tuple[Problem, ...] = (),
) -> Iterator[Part]:
    """The document of one table. Raises csv.Error and ContainerError."""
    language = options.language
    grid, analysis = unwrapped(grid, analysis)
    if analysis.header is None:
        answered = with_header_answered(analysis, options)
        if answered is None:
            yield from ask_for_header(piece, grid, analysis, options)
            return
        analysis = answered
    grid, analysis, inherited = with_debtors_from_above(grid, analysis, language)
    header = analysis.header
    assert header is not None
    facts = {"found": analysis.found_text(language), "missing": analysis.missing_text(language)}
    if analysis.mapping.looks_like is not None:
        looks_like = analysis.looks_like_text(language)
        yield from unreadable(piece, Code.NOT_CLAIMS, language, looks_like=looks_like, **facts)
        return
    if _are_amounts_split(grid, analysis):
        yield from unreadable(piece, Code.AMOUNTS_SPLIT, language)
        return
    if analysis.missing and not analysis.is_nameless:
        yield from unreadable(piece, Code.COLUMNS_MISSING, language, **facts)
        return
    fingerprint = fingerprint_of(header.texts)
    answers = Answers(options, fingerprint)
    mapping = settled(analysis.mapping, header.texts, answers)
    analysis = msgspec.structs.replace(analysis, mapping=mapping)
    joined = with_master_data(grid, analysis, customers, language)
    names_by_number = analysis.is_nameless or joined.analysis is not analysis
    grid, analysis = joined.grid, joined.analysis
    assert analysis.header is not None
    survey = Survey(analysis.mapping, analysis.header.texts, analysis.header_number)
    if not survey.run(grid, options.rows_max):
        yield from unreadable(piece, Code.TOO_MANY_ROWS, language, rows_max=options.rows_max)
    elif survey.last_number == analysis.header_number:
        yield from unreadable(piece, Code.NO_ROWS, language)
    else:
        layout, ambiguous = lay_out(grid, analysis, survey, options, answers)
        layout = msgspec.structs.replace(layout, names_by_number=names_by_number, undecided=joined.undecided)
        layout, offers = fill_gaps(layout, answers)
        if inherited:
            problem = make_problem(Code.DEBTOR_FROM_ABOVE, language, field="debtor.name", count=inherited)
            warnings = (*warnings, problem)
        said = (*warnings, *joined.warnings(language), *ambiguous, *gap_warnings(layout))
        head = _head(piece, grid, layout, survey, warnings=said, offers=offers)
        yield msgspec.structs.replace(head, producer=analysis.producer, fingerprint=fingerprint)
        cut_off = cut_off_row(piece, grid, layout, survey, width=len(header.texts))
        yield from _rows(grid, layout, survey, cut_off)


def _are_amounts_split(grid: Grid, analysis: Analysis) -> bool:
    """Whether `19,29` became 19 and 29 at an unquoted comma: whole euros, and cents in the next column."""
    at = analysis.mapping.columns.get(Field.AMOUNT, -1)
    if grid.delimiter != "," or not 0 <= at < len(analysis.profiles) - 1:
        return False
    euros, cents = analysis.profiles[at], analysis.profiles[at + 1]
    return (
        euros.cents == 0 and euros.digits > MOST and cents.pairs >= _NEARLY_ALL and cents.fill >= _NEARLY_ALL
    )


def _rows(grid: Grid, layout: Layout, survey: Survey, cut_off: CutOff | None) -> Iterator[Part]:
    repeats = find_repeats(grid, layout, survey.suspects())
    count = 0
    for items in read_rows(grid, layout, repeats, survey.last_number):
        count += len(items)
        last = items[-1]
        if cut_off is not None and last.row == cut_off.row and not isinstance(last, SkippedRow):
            items[-1] = cut_off.refused(last, layout)
        yield items
    yield DocumentTail(rows_total=count)


def _head(
    piece: Piece,
    grid: Grid,
    layout: Layout,
    survey: Survey,
    *,
    warnings: tuple[Problem, ...],
    offers: tuple[Question, ...],
) -> DocumentHead:
    mark = layout.marks.get(Field.AMOUNT)
    asked = [one for one in (layout.blocking, layout.hidden_question) if one is not None]
    return DocumentHead(
        kind=Kind.CLAIMS,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        decimal_mark=mark.value if mark in (Mark.COMMA, Mark.POINT) else None,
        date_order=survey.date_order or layout.date_order,
        columns=_shown_columns(layout),
        header_row=layout.header_number or None,
        needs_answer=(*asked, *layout.questions.values()),
        offers=offers,
        problems=warnings,
    )


def _shown_columns(layout: Layout) -> dict[str, str]:
    """Path in ROW → the sender's header."""
    columns = layout.columns
    shown = {
        field.value: layout.header[at] for field, at in columns.items() if not field.value.startswith("_")
    }
    if Field.TERMS in columns:
        shown.setdefault("due_date", layout.header[columns[Field.TERMS]])
    if Field.CITY not in columns and Field.POSTCODE in columns:
        shown.setdefault("debtor.city", layout.header[columns[Field.POSTCODE]])
    if Field.DEBIT in columns and layout.blocking is None:
        shown.setdefault("amount", layout.header[columns[Field.DEBIT]])
    return shown
