"""Amounts in a question, with what they are compared to: `über 500 €`, `between 100 and 200`."""

import re
from decimal import Decimal, InvalidOperation

from bot.understanding.request import Comparison
from storage.money import Money

_GROUPED_DIGITS = r"(?<![\w.,])\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
_PLAIN_DIGITS = r"(?<![\w.,])\d{1,9}(?:[.,]\d{1,2})?(?:,-)?(?!\d)"
_NUMBER = rf"({_GROUPED_DIGITS}|{_PLAIN_DIGITS})"
# An amount even without a currency.
_CENTS = r"(?<![\w.,])((?:\d{1,3}(?:[.,']\d{3})+|\d{1,9})[.,]\d\d)(?![\d.]|,\d)"
_SIGN = r"(?:€|eur\b|euros?\b)"
_MONEY = rf"(?:{_SIGN}\s?)?{_NUMBER}\s?{_SIGN}?"
_OTHER_UNITS = (
    "%|prozent|percent|tage|days|wochen|weeks|monat|month|jahr|year|uhr|akten|faelle|cases|files|claims"
)
_NO_OTHER = rf"(?!\s?(?:{_OTHER_UNITS}|\.\s?\d|/))"
_OVER = (
    r"(?:ueber|mehr als|groesser als|hoeher als|groesser|hoeher|>|over|above|more than|greater than"
    r"|higher than|exceeding|larger than)"
)
_LEAST = r"(?:mindestens|ab|at least|from|>=|minimum|min\.?|starting at)"
_UNDER = (
    r"(?:unter|weniger als|kleiner als|kleiner|geringer als|niedriger als|unterhalb|<|under|below"
    r"|less than|smaller than)"
)
_MOST = r"(?:hoechstens|maximal|bis zu|bis|at most|up to|<=|max\.?|no more than)"
_OWED = r"(?:(?<!noch )(?<!still )(?:offen|open|owing|outstanding)\s+)?"
_BETWEEN = re.compile(
    rf"(?:(?:zwischen|between)\s+{_MONEY}\s+(?:und|and|-)\s+{_MONEY}"
    rf"|(?:von|from)\s+{_MONEY}\s+(?:bis|to)\s+{_MONEY}"
    rf"|{_MONEY}\s?(?:-|–|bis|to)\s?{_NUMBER}\s?{_SIGN}){_NO_OTHER}"
)
_COMPARED = re.compile(
    rf"(?<!\w){_OWED}(?:({_OVER})|({_LEAST})|({_UNDER})|({_MOST}))"
    rf"\s*({_SIGN})?\s?{_NUMBER}\s?({_SIGN})?{_NO_OTHER}"
)
_EXACT = re.compile(rf"(?:{_SIGN}\s?{_NUMBER}|{_NUMBER}\s?{_SIGN}|{_CENTS}){_NO_OTHER}")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+")
EURO_MAX = 10**10


def take_amount(text: str) -> tuple[Comparison | None, str]:
    """The amount of a folded text, and the text without it."""
    for pattern, meaning in ((_BETWEEN, _between), (_COMPARED, _compared), (_EXACT, _exact)):
        match = pattern.search(text)
        if match is not None and (found := meaning(match)) is not None:
            return found, f"{text[: match.start()]} {text[match.end() :]}"
    return None, text


def _between(match: re.Match[str]) -> Comparison | None:
    low, high = (_money(written) for written in match.groups() if written)
    if low is None or high is None or high < low:
        return None
    return Comparison(low=low, high=high)


def _compared(match: re.Match[str]) -> Comparison | None:
    over, least, under, _most, before, written, after = match.groups()
    amount = _money(written)
    is_bare = not before and not after
    # `ab 12` or `bis 5` without a currency are as likely a day; a number that begins with 0 is a telephone.
    if (
        amount is None
        or written.startswith("0")
        or (is_bare and not (over or under) and amount.cents < 3_200)
    ):
        return None
    if over or least:
        return Comparison(low=amount, holds_ends=bool(least))
    return Comparison(high=amount, holds_ends=not under)


def _exact(match: re.Match[str]) -> Comparison | None:
    amount = _money(next(written for written in match.groups() if written))
    return None if amount is None else Comparison(low=amount, high=amount)


def _money(written: str) -> Money | None:
    """Whole cents: the last mark with one or two digits after it stands before the cents."""
    bare = written.removesuffix(",-")
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,' ]", "", bare)
    whole, mark, cents = re.sub(r"[' ]", "", bare).rpartition(
        "." if bare.rfind(".") > bare.rfind(",") else ","
    )
    digits = re.sub(r"[.,]", "", whole) if mark else ""
    try:
        value = Decimal(f"{digits}.{cents}") if mark else Decimal(cents)
    except InvalidOperation:
        return None
    return Money(int(value * 100)) if value < EURO_MAX else None
