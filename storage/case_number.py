"""Case numbers: `26-004711-2` is year, serial and check digit (ISO 7064 MOD 11,10).

In the store a case is one whole number, year * 10^10 + serial, so that cases sort by their age.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import overload

from stdnum.iso7064 import mod_11_10

_YEAR_UNIT = 10**10
_DIGITS = re.compile(r"\d{9,13}", re.ASCII)
_LOOSE = str.maketrans({"O": "0", "o": "0", "-": None, "–": None, " ": None, "\u00a0": None})


def make_case_id(year: int, serial: int) -> int:
    """The id of the `serial`-th case of a year, either written in full or in two digits."""
    assert 0 < serial < _YEAR_UNIT, "a serial has at most ten digits"
    return year % 100 * _YEAR_UNIT + serial


def format_case_number(case_id: int) -> str:
    """The number as people read it."""
    year, serial = divmod(case_id, _YEAR_UNIT)
    digits = f"{serial:06d}"
    check = _check_digits(f"{year:02d}{digits[:-2]}")[int(digits[-2:])]
    return f"{year:02d}-{digits}-{check}"


@lru_cache(maxsize=1_024)
def _check_digits(start: str) -> str:
    """The check digits of the hundred numbers that begin so, since numbers come by the thousand in a row."""
    return _check_digits_after(mod_11_10.checksum(start))


@cache
def _check_digits_after(state: int) -> str:
    """The same by the state that the beginning leaves the check in: one of ten, so they are worked out once.

    The steps are those of ISO 7064 MOD 11,10.
    """
    after = (_step(_step(state, rest // 10), rest % 10) for rest in range(100))
    return "".join(str((1 - (end or 10) * 2 % 11) % 10) for end in after)


def _step(state: int, digit: int) -> int:
    return ((state or 10) * 2 % 11 + digit) % 10


def parse_case_number(text: str) -> int | None:
    """The id of a written number, also with blanks, without dashes or with O for 0; None if it is none.

    A number that fails its check digit is none: it is never guessed.
    """
    digits = text.strip().translate(_LOOSE)
    if not _DIGITS.fullmatch(digits) or not mod_11_10.is_valid(digits):
        return None
    year, serial = int(digits[:2]), int(digits[2:-1])
    if serial == 0:
        return None
    case_id = make_case_id(year, serial)
    canonical = format_case_number(case_id).replace("-", "")
    return case_id if canonical == digits else None


class CaseNumbers(Sequence[str]):
    """Many case numbers in order, eight bytes each; written out only when somebody looks."""

    def __init__(self, case_ids: Iterable[int]) -> None:
        self._ids = array("q", case_ids)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [format_case_number(case_id) for case_id in self._ids[index]]
        return format_case_number(self._ids[index])

    def __iter__(self) -> Iterator[str]:
        return map(format_case_number, self._ids)
