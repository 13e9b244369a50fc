"""From a header to what it may mean: exact names first, then near ones by score and margin."""

import re
from collections import defaultdict
from functools import cache, lru_cache

import msgspec
from rapidfuzz import fuzz, process

from parsers.sheets.fields import Field
from parsers.sheets.synonyms import SYNONYMS
from storage.identity import fold

SCORE_MIN = 86.0
MARGIN_MIN = 6.0
LENGTH_MIN = 5
HEADER_CHARACTERS_MAX = 60
_SHORT_WORD = 3
_LOST = "\ufffd"

_UNITS = re.compile(r"(?:\bin\s+)?(?:\b(?:eur|euro|euros)\b|€)", re.IGNORECASE)
_PATTERNS = re.compile(r"\b(?:tt|dd|mm|yyyy|jjjj)[./-](?:tt|dd|mm)[./-](?:jj|yy|tt|dd){1,2}\b", re.IGNORECASE)
_FOREIGN = re.compile(
    r"(?i)\b(?:usd|chf|gbp|pln|czk|sek|dkk|nok|huf)\b|[$£¥]|"
    r"(?<![a-zäöü])(?:t\.?eur|t€|t €|k€|keur|tsd|tausend|thousands?|mio|cents?|ct)(?![a-zäöü])"
)
_CENTS = re.compile(
    r"(?i)(?:(?<![a-zäöü])in[\s_]+)?(?:(?<![a-zäöü])(?:euro?-?)?cents?(?![a-zäöü])|(?<![a-zäöü])ct(?![a-zäöü])\.?)"
)
# What is delivered somewhere else than billed: never the debtor's address or name.
_ELSEWHERE = re.compile(
    r"(?i)^(?:liefer(?!ant|dat|schein|ung)|shipping|delivery (?!date|note)|versand|ship to)"
)
# Words that turn a name into another one: a near name must have the same of them.
_TELLING_WORDS = (
    "netto|brutto|net|gross|bezahlt|gezahlt|paid|zahl|payment|letzte|last|erste|first|storno|mahn|"
    "liefer|supplier|skonto|steuer|tax|mwst|gesamt|summe|zins|interest|rate|konto|account|bank|"
    "gutschrift|credit|haben|soll|debit|tag|day|anzahl|datum|date|nr|no|betrag|amount|name|ort|"
    "gebuehr|fee|bis|ab|von|rueck|return|kredit|buch|vertrag|contract|auftrag|order"
)
_TELLING = tuple(_TELLING_WORDS.split("|"))
_ENDINGS = (("nummer", "nr"), ("number", "no"), ("num", "no"))


class Meaning(msgspec.Struct, frozen=True, gc=False):
    """One thing that a header may mean; a lower rank is a better name for it."""

    field: Field
    rank: int
    is_near: bool = False


def normalise(header: str) -> str:
    """A header folded, without units and with one spelling of *Nummer*."""
    folded = fold(_bare(header)) or fold(header)
    for ending, short in _ENDINGS:
        if folded.endswith(ending) and len(folded) > len(ending):
            return folded.removesuffix(ending) + short
    return folded


def _bare(header: str) -> str:
    if is_in_cents(header):
        header = _CENTS.sub(" ", header)
    return _PATTERNS.sub(" ", _UNITS.sub(" ", header))


@lru_cache(maxsize=4_096)
def exact_meanings(header: str) -> tuple[Meaning, ...]:
    """What a header means by the list of names; empty when it is not on it."""
    if len(header) > HEADER_CHARACTERS_MAX or is_in_other_units(header):
        return ()
    if _ELSEWHERE.match(header):
        return (Meaning(Field.KNOWN, 0),)
    return _names().get(normalise(_repaired(header)), ())


def _repaired(header: str) -> str:
    """A header whose umlauts were lost on their way; what its column is must not be lost with them."""
    if "Ã" in header:
        for encoding in ("cp1252", "latin-1"):
            try:
                return header.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
    if _LOST in header:
        pattern = re.compile(re.escape(header.strip()).replace(_LOST, "."), re.IGNORECASE)
        found = {name for name in _written_names() if pattern.fullmatch(name)}
        if len({meaning.field for name in found for meaning in _names().get(normalise(name), ())[:1]}) == 1:
            return min(found)
    return header


@cache
def _written_names() -> tuple[str, ...]:
    """All names that are not pure ASCII, as people write them."""
    listed = (name for ranks in SYNONYMS.values() for names in ranks for name in names.split("|"))
    return tuple(name for name in listed if not name.isascii())


@lru_cache(maxsize=4_096)
def near_meanings(header: str) -> tuple[Meaning, ...]:
    """What a misspelt header most likely means: one field that is clearly nearer than any other."""
    name = fold(_bare(header))
    if len(name) < LENGTH_MIN or len(header) > HEADER_CHARACTERS_MAX:
        return ()
    if is_in_other_units(header):
        return ()
    telling = _telling(name)
    found = process.extract(
        name, list(_names()), scorer=fuzz.ratio, score_cutoff=SCORE_MIN - MARGIN_MIN, limit=12
    )
    if not found or found[0][1] < SCORE_MIN or not _tells_alike(telling, _telling(found[0][0])):
        return ()
    best = _names()[found[0][0]]
    fields = {meaning.field for meaning in best}
    if any(
        not fields & {m.field for m in _names()[other]} and found[0][1] - score < MARGIN_MIN
        for other, score, _ in found
    ):
        return ()
    return tuple(Meaning(meaning.field, max(1, meaning.rank), is_near=True) for meaning in best)


@lru_cache(maxsize=4_096)
def is_in_other_units(header: str) -> bool:
    """Whether a header says that its amounts are neither in euros nor in cents: in thousands, in francs."""
    return not is_in_cents(header) and _FOREIGN.search(header) is not None


@lru_cache(maxsize=4_096)
def is_in_cents(header: str) -> bool:
    """Whether a header says that its amounts are whole cents; `Euro, Cent` says that they are not."""
    rest = _CENTS.sub(" ", header)
    return rest != header and not _FOREIGN.search(rest) and not _UNITS.search(rest)


def _tells_alike(header: frozenset[str], name: frozenset[str]) -> bool:
    """A header says no telling word that the name does not; of the name's, a long one may be misspelt."""
    return header <= name and all(len(word) > _SHORT_WORD for word in name - header)


def _telling(name: str) -> frozenset[str]:
    return frozenset(word for word in _TELLING if word in name)


@cache
def _names() -> dict[str, tuple[Meaning, ...]]:
    names: defaultdict[str, list[Meaning]] = defaultdict(list)
    for field, ranks in SYNONYMS.items():
        for rank, listed in enumerate(ranks):
            for name in filter(None, listed.split("|")):
                meaning = Meaning(field, rank)
                for spelling in {normalise(name), fold(name)}:
                    if all(known.field is not field for known in names[spelling]):
                        names[spelling].append(meaning)
    return {name: tuple(meanings) for name, meanings in names.items() if name}
