"""Rows without anything odd, many at a time.

Whole columns are tested and converted at once. A row in which any cell is not perfectly plain is
left (None) to the strict reader, which knows every rule; of plain rows both say the same (a test).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from operator import lt
from typing import Any

from parsers.grids.cells import Batch, Cell
from parsers.problems import Code
from parsers.sheets.dates import DateReader
from parsers.sheets.fields import COST_FIELDS, Field
from parsers.sheets.layout import Layout
from parsers.sheets.limitation import limitation_end, limitation_of, safe_from
from parsers.sheets.plaincells import (
    ODD,
    Memory,
    Values,
    emails,
    fees,
    ibans,
    identifiers,
    plain_cents,
    plain_country,
    plain_currency,
    plain_document_type,
    plain_flag,
    plain_ground,
    plain_kind,
    plain_name,
    plain_open_flag,
    plain_sign,
    plain_status,
    postcodes,
    texts,
)
from parsers.sheets.repeats import Repeats
from parsers.sheets.rowcells import Table
from parsers.sheets.skips import is_total_name
from storage.money import Money
from storage.records import CreditorCost, Debtor, DebtorKind, Problem, Row

Warnings = dict[int, list[Problem]]

_STRICT_ONLY = frozenset({Field.TERMS, Field.DEBIT, Field.CREDIT, Field.HOUSE_NUMBER})
_ADDRESS = (Field.STREET, Field.POSTCODE, Field.CITY)
_NEEDED = (
    (Code.MISSING_DUE_DATE, Field.DUE_DATE),
    (Code.MISSING_INVOICE_NUMBER, Field.INVOICE_NUMBER),
    (Code.MISSING_INVOICE_DATE, Field.INVOICE_DATE),
)
_NEEDED_OF_PERSONS = (
    (Code.MISSING_CONTRACT_DATE, Field.CONTRACT_DATE),
    (Code.MISSING_GROUND, Field.GROUND),
)
_TEXTS = (
    Field.CREDITOR_REFERENCE,
    Field.FIRST_NAME,
    Field.COMPANY,
    Field.STREET,
    Field.CITY,
    Field.DEFAULT_REASON,
)
_IDENTIFIERS = (Field.NUMBER, Field.INVOICE_NUMBER, Field.PHONE)
_BUILT = (
    Field.NUMBER, Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET, Field.POSTCODE, Field.CITY,
    Field.COUNTRY, Field.EMAIL, Field.PHONE, Field.BIRTH_DATE, Field.IBAN, Field.AMOUNT,
    Field.CREDITOR_REFERENCE, Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE, Field.GROUND,
    Field.CONTRACT_DATE, Field.DEFAULT_SINCE, Field.DEFAULT_REASON,
)  # fmt: skip


class PlainRows:
    """Reads batches of rows of one table."""

    def __init__(self, table: Table, repeats: Repeats) -> None:
        layout = self._layout = table.layout
        self._table = table
        self._repeats = repeats
        self._applies = _applies(layout)
        self._memories: dict[Field, Memory] = {
            field: _date_memory(field, reader, layout.today)
            for field, reader in layout.date_readers().items()
        }
        self._memories |= {
            Field.NAME: Memory(plain_name),
            Field.COUNTRY: Memory(plain_country),
            Field.KIND: Memory(plain_kind),
            Field.SALUTATION: Memory(plain_kind),
            Field.CURRENCY: Memory(plain_currency),
            Field.SIGN: Memory(plain_sign),
            Field.STATUS: Memory(partial(plain_status, says_open=layout.says_open)),
            Field.DOCUMENT_TYPE: Memory(plain_document_type),
            Field.FLAG: Memory(plain_flag),
            Field.OPEN_FLAG: Memory(plain_open_flag),
            Field.GROUND: Memory(plain_ground),
        }

    def read(self, batch: Batch) -> list[Row | None]:
        """The plain rows of a batch in their places; None where the strict reader must look."""
        items: list[Row | None] = [None] * len(batch.rows)
        width = self._layout.width
        if not self._applies:
            return items
        places = [place for place, row in enumerate(batch.rows) if len(row) == width]
        if not places:
            return items
        rows = batch.rows if len(places) == len(items) else [batch.rows[place] for place in places]
        values = self._convert(list(zip(*rows, strict=True)))
        odd = self._odd(values, len(places))
        warnings = self._warnings(values, odd)
        if self._repeats:
            numbers = [batch.numbers[place] for place in places]
            self._note_repeats(numbers, values[Field.INVOICE_NUMBER], odd, warnings)
        self._build(batch, places, values, odd, warnings=warnings, items=items)
        return items

    def _convert(self, columns: Sequence[Sequence[Cell]]) -> dict[Field, Values]:
        values: dict[Field, Values] = {}
        for field, index in self._layout.columns.items():
            column = columns[index]
            if field in self._memories:
                values[field] = list(map(self._memories[field].__getitem__, column))
            elif field in _TEXTS:
                values[field] = texts(column)
            elif field in _IDENTIFIERS:
                values[field] = identifiers(column)
            elif field in (Field.AMOUNT, Field.GROSS):
                values[field] = plain_cents(column, self._layout.mark(field))
            elif field in COST_FIELDS:
                values[field] = fees(column, self._layout.mark(field))
            elif field is Field.POSTCODE:
                values[field] = postcodes(column)
            elif field is Field.EMAIL:
                values[field] = emails(column)
            elif field is Field.IBAN:
                values[field] = ibans(column)
        self._fill(values, len(columns[0]))
        return values

    def _fill(self, values: dict[Field, Values], size: int) -> None:
        """What the sender has said of all private customers; there are no such columns."""
        firms = values.get(Field.COMPANY) or [None] * size
        ground = self._layout.ground
        if ground is not None:
            values[Field.GROUND] = [ground if firm is None else None for firm in firms]
        if self._layout.dates_contract:
            days = values[Field.INVOICE_DATE]
            values[Field.CONTRACT_DATE] = [
                day if firm is None else None for day, firm in zip(days, firms, strict=True)
            ]

    def _odd(self, values: dict[Field, Values], size: int) -> set[int]:
        """The places of rows that have anything odd, or a gap that is worth a warning."""
        odd: set[int] = set()
        for field, column in values.items():
            if ODD in column and field is not Field.GROSS:
                odd.update(at for at, value in enumerate(column) if value is ODD)
        self._add_contradictions(odd, values, size)
        return odd

    def _warnings(self, values: dict[Field, Values], odd: set[int]) -> Warnings:
        """What rows are warned of, by place: gaps, and days to come; in the strict reader's order."""
        gaps = self._layout.gaps
        warnings: Warnings = {}
        if Code.MISSING_ADDRESS not in gaps:
            streets, cities = values[Field.STREET], values[Field.CITY]
            for at in sorted({*_empty(streets), *_empty(cities)}):
                field = Field.STREET if streets[at] is None else Field.CITY
                self._warn(warnings, [at], Code.MISSING_ADDRESS, field)
        for code, field in _NEEDED:
            if code not in gaps:
                self._warn(warnings, _empty(values[field]), code, field)
        companies = values.get(Field.COMPANY)
        for code, field in _NEEDED_OF_PERSONS:
            if code not in gaps and None in values[field]:
                places = [at for at in _empty(values[field]) if companies is None or companies[at] is None]
                self._warn(warnings, places, code, field)
        self._warn(warnings, self._nameless(values), Code.MISSING_FIRST_NAME, Field.FIRST_NAME)
        if Field.DEFAULT_SINCE in values and Code.DEFAULT_WITHOUT_REASON not in gaps:
            reasons = values[Field.DEFAULT_REASON]
            places = [at for at, since in enumerate(values[Field.DEFAULT_SINCE]) if since and not reasons[at]]
            self._warn(warnings, places, Code.DEFAULT_WITHOUT_REASON, Field.DEFAULT_REASON)
        self._warn_of_due_dates(warnings, values, odd)
        return warnings

    def _nameless(self, values: dict[Field, Values]) -> list[int]:
        """Persons of one name."""
        names, companies = values.get(Field.NAME), values.get(Field.COMPANY)
        if names is None:
            return []
        firsts = values.get(Field.FIRST_NAME)
        places = range(len(names)) if firsts is None else _empty(firsts)
        return [
            at for at in places if (companies is None or companies[at] is None) and _is_one_word(names[at])
        ]

    def _warn_of_due_dates(self, warnings: Warnings, values: dict[Field, Values], odd: set[int]) -> None:
        """What is not yet due, or was due so long ago that it is, or soon will be, time-barred."""
        today = self._layout.today
        safe = safe_from(today)
        invoiced = values.get(Field.INVOICE_DATE)
        for at, day in enumerate(values.get(Field.DUE_DATE, invoiced or ())):
            if day is None and invoiced is not None:
                self._warn_of_age(warnings, odd, at, invoiced[at], Field.INVOICE_DATE)
            elif day is not None and day is not ODD and not safe <= day <= today:
                field = Field.DUE_DATE if Field.DUE_DATE in values else Field.INVOICE_DATE
                self._warn_of_age(warnings, odd, at, day, field)

    def _warn_of_age(self, warnings: Warnings, odd: set[int], at: int, day: Any, field: Field) -> None:
        if day is None or day is ODD or at in odd:
            return
        shown = self._table.day(day)
        if day > self._layout.today:
            if field is Field.DUE_DATE:
                warnings.setdefault(at, []).append(self._table.problem(Code.NOT_YET_DUE, field, value=shown))
            return
        code = limitation_of(day, self._layout.today)
        if code is not None:
            until = self._table.day(limitation_end(day))
            warnings.setdefault(at, []).append(self._table.problem(code, field, value=shown, until=until))

    def _note_repeats(
        self, numbers: Sequence[int], invoices: Values, odd: set[int], warnings: Warnings
    ) -> None:
        """A row that says what one before it said is warned of; one that says otherwise is odd."""
        for at, number in enumerate(numbers):
            other = self._repeats.other(number)
            if other > 0:
                odd.add(at)
            elif other < 0:
                problem = self._table.problem(
                    Code.REPEATED_ROW, Field.INVOICE_NUMBER, row=-other, value=invoices[at]
                )
                warnings.setdefault(at, []).append(problem)

    def _warn(self, warnings: Warnings, places: Iterable[int], code: Code, field: Field) -> None:
        problem = self._table.problem(code, field, value=None)
        for at in places:
            warnings.setdefault(at, []).append(problem)

    def _add_contradictions(self, odd: set[int], values: dict[Field, Values], size: int) -> None:
        nothing: Values = [None] * size
        names, companies = values.get(Field.NAME, nothing), values.get(Field.COMPANY, nothing)
        if None in names:
            odd.update(at for at in _empty(names) if companies[at] is None)
        for at, firm in enumerate(companies):
            if firm is not None and (firm.upper() == firm.lower() or is_total_name(firm)):  # no name
                odd.add(at)
        invoices, dues = values.get(Field.INVOICE_NUMBER, nothing), values.get(Field.DUE_DATE, nothing)
        if None in invoices:
            odd.update(at for at in _empty(invoices) if dues[at] is None)
        if Field.INVOICE_DATE in values and Field.DUE_DATE in values:
            odd.update(_less(dues, values[Field.INVOICE_DATE]))
        if Field.GROSS in values:
            odd.update(_less(values[Field.GROSS], values[Field.AMOUNT]))
        for field in (Field.KIND, Field.SALUTATION):
            kinds = values.get(field, nothing)
            for at, kind in enumerate(kinds):
                if kind is not None and (kind is DebtorKind.COMPANY) != (companies[at] is not None):
                    odd.add(at)
        firsts = values.get(Field.FIRST_NAME, nothing)
        odd.update(at for at in _empty(names) if firsts[at] is not None)

    def _build(
        self,
        batch: Batch,
        places: Sequence[int],
        values: dict[Field, Values],
        odd: set[int],
        *,
        warnings: Warnings,
        items: list[Row | None],
    ) -> None:
        nothing: Values = [None] * len(places)
        numbers = batch.numbers
        rows: Iterable[tuple[Any, ...]] = zip(
            places,
            _costs(values, len(places)),
            *(values.get(field, nothing) for field in _BUILT),
            strict=True,
        )
        warned: Iterable[tuple[Problem, ...]] = repeat(())
        if warnings:
            warned = [tuple(warnings.get(at, ())) for at in range(len(places)) if at not in odd]
        if odd:
            rows = [row for at, row in enumerate(rows) if at not in odd]
        company, private = DebtorKind.COMPANY, DebtorKind.PRIVATE
        for warning, (
            place, cost, number, name, first_name, firm, street, postcode, city, country, email, phone,
            birth_date, iban, cents, reference, invoice_number, invoice_date, due_date, ground,
            contract_date, default_since, default_reason,
        ) in zip(warned, rows, strict=False):  # fmt: skip
            items[place] = Row(
                row=numbers[place],
                debtor=Debtor(
                    number=number,
                    kind=private if firm is None else company,
                    name=name,
                    first_name=first_name,
                    company=firm,
                    street=street,
                    postcode=postcode,
                    city=city,
                    country=country,
                    email=email,
                    phone=phone,
                    birth_date=birth_date,
                    iban=iban,
                ),
                amount=Money(cents),
                creditor_reference=reference,
                invoice_number=invoice_number,
                invoice_date=invoice_date,
                due_date=due_date,
                ground=ground,
                contract_date=contract_date,
                default_since=default_since,
                default_reason=default_reason,
                creditor_costs=cost,
                warnings=warning,
            )


