"""What the survey of a table decides, what the sender has answered, and what must still be asked."""

from collections.abc import Iterator
from typing import Any

import msgspec

from parsers.grids.cells import Grid, text_of
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.questions import Ask
from parsers.sheets.amounts import Mark
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import Answers, column_names
from parsers.sheets.balances import rival_of_balance
from parsers.sheets.dates import Order
from parsers.sheets.fields import DECISIVE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.gaps import gaps_of
from parsers.sheets.hidden import with_hidden_rows, without_hidden_columns
from parsers.sheets.layout import Layout
from parsers.sheets.marks import OUR_HEADERS
from parsers.sheets.survey import Survey
from storage.identity import fold
from storage.records import Problem, Question

_MARKS = (Mark.COMMA, Mark.POINT)
_ORDERS = (Order.DMY, Order.MDY)
_SOFT_DATES = frozenset({Field.CONTRACT_DATE, Field.BIRTH_DATE})
_LESS = 1  # the second choice: the one column less the other


def lay_out(
    grid: Grid, analysis: Analysis, survey: Survey, options: Options, answers: Answers
) -> tuple[Layout, tuple[Problem, ...]]:
    """How the table is read, and what to say of columns that are not taken."""
    assert analysis.header is not None
    texts = analysis.header.texts
    columns = dict(analysis.mapping.columns)
    ambiguous: list[Problem] = []
    for field, rivals in survey.differing.items():
        if field not in DECISIVE_FIELDS:
            names = ", ".join(column_names(rivals, texts))
            ambiguous.append(
                make_problem(Code.COLUMN_AMBIGUOUS, options.language, field=field.value, columns=names)
            )
            del columns[field]
    columns, hidden, left_out = without_hidden_columns(grid, columns, texts, answers, options.language)
    layout = Layout(
        header=texts,
        header_number=analysis.header_number,
        columns=columns,
        marks=survey.marks,
        orders=survey.orders,
        questions={},
        blocking=None,
        language=options.language,
        today=options.today,
        delimiter=grid.delimiter,
        epoch_1904=grid.epoch_1904,
        trims_rows=survey.trims_rows,
        has_broken_characters=survey.has_broken_characters,
        says_open=analysis.mapping.says_open,
        ours=frozenset(index for index, text in enumerate(texts) if fold(text) in OUR_HEADERS),
        gaps=gaps_of(columns, analysis),
        ends_at=survey.ends_at,
    )
    layout = _with_balance_decided(_with_columns_decided(layout, survey, answers), grid, analysis, answers)
    layout = _with_writing_decided(layout, analysis, survey, answers)
    if hidden is not None and layout.blocking is None:
        layout = msgspec.structs.replace(layout, blocking=hidden)
    return with_hidden_rows(grid, layout, answers), (*ambiguous, *left_out)


def _with_columns_decided(layout: Layout, survey: Survey, answers: Answers) -> Layout:
    """The layout with the question that every row depends on, or with what was answered to it."""
    rival = _rival_question(layout, survey, answers)
    if rival is not None:
        return msgspec.structs.replace(layout, blocking=rival)
    if Field.AMOUNT not in layout.columns:
        return _with_debit_decided(layout, answers) if survey.credits else _with_debit_alone(layout)
    if Field.PAID_AMOUNT in layout.columns and survey.pays and not layout.says_open:
        return _with_payments_decided(layout, answers)
    return layout


def _with_balance_decided(layout: Layout, grid: Grid, analysis: Analysis, answers: Answers) -> Layout:
    """The layout with the question whether a balance that is odd, or the amount beside it, is the claim."""
    if layout.blocking is not None:
        return layout
    rival = rival_of_balance(grid, layout.header_number, analysis.mapping, layout.marks)
    if rival is None or rival == layout.columns[Field.AMOUNT]:
        return layout
    names = column_names([rival, layout.columns[Field.AMOUNT]], layout.header)
    posed = answers.pose(Ask.WHICH_COLUMN, about="amount", columns=", ".join(names), choices=names)
    return layout if posed.choice is not None else msgspec.structs.replace(layout, blocking=posed.question)


