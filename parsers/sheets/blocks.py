"""Lists in blocks, one a debtor: his line stands above his invoices, or he is named in the first row only.

What is taken from above must be certain, for a row that merely lacks its name would be another
man's debt: every block must look alike, and a total ends it.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from parsers.grids.cells import Cell, Grid, is_blank, text_of
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.fields import Field
from parsers.sheets.skips import is_total_label, is_total_name
from parsers.sheets.survey import rows_below
from parsers.sheets.widened import Rewrite, Rewritten, widened
from storage.identity import fold_number

_FIRST_ROWS = 400
_NAMING_MIN = 2
_NOBODY = ("", "")
_INHERITED = (
    Field.NUMBER, Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET, Field.HOUSE_NUMBER,
    Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.EMAIL, Field.PHONE, Field.SALUTATION, Field.KIND,
    Field.BIRTH_DATE, Field.IBAN,
)  # fmt: skip
_BLANKS_MIN, _BLANK_SHARE_MIN = 2, 0.15
_LINE = re.compile(
    r"(?:(?:kunde|debitor|konto|kd\.?-?nr\.?|kundennummer|kunden-?nr\.?|customer|account)\.?:? *)?"
    r"((?=[\w/-]*\d)[A-Z]{0,4}[-/]?\d{3,10})[ :,/–-]+((?=.*[^\W\d]{3}).+)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?i)(?:(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|bis|und|\d+)"
    r"(?:\W+|$))+$|"
    r"(?:rechnung(?:en)?|posten|mahn\w*|seite|stück|tage|eur|euro|filiale|niederlassung|zweigstelle|standort|"
    r"region|kostenstelle|abteilung|quartal|mandant|buchungskreis|sachkonto|sammelkonto|forderungen|erlöse|"
    r"vertreter|verkäufer|branch|department|quarter)\b"
)
_CODE = re.compile(r"[^\W\d_]{1,3}[-/. ]*\d[\w/. -]*")  # RE-1017: a broken line, not a name
_CELLS_MAX = 3
_HEADERS = {"de": ("Kundennummer", "Name"), "en": ("Customer number", "Name")}


def with_debtors_from_above(grid: Grid, analysis: Analysis, language: str) -> tuple[Grid, Analysis, int]:
    """The grid with each row's debtor in the row, and how many rows have got theirs from above.

    Grid and analysis come back as they are where the list is not in blocks.
    """
    if analysis.header is None or analysis.mapping.looks_like is not None:
        return grid, analysis, 0
    if analysis.missing == [(Field.NAME, Field.COMPANY)]:
        lines = _Lines(analysis, language)
        count = lines.count(grid)
        if count:
            wide = Rewritten(grid, lines.rewriter)
            return wide, analyse(wide), count
    elif not analysis.missing:
        for once in (_NamedOnce(analysis), _OwnRows(analysis)):
            count = once.count(grid)
            if count:
                return Rewritten(grid, once.rewriter), analysis, count
    return grid, analysis, 0


class Invoices:
    """Tells the rows of invoices from all others, in a table whose columns are known."""

    def __init__(self, analysis: Analysis) -> None:
        columns = analysis.mapping.columns
        naming = (Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE)
        self.amount = columns.get(Field.AMOUNT, columns.get(Field.DEBIT, -1))
        self._naming = [columns[field] for field in naming if field in columns]

    def has(self, row: Sequence[Cell]) -> bool:
        """Whether a row names an invoice or a day and an amount."""
        return _has(row, self.amount) and any(
            _has(row, index) and not is_total_label(text_of(row[index])) for index in self._naming
        )

    def ends_block(self, row: Sequence[Cell]) -> bool:
        """Whether a row is a total."""
        return not self.has(row) and any(is_total_label(text_of(cell)) for cell in row)


class _Lines:
    """`10001 Müller GmbH` stands alone above the invoices, whose rows name nobody."""

    def __init__(self, analysis: Analysis, language: str) -> None:
        assert analysis.header is not None
        self._start = analysis.header_number
        self._width = len(analysis.header.texts)
        self._headers = _HEADERS["en" if language == "en" else "de"]
        self._number = analysis.mapping.columns.get(Field.NUMBER, -1)
        self._invoices = Invoices(analysis)

    def count(self, grid: Grid) -> int:
        """How many invoices stand below a line; 0 where it is not certain of every one whose it is.

        A line that is neither a debtor nor an invoice may be another debtor whose name was not
        understood, and of two lines of debtors running one may be the address of the other.
        """
        count, debtor, has_invoices = 0, _NOBODY, True
        for batch in rows_below(grid, self._start):
            for row in batch.rows:
                found = self._debtor(row)
                if found is not None:
                    if not has_invoices:
                        return 0
                    debtor, has_invoices = found, False
                elif self._invoices.has(row):
                    if debtor is _NOBODY or not self._is_of(row, debtor[0]):
                        return 0
                    count += 1
                    has_invoices = True
                elif not is_blank(row):
                    if not has_invoices:
                        return 0
                    debtor = _NOBODY
        return count

    def rewriter(self) -> Rewrite:
        """Gives every invoice its debtor's number and name, the header row their headers."""
        debtor = _NOBODY

        def rewrite(number: int, row: list[Cell]) -> list[Cell]:
            nonlocal debtor
            added: Sequence[Cell] = _NOBODY
            if number == self._start:
                added = self._headers
            elif number > self._start:
                found = self._debtor(row)
                if found is not None:
                    debtor, row = found, [" ".join(found)]
                elif self._invoices.ends_block(row):
                    debtor = _NOBODY
                elif self._invoices.has(row):
                    added = debtor
            return widened(row, self._width, added)

        return rewrite

    def _is_of(self, row: Sequence[Cell], number: str) -> bool:
        """Whether an invoice that counts its debtor itself is of the one who stands above it."""
        own = fold_number(text_of(row[self._number])) if _has(row, self._number) else ""
        return not own or own == fold_number(number)

    def _debtor(self, row: Sequence[Cell]) -> tuple[str, str] | None:
        filled = [(index, text) for index, cell in enumerate(row) if (text := text_of(cell))]
        if not 1 <= len(filled) <= _CELLS_MAX or any(index == self._invoices.amount for index, _ in filled):
            return None
        match = _LINE.fullmatch(" ".join(text for _, text in filled[:2]))
        if match is None or _NO_NAME.match(match[2]) or _CODE.fullmatch(match[2]):
            return None
        return match[1], match[2].strip()


