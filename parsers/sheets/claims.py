"""A table of open items, from its grid to the items of one document.

Two passes over the file: a survey of all rows decides how columns are written and which rows
repeat each other, then the rows are read. Neither holds the table in memory.
"""

from collections.abc import Iterator

from parsers.documents import Piece, unreadable, without_rows
from parsers.grids.cells import Grid, text_of
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.questions import Ask, make_question
from parsers.sheets.amounts import Mark
from parsers.sheets.analysis import Analysis, could_be_claims
from parsers.sheets.fields import DECISIVE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.hidden import with_hidden_rows, without_hidden_columns
from parsers.sheets.layout import Layout
from parsers.sheets.marks import ERROR_HEADERS, ROW_HEADERS
from parsers.sheets.profile import MOST
from parsers.sheets.rowcells import awaiting
from parsers.sheets.rows import find_repeats, read_rows
from parsers.sheets.survey import Survey, rows_below
from storage.identity import fold
from storage.records import DocumentHead, DocumentTail, Item, Kind, Problem, Question, RejectedRow

_EXAMPLE_CHARACTERS_MAX = 80


def read_table(
    piece: Piece, grid: Grid, analysis: Analysis, options: Options, warnings: tuple[Problem, ...] = ()
) -> Iterator[Item]:
    """The document of one table. Raises csv.Error and ContainerError."""
    language = options.language
    if analysis.header is None:
        yield from _headless(piece, grid, analysis, options)
        return
    facts = {"found": analysis.found_text(language), "missing": analysis.missing_text(language)}
    if analysis.mapping.looks_like is not None:
        looks_like = analysis.looks_like_text(language)
        yield from unreadable(piece, Code.NOT_CLAIMS, language, looks_like=looks_like, **facts)
        return
    if analysis.missing:
        yield from unreadable(piece, Code.COLUMNS_MISSING, language, **facts)
        return
    survey = Survey(analysis.mapping, len(analysis.header.texts), analysis.header_number)
    if not survey.run(grid, options.rows_max):
        yield from unreadable(piece, Code.TOO_MANY_ROWS, language, rows_max=options.rows_max)
    elif survey.last_number == analysis.header_number:
        yield from unreadable(piece, Code.NO_ROWS, language)
    else:
        yield from _read_surveyed(piece, grid, analysis, survey, options=options, warnings=warnings)


def _read_surveyed(
    piece: Piece,
    grid: Grid,
    analysis: Analysis,
    survey: Survey,
    *,
    options: Options,
    warnings: tuple[Problem, ...],
) -> Iterator[Item]:
    layout, left_out = _layout(grid, analysis, survey, options)
    layout = with_hidden_rows(grid, layout)
    repeats = find_repeats(grid, layout, survey.suspects())
    yield _head(piece, grid, layout, survey, (*warnings, *left_out, *_gap_warnings(layout)))
    count = 0
    for items in read_rows(grid, layout, repeats, survey.last_number):
        count += len(items)
        yield from items
    yield DocumentTail(rows_total=count)


def _headless(piece: Piece, grid: Grid, analysis: Analysis, options: Options) -> Iterator[Item]:
    """No header and no certain meaning: asked, if it may be a list of claims at all."""
    language = options.language
    example = "; ".join(filter(None, map(text_of, analysis.first_rows[0] if analysis.first_rows else ())))
    example = example[:_EXAMPLE_CHARACTERS_MAX]
    if not analysis.first_rows:
        yield from unreadable(piece, Code.EMPTY_FILE, language)
        return
    if not could_be_claims(analysis):
        yield from unreadable(piece, Code.NO_TABLE, language, found=example)
        return
    question = make_question(Ask.NO_HEADER, language, about="header", example=example)
    yield DocumentHead(
        kind=Kind.CLAIMS,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        needs_answer=(question,),
    )
    waiting = (awaiting(question, language),)
    count = 0
    for batch in rows_below(grid, 0):
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            if any(not isinstance(cell, str) or cell.strip() for cell in row):
                count += 1
                yield RejectedRow(row=number, problems=waiting)
    yield DocumentTail(rows_total=count)


def ask_for_sheet(piece: Piece, sheets: list[str], options: Options) -> Iterator[Item]:
    """Several sheets look like claims; none is taken before the answer."""
    question = make_question(
        Ask.WHICH_SHEET, options.language, about="sheet", sheets=", ".join(sheets), choices=tuple(sheets)
    )
    head = DocumentHead(
        kind=Kind.CLAIMS,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        needs_answer=(question,),
    )
    yield from without_rows(head)


def _layout(
    grid: Grid, analysis: Analysis, survey: Survey, options: Options
) -> tuple[Layout, tuple[Problem, ...]]:
    """How the table is read, and what to say of columns that are not taken."""
    assert analysis.header is not None
    columns = dict(analysis.mapping.columns)
    blocking = _blocking_question(columns, analysis, survey, options.language)
    ambiguous: list[Problem] = []
    for field, rivals in survey.differing.items():
        if field not in DECISIVE_FIELDS:
            ambiguous.append(_ambiguous(field, rivals, analysis.header.texts, options.language))
            del columns[field]
    columns, hidden, left_out = without_hidden_columns(grid, columns, analysis.header.texts, options.language)
    questions = {
        field: _question(field, columns, analysis, options.language)
        for field in columns
        if survey.is_undecided(field)
    }
    layout = Layout(
        header=analysis.header.texts,
        header_number=analysis.header_number,
        columns=columns,
        marks=survey.marks,
        orders=survey.orders,
        questions=questions,
        blocking=blocking or hidden,
        language=options.language,
        today=options.today,
        delimiter=grid.delimiter,
        epoch_1904=grid.epoch_1904,
        trims_rows=survey.trims_rows,
        has_broken_characters=survey.has_broken_characters,
        says_open=analysis.mapping.says_open,
        ours=_our_columns(analysis.header.texts),
        gaps=_gaps(columns, analysis),
    )
    return layout, (*ambiguous, *left_out)


