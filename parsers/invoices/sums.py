"""The amounts of an invoice in whole cents, and whether its sums agree (EN 16931, BR-CO-10 to BR-CO-16)."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from parsers.invoices.record import Sums
from parsers.problems import Code
from parsers.sheets.amounts import CENTS_MAX, Fault
from storage.money import english, german

CENTS_APART_MAX = 1
_WRITTEN = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,12})?|\.\d{1,12})", re.ASCII)
_UNREADABLE = Fault(Code.AMOUNT_UNREADABLE)
_DECIMALS = Fault(Code.AMOUNT_DECIMALS)


def cents_of(text: str) -> int | Fault:
    """Cents of a decimal number of XML; more than two decimals only where they are zero."""
    if not _WRITTEN.fullmatch(text):
        return _UNREADABLE
    cents = Decimal(text) * 100
    whole = int(cents)
    if whole != cents:
        return _DECIMALS
    return whole if abs(whole) <= CENTS_MAX else _UNREADABLE


def contradiction(sums: Sums, language: str) -> str | None:
    """The first two sums that do not agree within a cent, as `536,00 / 529,87`; None where all do.

    A part that the invoice does not have (a MINIMUM profile has no lines) is not missed.
    """
    for expected, found in _comparisons(sums):
        if expected is None or found is None or abs(expected - found) > CENTS_APART_MAX:
            return f"{_shown(expected, language)} / {_shown(found, language)}"
    return None


def _comparisons(sums: Sums) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of what adds up and what stands there; None for an amount that cannot be read."""
    if sums.lines and sums.line_total and not _are_gross_lines(sums):
        yield _total(sums.lines), _total((sums.line_total,))
    if sums.line_total and sums.basis:
        yield _total((sums.line_total, sums.charges), less=sums.allowances), _total((sums.basis,))
    if sums.taxes and sums.tax:
        yield _total(sums.taxes), _total((sums.tax,))
    if sums.basis and sums.tax and sums.gross:
        yield _total((sums.basis, sums.tax)), _total((sums.gross,))
    if sums.gross and sums.due and not _is_partly_paid(sums):
        yield _total((sums.gross, sums.rounding, *sums.third_party), less=sums.prepaid), _total((sums.due,))


def _are_gross_lines(sums: Sums) -> bool:
    return sums.lines_may_be_gross and _total(sums.lines) == _total((sums.gross,))


def _is_partly_paid(sums: Sums) -> bool:
    """Less is due than the gross sum, in a profile that cannot say why."""
    gross, due = _total((sums.gross,)), _total((sums.due,))
    return sums.hides_prepaid and gross is not None and due is not None and 0 <= due <= gross


def _total(amounts: Iterable[str | None], less: str | None = None) -> int | None:
    """The sum of the amounts that are there, `less` taken away; None where one cannot be read."""
    cents = [cents_of(amount) for amount in amounts if amount is not None]
    taken = cents_of(less) if less is not None else 0
    if isinstance(taken, Fault) or any(isinstance(one, Fault) for one in cents):
        return None
    return sum(one for one in cents if isinstance(one, int)) - taken


def written(cents: int, language: str) -> str:
    """Cents as the reader writes them."""
    return english(cents) if language == "en" else german(cents)


def _shown(cents: int | None, language: str) -> str:
    return "?" if cents is None else written(cents, language)
