"""Dates as people write them; whether `03/04/2025` is March or April, the whole column decides."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from parsers.grids.cells import Cell
from parsers.problems import Code
from parsers.sheets.amounts import Fault

YEAR_MIN = 1980
YEARS_AHEAD_MAX = 10
AGE_MIN, AGE_MAX = 14, 110
_TERMS_LENGTH_MAX = 200
DAYS_MAX = 365
_SERIAL_MIN, _SERIAL_MAX = 20_000, 80_000  # 1954 to 2119 as day numbers of a spreadsheet
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIAL_EPOCH_1904 = date(1904, 1, 1)
_SERIAL_RECENT, _SERIAL_SOON = 38_353, 47_848  # 2005 to 2030: of the years in which invoices fall due
_SHORT_YEAR_MIN, _SHORT_YEAR_MAX = 5, 35
_SEEN_MAX = 50_000

_TIME = re.compile(r"[T ]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?(?:Z| ?[+-]\d{2}:?\d{2})?$")
_PLAIN = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})", re.ASCII)  # as nearly all lists write it
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_NAMED = re.compile(r"(?i)(\d{1,2})(?:st|nd|rd|th)?[. -]*(?:of )?([a-zäöü]{3,9})[. ,-]*(\d{4}|\d{2})")
_NAMED_DAY = re.compile(r"(?i)([a-zäöü]{3,9})[. ]*(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})")
_NO_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}\.?")
_WEEKDAY = re.compile(r"(?i)^(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+")
_DAYS = re.compile(r"(?i)(\d{1,3})\s*(?:tagen?|tg\.?|t\.?|days?|d)?\s*(?:netto|net)?")
_NET_DAYS = re.compile(r"(?i)net(?:to)?\s*(\d{1,3})(?:\s*(?:tage|days))?")
_PARTS = re.compile(r"\s*[,;/]\s+")
_DISCOUNT = re.compile(r"(?i)%|skonto|discount")
_AT_ONCE = frozenset({"sofort", "sofort fällig", "sofort netto", "sofort zahlbar", "due on receipt"})
_ABSENT = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "n/a",
        "na",
        "k.a.",
        "00.00.0000",
        "00.00.00",
        "0000-00-00",
        "00000000",
        ". .",
        "0",
    }
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan|januar|january|jän|jänner",
            "feb|februar|february|feber",
            "mrz|mär|märz|maerz|mar|march",
            "apr|april",
            "mai|may",
            "jun|juni|june",
            "jul|juli|july",
            "aug|august",
            "sep|sept|september",
            "okt|oct|oktober|october",
            "nov|november",
            "dez|dec|dezember|december",
        ),
        start=1,
    )
    for name in names.split("|")
}
_UNREADABLE = Fault(Code.DATE_UNREADABLE)
_IMPOSSIBLE = Fault(Code.DATE_IMPOSSIBLE)
_IMPLAUSIBLE = Fault(Code.DATE_IMPLAUSIBLE)
_WITHOUT_YEAR = Fault(Code.DATE_WITHOUT_YEAR)
_AMBIGUOUS = Fault(Code.AWAITS_ANSWER)
_UNLIKELY = Fault(Code.BIRTH_DATE_UNLIKELY)


class Order(StrEnum):
    """What comes first where a column writes dates with slashes or dashes."""

    DMY = "dmy"
    MDY = "mdy"
    UNDECIDED = "undecided"
    CONTRADICTORY = "contradictory"
    SERIAL = "serial"  # nothing but day numbers of a spreadsheet, written as text
    DDMMYY = "ddmmyy"  # nothing but six digits, as DATEV writes due dates


class OrderEvidence:
    """What all cells of a column together say of the order of day and month."""

    def __init__(self) -> None:
        self._seen: set[Cell] = set()
        self._orders: set[Order] = set()
        self.has_ambiguous = False
        self.has_dotted = False
        self.has_iso = False
        self._has_others = False
        self._digits: dict[Order, bool] = {}  # what bare digits may be, as long as all of them may

    def add(self, column: Sequence[Cell]) -> None:
        """Look at more cells; only texts not seen before cost anything."""
        fresh = set(column) - self._seen
        for cell in fresh:
            if isinstance(cell, str):
                self._look(cell)
        self._seen |= fresh
        if len(self._seen) > _SEEN_MAX:
            self._seen.clear()

    def _look(self, text: str) -> None:
        bare = text.strip()
        if bare.isascii() and bare.isdigit() and len(bare) in {5, 6}:
            for order, may_be in _DIGIT_ORDERS.items():
                self._digits[order] = self._digits.get(order, True) and may_be(bare)
            return
        self._has_others = self._has_others or bare.casefold() not in _ABSENT
        if _DOTTED.match(text):
            self.has_dotted = True
            return
        match = _SLASHED.fullmatch(_bare(text))
        if match is None:
            self.has_iso = self.has_iso or _ISO.match(text) is not None
            return
        first, second = int(match.group(1)), int(match.group(3))
        if first > 12 >= second:
            self._orders.add(Order.DMY)
        elif second > 12 >= first:
            self._orders.add(Order.MDY)
        elif first != second and first <= 12:
            self.has_ambiguous = True

    @property
    def order(self) -> Order:
        """The column's order."""
        if self._digits and not self._has_others:
            digits = [order for order, may_be in self._digits.items() if may_be]
            return digits[0] if len(digits) == 1 else Order.UNDECIDED
        if len(self._orders) == 1:
            return next(iter(self._orders))
        return Order.CONTRADICTORY if self._orders else Order.UNDECIDED


