"""One look at every row of a table before any row is read, so that columns decide and not cells."""

import re
from collections.abc import Iterator, Sequence

from parsers.grids.cells import Batch, Cell, Grid, is_blank, joined
from parsers.sheets.amounts import Mark, MarkEvidence, has_cents, looks_like_money
from parsers.sheets.columns import Mapping
from parsers.sheets.dates import Order, OrderEvidence
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, Field
from parsers.sheets.names import is_in_cents
from parsers.sheets.repeats import Suspicion
from parsers.sheets.titles import Titles

_DATED = DATE_FIELDS | {Field.TERMS}
_NEVER_READ = frozenset({Field.GROSS, Field.PAID_AMOUNT, Field.PAID_ON})  # so their writing asks nothing
_SHORT_SHARE_MIN = 0.05
_TAIL_ROWS = 400
_DIGIT = re.compile(r"\d")
# U+FFFD, or a letter of two bytes of UTF-8 that was read as two of one byte (`Ã¤`); JOÃO is none. The
# second byte of `à` is a blank that does not break, of which programs make an ordinary one: `S.Ã r.l.`.
_GARBLED = re.compile("\ufffd|[ÃÂ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|(?<![A-ZÀ-Þ])Ã(?= )")


class Survey:
    """What all rows of a table together say. Memory grows by some bytes a row."""

    def __init__(self, mapping: Mapping, texts: Sequence[str], header_number: int) -> None:
        columns, rivals = mapping.columns, mapping.rivals
        self._columns = columns
        self._unclear = dict(mapping.doubtful)
        self.doubtful: set[int] = set()  # columns beside a gross amount that do say another amount
        self._width = len(texts)
        self._header_number = header_number
        self._evidence = {field: MarkEvidence() for field in columns if field in MONEY_FIELDS}
        self._in_cents = {field for field in self._evidence if is_in_cents(texts[columns[field]])}
        self._orders = {field: OrderEvidence() for field in columns if field in _DATED}
        self._suspicion = Suspicion()
        self._rivals = rivals
        self._equal = set(rivals)
        self._short_rows = 0
        self._ends_blank = False
        self._titles = Titles(texts)
        self.rows = 0
        self.last_number = header_number
        self.tail: list[list[Cell]] = []  # the last rows up to the last one that says anything
        self.pays = False
        self.credits = False
        self.has_broken_characters = False

    def run(self, grid: Grid, rows_max: int) -> bool:
        """Look at all rows; False as soon as there are more than `rows_max`."""
        for batch in rows_below(grid, self._header_number):
            self._look(batch)
            if self.rows > rows_max:
                return False
        return True

    @property
    def differing(self) -> dict[Field, tuple[int, ...]]:
        """The rivals that do differ somewhere in the file."""
        return {field: rivals for field, rivals in self._rivals.items() if field not in self._equal}

    @property
    def marks(self) -> dict[Field, Mark]:
        """The decimal mark of each money column."""
        return {
            field: Mark.CENTS if field in self._in_cents else evidence.mark
            for field, evidence in self._evidence.items()
        }

    @property
    def orders(self) -> dict[Field, Order]:
        """The order of day and month of each date column."""
        return {field: evidence.order for field, evidence in self._orders.items()}

    @property
    def date_order(self) -> str | None:
        """How the file writes its dates, if all columns that show it agree."""
        shown = {order.value for order in self.orders.values() if order in (Order.DMY, Order.MDY)}
        evidence = self._orders.values()
        if any(one.has_dotted for one in evidence):
            shown.add(Order.DMY.value)
        if not shown and any(one.has_iso for one in evidence):
            return "ymd"
        return shown.pop() if len(shown) == 1 else None

    @property
    def trims_rows(self) -> bool:
        """Whether short rows are this program's habit and not broken lines."""
        return not self._ends_blank and self._short_rows >= max(2, self.rows * _SHORT_SHARE_MIN)

    def is_undecided(self, field: Field, *, deducts: bool = False) -> bool:
        """Whether some cells of a column wait for an answer on how it is written.

        `deducts`: what was paid is taken off the amount, so that its writing matters too.
        """
        if field in _NEVER_READ and not (deducts and field is Field.PAID_AMOUNT):
            return False
        if field in self._in_cents:
            return False
        if field in self._evidence:
            evidence = self._evidence[field]
            return evidence.mark is Mark.CONTRADICTORY or (
                evidence.mark is Mark.UNDECIDED and evidence.has_ambiguous
            )
        dates = self._orders.get(field)
        if dates is None:
            return False
        return dates.order is Order.CONTRADICTORY or (dates.order is Order.UNDECIDED and dates.has_ambiguous)

    @property
    def ends_at(self) -> int | None:
        """The last row of the list, where another table with a title of its own stands below it."""
        return self._titles.ends_at

    def suspects(self) -> bytearray:
        """One bit a row number: the rows that may repeat another."""
        return self._suspicion.rows()

    def _look(self, batch: Batch) -> None:
        rows = batch.rows
        if not any(rows):  # lines without anything, of which a file may have millions
            self.rows += len(rows)
            return
        lengths = set(map(len, rows))
        if lengths != {self._width}:
            rows = self._even(rows)
        columns = list(zip(*rows, strict=True))
        if not columns:
            return
        self._count(batch, columns)
        self._titles.look(batch, columns)
        for field, evidence in self._evidence.items():
            evidence.add(columns[self._columns[field]])
        for field, order in self._orders.items():
            order.add(columns[self._columns[field]])
        self._compare_rivals(columns)
        if self._unclear:
            self._doubt(columns)
        self._suspect(batch, columns)
        if not self.has_broken_characters:
            self.has_broken_characters = any(map(_is_garbled, columns))

    def _even(self, rows: list[list[Cell]]) -> list[list[Cell]]:
        """Rows of one width, for this look only; counts those that are too short."""
        width = self._width
        blank: list[Cell] = [""] * width
        even = []
        for row in rows:
            if 0 < len(row) < width and not is_blank(row):
                self._short_rows += 1
            even.append(row if len(row) == width else (row + blank)[:width])
        return even

    def _count(self, batch: Batch, columns: Sequence[Sequence[Cell]]) -> None:
        for at, row in reversed(list(enumerate(batch.rows))):
            if not is_blank(row):
                self.last_number = batch.numbers[at]
                self.tail = [*self.tail, *batch.rows[: at + 1]][-_TAIL_ROWS:]
                break
        self.rows += len(batch.rows)
        last = columns[-1]
        if not self._ends_blank and "" in last:
            self._ends_blank = any(
                len(row) == self._width and row[-1] == "" and not is_blank(row) for row in batch.rows
            )
        credit = self._columns.get(Field.CREDIT)
        if credit is not None and not self.credits:
            self.credits = any(_is_amount(cell) for cell in columns[credit])
        paid = self._columns.get(Field.PAID_AMOUNT)
        if paid is not None and not self.pays:
            self.pays = any(_is_amount(cell) for cell in columns[paid])

    def _compare_rivals(self, columns: Sequence[Sequence[Cell]]) -> None:
        for field in list(self._equal):
            first, *others = self._rivals[field]
            if any(columns[first] != columns[other] for other in others):
                self._equal.discard(field)

    def _doubt(self, columns: Sequence[Sequence[Cell]]) -> None:
        amounts = columns[self._columns[Field.AMOUNT]]
        for index, takes_whole in list(self._unclear.items()):
            column = columns[index]
            if column != amounts and any(
                cell != amount and _is_money(cell, takes_whole=takes_whole)
                for cell, amount in zip(column, amounts, strict=True)
            ):
                self.doubtful.add(index)
                del self._unclear[index]

    def _suspect(self, batch: Batch, columns: Sequence[Sequence[Cell]]) -> None:
        invoices = self._columns.get(Field.INVOICE_NUMBER)
        if invoices is None:
            return
        customers = self._columns.get(Field.NUMBER)
        self._suspicion.add(
            batch.numbers, columns[invoices], None if customers is None else columns[customers]
        )


