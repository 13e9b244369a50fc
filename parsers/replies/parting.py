"""Which lines of a reply are about missing claims, where other questions wait beside that one."""

import re
from collections.abc import Sequence
from datetime import date

from parsers.replies.choices import Posed, understand
from parsers.replies.missing import Why, understand_missing

_NUMBERED = re.compile(
    r"(?i)\s*(?:frage|question|antwort|answer|nr\.?|zu|#)?\s*\(?(\d{1,2})\s*[):=–-]+\s*(.+)"
)
_NUMBERED_WITH_POINT = re.compile(r"\s*(\d{1,2})\.\s+(?!\d{1,2}\.)(\D.*)")
_ANY_DAY = date(2000, 1, 1)  # only whether anything is said counts here, not on which day


def part(said: str, number: int, others: Sequence[Posed]) -> tuple[str, str]:
    """The lines that answer question `number`, about missing claims, and those that answer the others.

    A line belongs to the question whose number it begins with; without a number, to the others only
    where it says nothing of claims.
    """
    if not others:
        return _without_number(said, number), ""
    own, rest = [], []
    for line in said.splitlines():
        named = _NUMBERED.fullmatch(line) or _NUMBERED_WITH_POINT.fullmatch(line)
        if named and int(named[1]) == number:
            own.append(named[2])
        elif (named and int(named[1]) in {one.number for one in others}) or _is_for(line, others):
            rest.append(line)
        else:
            own.append(line)
    return "\n".join(own), "\n".join(rest)


def _without_number(said: str, number: int) -> str:
    lines = []
    for line in said.splitlines():
        named = _NUMBERED.fullmatch(line) or _NUMBERED_WITH_POINT.fullmatch(line)
        lines.append(named[2] if named and int(named[1]) == number else line)
    return "\n".join(lines)


def _is_for(line: str, others: Sequence[Posed]) -> bool:
    """Whether a line answers one of the other questions and can say nothing of missing claims."""
    doubts = understand_missing(line, (), _ANY_DAY).doubts
    return bool(understand(line, others)) and [one.why for one in doubts] == [Why.NOTHING_SAID]
