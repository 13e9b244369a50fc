"""Case numbers and references in a message, taken out of its text so that nothing else reads their digits.

A case number counts in its written form anywhere, and with blanks, without dashes or with O for 0
after a keyword (INTERFACE, *Case number*). One that fails its check digit is told apart: it is never
matched, the sender is asked.
"""

import re

import msgspec

from bot.understanding.spelling import folded, is_right, mended
from storage.case_number import format_case_number, parse_case_number

_BEFORE_DIGITS = re.compile(r"(?<!\w)[^\W\d_]{5,20}(?=[ .:#-]{1,3}(?:(?:nr|no|nummer)[ .:#-]{1,3})?[\dO])")
# What stands in the text for a number that was taken out: signs that nobody types.
CASE_SIGN, REFERENCE_SIGN, FAILED_SIGN = "\ue001", "\ue002", "\ue003"
_SIGNS = re.compile(r"[\ue000-\uf8ff]")

_WRITTEN = re.compile(r"(?<![\w-])\d{2}[-–‑]\d{6,10}[-–‑]\d(?![\w-])")
_CASE_WORD = (
    r"(?:az|aktenzeichen|akten?|akten?[- ]?(?:nr|nummer)|fall|fälle|faelle|fallnummer|vorgang|sache|"
    r"files?|cases?|claims?|ref|reference|re|number|nr|no)"
)
_OF_NUMBER = r"(?:[ .:#]{0,3}(?:nr|no|nummer|number|id)\b)?[ .:#-]{0,3}"
_AND = r"(?:\s*,\s*|\s+(?:und|and|u\.|&)\s+)"
_LOOSE = re.compile(
    rf"(?i)(?<![\w-])({_CASE_WORD}{_OF_NUMBER})"
    rf"([\dO][\dO]?[\dO \-–‑]{{6,15}}[\dO](?:{_AND}[\dO]{{2}}[\dO \-–‑]{{6,15}}[\dO])*)(?![\w-])"
)
_BETWEEN = re.compile(f"(?i){_AND}")
_DASHES = str.maketrans({"–": "-", "‑": "-"})

_NUMBER = r"(?=[^\s]{0,12}\d)[A-Za-zÄÖÜ]{0,4}[-_/]?\d[\w/-]*(?:\.\d[\w/-]*)*"
_REFERENCE_WORD = (
    r"(?:rechnung(?:en|s[- ]?(?:nr|nummer|nummern))?|rg|rnr|re|beleg(?:nummer|nr)?|invoices?|bills?|inv|"
    r"kd|kunden?|kunden[- ]?(?:nr|nummer)|kdnr|debitor(?:en)?(?:nr|nummer)?|customers?|debtor|account|client|"
    r"akte|aktenzeichen|az|fall|vorgang|auftrag|case|file|claim|ref|reference|unser zeichen|ihr zeichen)"
)
_NAMED = re.compile(
    rf"(?i)(?<![\w-]){_REFERENCE_WORD}(?:[- .:#]{{0,3}}(?:nr|no|nummer|number|id)\b)?[ .:#-]{{0,3}}"
    rf"({_NUMBER}(?:{_AND}{_NUMBER})*)(?![\w€%])(?!\s?(?:€|eur|%|prozent))"
)
_SHAPED = re.compile(
    r"(?<![\w-])(?:(?:RE|RG|INV|AR) \d[\d/-]{2,}|(?:re|rg|inv|ar|Re|Rg|Inv)[-_]\d\w{2,}"
    r"|[A-Z]{1,4}[-_/]?\d{3,}|[A-Z]{1,4}[-_/]\d[\w]*)(?:[-_/]\w+)*(?![\w-])"
)
_ALONE = re.compile(
    r"(?i)(?<![\w.,-])(zu|in|bei|wg\.?|wegen|re|for|on|about|of|was macht|was ist mit)"
    r"\s+(\d{4,12})(?![\w.,€%-]|\s?(?:€|eur))"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}/\d{2,4}")
_OF_TIME = re.compile(r"(?i)(?:Q[1-4]|KW|CW|H[12])[-/]?\d*")
# What has digits or dots and is no number of ours: bank accounts, mail and web addresses, telephones.
_FOREIGN = re.compile(
    r"(?i)\b[A-Z]{2}\d{2}(?:[ ]?[A-Z\d]{4}){3,7}(?:[ ]?[A-Z\d]{1,4})?(?![\w-])|\S+@\S+|\bhttps?://\S+|\bwww\.\S+"
    r"|(?<![\w-])(?:\+\d{2}|(?:tel|telefon|fon|mobil|handy|phone|unter|on)\W{0,3}0)[\d /()-]{6,20}\d(?![\w-])"
)
REFERENCE_LENGTH_MAX = 40


