"""The debtor whom a text names, in its own words: `zu Müller`, `Frau Yılmaz`, `the case against Smith`.

A form of address, or a word such as `heißt`, is certain to stand before a name. After weaker words
(`zu`, `bei`, `Fall`) only what is no known word, nor near one, is taken for a name.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.understanding.name_words import (
    AND,
    ARTICLES,
    BEFORE_CAPITALS,
    BEFORE_NAMES,
    CALLED,
    COMPANY,
    HOUSES,
    JOINS,
    LINKS,
    NEVER,
    NOUNS,
    PARTICLES,
    STRONG,
    STRONG_PAIRS,
    THINGS,
    TIMES,
    WEAK,
)
from bot.understanding.numbers import CASE_SIGN, FAILED_SIGN, REFERENCE_SIGN
from bot.understanding.spelling import folded, is_compound, is_right, mended, sorted_surnames, vocabulary

NAME_SIGN = "\ue004"
NAME_WORDS_MAX = 6
NAMES_MAX = 8
NAME_CHARACTERS_MAX = 120
NEAR_LENGTH_MAX = 6  # longer ones that are nearly a known word are that word
NAME_LENGTH_MIN = 5  # of one that is known in spite of a typing error
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’.&][^\W\d_]+)*\.?|&|[^\w\s]|[\w]+")
_ALONE_MAX = 3
_POSSESSIVE = re.compile(r"['’]s$")
_SIGNS = (CASE_SIGN, REFERENCE_SIGN, FAILED_SIGN)


class Named(NamedTuple):
    """Debtors' names as they were written, and the text with signs in their places."""

    names: tuple[str, ...]
    text: str


class _Word(NamedTuple):
    text: str
    folded: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()

    @property
    def is_word(self) -> bool:
        return self.text[:1].isalpha() and self.text[:1] not in _SIGNS


def take_debtors(text: str, knows: Callable[[str], bool] | None = None) -> Named:
    """The first debtor of a text, and those that stand beside him: `Meier und Schulze`.

    `knows` says whether a word is the name of a debtor of the account.
    """
    found: list[str] = []
    while len(found) < NAMES_MAX:
        words = _words(text)
        span = _beside(words) if found else _first(words) or (knows and _known(words, knows)) or None
        if span is None:
            break
        first, last = words[span[0]], words[span[1] - 1]
        name = text[first.start : last.end][:NAME_CHARACTERS_MAX].strip(" ,;:")
        name = name if "." in last.folded else name.rstrip(" .")
        found.append(_POSSESSIVE.sub("", " ".join(name.split())))
        text = f"{text[: first.start]} {NAME_SIGN} {text[last.end :]}"
    return Named(tuple(found), text)


def _words(text: str) -> list[_Word]:
    return [
        _Word(match.group(), folded(match.group()).rstrip("."), *match.span())
        for match in _TOKEN.finditer(text)
    ]


def _first(words: list[_Word]) -> tuple[int, int] | None:
    for find in (_after_strong, _with_legal_form, _house, _after_weak, _alone, _possessive, _frequent):
        span = find(words)
        if span is not None:
            return span
    return None


def _beside(words: list[_Word]) -> tuple[int, int] | None:
    """A name right after the last one and an `und` or a comma."""
    index = max(index for index, word in enumerate(words) if word.text == NAME_SIGN) + 1
    start = _past_titles(words, index + 1)
    if start >= len(words) or words[index].folded not in AND:
        return None
    is_name = words[start].is_capital or words[start].folded in vocabulary().surnames
    return (start, _end(words, start)) if is_name and _may_be_name(words[start], is_strong=False) else None


def _after_strong(words: list[_Word]) -> tuple[int, int] | None:
    for index, word in enumerate(words):
        before = words[index - 1].folded if index else ""
        is_called = word.folded in CALLED
        if not is_called and _as_marker(word) not in STRONG and (before, word.folded) not in STRONG_PAIRS:
            continue
        start = _past_titles(words, index + 1)
        if start < len(words) and _may_be_name(words[start], is_strong=not is_called):
            return start, _end(words, start)
    return None