class _NamedOnce:
    """Each debtor is named only in the first of his rows."""

    def __init__(self, analysis: Analysis) -> None:
        columns = analysis.mapping.columns
        naming = (Field.NAME, Field.COMPANY, Field.NUMBER)
        self._start = analysis.header_number
        self._own = [columns[field] for field in _INHERITED if field in columns]
        self._naming = [columns[field] for field in naming if field in columns]
        self._invoices = Invoices(analysis)

    def count(self, grid: Grid) -> int:
        """How many rows name nobody; 0 where that is no habit, or a debtor is named twice running."""
        if len(self._naming) < _NAMING_MIN or not self._may_apply(grid):
            return 0
        blanks = rows = 0
        before: list[str] | None = None
        for row in self._rows(grid):
            if not self._invoices.has(row):
                if any(_has(row, index) for index in self._naming) and not self._invoices.ends_block(row):
                    return 0  # somebody is named whose invoices may be those below
                continue
            named = [text_of(row[index]) if index < len(row) else "" for index in self._naming]
            rows += 1
            if any(named):
                if named == before:
                    return 0
                before = named
            elif before is None or any(_has(row, index) for index in self._own):
                return 0
            else:
                blanks += 1
        return blanks if blanks >= max(_BLANKS_MIN, rows * _BLANK_SHARE_MIN) else 0

    def rewriter(self) -> Rewrite:
        """Gives the rows that name nobody all that the row above says of its debtor."""
        above: Sequence[Cell] = ()

        def rewrite(number: int, row: list[Cell]) -> list[Cell]:
            nonlocal above
            if number <= self._start or not self._invoices.has(row):
                if self._invoices.ends_block(row):
                    above = ()
                return row
            if any(_has(row, index) for index in self._own):
                above = row
                return row
            row = list(row)
            for index in self._own:
                if index < min(len(row), len(above)):
                    row[index] = above[index]
            return row

        return rewrite

    def _may_apply(self, grid: Grid) -> bool:
        """A look at the first rows, so that ordinary lists are not read once more."""
        first = islice(filter(self._invoices.has, self._rows(grid)), _FIRST_ROWS)
        return any(not any(_has(row, index) for index in self._naming) for row in first)

    def _rows(self, grid: Grid) -> Iterator[Sequence[Cell]]:
        for batch in rows_below(grid, self._start):
            yield from batch.rows


class _OwnRows:
    """Number and name stand in their columns, but in a row of their own above the invoices."""

    def __init__(self, analysis: Analysis) -> None:
        columns = analysis.mapping.columns
        naming = (Field.NAME, Field.COMPANY, Field.NUMBER)
        self._start = analysis.header_number
        self._own = [columns[field] for field in _INHERITED if field in columns]
        self._naming = [columns[field] for field in naming if field in columns]
        self._invoices = Invoices(analysis)

    def count(self, grid: Grid) -> int:
        """How many invoices stand below such a row; 0 where one has none above it, or names somebody."""
        count, is_headed, has_invoices = 0, False, True
        for batch in rows_below(grid, self._start):
            for row in batch.rows:
                if self._names_only(row):
                    if not has_invoices:
                        return 0
                    is_headed, has_invoices = True, False
                elif self._invoices.has(row):
                    if not is_headed or any(_has(row, index) for index in self._own):
                        return 0
                    count += 1
                    has_invoices = True
                elif not is_blank(row):
                    if not has_invoices:
                        return 0
                    is_headed = False
        return count

    def rewriter(self) -> Rewrite:
        """Gives every invoice all that the row above says of its debtor; of that row a remark is left."""
        above: Sequence[Cell] = ()

        def rewrite(number: int, row: list[Cell]) -> list[Cell]:
            nonlocal above
            if number <= self._start:
                return row
            if self._names_only(row):
                above = row
                return ["" if index != self._naming[0] else cell for index, cell in enumerate(row)]
            if not self._invoices.has(row):
                return row
            row = list(row)
            for index in self._own:
                if index < min(len(row), len(above)):
                    row[index] = above[index]
            return row

        return rewrite

    def _names_only(self, row: Sequence[Cell]) -> bool:
        """Whether a row says who somebody is and nothing else."""
        filled = {index for index in range(len(row)) if _has(row, index)}
        return (
            len(self._naming) >= _NAMING_MIN
            and filled.issuperset(self._naming)
            and filled.issubset(self._own)
            and not any(is_total_name(text_of(row[index])) for index in self._naming)
        )


def _has(row: Sequence[Cell], index: int) -> bool:
    return 0 <= index < len(row) and text_of(row[index]) != ""
