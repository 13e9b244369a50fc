"""Messages that go on from the answer before: `mehr`, `und die andere?`, `nur Februar`, `die zweite`."""

import re
from typing import NamedTuple

from bot.understanding.request import Going
from bot.understanding.spelling import vocabulary

WORDS_MAX = 7
_STARTS = re.compile(
    r"^(?:und|and|oder|or|dann|then|nur|only|just|jetzt|now|bitte|please|lieber|rather|was ist mit"
    r"|what about)\b"
)
_NUMBER = re.compile(r"^(?:nr\.?|nummer|no\.?|number|#)?\s*(\d{1,2})[.)]?$")
_LITTLE = re.compile(
    r"(?<!\w)(?:und|and|die|der|das|den|dem|the|bitte|please|mir|me|zeig|zeige|show|es|it|noch|davon|of|them|"
    r"was|ist|mit|what|about|is|seite|page|one|ones|mal|doch|danke|thanks|thank|you)(?!\w)"
)
_ONE_SIGN = (
    (Going.MORE, "MORE"),
    (Going.BACK, "BACK"),
    (Going.OTHER, "OTHERONE"),
    (Going.YES, "YES"),
    (Going.NO, "NO"),
)


class GoesOn(NamedTuple):
    """How a message goes on; `picked` counts the choices from 1."""

    going: Going
    picked: int | None = None


def going_on(text: str, *, has_facts: bool) -> GoesOn | None:
    """How a folded text, its facts taken out, goes on; None where it stands for itself."""
    if len(text.split()) > WORDS_MAX:
        return None
    number = _NUMBER.match(text.strip(" .!?"))
    if number is not None and not has_facts:
        return GoesOn(Going.PICK, int(number[1]))
    patterns = vocabulary().patterns
    if has_facts:
        return GoesOn(Going.NARROW) if _STARTS.match(text.strip()) or not _bare(text) else None
    for going, name in _ONE_SIGN:
        if patterns[name].search(text) and not _bare(patterns[name].sub(" ", text)):
            return GoesOn(going)
    for place in (1, 2, 3):
        pattern = patterns[f"PICK{place}"]
        if pattern.search(text) and not _bare(pattern.sub(" ", text)):
            return GoesOn(Going.PICK, place)
    return None


def _bare(text: str) -> str:
    """What is left without little words and signs."""
    return re.sub(r"[\W\d_]+", "", _LITTLE.sub(" ", text))
