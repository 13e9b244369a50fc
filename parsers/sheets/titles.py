"""A second table below the list, under a title that says that it holds no claims.

A header that is only repeated, as on every printed page, ends nothing.
"""

import re
from collections.abc import Sequence

from parsers.grids.cells import Batch, Cell, is_blank, text_of, tidy

_NO_CLAIMS = re.compile(
    r"(?i)zahlungseing|(?<!un)(?<!nicht )(?:bezahlt|beglichen)|gutschrift|erledigt|storn|ausgeglichen|"
    r"ausgebucht|\bpayments?\b|(?<!un)paid\b|credit notes?|settled|cancell?ed|lieferant|kreditor|"
    r"verbindlichkeit|erstattung"
)
_SAME_SHARE = 0.8


class Titles:
    """Looks for the header once more, right below such a title."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.ends_at: int | None = None  # the last row of the list, where there is such a table
        self._texts = texts
        self._first = next((index for index, text in enumerate(texts) if text), 0)
        self._before: tuple[int, Sequence[Cell]] | None = None

    def look(self, batch: Batch, columns: Sequence[Sequence[Cell]]) -> None:
        """Look at more rows; only rows that begin as the header does cost anything."""
        if self.ends_at is not None or self._first >= len(columns):
            return
        wanted = self._texts[self._first]
        if wanted and wanted in columns[self._first]:
            for place, row in enumerate(batch.rows):
                if len(row) > self._first and row[self._first] == wanted and self._is_header(row):
                    self._judge(batch, place)
        filled = (
            (number, row)
            for number, row in zip(reversed(batch.numbers), reversed(batch.rows), strict=True)
            if not is_blank(row)
        )
        self._before = next(filled, self._before)

    def _judge(self, batch: Batch, place: int) -> None:
        above = zip(reversed(batch.numbers[:place]), reversed(batch.rows[:place]), strict=True)
        before = next(((number, row) for number, row in above if not is_blank(row)), self._before)
        if self.ends_at is not None or before is None:
            return
        number, row = before
        texts = [text for cell in row if (text := text_of(cell))]
        if len(texts) == 1 and _NO_CLAIMS.search(texts[0]):
            self.ends_at = number - 1

    def _is_header(self, row: Sequence[Cell]) -> bool:
        pairs = list(zip(row, self._texts, strict=False))
        same = sum(1 for cell, text in pairs if isinstance(cell, str) and tidy(cell) == text)
        return same >= len(self._texts) * _SAME_SHARE