def _after_weak(words: list[_Word]) -> tuple[int, int] | None:
    for index, word in enumerate(words):
        if word.folded not in WEAK:
            continue
        start = _past_titles(words, index + 1)
        if start < len(words) and words[start].text in {":", ",", '"', "„", "“", "-", "–"}:
            start = _past_titles(words, start + 1) if words[start].text != "," else start
        if start < len(words) and _is_noun(words, index, start):
            continue
        if start < len(words) and _may_be_name(
            words[start], is_strong=False, may_be_near=word.folded in NOUNS
        ):
            return start, _end(words, start)
    return None


def _is_noun(words: list[_Word], index: int, start: int) -> bool:
    """Whether a word after a weak one is more likely a thing than a name."""
    if words[index].folded in BEFORE_CAPITALS and not words[start].is_capital:
        return True
    has_article = any(word.folded in ARTICLES for word in words[index + 1 : start])
    return (
        has_article and words[index].folded not in NOUNS and words[start].folded not in vocabulary().surnames
    )


def _with_legal_form(words: list[_Word]) -> tuple[int, int] | None:
    """`Krause Bau GmbH`, wherever it stands: the capital words before its legal form."""
    for index, word in enumerate(words):
        if word.folded not in COMPANY or not index:
            continue
        start = index
        while (
            start
            and (words[start - 1].is_capital or words[start - 1].text == "&")
            and index - start < NAME_WORDS_MAX
        ):
            if _ends_before(words, start - 1):
                break
            start -= 1
        if start < index and words[start].is_word:
            return start, _past_legal_form(words, index)
    return None


def _ends_before(words: list[_Word], index: int) -> bool:
    """Whether a capital word before a company's name is no part of it."""
    word = _as_marker(words[index])
    if word in LINKS or not is_right(word):
        return False
    return index == 0 or word in vocabulary().of_trade or word in STRONG or word in WEAK


def _house(words: list[_Word]) -> tuple[int, int] | None:
    """`Praxis Dr. Wolf`, `Autohaus Süd`."""
    for index, word in enumerate(words):
        start = _past_titles(words, index + 1)
        if word.folded not in HOUSES or not word.is_capital or start >= len(words):
            continue
        if words[start].is_capital and not is_right(words[start].folded):
            return index, _end(words, start)
    return None


def _alone(words: list[_Word]) -> tuple[int, int] | None:
    """`Müller?`: nothing but a name."""
    bare = [index for index, word in enumerate(words) if word.is_word]
    if not bare or len(bare) > _ALONE_MAX or bare[-1] - bare[0] >= len(bare):
        return None
    if words[-1].text == "!" or any(word.text[0].isdigit() for word in words):
        return None
    if all(words[index].is_capital and _may_be_name(words[index], is_strong=False) for index in bare):
        return bare[0], bare[-1] + 1
    return None


def _possessive(words: list[_Word]) -> tuple[int, int] | None:
    """`Miller's case`."""
    for index, word in enumerate(words):
        base = word.folded[:-2] if word.folded.endswith("'s") else ""
        if base and word.is_capital and not is_right(base) and not is_right(word.folded):
            return index, index + 1
    return None


def _frequent(words: list[_Word]) -> tuple[int, int] | None:
    """A frequent family name, with the first name before it."""
    surnames = vocabulary().surnames
    for index, word in enumerate(words):
        if is_right(word.folded) or not (word.folded in surnames or _is_like_a_surname(word.folded)):
            continue
        before = words[index - 1] if index else None
        has_first = before is not None and before.is_capital and _may_be_name(before, is_strong=False)
        return index - has_first, index + 1
    return None