def _with_payments_decided(layout: Layout, answers: Answers) -> Layout:
    name = layout.name(Field.PAID_AMOUNT)
    posed = answers.pose(
        Ask.PAID_AMOUNT, about="amount", key=fold(name), column=name, amount=layout.name(Field.AMOUNT)
    )
    if posed.choice is None:
        return msgspec.structs.replace(layout, blocking=posed.question)
    return msgspec.structs.replace(layout, says_open=True, deducts=posed.choice == _LESS)


def _with_debit_decided(layout: Layout, answers: Answers) -> Layout:
    debit = layout.name(Field.DEBIT)
    posed = answers.pose(
        Ask.DEBIT_CREDIT, about="amount", key=fold(debit), debit=debit, credit=layout.name(Field.CREDIT)
    )
    if posed.choice is None:
        return msgspec.structs.replace(layout, blocking=posed.question)
    return layout if posed.choice == _LESS else _with_debit_alone(layout)


def _with_debit_alone(layout: Layout) -> Layout:
    columns = {field: index for field, index in layout.columns.items() if field is not Field.CREDIT}
    columns[Field.AMOUNT] = columns.pop(Field.DEBIT)
    marks = layout.marks | {Field.AMOUNT: layout.mark(Field.DEBIT)}
    return msgspec.structs.replace(layout, columns=columns, marks=marks)


def _rival_question(layout: Layout, survey: Survey, answers: Answers) -> Question | None:
    """Which of several columns is meant; an answer was taken before the survey, so it would be asked anew."""
    columns = layout.columns
    for field, rivals in survey.differing.items():
        if field in DECISIVE_FIELDS and not (field is Field.GROSS and Field.AMOUNT in columns):
            return _which_column(field, list(rivals), layout, answers)
    if survey.doubtful:
        return _which_column(Field.AMOUNT, sorted({columns[Field.AMOUNT], *survey.doubtful}), layout, answers)
    return None


def _which_column(field: Field, indexes: list[int], layout: Layout, answers: Answers) -> Question:
    names = column_names(indexes, layout.header)
    return answers.pose(Ask.WHICH_COLUMN, about=field.value, columns=", ".join(names), choices=names).question


def _with_writing_decided(layout: Layout, analysis: Analysis, survey: Survey, answers: Answers) -> Layout:
    """The layout with what each column's writing leaves open: answered, or to be asked."""
    marks, orders = dict(layout.marks), dict(layout.orders)
    questions: dict[Field, Question] = {}
    shown = {order for order in survey.orders.values() if order in _ORDERS}
    for field, ask, facts in _undecided(layout, analysis, survey):
        if field in _SOFT_DATES and len(shown) == 1:
            orders[field] = next(iter(shown))  # of no weight of its own: written as the other days are
            continue
        posed = answers.pose(ask, about=field.value, key=fold(layout.name(field)), **facts)
        if posed.choice is None:
            questions[field] = posed.question
        elif ask is Ask.DECIMAL_MARK:
            marks[field] = _MARKS[posed.choice]
        else:
            orders[field] = _ORDERS[posed.choice]
    return msgspec.structs.replace(layout, marks=marks, orders=orders, questions=questions)


def _undecided(
    layout: Layout, analysis: Analysis, survey: Survey
) -> Iterator[tuple[Field, Ask, dict[str, Any]]]:
    for field, index in layout.columns.items():
        surveyed = field
        if field is Field.AMOUNT and field not in survey.marks:
            surveyed = Field.DEBIT
        if not survey.is_undecided(surveyed, deducts=layout.deducts):
            continue
        example = next(
            (text_of(row[index]) for row in analysis.first_rows if index < len(row) and row[index]), ""
        )
        ask = Ask.DECIMAL_MARK if field in MONEY_FIELDS else Ask.DATE_ORDER
        yield field, ask, {"column": layout.name(field), "example": example}
