"""The pieces of a reply about missing claims: invoices, days, amounts, words that decide, all others.

Words are compared folded (`storage.identity.fold`). A word that stands in none of these sets is not
known, and a sentence with such a word is asked back: what decides over money is never guessed.
"""

import re
from enum import StrEnum

import msgspec

from storage.identity import fold


class Piece(StrEnum):
    """What a piece of a sentence is."""

    INVOICE = "invoice"
    ALL = "all"
    REST = "rest"
    DAY = "day"
    AMOUNT = "amount"
    PAID = "paid"
    CANCELLED = "cancelled"
    OPEN = "open"
    NOT = "not"
    FULL = "full"
    PARTIAL = "partial"
    AND = "and"
    BREAK = "break"
    DOUBT = "doubt"
    UNKNOWN_NUMBER = "unknown_number"
    UNKNOWN_WORD = "unknown_word"


class Token(msgspec.Struct, frozen=True):
    """One piece and how it was written; `places` are the claims that an invoice number may mean."""

    piece: Piece
    text: str
    places: tuple[int, ...] = ()


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


DECIDING: dict[Piece, frozenset[str]] = {
    Piece.ALL: _set("alle alles beide beides sämtliche all both everything"),
    Piece.REST: _set(
        "rest restliche restlichen übrige übrigen andere anderen remaining others other remainder"
    ),
    Piece.PAID: _set(
        "bezahlt gezahlt beglichen überwiesen eingegangen erhalten ausgeglichen zahlung zahlungseingang "
        "geldeingang eingang zahlungsdatum paid settled received payment transferred"
    ),
    Piece.CANCELLED: _set(
        "storniert storno stornierung stornieren fehler fehlerhaft irrtum irrtümlich falsch hinfällig "
        "cancelled canceled cancellation error mistake void voided wrong"
    ),
    Piece.OPEN: _set("offen unbezahlt unbeglichen ausstehend open unpaid outstanding unsettled"),
    Piece.NOT: _set("nicht not kein keine keinen no nie never nein"),
    Piece.FULL: _set("voll vollständig komplett ganz gesamt fully full completely"),
    Piece.PARTIAL: _set(
        "teilweise teilzahlung anzahlung teilbetrag teil partly partial partially instalment installment"
    ),
    Piece.AND: _set("und sowie and u"),
}
# Words around the facts that say nothing of their own.
FILLERS = _set(
    "der die das den dem des ein eine einen ist sind war waren wurde wurden worden ward hat haben habe "
    "hatte am vom von zum zur im in an auf bei mit für durch über bar per noch schon bereits inzwischen "
    "mittlerweile immer weiterhin jetzt heute gestern also so es sie er wir uns unser unserem unseren ihm "
    "ihr ihre ihren ihrer bitte danke dank vielen besten hallo guten tag morgen herr frau moin lieber "
    "liebe sehr geehrte geehrter damen herren team zusammen viele grüße grüßen gruß freundliche "
    "freundlichen beste mfg vg lg kunde kunden kundin schuldner rechnung rechnungen rechnungsnummer rg "
    "rgnr re rnr nr nummer beleg posten betrag summe höhe wert datum konto bank überweisung forderung "
    "forderungen offene offenen eur euro jeweils ja stand komplette kompletten gesamte gesamten volle "
    "vollen gesamtbetrag zu wegen unsererseits hier the a an is are was were has have had been be on of "
    "for by at to in it they we us our your its this that still already now yet please thanks thank you "
    "hello hi dear sir madam kind best regards many amount date customer client invoice invoices inv "
    "number claim cash bank transfer account yes as with from"
)
DOUBTS = _set(
    "außer ausser bis ohne oder vielleicht evtl eventuell wahrscheinlich vermutlich angeblich wohl glaube "
    "glauben denke ca circa etwa ungefähr rund weiß weiss ahnung unklar unsicher will wird werden wollte "
    "möchte soll sollte kann könnte würde verspricht versprochen angekündigt hoffentlich morgen demnächst "
    "bald aber nur doch sondern statt hälfte zurück zurückgebucht rücklastschrift rückbuchung "
    "zurückgegeben erstattet erstattung gutschrift gutgeschrieben verrechnet rate raten ratenzahlung "
    "behauptet sagt laut except but or maybe perhaps probably apparently allegedly about roughly "
    "approximately think believe unsure unknown know idea will would should could may might promised soon "
    "tomorrow only half back refund refunded returned chargeback credit credited claims says unless "
    "without instead"
) - _set("morgen")
CLOSING = re.compile(
    r"(?i)\s*(?:mit\s+(?:freundlichen|besten|vielen)\s+grüßen|(?:viele|freundliche|beste|liebe|schöne)\s+"
    r"gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|mfg|vg|lg|(?:kind|best|warm)?\s*regards|sincerely|cheers|yours)\b.*"
)

