"""Words as they are meant: folded, and typing errors in the words of the trade mended.

A word that is in the vocabulary, or in the list of ordinary words, stays as it is. Any other is
mended only where a word of the vocabulary is near enough for its length.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA, Indel

_FILE = Path(__file__).parent / "vocabulary.toml"
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'", "´": "'", "`": "'"})
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_GAP = r"\s+(?:\S+\s+){0,8}?"
MENDED_LENGTH_MIN = 4
MENDED_LENGTH_MAX = 30
COMPOUND_LENGTH_MIN = 11
PART_LENGTH_MIN = 7
_LONG, _VERY_LONG = 7, 12


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the trade by what they mean, and all words that are right as they are."""

    patterns: Mapping[str, re.Pattern[str]]
    of_trade: frozenset[str]
    right: frozenset[str]
    surnames: frozenset[str]
    stems: tuple[str, ...]
    by_length: Mapping[int, tuple[str, ...]]


def folded(text: str) -> str:
    """Lower case, umlauts spelled out, no accents: `Größe` is `groesse`."""
    spelled = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLED)
    if spelled.isascii():
        return spelled
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of both languages, from its data file."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    forms = {name: tuple(folded(form) for form in text.split()) for name, text in data["concepts"].items()}
    every = [form for of_concept in forms.values() for form in of_concept]
    words = sorted({word for form in every for word in _WORD.findall(form) if not form.endswith("*")})
    ordinary = {folded(word) for word in data["ordinary"].split()}
    # Those of the trade come first: of two words equally near they are the likelier ones.
    near = [word for word in (*words, *sorted(ordinary - set(words))) if len(word) >= MENDED_LENGTH_MIN]
    longest = max(map(len, near))
    return Vocabulary(
        patterns={name: _pattern(of_concept) for name, of_concept in forms.items()},
        of_trade=frozenset(words),
        right=frozenset(words) | ordinary,
        surnames=frozenset(folded(name) for name in data["surnames"].split()),
        stems=tuple(sorted({form[:-1] for form in every if form.endswith("*") and "_" not in form})),
        by_length={
            length: tuple(word for word in near if abs(len(word) - length) <= _errors(length))
            for length in range(MENDED_LENGTH_MIN, longest + 3)
        },
    )


@lru_cache(maxsize=1)
def sorted_surnames() -> tuple[str, ...]:
    """The frequent family names."""
    return tuple(sorted(vocabulary().surnames))


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the forms as whole words; `_` is a blank, `~` a few words, `*` the rest of a word."""
    written = (
        re.escape(form.replace("_", " "))
        .replace(r"\*", r"\w*")
        .replace(r"\ ", " ")
        .replace(r"\~", _GAP)
        .replace("~", _GAP)
        for form in sorted(forms, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)")


def _errors(length: int) -> int:
    return 1 if length < _LONG else 2 if length < _VERY_LONG else 3


def is_right(word: str) -> bool:
    """Whether a folded word is a word of the trade or an ordinary one."""
    words = vocabulary()
    if word in words.right or (words.stems and word.startswith(words.stems)):
        return True
    return "-" in word and all(part in words.right for part in word.split("-"))


@lru_cache(maxsize=8_192)
def mended(word: str) -> str:
    """A folded word as it was meant; itself where nothing is certainly near."""
    near = vocabulary().by_length.get(len(word))
    if is_right(word) or word in vocabulary().surnames or not word.isascii():
        return word
    if near is None:
        return _part_of_compound(word)
    limit = _errors(len(word))
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=limit, limit=8, processor=None)
    fitting = [(distance, other) for other, distance, _ in found if _may_be(word, other, int(distance))]
    if not fitting:
        return _part_of_compound(word)
    return min(fitting, key=lambda one: (one[0], *_unlikeliness(word, one[1])))[1]


def _part_of_compound(word: str) -> str:
    """The word of the trade with which a long unknown word begins or ends: `Abrechnungsübersicht`."""
    if len(word) < COMPOUND_LENGTH_MIN:
        return word
    return next((part for part in long_words() if word.startswith(part) or word.endswith(part)), word)


def is_compound(word: str) -> bool:
    """Whether an unknown word is made with one of the trade."""
    return mended(word) != word and mended(word) == _part_of_compound(word)


@lru_cache(maxsize=1)
def long_words() -> tuple[str, ...]:
    """Words of the trade that are long enough to be known within others, the longest first."""
    every = [word for word in vocabulary().of_trade if len(word) >= PART_LENGTH_MIN]
    return tuple(sorted(every, key=lambda word: (-len(word), word)))


def _unlikeliness(word: str, other: str) -> tuple[bool, bool, int, str]:
    """Of words equally near: one of the trade, then exchanged letters, then one left out or too many."""
    return (
        other not in vocabulary().of_trade,
        sorted(word) != sorted(other),
        int(Indel.distance(word, other)),
        other,
    )


def _may_be(word: str, other: str, distance: int) -> bool:
    """Short words need the same beginning; in long ones any letter may be wrong."""
    if distance <= 1 and len(word) >= _LONG:
        return True
    return word[0] == other[0] or (len(word) > MENDED_LENGTH_MIN and sorted(word[:2]) == sorted(other[:2]))


def plain(text: str) -> str:
    """A text folded and mended, for the rules to look at."""
    return _WORD.sub(lambda match: mended(match.group()), folded(text))
