"""Formula-like text is data: how it is written so that no spreadsheet runs it, and how it is read back.

A program that opens a CSV file runs a cell that begins like a formula, whoever wrote it there. An
apostrophe before it makes it text. Numbers with a sign begin like formulas too and stay as they are.
"""

import re

_BEGINS_FORMULA = "=+-@\t\r\n＝＋－＠"  # the wide forms count in some settings
_BLANKS = " \u00a0"
_NUMBER = re.compile(r"[+-]?\s?(?:€|EUR)?\s?\d[\d.,']*\s?(?:%|€|EUR)?|[+-]+")


def defuse(text: str) -> str:
    """The text as it may stand in a cell: `=1+1` becomes `'=1+1`; `-12,50` and `-` stay."""
    begin = text.lstrip(_BLANKS)[:1]
    if not begin or begin not in _BEGINS_FORMULA or _NUMBER.fullmatch(text.strip(_BLANKS)):
        return text
    return "'" + text


def undefuse(text: str) -> str:
    """The text as it was before `defuse`, from a file that its owner has sent back."""
    if text.startswith("'") and defuse(text[1:]) == text:
        return text[1:]
    return text