def _may_be_serial(digits: str) -> bool:
    return len(digits) == 5 and _SERIAL_RECENT <= int(digits) <= _SERIAL_SOON


def _may_be_ddmmyy(digits: str) -> bool:
    day, month, year = int(digits.zfill(6)[:2]), int(digits[-4:-2]), int(digits[-2:])
    return 1 <= day <= 31 and 1 <= month <= 12 and _SHORT_YEAR_MIN <= year <= _SHORT_YEAR_MAX


def _may_be_yymmdd(digits: str) -> bool:
    year, month, day = int(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
    return (
        len(digits) == 6
        and 1 <= day <= 31
        and 1 <= month <= 12
        and _SHORT_YEAR_MIN <= year <= _SHORT_YEAR_MAX
    )


# What may be either of two is undecided; years first are told, so that they are not taken for days.
_DIGIT_ORDERS = {
    Order.SERIAL: _may_be_serial,
    Order.DDMMYY: _may_be_ddmmyy,
    Order.UNDECIDED: _may_be_yymmdd,
}


class DateReader:
    """Reads the cells of one column: its order, the day that counts as today, and what it is about."""

    def __init__(
        self, order: Order, today: date, *, is_birth: bool = False, epoch_1904: bool = False
    ) -> None:
        self._order = order
        self._today = today
        self._is_birth = is_birth
        self._epoch = _SERIAL_EPOCH_1904 if epoch_1904 else _SERIAL_EPOCH
        self._read: dict[Cell, date | Fault | None] = {}

    def parse(self, cell: Cell) -> date | Fault | None:
        """The day of a cell; None where it is empty, a Fault where it is no date."""
        if cell in self._read:
            return self._read[cell]
        if len(self._read) >= _SEEN_MAX:
            self._read.clear()
        day = self._read[cell] = self.parse_anew(cell)
        return day

    def parse_anew(self, cell: Cell) -> date | Fault | None:
        """The same for a caller that remembers days itself."""
        if isinstance(cell, str):
            text = cell.strip()
            return None if text.casefold() in _ABSENT else self._plausible(self._parse_text(text))
        if isinstance(cell, datetime):
            return self._plausible(cell.date())
        if isinstance(cell, date):
            return self._plausible(cell)
        if isinstance(cell, int | float) and _SERIAL_MIN < cell < _SERIAL_MAX:
            return self._plausible(self._epoch + timedelta(days=int(cell)))
        return _UNREADABLE

    def _parse_text(self, text: str) -> date | Fault:  # noqa: PLR0911 - a list of writings
        if plain := _PLAIN.fullmatch(text):
            return self._day(plain[3], plain[2], plain[1])
        bare = _bare(text)
        if self._order is Order.SERIAL and bare.isdigit():
            return self._epoch + timedelta(days=int(bare))
        if self._order is Order.DDMMYY and bare.isdigit():
            bare = bare.zfill(6)
            return self._day(bare[4:], bare[2:4], bare[:2])
        if match := _DOTTED.fullmatch(bare):
            return self._day(match[3], match[2], match[1])
        if match := _ISO.fullmatch(bare):
            return self._day(match[1], match[3], match[4])
        if match := _COMPACT.fullmatch(bare):
            return self._day(match[1], match[2], match[3])
        if match := _SLASHED.fullmatch(bare):
            return self._slashed(match[4], match[1], match[3])
        if match := _DAY_NAMED.fullmatch(bare):
            return self._named(match[3], match[2], match[1])
        if match := _NAMED_DAY.fullmatch(bare):
            return self._named(match[3], match[1], match[2])
        return _WITHOUT_YEAR if _NO_YEAR.fullmatch(bare) else _UNREADABLE

    def _slashed(self, year: str, first: str, second: str) -> date | Fault:
        if self._order is Order.MDY:
            return self._day(year, first, second)
        if self._order is Order.DMY or first == second or (int(first) > 12 and int(second) > 12):
            return self._day(year, second, first)
        return _AMBIGUOUS

    def _named(self, year: str, month: str, day: str) -> date | Fault:
        number = _MONTHS.get(month.lower())
        return _UNREADABLE if number is None else self._day(year, str(number), day)

    def _day(self, year: str, month: str, day: str) -> date | Fault:
        full = int(year) if len(year) == 4 else self._full_year(int(year))
        if full is None:
            return _UNLIKELY
        try:
            return date(full, int(month), int(day))
        except ValueError:
            return _IMPOSSIBLE

    def _full_year(self, short: int) -> int | None:
        """The year of two digits: recent in business, of a living grown-up in a birth date."""
        if self._is_birth:
            ages = [
                year for year in (1900 + short, 2000 + short) if AGE_MIN <= self._today.year - year <= AGE_MAX
            ]
            return ages[0] if len(ages) == 1 else None
        year = 2000 + short
        return year if year <= self._today.year + YEARS_AHEAD_MAX else year - 100

    def _plausible(self, day: date | Fault) -> date | Fault:
        if isinstance(day, Fault):
            return day
        if self._is_birth:
            return day if 0 <= self._today.year - day.year <= AGE_MAX and day <= self._today else _UNLIKELY
        if YEAR_MIN <= day.year <= self._today.year + YEARS_AHEAD_MAX:
            return day
        return _IMPLAUSIBLE


def _bare(text: str) -> str:
    """A date without its weekday and time."""
    return _WEEKDAY.sub("", _TIME.sub("", text.strip())).strip()


def parse_days(cell: Cell) -> int | None:
    """A time for payment in days (`14`, `30 Tage netto`); None where it is none."""
    if isinstance(cell, str):
        text = cell.strip()
        if len(text) > _TERMS_LENGTH_MAX:
            return None  # a text, and one that could keep a pattern busy for ever
        if text.casefold() in _AT_ONCE:
            return 0
        match = _DAYS.fullmatch(text) or _NET_DAYS.fullmatch(text) or _net_days_after_discount(text)
        days = int(match[1]) if match else -1
    elif isinstance(cell, int | float) and float(cell).is_integer():
        days = int(cell)
    else:
        return None
    return days if 0 <= days <= DAYS_MAX else None


def _net_days_after_discount(text: str) -> re.Match[str] | None:
    """`14 Tage 2 % Skonto, 30 Tage netto`: the net term is the last one."""
    *discounts, last = _PARTS.split(text)
    if not discounts or not all(_DISCOUNT.search(part) for part in discounts):
        return None
    return _DAYS.fullmatch(last.strip()) or _NET_DAYS.fullmatch(last.strip())


def looks_like_date(text: str) -> bool:
    """Whether text is written as a date and can hardly be anything else."""
    bare = _TIME.sub("", text.strip())
    if any(pattern.fullmatch(bare) for pattern in (_DOTTED, _ISO, _SLASHED)):
        return True
    named = _DAY_NAMED.fullmatch(bare)
    month = named[2] if named else (match[1] if (match := _NAMED_DAY.fullmatch(bare)) else "")
    return month.lower() in _MONTHS
