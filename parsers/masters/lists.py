"""A list of customers: told from a list of claims by its columns, read into the address book."""

from collections.abc import Iterator

import msgspec

from parsers.documents import Piece, unreadable
from parsers.grids.cells import Cell, Grid, is_blank, text_of
from parsers.masters.book import CUSTOMERS_MAX, AddressBook, Key, is_undecided, note
from parsers.masters.circles import circle_of
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import fingerprint_of
from parsers.sheets.claim import debtor_of
from parsers.sheets.columns import Mapping
from parsers.sheets.fields import Field
from parsers.sheets.layout import Layout
from parsers.sheets.names import exact_meanings
from parsers.sheets.rowcells import RowCells, Table
from parsers.sheets.survey import Survey, rows_below
from storage.identity import fold_number
from storage.records import DocumentHead, DocumentTail, Item, Kind, Problem

WHO = (
    Field.NUMBER, Field.KIND, Field.SALUTATION, Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET,
    Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.EMAIL, Field.PHONE,
    Field.BIRTH_DATE, Field.IBAN,
)  # fmt: skip
_NAMES = (Field.NAME, Field.COMPANY)
_PLACES = frozenset({Field.STREET, Field.POSTCODE, Field.CITY})
# A table with one of these speaks of invoices or of money, and is never taken for mere addresses.
_OF_CLAIMS = frozenset(
    {
        Field.AMOUNT, Field.GROSS, Field.DEBIT, Field.CREDIT, Field.SIGN, Field.PAID_AMOUNT, Field.PAID_ON,
        Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE, Field.PAYABLE, Field.DUNNING_FEE,
        Field.BANK_RETURN_FEE, Field.DEFAULT_SINCE,
    }
)  # fmt: skip
_SHOWN_MAX = 10
_NEVER_USED = frozenset({Code.BROKEN_CHARACTERS, Code.IDENTIFIER_MANGLED})


def is_master_list(analysis: Analysis) -> bool:
    """Whether a table says who customers are and nothing of what they owe."""
    columns = analysis.mapping.columns
    if analysis.header is None or Field.NUMBER not in columns or not set(_NAMES) & columns.keys():
        return False
    if analysis.writes == "master data":
        return True
    if _OF_CLAIMS & columns.keys() or analysis.mapping.looks_like is not None:
        return False
    return bool(_PLACES & columns.keys()) or _counts_customers(analysis.header.texts[columns[Field.NUMBER]])


def read_master_list(
    piece: Piece, grid: Grid, analysis: Analysis, options: Options, book: AddressBook
) -> Iterator[Item]:
    """The document of a list of customers, who are in the book afterwards.

    Raises csv.Error and ContainerError.
    """
    assert analysis.header is not None
    texts = analysis.header.texts
    mapping = analysis.mapping
    columns = {field: at for field, at in mapping.columns.items() if field in WHO}
    survey = Survey(Mapping(columns, {}, False, {}, None), texts, analysis.header_number)
    if not survey.run(grid, options.rows_max):
        yield from unreadable(piece, Code.TOO_MANY_ROWS, options.language, rows_max=options.rows_max)
        return
    if survey.last_number == analysis.header_number:
        yield from unreadable(piece, Code.NO_ROWS, options.language)
        return
    listed = _List(_layout(grid, analysis, columns, survey, options), mapping)
    if not listed.read(grid, CUSTOMERS_MAX - len(book)):
        shown = f"{CUSTOMERS_MAX:,}".replace(",", "." if options.language != "en" else ",")
        yield from unreadable(piece, Code.TOO_MANY_CUSTOMERS, options.language, customers_max=shown)
        return
    book.add(listed.customers)
    yield DocumentHead(
        kind=Kind.MASTER_DATA,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        columns={field.value: texts[at] for field, at in columns.items() if not field.startswith("_")},
        header_row=analysis.header_number,
        fingerprint=fingerprint_of(texts),
        producer=analysis.producer,
    )
    yield listed.tail(options.language)


