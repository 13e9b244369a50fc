"""Statuses and statement categories that a text names, by their codes and in both languages' words."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from bot.understanding.request import STATUSES, Intent, Subject
from bot.understanding.spelling import folded, mended, vocabulary

_STATUS_WORDS = {f"S_{status}": status for status in STATUSES}
_CATEGORY_WORDS = {
    "C_FULL": "full_payment",
    "C_INSTALLMENT": "installment",
    "C_SETTLEMENT": "settlement",
    "C_DIRECT": "direct_payment",
}
_CODES = re.compile(
    r"(?<!\w)(validation|enrichment|autocollect|communication|installment|legalcollect|monitoring|cleared|"
    r"unfounded|cancelled|recalled)(?!\w)"
)
_WORDS_TOO = frozenset({"CANCELLED", "CLEARED", "RECALLED", "UNFOUNDED", "INSTALLMENT", "COMMUNICATION"})
_CAPITALS = re.compile(r"[A-Z]{6,}")
_STATED = re.compile(r"(?<!\w)(?:in|auf|im|status|zustand)\s+(?:status\s+|zustand\s+)?$")
_BY_CATEGORY = frozenset({Intent.STATEMENTS, Intent.PAYMENTS_LIST})


class Filters(NamedTuple):
    """What a text may be filtered by; `code` is a status that is written as its code."""

    statuses: tuple[str, ...]
    categories: tuple[str, ...]
    code: str | None
    is_stated: bool


def filters_of(text: str, written: str) -> Filters:
    """The statuses and categories of a folded text, in the order in which they stand there.

    `written` is the text before folding: in capitals even a word like `cancelled` is a code.
    """
    patterns = vocabulary().patterns
    statuses = _in_order(text, _STATUS_WORDS, patterns)
    code = next((match for match in _CODES.finditer(text) if _is_code(match, written, text)), None)
    if code is not None:
        # A code says it; `geprüft` or `bezahlt` beside it belongs to the sentence.
        every = [match for match in _CODES.finditer(text) if _is_code(match, written, text)]
        statuses = tuple(dict.fromkeys(match[0].upper() for match in every))
    is_stated = code is not None and _STATED.search(text[: code.start()]) is not None
    return Filters(
        statuses,
        _in_order(text, _CATEGORY_WORDS, patterns),
        code[0].upper() if code else None,
        is_stated,
    )


def _is_code(match: re.Match[str], written: str, text: str) -> bool:
    """Whether a word that can be a code is meant as one."""
    code = match[0].upper()
    capitals = {mended(folded(word)) for word in _CAPITALS.findall(written)}
    return code not in _WORDS_TOO or match[0] in capitals or _STATED.search(text[: match.start()]) is not None


def _in_order(text: str, names: dict[str, str], patterns: Mapping[str, re.Pattern[str]]) -> tuple[str, ...]:
    found = [
        (match.start(), value) for name, value in names.items() if (match := patterns[name].search(text))
    ]
    return tuple(value for _, value in sorted(found))


def filters_for(
    intent: Intent, filters: Filters, *, subject: Subject | None, asks_why: bool
) -> tuple[str, ...]:
    """Which of the filters a question of that intent means."""
    if intent is Intent.EXPLAIN_STATUS:
        return filters.statuses
    if intent is Intent.CASE_STATUS:
        return (filters.code,) if filters.code and (asks_why or filters.is_stated) else ()
    if intent in _BY_CATEGORY or (intent is Intent.EXPORT and subject not in (None, Subject.CASES)):
        return filters.categories
    if intent is Intent.EXPORT and subject is None:
        return filters.categories or filters.statuses
    if intent in (Intent.CASES_LIST, Intent.EXPORT):
        # "Closed by settlement": how a case was closed says more than that it is.
        only_closed = set(filters.statuses) <= {"CLEARED"}
        return (only_closed and filters.categories) or filters.statuses or filters.categories
    return ()
