"""The amounts of notices, to whole cents; what could be two amounts is none."""

import re

from parsers.replies.missing_facts import cents_of
from parsers.sheets.amounts import CENTS_MAX, Mark, parse_amount

_CURRENCY = re.compile(r"(?i)€|^eur(?:os?)?|eur(?:os?)?\b|\s*[hs]$")
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")
_DASHES = re.compile(r"[.,]-{1,2}$")
_BLANKS = re.compile("[\u00a0\u202f\u2009]")


def read_cents(written: str, *, is_english: bool) -> int | None:
    """Cents above zero; `1.500` is a thousand and more only where the message's language writes so."""
    body = _BLANKS.sub("", _CURRENCY.sub("", written)).strip()
    if _THOUSANDS.fullmatch(_DASHES.sub("", body)):
        return _above_zero(parse_amount(body, _mark(body, is_english=is_english)))
    if body.count(".") > 1 or body.count(",") > 1:
        return _above_zero(parse_amount(body, Mark.POINT if body.count(",") > 1 else Mark.COMMA))
    return _above_zero(cents_of(body))


def _mark(body: str, *, is_english: bool) -> Mark:
    """The decimal mark of `1.500` or `1,500`: not the one that parts its thousands, if that is usual."""
    if "," in _DASHES.sub("", body):
        return Mark.POINT if is_english else Mark.UNDECIDED
    return Mark.COMMA if not is_english or body.endswith(",-") else Mark.UNDECIDED


def _above_zero(cents: object) -> int | None:
    return cents if isinstance(cents, int) and 0 < cents <= CENTS_MAX else None
