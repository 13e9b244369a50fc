"""How days and amounts stand on a sheet: tables are in euros throughout and need no sign in each cell."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.statements.words import Words
from bot.wording import folded, money
from storage.money import Money, english, german

LISTED_MAX = 12
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date, language: str) -> str:
    """`20.07.2026`, `20 Jul 2026`; it stays on one line."""
    return f"{on.day}\u00a0{_MONTHS[on.month - 1]}\u00a0{on.year}" if language == "en" else f"{on:%d.%m.%Y}"


def cell(amount: Money, language: str) -> str:
    """`1.234,56`, `1,234.56`."""
    return english(amount.cents) if language == "en" else german(amount.cents)


def gain(amount: Money, language: str) -> str:
    """`+44,38 €`, `-55,62 €`: what an account has won or lost."""
    sign = "-" if amount.cents < 0 else "+" if amount.cents else ""
    return sign + money(Money(abs(amount.cents)), language)


def unbroken(text: str) -> str:
    """Text that stays on one line where there is room: a street with its number."""
    return folded(text).replace(" ", "\u00a0")


def total_of(amounts: Iterable[Money]) -> Money:
    """The sum of amounts in euros."""
    return sum(amounts, Money(0))


def listed(texts: Sequence[str], words: Words) -> str:
    """The first of many texts in a line, and how many more there are."""
    shown = ", ".join(folded(text) for text in texts[:LISTED_MAX])
    more = len(texts) - LISTED_MAX
    return f"{shown} {words.and_more.format(count=more)}" if more > 0 else shown