def rows_below(grid: Grid, header_number: int) -> Iterator[Batch]:
    """The rows of a grid after its header row."""
    for batch in grid.batches():
        if batch.numbers[0] > header_number:
            yield batch
        elif batch.numbers[-1] > header_number:
            start = next(index for index, number in enumerate(batch.numbers) if number > header_number)
            yield Batch(batch.numbers[start:], batch.rows[start:])


def is_garbled(text: str) -> bool:
    """Whether a text shows that it was decoded wrongly, here or before it came to us."""
    return _GARBLED.search(text) is not None


def _is_garbled(column: Sequence[Cell]) -> bool:
    text = joined(column)
    if text is None:
        if str not in set(map(type, column)):  # numbers or dates of a workbook, most columns
            return False
        text = "\n".join(cell for cell in column if isinstance(cell, str))
    return not text.isascii() and any(sign in text for sign in "Ã\ufffdÂ") and is_garbled(text)


def _is_money(cell: Cell, *, takes_whole: bool) -> bool:
    if isinstance(cell, str):
        if not _DIGIT.search(cell):
            return False
        return looks_like_money(cell) if takes_whole else has_cents(cell)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return False
    return takes_whole or not float(cell).is_integer()


def _is_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        return any(char in "123456789" for char in cell)
    return isinstance(cell, int | float) and cell != 0
