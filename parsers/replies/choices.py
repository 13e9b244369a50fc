"""Which of the offered choices a reply means; what is not certain is not taken.

A reply may name the choice, its letter, or say yes or no, in German or English, and where several
questions are open it names their numbers (`1: Komma`, `2 b`).
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from parsers.questions import Ask, ask_of
from storage.identity import fold

_YES = frozenset(
    {
        *("ja", "jo", "jawohl", "yes", "yep", "ok", "okay", "stimmt", "korrekt", "richtig", "passt", "genau"),
        *("einverstanden", "freigeben", "freigegeben", "bestaetigt", "correct", "right", "sure", "confirmed"),
    }
)
_NO = frozenset(
    {
        *("nein", "nee", "no", "nope", "nicht", "not", "kein", "keine", "keinesfalls", "falsch", "wrong"),
        *("stopp", "stop", "zurueckziehen", "zuruecknehmen"),
    }
)
_DENIED = frozenset({"nicht", "kein", "keine", "not"})
_DOUBT = _DENIED | {"oder", "or", "vielleicht", "evtl", "maybe", "weiss", "unsicher", "statt", "nein", "no"}
_ALL = frozenset(
    {"alle", "allem", "allen", "alles", "jeweils", "beide", "beides", "all", "both", "everything"}
)
_NUMBERED = re.compile(
    r"(?i)(?:frage|question|antwort|answer|nr\.?|no\.?|zu|#)?\s*\(?(\d{1,2})(?:\s*[.):=–-]+\s*|\s+)(?=\D)(.+)"
)
_NUMBER_AND_LETTER = re.compile(r"(?i)(\d{1,2})\s*([a-z])[.)]?")
_NEXT_NUMBER = re.compile(r"[,;]?\s+(?=\d{1,2}\s*[.):=]\s*\D)")
_OTHER_NUMBER = re.compile(r"\(?\d{1,2}\s*[.):=]+\s*\D.*")
_WORD = re.compile(r"\w+")
_SENTENCE_MAX = 90
_FREE_CELLS_MIN = 2


class Posed(msgspec.Struct, frozen=True, kw_only=True):
    """A question that waits: its number in the answer that asked it, its id and its choices."""

    number: int
    question_id: str
    choices: tuple[str, ...]


def understand(said: str, posed: Sequence[Posed]) -> dict[int, str]:
    """The chosen words by question number; a question that the reply leaves in doubt is left out."""
    found: dict[int, set[str]] = {one.number: set() for one in posed}
    lines = [part for line in said.splitlines() for part in _NEXT_NUMBER.split(line)]
    for line in filter(None, map(str.strip, lines)):
        for number, choice in _meant(line, posed):
            found[number].add(choice)
    return {number: choices.pop() for number, choices in found.items() if len(choices) == 1}


def _meant(line: str, posed: Sequence[Posed]) -> Iterable[tuple[int, str]]:
    """What one line says: of the question that it names, of all, or of the only one that it fits."""
    numbers = {one.number: one for one in posed}
    numbered = _NUMBER_AND_LETTER.fullmatch(line) or _NUMBERED.fullmatch(line)
    if numbered and int(numbered[1]) in numbers:
        one = numbers[int(numbered[1])]
        choice = _choice(numbered[2], one)
        return [] if choice is None else [(one.number, choice)]
    if _OTHER_NUMBER.fullmatch(line):
        return []  # an answer to a question that does not wait
    fitting = [(one.number, choice) for one in posed if (choice := _choice(line, one)) is not None]
    if len(fitting) <= 1 or _ALL & set(_words(line)):
        return fitting
    return []  # it would answer several at once, and does not say so


def _choice(text: str, one: Posed) -> str | None:
    """The choice that some words mean, if they mean just one."""
    if ask_of(one.question_id) is Ask.NO_HEADER and text.count(";") >= _FREE_CELLS_MIN:
        return text.strip()
    wanted = fold(text)
    exact = next((choice for choice in one.choices if fold(choice) == wanted), None)
    if exact is not None or len(text) > _SENTENCE_MAX:
        return exact
    if len(wanted) == 1 and wanted.isalpha():
        place = ord(wanted) - ord("a")
        return one.choices[place] if 0 <= place < len(one.choices) else None
    words = _words(text)
    if _asks_yes_or_no(one.choices):
        return _yes_or_no(words, one.choices)
    return None if _DOUBT & set(words) else _named(words, one.choices)


def _asks_yes_or_no(choices: Sequence[str]) -> bool:
    return len(choices) == 2 and _words(choices[0])[:1] in (["ja"], ["yes"])


def _yes_or_no(words: Sequence[str], choices: Sequence[str]) -> str | None:
    is_yes, is_no = bool(_YES & set(words)), bool(_NO & set(words))
    if is_yes and is_no:  # "nein, das ist richtig so" could be both; only what comes first is certain
        first = words[0]
        is_yes, is_no = first in {"ja", "yes"}, first in {"nein", "no"}
        if is_yes and _DENIED & set(words):
            return None
    if is_yes == is_no:
        return None
    return choices[0] if is_yes else choices[1]


def _named(said: Sequence[str], choices: Sequence[str]) -> str | None:
    """The only choice that stands in a sentence; of two of which one holds the other, the longer."""
    named = [choice for choice in choices if _holds(said, _words(choice))]
    longest = max(named, key=lambda choice: len(_words(choice)), default=None)
    if longest is None or not all(_holds(_words(longest), _words(choice)) for choice in named):
        return None
    return longest


def _holds(words: Sequence[str], part: Sequence[str]) -> bool:
    """Whether some words stand together among others."""
    size = len(part)
    return bool(size) and any(words[at : at + size] == part for at in range(len(words) - size + 1))


def _words(text: str) -> list[str]:
    return [fold(word) or word for word in _WORD.findall(text)]