def _is_like_a_surname(word: str) -> bool:
    """Whether an unknown word is a frequent family name with one typing error."""
    if len(word) < NAME_LENGTH_MIN or mended(word) != word:
        return False
    found = process.extractOne(word, sorted_surnames(), scorer=OSA.distance, score_cutoff=1)
    return found is not None and found[0][0] == word[0]


def _as_marker(word: _Word) -> str:
    """A word as it may stand before a name, misspelled or not: `Herkn`."""
    meant = mended(word.folded)
    return meant if meant in STRONG or meant in NOUNS else word.folded


def _known(words: list[_Word], knows: Callable[[str], bool]) -> tuple[int, int] | None:
    """A capital word that a debtor is called, though it is nearly a word of the trade: `Geldner`."""
    for index, word in enumerate(words):
        if word.is_word and word.is_capital and not is_right(word.folded) and knows(word.text):
            return index, _end(words, index)
    return None


def _past_titles(words: list[_Word], index: int) -> int:
    while index < len(words) and (words[index].folded in BEFORE_NAMES or words[index].text == "."):
        index += 1
    return index


def _may_be_name(word: _Word, *, is_strong: bool, may_be_near: bool = False) -> bool:
    """Whether a word can begin a name; `may_be_near`: even where one letter makes it a known word."""
    if not word.is_word or word.folded in NEVER or word.folded in COMPANY or len(word.folded) < 2:
        return False
    if is_strong:
        return word.is_capital or not is_right(word.folded)
    if is_right(word.folded) or word.folded in TIMES or word.folded.endswith(THINGS):
        return False
    if mended(word.folded) == word.folded:
        return word.is_capital or len(word.folded) > 2
    return word.is_capital and not is_compound(word.folded) and (may_be_near or _is_far(word.folded))


def _is_far(word: str) -> bool:
    """Whether a capital word is rather a name than the misspelling of a known word."""
    near, length = mended(word), len(word)
    if near not in vocabulary().of_trade:
        return length <= NEAR_LENGTH_MAX
    return OSA.distance(word, near) > 1 and length <= NEAR_LENGTH_MAX + 1


def _end(words: list[_Word], start: int) -> int:
    """Where a name that begins at `start` ends."""
    limit = min(len(words), start + NAME_WORDS_MAX + 1)
    for index in range(start + 1, limit):
        if words[index].folded in COMPANY:
            if _runs_on(words, start, index):
                return _past_legal_form(words, index)
            break
    end = _past_particles(words, start) + 1
    is_small = not words[end - 1].is_capital
    while end < limit and _goes_on(words, end, is_small=is_small):
        end += 2 if words[end].folded in LINKS else 1
    return min(end, len(words))


def _past_particles(words: list[_Word], start: int) -> int:
    """The first word of a name that is no `van der`."""
    index = start
    while index < len(words) and words[index].folded in PARTICLES:
        index += 1
    return index if index < len(words) and words[index].is_capital else start


def _past_legal_form(words: list[_Word], index: int) -> int:
    """Where a legal form ends: `GmbH & Co. KG` has several words."""
    end = index + 1
    while end < min(index + 5, len(words)) and (words[end].folded in COMPANY or words[end].text in JOINS):
        end += 1
    return end


def _runs_on(words: list[_Word], start: int, end: int) -> bool:
    """Whether only words of a name stand between its beginning and its legal form."""
    return all(
        word.text == "&" or (word.is_word and not word.text.endswith("?")) for word in words[start:end]
    )


def _goes_on(words: list[_Word], index: int, *, is_small: bool) -> bool:
    word = words[index]
    if word.folded in LINKS and index + 1 < len(words) and word.text in {"&", "von", "van", "de", "el", "al"}:
        return words[index + 1].is_capital
    if not word.is_word or is_right(word.folded) or word.folded in TIMES:
        return False
    return (is_small or word.is_capital) and (word.is_capital or mended(word.folded) == word.folded)