MONTHS = (
    "jan(?:uar|uary)?|jän(?:ner)?|feb(?:ruar|ruary|er)?|mrz|mär(?:z)?|maerz|mar(?:ch)?|apr(?:il)?|mai|may|"
    "jun(?:i|e)?|jul(?:i|y)?|aug(?:ust)?|sep(?:t|tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|"
    "dez(?:ember)?|dec(?:ember)?"
)
NUMBER = (
    r"[-+−–]?(?:\d{1,3}(?:[.']\d{3})+(?:,(?:\d{1,6}|--?))?|\d{1,3}(?:[,']\d{3})+(?:\.\d{1,6})?"
    r"|\d+(?:[.,](?:\d{1,6}|--?))?)"
)
CENTS = r"[-+−–]?(?:\d{1,3}(?:\.\d{3})+,\d{2}|\d{1,3}(?:,\d{3})+\.\d{2}|\d+[.,]\d{2})"
EURO = r"(?:€|eur(?:os?)?\b)"
_YEAR = r"(?:19|20)\d{2}(?![.,]?\d)(?!\s*(?:€|eur))"
DAY = (
    rf"(?<![\w.,])(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s{_YEAR}|\d{{4}}|\d{{2}})?(?!\w)(?!,\d)"
    r"|\d{4}-\d{1,2}-\d{1,2}(?![\w-])"
    r"|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\w/])"
    rf"|\d{{1,2}}\.?\s?(?:st|nd|rd|th)?\s?(?:of\s)?(?:{MONTHS})\b\.?(?:,?\s?{_YEAR})?(?!\w)"
    rf"|(?:{MONTHS})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?(?![\w.,]\d|\w))"
)
BARE_DAY = r"(?<=\bam )\d{1,2}\.\d{1,2}(?![\w.,]\d|\w|\s*(?:€|eur))"
_PATTERNS = {
    "day": DAY,
    "bare_day": BARE_DAY,
    "amount": (
        rf"(?<![\w.,/-]){EURO}\s?{NUMBER}(?!\w|[.,']\d)|(?<![\w.,/]){NUMBER}\s?{EURO}"
        rf"|(?<![\w.,/]){CENTS}(?![\w.,/-]*\w)"
    ),
    "chunk": r"\w+(?:[-/_.#+]+\w+)*",
    "stop": r"[.;!?]+",
    "comma": r"[,:()&+]",
}
_LEXER = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()), re.IGNORECASE)
_LAST_DIGITS = re.compile(r"\d+(?=\D*$)")
_NAMED_DAYS = _set("heute gestern vorgestern today yesterday")
# "The claims" are ours, but what a customer claims is no payment.
_OUR_CLAIMS = re.compile(r"(?i)\b(all|both|the|other|these|remaining)\s+claims\b")
_FIGURES: dict[str | None, Piece] = {"day": Piece.DAY, "bare_day": Piece.DAY, "amount": Piece.AMOUNT}
_CHUNKS_MAX = 3
_SHORT_DIGITS_MIN = 3


class Names:
    """The numbers by which a reply can name the claims that were asked about."""

    def __init__(self, invoice_numbers: list[str]) -> None:
        self._whole: dict[str, tuple[int, ...]] = {}
        self._short: dict[str, tuple[int, ...]] = {}
        for place, number in enumerate(invoice_numbers):
            folded = fold(number)
            self._whole[folded] = (*self._whole.get(folded, ()), place)
            for short in _short_forms(number):
                self._short[short] = (*self._short.get(short, ()), place)

    def whole(self, text: str) -> tuple[int, ...]:
        """The claims of which this is the invoice number as a whole."""
        return self._whole.get(fold(text), ())

    def short(self, text: str) -> tuple[int, ...]:
        """The claims whose number ends in just these digits: `1009` for `RE-1009`."""
        return self._short.get(text, ()) if text.isdigit() else ()


def _short_forms(number: str) -> set[str]:
    digits = _LAST_DIGITS.search(number)
    if digits is None:
        return set()
    bare = digits[0].lstrip("0")
    return {digits[0], bare} if len(bare) >= _SHORT_DIGITS_MIN else {digits[0]}


def tokens_of(line: str, names: Names) -> list[Token]:
    """The pieces of one line in their order; words without a meaning of their own are left out."""
    found = list(_LEXER.finditer(_OUR_CLAIMS.sub(r"\1", line)))
    tokens: list[Token] = []
    at = 0
    while at < len(found):
        taken, token = _invoice_at(found, at, names)
        if token is None:
            token = _token(found[at], names)
        if token is not None:
            tokens.append(token)
        at += taken
    return tokens


def _invoice_at(found: list[re.Match[str]], at: int, names: Names) -> tuple[int, Token | None]:
    """The longest run of chunks from here on, parted by blanks, that is an invoice number."""
    run: list[re.Match[str]] = []
    for match in found[at : at + _CHUNKS_MAX]:
        if match.lastgroup != "chunk" or (run and match.string[run[-1].end() : match.start()].strip()):
            break
        run.append(match)
    for size in range(len(run), 0, -1):
        text = run[0].string[run[0].start() : run[size - 1].end()]
        places = names.whole(text)
        if places and (any(map(str.isdigit, text)) or _word(text) is Piece.UNKNOWN_WORD):
            return size, Token(Piece.INVOICE, text, places)
    return 1, None


def _token(match: re.Match[str], names: Names) -> Token | None:
    text, kind = match[0], match.lastgroup
    if kind in _FIGURES:  # an invoice may be called like a day; which of them is meant is not certain
        return Token(Piece.DOUBT if names.whole(text) else _FIGURES[kind], text)
    if kind == "stop":
        return Token(Piece.DOUBT if "?" in text else Piece.BREAK, text)
    return None if kind == "comma" else _chunk(text, names)


def _chunk(text: str, names: Names) -> Token | None:
    """A word or a number."""
    if fold(text) in _NAMED_DAYS:
        return Token(Piece.DAY, text)
    if any(map(str.isdigit, text)):
        places = names.short(text)
        return Token(Piece.INVOICE if places else Piece.UNKNOWN_NUMBER, text, places)
    piece = _word(text)
    return None if piece is None else Token(piece, text)


def _word(text: str) -> Piece | None:
    """What a word decides; None where it says nothing."""
    word = fold(text)
    deciding = next((piece for piece, words in DECIDING.items() if word in words), None)
    if deciding is not None:
        return deciding
    if word in DOUBTS:
        return Piece.DOUBT
    return None if word in FILLERS or not word else Piece.UNKNOWN_WORD