class _List:
    """The rows of one list, each read by the same rules as the debtor of a claim."""

    def __init__(self, layout: Layout, mapping: Mapping) -> None:
        self.customers: dict[Key, bytes] = {}
        self._layout = layout
        self._table = Table(layout)
        self._numbers = _number_columns(layout, mapping)
        self._names = mapping.rivals.get(Field.NAME, ())
        self._rows: dict[Key, int] = {}  # how many rows speak of a number
        self._total = 0
        self._incomplete: list[int] = []
        self._incomplete_count = 0

    def read(self, grid: Grid, customers_max: int) -> bool:
        """Read all rows; False as soon as there are more than so many customers."""
        for batch in rows_below(grid, self._layout.header_number):
            for number, cells in zip(batch.numbers, batch.rows, strict=True):
                if not is_blank(cells):
                    self._total += 1
                    self._note(number, cells)
            if len(self.customers) > customers_max:
                return False
        return True

    def tail(self, language: str) -> DocumentTail:
        """What became of the rows."""
        undecided = [key for key in self.customers if is_undecided(self.customers, key)]
        lost = sum(self._rows[key] for key in undecided) // max(1, len(self._numbers))
        problems: list[Problem] = []
        if undecided:
            shown = ", ".join(dict.fromkeys(number for _, number in undecided[:_SHOWN_MAX]))
            shown += " …" if len(undecided) > _SHOWN_MAX else ""
            problems.append(
                make_problem(
                    Code.CUSTOMERS_UNDECIDED,
                    language,
                    field=Field.NUMBER.value,
                    count=len(undecided),
                    numbers=shown,
                )
            )
        if self._incomplete:
            more = " …" if self._incomplete_count > len(self._incomplete) else ""
            problems.append(
                make_problem(
                    Code.CUSTOMERS_INCOMPLETE,
                    language,
                    field=Field.NAME.value,
                    count=self._incomplete_count,
                    rows=", ".join(map(str, self._incomplete)) + more,
                )
            )
        kept = self._total - self._incomplete_count - lost
        return DocumentTail(rows_total=self._total, kept=kept, problems=tuple(problems))

    def _note(self, number: int, cells: list[Cell]) -> None:
        cells, is_clear = self._named(cells)
        reading = RowCells(self._table, number, cells)
        debtor = msgspec.structs.replace(debtor_of(reading), number=None)
        keys = [
            (circle, folded)
            for circle, index in self._numbers.items()
            if index < len(cells) and (folded := fold_number(text_of(cells[index])))
        ]
        has_name = any(map(str.isalpha, debtor.company or debtor.name or ""))
        is_broken = any(problem.code in _NEVER_USED for problem in reading.problems)
        if not keys or not has_name or is_broken or not is_clear:
            self._incomplete_count += 1
            if len(self._incomplete) < _SHOWN_MAX:
                self._incomplete.append(number)
            return
        for key in keys:
            note(self.customers, key, debtor)
            self._rows[key] = self._rows.get(key, 0) + 1

    def _named(self, cells: list[Cell]) -> tuple[list[Cell], bool]:
        """The row with its name where it is looked for, of several columns for it the one that is filled."""
        if not self._names:
            return cells, True
        filled = {text for index in self._names if index < len(cells) and (text := text_of(cells[index]))}
        if not filled:
            return cells, True
        cells = list(cells)
        cells[self._names[0]] = filled.pop()
        return cells, not filled


def _layout(
    grid: Grid, analysis: Analysis, columns: dict[Field, int], survey: Survey, options: Options
) -> Layout:
    assert analysis.header is not None
    return Layout(
        header=analysis.header.texts,
        header_number=analysis.header_number,
        columns=columns,
        marks={},
        orders=survey.orders,
        questions={},
        blocking=None,
        language=options.language,
        today=options.today,
        delimiter=grid.delimiter,
        epoch_1904=grid.epoch_1904,
        trims_rows=True,
        has_broken_characters=survey.has_broken_characters,
    )


def _number_columns(layout: Layout, mapping: Mapping) -> dict[str, int]:
    """The column of each circle of numbers; two columns of one circle say nothing for sure."""
    indexes = mapping.rivals.get(Field.NUMBER, (mapping.columns[Field.NUMBER],))
    circles = [circle_of(layout.header[index]) for index in indexes]
    return {
        circle: index for circle, index in zip(circles, indexes, strict=True) if circles.count(circle) == 1
    }


def _counts_customers(header: str) -> bool:
    """Whether a header is a proper name for the number of a customer, not just any account."""
    return any(meaning.field is Field.NUMBER and meaning.rank == 0 for meaning in exact_meanings(header))
