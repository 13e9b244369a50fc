"""A message as a row of pieces, each with what it means."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from parsers.notices.days import WEEKDAYS, days_ago, is_weekday, weekday_day, written_day
from parsers.notices.doubts import Why
from parsers.notices.lexicon import is_word, meaning_of
from parsers.notices.numbers import CASE, DEBTOR, REFERENCE, bare_case, is_cut_case, read_case, read_reference
from parsers.notices.phrases import PHRASES
from parsers.notices.senses import Sense, Token
from parsers.notices.sums import read_cents
from parsers.replies.missing_words import DAY, MONTHS, NUMBER
from storage.identity import fold

_BARE_DAY = r"(?:(?<=\bam )|(?<=\bon )|(?<=\bvom ))\d{1,2}\.\d{1,2}(?![\w.,]\d|\w|\s*(?:€|eur))"
_EURO = r"(?:€|eur(?:os?)?\b)"
_FOREIGN = r"(?:\$|£|¥|usd\b|chf\b|gbp\b|dollars?\b|pounds?\b|franken\b|pln\b|czk\b)"
_SPACED = r"\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?:[.,]\d{1,2})?"
_AMOUNT = (
    rf"(?:€|\beuros?|\beur)\s?{NUMBER}(?!\w|[.,']\d)(?:\s[hs]\b)?|"
    rf"(?<![\w.,/]){NUMBER}\s?{_EURO}(?:\s?[hs]\b)?"
)
_CENTS = (
    r"(?<![\w.,/])(?:[-+−–]?(?:\d{1,3}(?:\.\d{3})+|\d+),(?:\d{1,2}|--?)|"
    r"[-+−–]?(?:\d{1,3}(?:,\d{3})+|\d+)\.(?:\d{2}|-{1,2}))"
    r"(?![\w/-]|[.,]\d)(?:\s?[hs]\b)?"
)
_CAPITAL = r"(?![\w'’-]*\d)[A-ZÀ-ÞĀ-Ž][\w'’-]+"
_NAME = (
    r"\b(?:herrn?|frau|hr|fr|firma|fa|familie|fam|mrs?|ms|mister|eheleute)\b\.?\s+"
    rf"(?-i:{_CAPITAL}(?: +{_CAPITAL}){{0,2}})"
)
_PAYER = (
    r"(?:\b(?:ehefrau|ehemann|(?:gro(?:ß|ss))?(?:mutter|vater|eltern)|sohn|tochter|bruder|schwester|onkel|"
    r"tante|oma|opa|"
    r"partner(?:in)?|lebensgef(?:ä|ae)hrt(?:e|in)|mother|father|wife|husband|son|daughter|brother|sister|parents?)\b)"
    rf"(?:,? +(?-i:{_CAPITAL}(?: +{_CAPITAL})?))?"
)
_CALLED = (
    r"\b(?:kundin|kunden?|schuldner(?:in|s)?|customer|debtor|client)\s+"
    rf"(?-i:{_CAPITAL}(?: +{_CAPITAL}){{0,2}})"
)
_CELL = (
    r"(?:(?<=[;|\t])|(?:^(?=[^;|\t\n]+[;|\t]))) ?"
    r"(?-i:[A-ZÀ-ÞĀ-Ž][\w'’.-]*(?:,? (?:& )?[A-ZÀ-ÞĀ-Ž][\w'’.-]*){0,4})"
    r"(?= ?(?:[;|\t]|$))"
)
_HAS_NAMES = re.compile(
    r"(?im)^(?=[^\n]*[;|\t])(?:[^\n;|\t]*[;|\t])*\s*"
    r"(?:kunden?|kundenname|name|schuldner|firma|debtor|customer|client)\s*(?:[;|\t]|$)"
)
_SUBJECT_NAME = (
    rf"(?:^|(?<=[.!:\n] ))(?-i:{_CAPITAL}(?: +{_CAPITAL}){{0,2}})"
    r"(?=\s+(?:hat|hatte|haben|zahlte|überwies|bezahlte|has|paid|transferred|settled|had)\b)"
)
_LAST = r"letzte[rn]?|vergangene[rn]?|vorige[rn]?|last|previous"
_VAGUE = (
    rf"\b(?:(?:{_LAST}|diese[rn]?|this|the\s+last)\s+(?:woche|monat|week|month|tagen?|days?|jahr|year)|"
    r"k(?:ü|ue)rzlich|neulich|recently|the\s+other\s+day|vor\s+kurzem|dieser\s+tage|"
    rf"(?:im|in|anfang|mitte|ende|early|mid|late)\s+(?:{MONTHS})\b(?!\s*\d)|kw\s?\d{{1,2}}|"
    r"(?:vor\s+)?(?:\d+|einer|zwei|drei|ein\s+paar|einigen|a|two|a\s+few|some)\s+"
    r"(?:wochen?|monaten?|weeks?|months?)(?:\s+ago)?|"
    r"vor\s+(?:ein\s+paar|einigen|wenigen)\s+tagen|a\s+few\s+days\s+ago|some\s+days\s+ago)\b"
)
_NUMBER_WORDS = r"einem|zwei|drei|vier|fünf|sechs|sieben|one|two|three|four|five|six|seven|a"
_AGO = (
    rf"\bvor\s+(?P<de>\d{{1,2}}|{_NUMBER_WORDS})\s+tagen?\b|"
    rf"\b(?P<en>\d{{1,2}}|{_NUMBER_WORDS})\s+days?\s+ago\b"
)
_RELATIVE = (
    r"\bthe\s+day\s+before\s+yesterday\b|\b(?:vorgestern|gestern|heute|today|yesterday)\b"
    r"(?:\s+(?:morgen|fr(?:ü|ue)h|vormittag|mittag|nachmittag|abend|morning|evening))?|"
    r"\bthis\s+(?:morning|afternoon)\b"
)
_GROUPS = {
    **{f"p{number}": pattern for number, (_, _, pattern) in enumerate(PHRASES)},
    "case": CASE,
    "debtor": DEBTOR,
    "future": rf"\b(?:n(?:ä|ae)chsten?|kommenden?|next|coming)\s+(?:{WEEKDAYS})\b",
    "ago": _AGO,
    "vague": _VAGUE,
    "weekday": rf"\b(?:(?P<last>{_LAST})\s+)?(?P<wanted>{WEEKDAYS})\b",
    "relative": _RELATIVE,
    "day": rf"(?:{DAY})(?!\s*(?:€|eur))|{_BARE_DAY}",
    "foreign": rf"{_FOREIGN}\s?{NUMBER}(?!\w|[.,']\d)|(?<![\w.,/]){NUMBER}\s?{_FOREIGN}",
    "spaced": (
        rf"(?<![\w.,/-]){_SPACED}\s?{_EURO}|{_EURO}\s?{_SPACED}|"
        r"(?<![\w.,/-])\d{1,3}(?: \d{3})+,\d\d"
    ),
    "prefixed": rf"(?<![\w.,])\d+(?=\s(?:€\d|{_EURO}\s?\d+(?:[.,]\d{{3}})*[.,](?:\d{{2}}|-)(?![\d.])))",
    "amount": _AMOUNT,
    "reference": REFERENCE,
    "cents": _CENTS,
    "payer": _PAYER,
    "cell": _CELL,
    "title": _NAME,
    "called": _CALLED,
    "subject": _SUBJECT_NAME,
    "number": r"(?<![\w.,])\d+(?:[.,'/]\d+)*",
    "word": r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*",
    "chunk": r"\w+",
    "question": r"[.!;]*\?[?!.]*",
    "break": r"[.!]+(?=\s|$)|\n+",
    "comma": r"[;,:()|/\t+]|\s[-–—]+\s",
}
_LEXER = re.compile(
    "|".join(f"(?P<{name}>{pattern})" for name, pattern in _GROUPS.items()), re.IGNORECASE | re.MULTILINE
)
_ENGLISH = re.compile(
    r"(?i)\b(?:the|was|were|paid|received|recvd|has|have|for|file|customer|payment|on|our|we|from|got|of|in|"
    r"debtor|please|pls|case|to|is|and|principal)\b"
)
_GERMAN = re.compile(
    r"(?i)\b(?:der|die|das|wurde|ist|hat|haben|bezahlt|eingegangen|erhalten|am|zu|über|vom|von|kunde|eingang|"
    r"zahlung|rechnung|az|akte|und|im|bitte|euro|betrag|aktenzeichen|überwiesen|hauptforderung)\b"
)
_DATE_LIKE = re.compile(r"(\d{1,2})\.(\d{2})")
_NEGATIVE = re.compile(r"^\D{0,4}[-−–]\s?\d")
_DEBIT = re.compile(r"(?i)[\d€-]\s?s$")
_MONTH_AT_END = re.compile(r"[^\W\d_]\.$")
_CAPITAL_NEXT = re.compile(r"\s+[A-ZÄÖÜ]")
_MONTH_FIRST = re.compile(r"[^\W\d]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+")
_WEEKDAY = re.compile(rf"(?i)\b(?:{WEEKDAYS})\b")
_YEAR = re.compile(r"20[0-3]\d")
_SENSES: dict[str, tuple[Sense, Why | None]] = {
    "future": (Sense.NO_PAYMENT, Why.PROMISE),
    "vague": (Sense.NO_DAY, Why.DATE_VAGUE),
    "foreign": (Sense.NO_AMOUNT, Why.CURRENCY),
    "payer": (Sense.FILLER, None),
    "spaced": (Sense.NO_AMOUNT, Why.AMOUNT_UNCLEAR),
    "question": (Sense.QUESTION, None),
    "break": (Sense.BREAK, None),
    "comma": (Sense.COMMA, None),
}
_ABBREVIATIONS = frozenset(
    {
        *("abzgl", "inkl", "incl", "zzgl", "lt", "nr", "no", "ca", "bzgl", "kd", "az", "rg", "re"),
        *("tel", "hr", "fr", "fa", "mtl", "evtl", "vgl", "ggf", "bzw", "wg", "betr", "str", "usw"),
        *("etc", "inv", "ref", "approx", "rückgeb", "rueckgeb", "kdnr", "rgnr"),
    }
)
REFERENCE_DIGITS_MIN = 4
TOKENS_MAX = 2_000


def is_english(text: str) -> bool:
    """Whether a message is rather English than German."""
    return len(_ENGLISH.findall(text)) > len(_GERMAN.findall(text))


class Lexer:
    """Reads the pieces of one message; `today` is the day on which it was written."""

    def __init__(self, text: str, today: date) -> None:
        self._text = text
        self._today = today
        self._is_english = is_english(text)
        self._has_names = _HAS_NAMES.search(text) is not None

    def tokens(self) -> list[Token]:
        """All pieces in their order, words that say nothing included."""
        found: list[Token] = []
        for match in _LEXER.finditer(self._text):
            if match[0] == "." and found and fold(found[-1].text) in _ABBREVIATIONS:
                continue
            found += self._read(match)
            if found[-1:] and found[-1].sense is Sense.DAY and self._ends_sentence(match):
                found.append(Token(Sense.BREAK, ".", match.end()))
            if len(found) >= TOKENS_MAX:
                break
        return _with_days_of_the_week(_without_bundles(found))

    def _read(self, match: re.Match[str]) -> Iterator[Token]:
        name, text, at = match.lastgroup or "", match[0], match.start()
        if name[1:].isdigit():
            sense, why, _ = PHRASES[int(name[1:])]
            yield Token(sense, text, at, why=why)
        elif name in _SENSES:
            sense, why = _SENSES[name]
            yield Token(sense, text, at, why=why)
        elif name in ("day", "ago", "weekday", "relative"):
            yield self._day(match, name)
        elif name in ("amount", "cents"):
            yield self._amount(text, at, has_currency=name == "amount")
        elif name in ("word", "chunk"):
            yield from _word(text, at)
        elif name in ("title", "called", "subject") or (name == "cell" and self._has_names):
            yield from _name(name, text.strip(), at)
        elif name == "cell":
            for word in _WORD.findall(text):
                yield from _word(word, at)
        else:
            yield _named(name, text, at)

    def _ends_sentence(self, match: re.Match[str]) -> bool:
        """Whether the point behind the name of a month is a full stop: `on 7 April. The debtor …`."""
        return (
            _MONTH_AT_END.search(match[0]) is not None
            and _CAPITAL_NEXT.match(self._text, match.end()) is not None
        )

    def _day(self, match: re.Match[str], name: str) -> Token:
        text, at = match[0], match.start()
        if name == "ago":
            day = days_ago(match["de"] or match["en"], self._today)
        elif name == "weekday":
            day = weekday_day(match["wanted"], self._today, is_last=match["last"] is not None)
        elif name == "relative":
            day = self._relative(text)
        elif _MONTH_FIRST.match(text) and not self._is_english:
            day = Why.DATE_VAGUE  # "April 26" is a month to Germans
        else:
            day = written_day(text, self._today)
        if isinstance(day, Why):
            return Token(Sense.NO_DAY, text, at, why=day)
        return Token(Sense.DAY, text, at, day=day)

    def _relative(self, text: str) -> date | Why:
        folded = fold(text)
        if folded.startswith(("vorgestern", "thedaybefore")):
            return written_day("vorgestern", self._today)
        return written_day("gestern" if folded.startswith(("gestern", "yesterday")) else "heute", self._today)

    def _amount(self, text: str, at: int, *, has_currency: bool) -> Token:
        if _NEGATIVE.match(text) or _DEBIT.search(text):
            return Token(Sense.NO_AMOUNT, text, at, why=Why.AMOUNT_UNCLEAR)
        date_like = None if has_currency else _DATE_LIKE.fullmatch(text)
        if date_like and int(date_like[1]) <= 31 and int(date_like[2]) <= 12:
            return Token(Sense.NO_AMOUNT, text, at, why=Why.AMOUNT_UNCLEAR)
        cents = read_cents(text, is_english=self._is_english)
        if cents is None:
            return Token(Sense.NO_AMOUNT, text, at, why=Why.AMOUNT_UNCLEAR)
        return Token(Sense.AMOUNT, text, at, cents=cents)


def _named(name: str, text: str, at: int) -> Token:
    """A number or a name that stands for a case, an invoice, a debtor or nothing certain."""
    if name == "case":
        case = read_case(text)
        return Token(Sense.CASE, case, at) if case else Token(Sense.CASE_WRONG, bare_case(text), at)
    if name == "debtor":
        return Token(Sense.DEBTOR_NUMBER, read_reference(text), at)
    if name == "reference" and is_cut_case(text):
        return Token(Sense.CASE_WRONG, bare_case(text), at)
    if name == "reference":
        return Token(Sense.REFERENCE, read_reference(text), at)
    is_long = text.isdigit() and len(text) >= REFERENCE_DIGITS_MIN and not _YEAR.fullmatch(text)
    return Token(Sense.NUMBER_REFERENCE if is_long else Sense.NUMBER, text, at)


def _name(name: str, text: str, at: int) -> Iterator[Token]:
    """Who is named, up to the first word that is none of a name."""
    words = text.split()
    title = [] if name in ("subject", "cell") else [words.pop(0)]
    named = [words.pop(0)] if name == "title" and not is_word(words[0]) else []
    while words and not is_word(words[0]):
        named.append(words.pop(0))
    for word in title:
        yield Token(Sense.FILLER, word, at)
    if named:
        yield Token(Sense.NAME, " ".join(named), at)
    for word in words:
        yield from _word(word, at)


def _word(text: str, at: int) -> Iterator[Token]:
    """A word; of one with dashes that is not known, its parts."""
    sense, why = meaning_of(text)
    if sense is Sense.UNKNOWN and "-" in text:
        for part in text.split("-"):
            sense, why = meaning_of(part)
            yield Token(sense, part, at, why=why)
    else:
        yield Token(sense, text, at, why=why)


def _without_bundles(tokens: list[Token]) -> list[Token]:
    """Numbers side by side are one that is not understood: `26 004711 2` without a word before it."""
    return [
        msgspec.structs.replace(token, sense=Sense.NUMBER)
        if token.sense is Sense.NUMBER_REFERENCE
        and any(one is not None and one.sense is Sense.NUMBER for one in (before, after))
        else token
        for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False)
    ]


def _with_days_of_the_week(tokens: list[Token]) -> list[Token]:
    """`Freitag, 17.04.` is one day; if that was no Friday, it is none."""
    found: list[Token] = []
    for token in tokens:
        before = next((one for one in reversed(found) if one.sense is not Sense.COMMA), None)
        name = _WEEKDAY.search(before.text) if before and before.sense in (Sense.DAY, Sense.NO_DAY) else None
        if token.sense is not Sense.DAY or name is None or token.day is None or _WEEKDAY.search(token.text):
            found.append(token)
            continue
        while found.pop() is not before:
            pass
        is_right = is_weekday(name[0], token.day)
        found.append(token if is_right else Token(Sense.NO_DAY, token.text, token.at, why=Why.CONTRADICTION))
    return found
