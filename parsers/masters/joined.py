"""A list of claims with what master data says of its debtors, joined by number, in columns of its own.

What a row says itself is never replaced. Where it names its debtor otherwise than the master data,
nothing is taken for it: the number may have been given to somebody else. An address is filled only
as a whole or where its parts agree, so that no street meets the town of another.
"""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import msgspec

from parsers.grids.cells import Cell, Grid, text_of
from parsers.masters.book import AddressBook
from parsers.masters.circles import circle_of
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis
from parsers.sheets.blocks import Invoices
from parsers.sheets.fields import MAY_BE_CUT_OFF, Field
from parsers.sheets.profile import profile_of
from parsers.sheets.survey import rows_below
from parsers.sheets.widened import Rewrite, Rewritten, widened
from storage.identity import fold, fold_number, fold_street
from storage.records import Debtor, Problem

_ATTRIBUTES = {
    Field.KIND: "kind",
    Field.NAME: "name",
    Field.FIRST_NAME: "first_name",
    Field.COMPANY: "company",
    Field.STREET: "street",
    Field.POSTCODE: "postcode",
    Field.CITY: "city",
    Field.COUNTRY: "country",
    Field.EMAIL: "email",
    Field.PHONE: "phone",
    Field.BIRTH_DATE: "birth_date",
    Field.IBAN: "iban",
}
_NAMES = (Field.NAME, Field.FIRST_NAME, Field.COMPANY)
_PLACE = (Field.STREET, Field.POSTCODE, Field.CITY, Field.COUNTRY)
_NEEDED = (Field.STREET, Field.POSTCODE, Field.CITY)
_LABELS = {
    Field.KIND: ("Kundenart (Stammdaten)", "Customer type (master data)"),
    Field.NAME: ("Name (Stammdaten)", "Name (master data)"),
    Field.FIRST_NAME: ("Vorname (Stammdaten)", "First name (master data)"),
    Field.COMPANY: ("Firma (Stammdaten)", "Company (master data)"),
    Field.STREET: ("Straße (Stammdaten)", "Street (master data)"),
    Field.POSTCODE: ("PLZ (Stammdaten)", "Postcode (master data)"),
    Field.CITY: ("Ort (Stammdaten)", "City (master data)"),
    Field.COUNTRY: ("Land (Stammdaten)", "Country (master data)"),
    Field.EMAIL: ("E-Mail (Stammdaten)", "Email (master data)"),
    Field.PHONE: ("Telefon (Stammdaten)", "Phone (master data)"),
    Field.BIRTH_DATE: ("Geburtsdatum (Stammdaten)", "Date of birth (master data)"),
    Field.IBAN: ("IBAN (Stammdaten)", "IBAN (master data)"),
}
_REMEMBERED_MAX = 100_000


class Joined(NamedTuple):
    """A list with what master data says of its debtors; as it was where that is nothing."""

    grid: Grid
    analysis: Analysis
    undecided: frozenset[str] = frozenset()  # the numbers of which the source says different things
    used: Collection[str] = ()  # what the rows were joined with; complete once they have been gone through

    def warnings(self, language: str) -> tuple[Problem, ...]:
        """Where names and addresses come from that are not the list's own."""
        if not self.used:
            return ()
        named = ", ".join(self.used)
        return (make_problem(Code.DEBTORS_JOINED, language, field=Field.NUMBER.value, value=named),)


def with_master_data(grid: Grid, analysis: Analysis, book: AddressBook, language: str) -> Joined:
    """Grid and analysis with columns for what the book knows of the debtors."""
    columns = analysis.mapping.columns
    if analysis.header is None or analysis.mapping.looks_like is not None or Field.NUMBER not in columns:
        return Joined(grid, analysis)
    if book.is_empty or (analysis.missing and not analysis.is_nameless):
        return Joined(grid, analysis)
    circle = circle_of(analysis.header.texts[columns[Field.NUMBER]])
    if Field.NUMBER in analysis.mapping.rivals or not lacks_debtors(grid, analysis):
        return Joined(grid, analysis)
    undecided = book.undecided(circle)
    if not book.knows(circle):
        return Joined(grid, analysis, undecided)
    join = _Join(analysis, book, circle, language)
    return Joined(Rewritten(grid, join.rewriter), join.analysis, undecided, join.used)


def lacks_debtors(grid: Grid, analysis: Analysis) -> bool:
    """Whether any row leaves open who its debtor is or where he lives."""
    columns = analysis.mapping.columns
    if analysis.is_nameless or not columns.keys() >= set(_NEEDED):
        return True
    invoices = Invoices(analysis)
    names = [columns[field] for field in (Field.NAME, Field.COMPANY) if field in columns]
    places = [columns[field] for field in _NEEDED]
    return any(
        invoices.has(row)
        and (not any(_said(row, at) for at in names) or not all(_said(row, at) for at in places))
        for batch in rows_below(grid, analysis.header_number)
        for row in batch.rows
    )


