"""How figures, days and values are written in a language; the words themselves are in the templates."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from storage.money import Money, english, german

LANGUAGES = ("de", "en")
VALUE_LENGTH_MAX = 80
SENTENCE_LENGTH_MAX = 600
SPANS_MAX = 8

_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Control characters break lines; the direction marks of Unicode make text read as what it is not.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def known_language(language: str) -> str:
    """The language itself where there are templates for it, else German."""
    return language if language in LANGUAGES else "de"


def folded(text: str, length_max: int = SENTENCE_LENGTH_MAX) -> str:
    """Text on one line, without characters that are not seen, cut to a length."""
    line = _UNSEEN.sub(" ", text[: 4 * length_max]).strip()
    return line if len(line) <= length_max else line[: length_max - 1].rstrip() + "…"


def with_folded_text(record: Any) -> Any:
    """A copy of a record in which no text can break a line, however deep it lies."""
    if isinstance(record, str) and type(record) is str:
        return folded(record)
    if isinstance(record, tuple):
        return tuple(with_folded_text(part) for part in record)
    if isinstance(record, msgspec.Struct) and not isinstance(record, Money):
        changes = {name: with_folded_text(getattr(record, name)) for name in record.__struct_fields__}
        return msgspec.structs.replace(record, **changes)
    return record


def short(value: str) -> str:
    """A cell's value, short enough to stand in a line."""
    return folded(value, VALUE_LENGTH_MAX)


def number(count: int, language: str) -> str:
    """A count with its thousands grouped: `1.000` in German, `1,000` in English."""
    grouped = f"{count:,}"
    return grouped.replace(",", ".") if language == "de" else grouped


def money(amount: Money, language: str) -> str:
    """An amount with its sign: `1.234,56 €` in German, `€1,234.56` in English."""
    if language == "de":
        return f"{german(amount.cents)}\u00a0{_SIGNS.get(amount.currency, amount.currency)}"
    minus, digits = ("-" if amount.cents < 0 else ""), english(abs(amount.cents))
    sign = _SIGNS.get(amount.currency)
    return f"{minus}{sign}{digits}" if sign else f"{minus}{amount.currency}\u00a0{digits}"


def sums(amounts: Sequence[Money], language: str) -> str:
    """Sums of several currencies, side by side."""
    return " + ".join(money(amount, language) for amount in amounts)


def moment(at: datetime, language: str) -> str:
    """Day and time in Germany: `20.04.2026, 14:03 Uhr`, `20 April 2026, 14:03`."""
    local = at.astimezone(_germany())
    clock = f"{local:%H:%M}"
    if language == "de":
        return f"{local:%d.%m.%Y}, {clock}\u00a0Uhr"
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year}, {clock} (German time)"


def day(on: date, language: str) -> str:
    """A day: `20.04.2026`, `20 April 2026`."""
    return f"{on:%d.%m.%Y}" if language == "de" else f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def size(size_bytes: int, language: str) -> str:
    """A size that people can compare: `12 KB`, `3,4 MB`."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))}\u00a0KB"
    tenths = f"{size_bytes / 1_000_000:.1f}"
    return (tenths.replace(".", ",") if language == "de" else tenths) + "\u00a0MB"


def spans(rows: Iterable[int], spans_max: int = SPANS_MAX) -> str:
    """Row numbers with neighbours drawn together: `3–5, 9`; long ones end in `…`."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    written = ", ".join(_run(first, last) for first, last in runs[:spans_max])
    return written + (" …" if len(runs) > spans_max else "")


def _run(first: int, last: int) -> str:
    if first == last:
        return str(first)
    return f"{first}, {last}" if last == first + 1 else f"{first}–{last}"


@lru_cache(maxsize=1)
def _germany() -> ZoneInfo:
    return ZoneInfo("Europe/Berlin")
