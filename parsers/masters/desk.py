"""Where the lists of one source meet its master data, whatever order its files come in.

A list of customers is read as soon as it comes. A list of claims that counts its debtors waits until
all files of the source have been looked at, and is then joined with everything that is known.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from parsers.documents import Part, Piece
from parsers.masters.book import AddressBook
from parsers.sheets.analysis import Analysis
from parsers.sheets.fields import Field
from storage.records import Customer

# A workbook that waits stays in memory; what is larger is read at once.
_HELD_BYTES_MAX = 16 << 20


class Desk:
    """The address book of a source, and the lists that wait for it."""

    def __init__(self, kept: Path | None) -> None:
        self.book = AddressBook(kept)
        self._waiting: list[tuple[Piece, Iterator[Part]]] = []
        self._held_bytes = 0

    @property
    def is_waited_for(self) -> bool:
        """Whether any list waits."""
        return bool(self._waiting)

    def put(
        self, piece: Piece, lists: Iterable[Analysis], items: Iterator[Part], held_bytes: int = 0
    ) -> Iterator[Part]:
        """The items of a file with lists of claims, now or, where master data may still come, later.

        `held_bytes` is how large the file is that stays in memory until then.
        """
        counts = any(Field.NUMBER in analysis.mapping.columns for analysis in lists)
        if not counts or self._held_bytes + held_bytes > _HELD_BYTES_MAX:
            yield from items
        else:
            self._held_bytes += held_bytes
            self._waiting.append((piece, items))

    def take(self) -> Iterator[tuple[Piece, Iterator[Part]]]:
        """The lists that wait, in their order; each is handed out once."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def customers(self) -> Iterator[Customer]:
        """What this source says of customers, to be kept."""
        return self.book.customers()