class _Join:
    """Fills and widens the rows of one list."""

    def __init__(self, analysis: Analysis, book: AddressBook, circle: str, language: str) -> None:
        assert analysis.header is not None
        texts, columns = analysis.header.texts, analysis.mapping.columns
        self._book = book
        self._circle = circle
        self._start = analysis.header_number
        self._width = len(texts)
        self._number = columns[Field.NUMBER]
        self._own = {field: columns[field] for field in _ATTRIBUTES if field in columns}
        self._added = [field for field in _ATTRIBUTES if field not in columns]
        self._labels: list[Cell] = [_LABELS[field][language == "en"] for field in self._added]
        self._blank: list[Cell] = [""] * len(self._added)
        self._is_whole = 1 + max(at for field, at in columns.items() if field not in MAY_BE_CUT_OFF)
        self._invoices = Invoices(analysis)
        self._language = language
        self.analysis = self._widened(analysis)
        self.used: dict[str, None] = {}

    def rewriter(self) -> Rewrite:
        """Gives every invoice what is known of its debtor, the header row their headers."""
        known: dict[Cell, Debtor | None] = {}
        shown: dict[Cell, list[Cell]] = {}

        def rewrite(number: int, row: list[Cell]) -> list[Cell]:
            if number <= self._start:
                return self._wide(row, self._labels) if number == self._start else row
            if len(row) < self._is_whole:  # a broken line stays one
                return row
            cell = row[self._number]
            if cell not in known:
                if len(known) >= _REMEMBERED_MAX:
                    known.clear()
                    shown.clear()
                known[cell] = self._found(fold_number(text_of(cell)))
                shown[cell] = self._cells(known[cell], self._added)
            debtor = known[cell]
            if debtor is None or not self._invoices.has(row):
                return self._wide(row, self._blank)
            if not self._own:
                return self._wide(row, shown[cell])
            return self._filled(row, debtor)

        return rewrite

    def _found(self, number: str) -> Debtor | None:
        debtor = self._book.find(self._circle, number)
        if debtor is not None:
            self.used |= dict.fromkeys(self._book.sources(self._circle, number, self._language))
        return debtor

    def _filled(self, row: list[Cell], debtor: Debtor) -> list[Cell]:
        own = {field: text for field, at in self._own.items() if (text := _text(row, at))}
        if not _agrees(own, debtor):
            return self._wide(row, self._blank)
        left_out = set() if _is_there(own, debtor) else set(_PLACE)
        if any(field in own for field in _NAMES):
            left_out.update(_NAMES)
            if (
                Field.NAME in own
                and Field.FIRST_NAME not in own
                and fold(own[Field.NAME]) == fold(debtor.name)
            ):
                left_out.discard(Field.FIRST_NAME)
        wide = self._wide(row, self._cells(debtor, self._added, left_out))
        for field, at in self._own.items():
            if field not in own and field not in left_out:
                wide[at] = _cell(debtor, field)
        return wide

    def _cells(self, debtor: Debtor | None, fields: Sequence[Field], left_out: Any = ()) -> list[Cell]:
        if debtor is None:
            return self._blank
        return ["" if field in left_out else _cell(debtor, field) for field in fields]

    def _wide(self, row: list[Cell], added: list[Cell]) -> list[Cell]:
        return row + added if len(row) == self._width else widened(row, self._width, added)

    def _widened(self, analysis: Analysis) -> Analysis:
        assert analysis.header is not None
        mapping = analysis.mapping
        places = {field: self._width + at for at, field in enumerate(self._added)}
        wide = msgspec.structs.replace(mapping, columns=mapping.columns | places)
        texts = (*analysis.header.texts, *map(str, self._labels))
        return msgspec.structs.replace(
            analysis,
            header=msgspec.structs.replace(analysis.header, texts=texts),
            mapping=wide,
            profiles=(*analysis.profiles, *(profile_of([]) for _ in self._added)),
        )


def _agrees(own: dict[Field, str], debtor: Debtor) -> bool:
    """Whether a row that names its debtor means the one whom the number stands for."""
    last, first, company = fold(debtor.name), fold(debtor.first_name), fold(debtor.company)
    called = {last, first, company, last + first, first + last} - {""}
    return all(fold(own[field]) in called for field in _NAMES if field in own)


def _is_there(own: dict[Field, str], debtor: Debtor) -> bool:
    """Whether what a row says of the address is part of the one that is known."""
    folded = fold_street if Field.STREET in own else fold
    if Field.STREET in own and folded(own[Field.STREET]) != fold_street(debtor.street):
        return False
    return all(
        fold(own[field]) == fold(getattr(debtor, _ATTRIBUTES[field]))
        for field in (Field.POSTCODE, Field.CITY)
        if field in own
    )


def _cell(debtor: Debtor, field: Field) -> Cell:
    value = getattr(debtor, _ATTRIBUTES[field])
    return "" if value is None else str(value)


def _said(row: Sequence[Cell], at: int) -> bool:
    return at < len(row) and text_of(row[at]) != ""


def _text(row: Sequence[Cell], at: int) -> str:
    return text_of(row[at]) if at < len(row) else ""
