"""One row's cells, looked up by field and read with everything that is wrong with them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from parsers.grids.cells import EXACT_INTEGER_MAX, Cell, text_of
from parsers.problems import Code, make_problem
from parsers.questions import advice
from parsers.sheets.amounts import Fault, parse_amount
from parsers.sheets.fields import MONEY_FIELDS, ROW_PATHS, Field
from parsers.sheets.layout import Layout
from parsers.sheets.survey import is_garbled
from storage.records import Problem, Question

ABSENT_WORDS = frozenset(
    {"-", "--", "---", "n/a", "N/A", "#N/A", "#NV", "k.A.", "k. A.", "./.", "NULL", "null", "None"}
)
_SAID_MAX = 10_000
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eE]\+\d{1,3}")


class Table:
    """What the rows of one table share: its layout, the readers of its dates, problems said before."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.dates = layout.date_readers()
        self._said: dict[tuple[object, ...], Problem] = {}

    def problem(self, code: Code, field: Field, **facts: Any) -> Problem:
        """A problem in words, with the sender's name for the column; the same one is said only once."""
        key = (code, field, *facts.items())
        problem = self._said.get(key)
        if problem is None:
            name = self.layout.name(field)
            if name:
                facts.setdefault("column", name)
            path = ROW_PATHS.get(field, field.value)
            problem = make_problem(code, self.layout.language, field=path, **facts)
            if len(self._said) < _SAID_MAX:
                self._said[key] = problem
        return problem

    def day(self, day: date) -> str:
        """A day as the reader of the answer writes it."""
        return day.isoformat() if self.layout.language == "en" else day.strftime("%d.%m.%Y")


class RowCells:
    """The cells of one row, and the problems and warnings found while reading them."""

    def __init__(self, table: "Table", number: int, cells: Sequence[Cell]) -> None:
        self.layout = table.layout
        self.number = number
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.table = table
        self._columns = table.layout.columns
        self._cells = cells

    def has(self, field: Field) -> bool:
        """Whether the table has a column for the field."""
        return field in self._columns

    def cell(self, field: Field) -> Cell:
        """The cell of a field, an empty text where there is none."""
        index = self._columns.get(field)
        if index is None or index >= len(self._cells):
            return ""
        return self._cells[index]

    def shown(self, field: Field) -> str:
        """What the sender sees in a field."""
        return text_of(self.cell(field)) if field in self._columns else ""

    def text(self, field: Field) -> str | None:
        """Tidied text; None where nothing is said. Characters that were lost reject the row."""
        index = self._columns.get(field)
        if index is None or index >= len(self._cells) or (cell := self._cells[index]) == "":
            return None
        text = text_of(cell)
        if not text or text in ABSENT_WORDS:
            return None
        if self.layout.has_broken_characters and is_garbled(cell if isinstance(cell, str) else text):
            self.reject(Code.BROKEN_CHARACTERS, field)
        return text

    def identifier(self, field: Field) -> str | None:
        """A number that names something: text, never what a spreadsheet made of it."""
        text = self.text(field)
        if text is None:
            return None
        cell = self.cell(field)
        if isinstance(cell, str):
            is_mangled = _SCIENTIFIC.fullmatch(text) is not None
        else:
            is_whole = (
                isinstance(cell, int | float) and float(cell).is_integer() and abs(cell) < EXACT_INTEGER_MAX
            )
            is_mangled = not is_whole or isinstance(cell, bool)
        if is_mangled:
            self.reject(Code.IDENTIFIER_MANGLED, field)
        return text

    def cents(self, field: Field) -> int | None:
        """Signed cents; None where the cell is empty or no amount (then the row is rejected)."""
        if field not in self._columns:
            return None
        cents = parse_amount(self.cell(field), self.layout.mark(field))
        if isinstance(cents, Fault):
            self._fault(cents, field)
            return None
        return cents

    def date(self, field: Field) -> date | None:
        """A day; None where the cell is empty or no date (then the row is rejected)."""
        reader = self.table.dates.get(field)
        if reader is None:
            return None
        day = reader.parse(self.cell(field))
        if isinstance(day, Fault):
            if day.code is Code.BIRTH_DATE_UNLIKELY:
                self.warn(day.code, field)
            else:
                self._fault(day, field)
            return None
        return day

    def reject(self, code: Code, field: Field, **facts: Any) -> None:
        """Note why the row is not taken; the value is the field's cell."""
        self.problems.append(self._problem(code, field, facts))

    def warn(self, code: Code, field: Field, **facts: Any) -> None:
        """Note what will stop later."""
        self.warnings.append(self._problem(code, field, facts))

    def _fault(self, fault: Fault, field: Field) -> None:
        question = self.layout.questions.get(field)
        if fault.code is Code.AWAITS_ANSWER and question is not None:
            self.problems.append(awaiting(question, self.layout.language, self.shown(field)))
        elif fault.code is Code.AWAITS_ANSWER:  # a writing so odd that the look at its column passed it over
            self.reject(Code.AMOUNT_UNREADABLE if field in MONEY_FIELDS else Code.DATE_UNREADABLE, field)
        else:
            self.reject(fault.code, field)

    def _problem(self, code: Code, field: Field, facts: dict[str, Any]) -> Problem:
        if "value" not in facts:
            facts["value"] = self.shown(field) or None
        return self.table.problem(code, field, **facts)


def awaiting(question: Question, language: str, value: str | None = None) -> Problem:
    """The problem of a row that depends on an answer."""
    return make_problem(
        Code.AWAITS_ANSWER,
        language,
        field=question.about,
        value=value,
        question=question.text,
        advice=advice(question, language),
    )