def _blocking_question(
    columns: dict[Field, int], analysis: Analysis, survey: Survey, language: str
) -> Question | None:
    """The question that every row depends on, if there is one."""
    assert analysis.header is not None
    texts = analysis.header.texts
    for field, rivals in survey.differing.items():
        if field in DECISIVE_FIELDS and not (field is Field.GROSS and Field.AMOUNT in columns):
            names = tuple(texts[index] for index in rivals)
            return make_question(
                Ask.WHICH_COLUMN, language, about=field.value, columns=", ".join(names), choices=names
            )
    if survey.doubtful:
        names = tuple(texts[index] for index in sorted({columns[Field.AMOUNT], *survey.doubtful}))
        return make_question(
            Ask.WHICH_COLUMN,
            language,
            about=Field.AMOUNT.value,
            columns=", ".join(names),
            choices=names,
        )
    if Field.AMOUNT not in columns:
        return make_question(
            Ask.DEBIT_CREDIT,
            language,
            about="amount",
            debit=texts[columns[Field.DEBIT]],
            credit=texts[columns[Field.CREDIT]],
        )
    if Field.PAID_AMOUNT in columns and survey.pays and not analysis.mapping.says_open:
        return make_question(
            Ask.PAID_AMOUNT,
            language,
            about="amount",
            column=texts[columns[Field.PAID_AMOUNT]],
            amount=texts[columns[Field.AMOUNT]],
        )
    return None


def _question(field: Field, columns: dict[Field, int], analysis: Analysis, language: str) -> Question:
    assert analysis.header is not None
    index = columns[field]
    example = next(
        (text_of(row[index]) for row in analysis.first_rows if index < len(row) and row[index]), ""
    )
    ask = Ask.DECIMAL_MARK if field in MONEY_FIELDS else Ask.DATE_ORDER
    return make_question(
        ask, language, about=field.value, column=analysis.header.texts[index], example=example
    )


def _ambiguous(field: Field, rivals: tuple[int, ...], texts: tuple[str, ...], language: str) -> Problem:
    names = ", ".join(texts[index] for index in rivals)
    return make_problem(Code.COLUMN_AMBIGUOUS, language, field=field.value, columns=names)


def _gaps(columns: dict[Field, int], analysis: Analysis) -> frozenset[Code]:
    """What no row of the table can have, because there is no column for it."""
    gaps = {
        code
        for code, fields in (
            (Code.MISSING_DUE_DATE, {Field.DUE_DATE, Field.TERMS}),
            (Code.MISSING_INVOICE_NUMBER, {Field.INVOICE_NUMBER}),
            (Code.MISSING_INVOICE_DATE, {Field.INVOICE_DATE}),
            (Code.MISSING_CONTRACT_DATE, {Field.CONTRACT_DATE}),
            (Code.MISSING_GROUND, {Field.GROUND}),
        )
        if not fields & columns.keys()
    }
    if Field.DEFAULT_SINCE in columns and Field.DEFAULT_REASON not in columns:
        gaps.add(Code.DEFAULT_WITHOUT_REASON)
    if not _has_address(columns, analysis):
        gaps.add(Code.MISSING_ADDRESS)
    return frozenset(gaps)


def _our_columns(texts: tuple[str, ...]) -> frozenset[int]:
    return frozenset(index for index, text in enumerate(texts) if fold(text) in ERROR_HEADERS | ROW_HEADERS)


def _has_address(columns: dict[Field, int], analysis: Analysis) -> bool:
    if Field.STREET not in columns:
        return False
    if Field.POSTCODE not in columns:
        return Field.CITY not in columns  # then the street may hold the whole address
    return Field.CITY in columns or analysis.profiles[columns[Field.POSTCODE]].places > MOST


def _gap_warnings(layout: Layout) -> tuple[Problem, ...]:
    fields = {
        Code.MISSING_ADDRESS: "debtor.street",
        Code.MISSING_DUE_DATE: "due_date",
        Code.MISSING_INVOICE_NUMBER: "invoice_number",
        Code.MISSING_INVOICE_DATE: "invoice_date",
        Code.MISSING_CONTRACT_DATE: "contract_date",
        Code.MISSING_GROUND: "ground",
        Code.DEFAULT_WITHOUT_REASON: "default_reason",
    }
    return tuple(
        make_problem(code, layout.language, field=field)
        for code, field in fields.items()
        if code in layout.gaps
    )


def _head(
    piece: Piece, grid: Grid, layout: Layout, survey: Survey, warnings: tuple[Problem, ...]
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
        date_order=survey.date_order,
        columns=_shown_columns(layout),
        header_row=layout.header_number,
        needs_answer=(*asked, *layout.questions.values()),
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
    return shown
