"""The same claim twice in one file: found in flat memory, a few bytes a row.

First the survey adds a hash of every row's invoice and customer number. Only rows whose hash
occurs twice are then read in full and compared by their real identity and content.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from parsers.grids.cells import Cell, joined, text_of
from storage.identity import content_key, fold, row_identity
from storage.records import Row

_PARTS = 256
_FOLDED_AWAY = dict.fromkeys(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n") | {
    code: code + 32 for code in range(ord("A"), ord("Z") + 1)
}


class Suspicion:
    """Which rows might name the same invoice of the same customer."""

    def __init__(self) -> None:
        self._hashes = [array("q") for _ in range(_PARTS)]
        self._rows = [array("I") for _ in range(_PARTS)]

    def add(self, numbers: Iterable[int], invoices: Sequence[Cell], customers: Sequence[Cell] | None) -> None:
        """Add rows by their invoice numbers and, where there is such a column, customer numbers."""
        folded = _fold_all(invoices)
        keys: Iterable[object] = folded
        if customers is not None:
            keys = zip(folded, _fold_all(customers), strict=True)
        hashes, rows = self._hashes, self._rows
        for number, invoice, key in zip(numbers, folded, map(hash, keys), strict=True):
            if invoice:
                part = key & (_PARTS - 1)
                hashes[part].append(key)
                rows[part].append(number)

    def rows(self) -> bytearray:
        """One bit a row number, set where the row's hash occurs more than once; empty where none does."""
        bits = bytearray()
        for hashes, rows in zip(self._hashes, self._rows, strict=True):
            if len(set(hashes)) == len(hashes):
                continue
            count = Counter(hashes)
            for key, number in zip(hashes, rows, strict=True):
                if count[key] > 1:
                    _set_bit(bits, number)
        return bits


class Repeats:
    """What is known of a row's repeats: a signed row number, positive where the two contradict."""

    def __init__(self) -> None:
        self._others: dict[int, int] | array[int] = {}

    def other(self, number: int) -> int:
        """0: no repeat; n > 0: row n says otherwise; n < 0: row -n said the same before."""
        if isinstance(self._others, dict):
            return self._others.get(number, 0)
        return self._others[number] if number < len(self._others) else 0

    def __bool__(self) -> bool:
        return bool(self._others)

    @classmethod
    def among(cls, rows: Iterable[Row]) -> "Repeats":
        """Compare rows that are under suspicion, in their order in the file."""
        identities = [array("q") for _ in range(_PARTS)]
        contents = [array("q") for _ in range(_PARTS)]
        numbers = [array("I") for _ in range(_PARTS)]
        for row in rows:
            if not fold(row.invoice_number):
                continue
            identity = hash(row_identity(row))
            part = identity & (_PARTS - 1)
            identities[part].append(identity)
            contents[part].append(hash(content_key(_spelled_alike(row))))
            numbers[part].append(row.row)
        found = cls()
        for part in range(_PARTS):
            found._compare(identities[part], contents[part], numbers[part])
        return found

    def _compare(self, identities: "array[int]", contents: "array[int]", numbers: "array[int]") -> None:
        groups: dict[int, list[int]] = {}
        for index, identity in enumerate(identities):
            groups.setdefault(identity, []).append(index)
        for group in groups.values():
            first = group[0]
            other = next((one for one in group if contents[one] != contents[first]), None)
            for index in group:
                if other is None:
                    if index != first:
                        self._note(numbers[index], -numbers[first])
                else:
                    differs = first if contents[index] != contents[first] else other
                    self._note(numbers[index], numbers[differs])

    def _note(self, number: int, other: int) -> None:
        if isinstance(self._others, dict):
            self._others[number] = other
            if len(self._others) > 10_000:  # from here on an array is the smaller
                self._others = _as_array(self._others)
            return
        if number >= len(self._others):
            self._others.extend([0] * (number + 1 - len(self._others)))
        self._others[number] = other


def _spelled_alike(row: Row) -> Row:
    """The row with its numbers folded: `re 001` and `RE-001` do not contradict each other."""
    debtor = msgspec.structs.replace(row.debtor, number=fold(row.debtor.number) or None)
    return msgspec.structs.replace(row, debtor=debtor, invoice_number=fold(row.invoice_number))


def is_set(bits: bytearray, number: int) -> bool:
    """Whether a row's bit is set."""
    return number >> 3 < len(bits) and bool(bits[number >> 3] & (1 << (number & 7)))


def _set_bit(bits: bytearray, number: int) -> None:
    if number >> 3 >= len(bits):
        bits.extend(bytes((number >> 3) + 1 - len(bits)))
    bits[number >> 3] |= 1 << (number & 7)


def _as_array(others: dict[int, int]) -> "array[int]":
    signed = array("i", bytes(4 * (max(others) + 1)))
    for number, other in others.items():
        signed[number] = other
    return signed


def _fold_all(cells: Sequence[Cell]) -> list[str]:
    """Every cell folded as an identity folds it; ASCII columns all at once."""
    text = joined(cells)
    if text is not None and text.isascii():
        folded = text.translate(_FOLDED_AWAY).split("\n")
        if len(folded) == len(cells):
            return folded
    return [fold(text_of(cell)) for cell in cells]
