"""Rows and columns that the sender's program does not show: asked about, never silently taken."""

import msgspec

from parsers.grids.cells import Grid
from parsers.problems import Code, make_problem
from parsers.questions import Ask
from parsers.sheets.answers import Answers
from parsers.sheets.fields import DECISIVE_FIELDS, ROW_PATHS, Field
from parsers.sheets.layout import Layout
from parsers.sheets.skips import Totals, skip_of
from parsers.sheets.survey import rows_below
from parsers.sheets.widened import looks_of
from storage.records import Problem, Question

_ROWS_SHOWN_MAX = 20
_SAYS_LITTLE = frozenset({Field.KNOWN, Field.BANK, Field.PAYABLE})
_YES = 0


def without_hidden_columns(
    grid: Grid, columns: dict[Field, int], header: tuple[str, ...], answers: Answers, language: str
) -> tuple[dict[Field, int], Question | None, tuple[Problem, ...]]:
    """The columns that are read, what to ask of hidden ones, and what to say of those left out.

    A hidden column that decides who owes how much since when is asked about before any row is
    taken; any other is left out, as a second column of its kind would be.
    """
    hidden = looks_of(grid).hidden_columns
    found = {field: at for field, at in columns.items() if at in hidden and field not in _SAYS_LITTLE}
    decisive = {at: field for field, at in found.items() if _decides(field)}
    question = None
    if decisive:
        names = ", ".join(header[at] for at in sorted(decisive))
        posed = answers.pose(Ask.HIDDEN_COLUMNS, about=_path(decisive[min(decisive)]), columns=names)
        question = None if posed.choice == _YES else posed.question
    left_out = {field: at for field, at in found.items() if not _decides(field)}
    problems = tuple(
        make_problem(Code.HIDDEN_COLUMN, language, field=_path(field), column=header[at])
        for field, at in left_out.items()
    )
    return {field: at for field, at in columns.items() if field not in left_out}, question, problems


def with_hidden_rows(grid: Grid, layout: Layout, answers: Answers) -> Layout:
    """The layout with the question on rows that are hidden and say something."""
    looks = looks_of(grid).hidden
    if not looks:
        return layout
    rows = [
        number
        for batch in rows_below(grid, layout.header_number)
        for number, cells in zip(batch.numbers, batch.rows, strict=True)
        if number in looks and skip_of(layout, cells, Totals()) is None
    ]
    if not rows:
        return layout
    shown = ", ".join(map(str, rows[:_ROWS_SHOWN_MAX])) + (" …" if len(rows) > _ROWS_SHOWN_MAX else "")
    posed = answers.pose(Ask.HIDDEN_ROWS, about="rows", rows=shown)
    if posed.choice == _YES:
        return layout
    return msgspec.structs.replace(
        layout,
        hidden=frozenset(rows),
        hidden_question=posed.question if posed.choice is None else None,
        skips_hidden=posed.choice is not None,
    )


def _decides(field: Field) -> bool:
    return field in DECISIVE_FIELDS or ROW_PATHS.get(field) in {"amount", "due_date"}


def _path(field: Field) -> str:
    return ROW_PATHS.get(field, field.value)