def _applies(layout: Layout) -> bool:
    """Whether rows of this table can be plain at all."""
    columns = layout.columns
    if layout.blocking is not None or layout.has_broken_characters or _STRICT_ONLY & columns.keys():
        return False
    if Field.AMOUNT not in columns or layout.deducts or (Field.PAID_ON in columns and not layout.says_open):
        return False
    if Field.POSTCODE not in columns and {Field.STREET, Field.CITY} & columns.keys():
        return False
    needed = [field for code, field in _NEEDED + _NEEDED_OF_PERSONS if code not in layout.gaps]
    if Code.MISSING_ADDRESS not in layout.gaps:
        needed += _ADDRESS
    if Field.DEFAULT_SINCE in columns and Code.DEFAULT_WITHOUT_REASON not in layout.gaps:
        needed.append(Field.DEFAULT_REASON)
    return columns.keys() >= set(needed)


def _date_memory(field: Field, reader: DateReader, today: date) -> Memory:
    latest = today if field is Field.INVOICE_DATE else date.max

    def read(cell: Cell) -> object:
        day = reader.parse_anew(cell)
        return day if day is None or (isinstance(day, date) and day <= latest) else ODD

    return Memory(read)


def _costs(values: dict[Field, Values], size: int) -> Iterable[tuple[CreditorCost, ...]]:
    kinds = [(kind, values[field]) for field, kind in COST_FIELDS.items() if field in values]
    if not kinds:
        return [()] * size
    return [
        tuple(
            CreditorCost(kind=kind, amount=Money(column[at]))
            for kind, column in kinds
            if _is_cost(column[at])
        )
        for at in range(size)
    ]


def _is_one_word(name: object) -> bool:
    return isinstance(name, str) and " " not in name


def _is_cost(cents: object) -> bool:
    return cents is not ODD and bool(cents)


def _less(left: Values, right: Values) -> list[int]:
    """Where the left value is less than the right one, or either is odd."""
    try:
        if not any(map(lt, left, right)):
            return []
    except TypeError:  # an absent or odd value is among them
        pass
    pairs = enumerate(zip(left, right, strict=True))
    return [at for at, (one, other) in pairs if one is ODD or other is ODD or (one and other and one < other)]


def _empty(column: Values) -> list[int]:
    return [at for at, value in enumerate(column) if value is None] if None in column else []
