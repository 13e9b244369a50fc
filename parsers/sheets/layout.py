"""How one table is read: everything that its survey has decided, for the readers of its rows."""

from datetime import date

import msgspec

from parsers.problems import Code
from parsers.sheets.amounts import Mark
from parsers.sheets.dates import DateReader, Order
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from storage.records import Question


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A table's columns and how their values are written."""

    header: tuple[str, ...]
    header_number: int  # the header's row number; rows up to it are letterhead
    columns: dict[Field, int]
    marks: dict[Field, Mark]
    orders: dict[Field, Order]
    questions: dict[Field, Question]  # what to ask where a cell of this field is ambiguous
    blocking: Question | None  # a question that every row depends on
    language: str
    today: date
    delimiter: str | None
    epoch_1904: bool
    trims_rows: bool  # the program leaves out empty fields at a row's end
    has_broken_characters: bool
    says_open: bool = False  # a column says what is still open, whatever was paid
    hidden: frozenset[int] = frozenset()  # rows that the sender's program does not show
    hidden_question: Question | None = None
    ends_at: int | None = None  # below this row stands another table that is none of claims
    skips_hidden: bool = False  # the sender has said that hidden rows do not belong to the list
    deducts: bool = False  # what was paid is still to be taken off the amount
    ground: str | None = None  # of all private customers, by the sender's word
    dates_contract: bool = False  # the invoice date is the contract date, by the sender's word
    ours: frozenset[int] = frozenset()  # columns that a copy of ours has added, sent back with it
    names_by_number: bool = False  # who a debtor is may follow from his number alone
    undecided: frozenset[str] = frozenset()  # folded numbers of which master data says different things
    gaps: frozenset[Code] = frozenset()  # what no row has, said once for the document

    @property
    def width(self) -> int:
        """How many cells a full row has."""
        return len(self.header)

    def name(self, field: Field) -> str:
        """What the sender calls a field; empty where there is no such column."""
        index = self.columns.get(field)
        return self.header[index] if index is not None else ""

    @property
    def date_order(self) -> str | None:
        """How dates are written by the sender's word, if all columns that were asked about agree."""
        orders = {order.value for order in self.orders.values() if order in (Order.DMY, Order.MDY)}
        return orders.pop() if len(orders) == 1 else None

    def date_readers(self) -> dict[Field, DateReader]:
        """A reader for each date column, and for dates in a column of payment terms."""
        return {
            field: DateReader(
                self.orders.get(field, Order.UNDECIDED),
                self.today,
                is_birth=field is Field.BIRTH_DATE,
                epoch_1904=self.epoch_1904,
            )
            for field in self.columns
            if field in DATE_FIELDS or field is Field.TERMS
        }

    def mark(self, field: Field) -> Mark:
        """The decimal mark of a money column."""
        assert field in MONEY_FIELDS
        return self.marks.get(field, Mark.UNDECIDED)