class Numbers(msgspec.Struct, frozen=True, kw_only=True):
    """The numbers of a text, and the text with signs in their places."""

    text: str
    cases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class _Taking:
    """The numbers found so far; each method puts a sign where a number was."""

    def __init__(self) -> None:
        self.cases: list[str] = []
        self.references: list[str] = []
        self.failed: list[str] = []

    def written(self, match: re.Match[str]) -> str:
        """A number in its written form."""
        return self._case(match.group())

    def loose(self, match: re.Match[str]) -> str:
        """Digits after a keyword: as many of them as make a valid number."""
        signs, rest = [], match.group(2)
        for part in _BETWEEN.split(rest):
            number, after = _longest(part)
            digits = re.sub(r"[ –‑-]", "", part)
            if number is None and not 9 <= len(digits) <= 13:
                return match.group()
            signs.append(self._case(number or part) + after)
        return match.group(1) + " " + " ".join(signs)

    def named(self, match: re.Match[str]) -> str:
        """References after their keyword."""
        word = match.group()[: match.start(1) - match.start()]
        kept = []
        for part in _BETWEEN.split(match.group(1)):
            if not self._is_reference(part, word):
                return match.group()
            kept.append(part)
        self.references += kept
        return word + " " + REFERENCE_SIGN + " "

    def shaped(self, match: re.Match[str]) -> str:
        """A number that looks like one of an invoice, wherever it stands."""
        if _OF_TIME.fullmatch(match.group()):
            return match.group()
        self.references.append(match.group())
        return f" {REFERENCE_SIGN} "

    def alone(self, match: re.Match[str]) -> str:
        """Bare digits after a preposition."""
        word, digits = match.groups()
        if _YEAR.fullmatch(digits):
            return match.group()
        self.references.append(digits)
        return f"{word} {REFERENCE_SIGN} "

    def _case(self, written: str) -> str:
        case_id = parse_case_number(written.translate(_DASHES))
        if case_id is None:
            self.failed.append(" ".join(written.split()))
            return f" {FAILED_SIGN} "
        self.cases.append(format_case_number(case_id))
        return f" {CASE_SIGN} "

    @staticmethod
    def _is_reference(part: str, word: str) -> bool:
        if len(part) > REFERENCE_LENGTH_MAX or _OF_TIME.fullmatch(part):
            return False
        is_invoice = re.match(r"(?i)rechnung|invoice|bill|rg|rnr|inv|beleg", word) is not None
        if _YEAR.fullmatch(part) or _DATE.fullmatch(part):
            return is_invoice and not re.fullmatch(r"\d{1,2}\.\d{1,2}\.?(?:\d{2,4})?", part)
        return sum(map(str.isdigit, part)) >= 3


def _longest(part: str) -> tuple[str | None, str]:
    """The valid case number that digits begin with, up to a blank, and what comes after it."""
    words = part.split(" ")
    for count in range(len(words), 0, -1):
        tried = " ".join(words[:count])
        if parse_case_number(tried.translate(_DASHES)) is not None:
            return tried, " ".join(("", *words[count:]))
    return None, ""


def _mended_keyword(match: re.Match[str]) -> str:
    """A misspelled keyword as it was meant: `Rechnnug 4711`."""
    word = folded(match.group())
    return match.group() if is_right(word) else mended(word) if is_right(mended(word)) else match.group()


def take_numbers(text: str) -> Numbers:
    """All case numbers and references of a text, each once, in order."""
    taking = _Taking()
    left = _BEFORE_DIGITS.sub(_mended_keyword, _SIGNS.sub(" ", text))
    left = _WRITTEN.sub(taking.written, left)
    left = _FOREIGN.sub(" ", left)
    left = _LOOSE.sub(taking.loose, left)
    left = _SHAPED.sub(taking.shaped, left)
    left = _NAMED.sub(taking.named, left)
    left = _ALONE.sub(taking.alone, left)
    return Numbers(
        text=left,
        cases=_once(taking.cases),
        references=_once(taking.references),
        failed=_once(taking.failed),
    )


def _once(numbers: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))
