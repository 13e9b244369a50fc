"""The numbers by which a notice names a case, an invoice or a debtor."""

import re

from storage.case_number import format_case_number, parse_case_number

_LOOSE = r"[\dOo](?:[ \u00a0]?[-–]?[ \u00a0]?[\dOo]){8,12}(?![\w-]|[.,]\d|\s*(?:€|eur))"
_CASE_WORDS = (
    r"\b(?:az|aktenzeichen|aktz|akt\.?z|akten?(?:nr|nummer)?|file|case|ref(?:erence|erenz)?|fall|inkassoakte|"
    r"vorgang|ihr\s+zeichen|aktenzeichn|aktenzeihen)\b"
)
_FILL = r"[\s.:#-]{0,4}(?:(?:no|nr|number|nummer)\b[\s.:#]{0,3})?"
CASE = rf"(?<![\w-])\d{{2}}[-–]\d{{6,10}}[-–]\d(?![\w-]|[.,]\d)|{_CASE_WORDS}{_FILL}{_LOOSE}"
# What a reference looks like: digits, perhaps behind letters; no amount, no day.
_NUMBER = (
    r"(?!\d{2}[-–]\d{6,10}[-–]\d)"
    r"(?-i:(?:[A-Z]{1,6}[-/. ]?|[a-z]{1,3}[-/])?)\d[\w/-]*(?![\w/-]|[.,]\d|\s?(?:€|%|eur\b)|\.\s?\d)"
)
_DEBTOR_WORDS = (
    r"\b(?:kd|kunden|debitor(?:en)?|mitglieds?|schuldner|customer|client|debtor|member)[\s.-]{0,2}"
    r"(?:nr|nummer|no|number|id|konto|account)\b"
)
DEBTOR = (
    rf"{_DEBTOR_WORDS}[\s.:#]{{0,3}}{_NUMBER}|"
    r"\b(?:kundin|kunde|schuldner(?:in)?|customer|debtor)\s+\d{4,}(?![\w/-]|[.,]\d|\s?(?:€|eur\b))"
)
_INVOICE_WORDS = (
    r"\b(?:rechnung(?:s-?(?:nr|nummer))?|rg|rn|re|rnr|renr|invoice|inv|beleg|faktura|op|bestellung|"
    r"auftrag|order|bill)\b"
)
REFERENCE = (
    rf"{_INVOICE_WORDS}[\s.:#-]{{0,3}}(?:(?:no|nr|number|nummer)\b[\s.:#]{{0,3}})?{_NUMBER}"
    rf"|{_CASE_WORDS}{_FILL}(?=[\w/-]*\d){_NUMBER}"
    r"|(?-i:(?<![\w.,/-])(?!EUR|USD|CHF|GBP|AZ|KW|DE\d{2})[A-Z]{1,6}[-/]?\d[\w/-]*(?![\w/-]|[.,]\d))"
)
_LEADING_WORDS = re.compile(
    rf"(?i)^(?:{_DEBTOR_WORDS}|(?:kundin|kunde|schuldner(?:in)?|customer|debtor)\b|{_INVOICE_WORDS}|{_CASE_WORDS})[\s.:#-]{{0,3}}"
    r"(?:(?:no|nr|number|nummer)\b[\s.:#]{0,3})?"
)
_CLOSED_UP = re.compile(r"^(?:(?i:re|rg|inv|op)[-/.]?\d|(?:RE|RG|INV|OP|AB)\s\d)")
_DIGITS_AT_END = re.compile(r"[\dOo][\dOo \u00a0–-]*$")
_LOOSE_ANYWHERE = re.compile(rf"(?<![\w.,-]){_LOOSE}")
_CUT_CASE = re.compile(rf"(?i){_CASE_WORDS}{_FILL}(?:\d{{2}}[-–]\d{{3,}}|\d{{7,}})")
_GAP = re.compile(r"[ \u00a0]")


def read_case(written: str) -> str | None:
    """The case that some text names at its end; None where its check digit says that it cannot be.

    What follows a number after a blank may belong to something else: then the one beginning that is a
    case number counts.
    """
    found = _DIGITS_AT_END.search(written)
    text = found[0].strip() if found else ""
    whole = parse_case_number(text)
    if whole is not None:
        return format_case_number(whole)
    beginnings = [text[: gap.start()] for gap in _GAP.finditer(text)]
    cases = {case for one in beginnings if (case := parse_case_number(one)) is not None}
    return format_case_number(cases.pop()) if len(cases) == 1 else None


def is_cut_case(written: str) -> bool:
    """Whether what is called a case lacks some digits of one: `Az. 26-004711`."""
    return _CUT_CASE.match(written) is not None


def spelled(subject: str) -> str:
    """A subject with its case numbers in their written form, since there they need no word before them."""
    return _LOOSE_ANYWHERE.sub(lambda match: read_case(match[0]) or match[0], subject)


def bare_case(written: str) -> str:
    """A case number as it was written, without the words before it."""
    found = _DIGITS_AT_END.search(written)
    return found[0].strip() if found else written.strip()


def read_reference(written: str) -> str:
    """A number without the words that introduce it: `Rechnung Nr. 4711` is `4711`, `RE-4711` stays."""
    if _CLOSED_UP.match(written):
        return written.strip()
    bare = _LEADING_WORDS.sub("", written).strip()
    return bare or written.strip()
