"""The case number that a document names, in its file's name or its text."""

import re

from storage.case_number import format_case_number, parse_case_number

_WRITTEN = re.compile(r"(?<![\w-])\d{2}-\d{6,10}-\d(?![\w-])")
_NAMED = re.compile(
    r"(?i)\b(?:az|aktenzeichen|akten?(?:nr|nummer)?|file|ref|case)\b"
    r"[ .:#-]{0,4}([\dO][\dO -]{7,15}[\dO])(?![\w-])"
)


def case_in(name: str, text: str) -> str | None:
    """The one valid case number in a file's name, else in its text; of several none."""
    stem = name.rpartition(".")[0] or name
    return _one(stem.replace("_", " ")) or _one(text)


def _one(text: str) -> str | None:
    written = (*_WRITTEN.findall(text), *_NAMED.findall(text))
    found = {case for number in written if (case := parse_case_number(number)) is not None}
    return format_case_number(found.pop()) if len(found) == 1 else None
