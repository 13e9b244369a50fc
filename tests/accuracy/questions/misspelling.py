"""The messages of all sets once more, each with one typing error in a word of five letters or more."""

import random
import re
import string

_WORD = re.compile(r"[^\W\d_]{5,}")


def misspelled(question: dict, seed: int) -> dict:
    """A message with a letter left out, doubled, exchanged with the next or wrong; names are left alone."""
    chance = random.Random(f"{seed} {question['q']}")
    names = " ".join(str(one.get("debtor", "")) for one in question.get("asks", [question]))
    words = [match for match in _WORD.finditer(question["q"]) if match.group() not in names]
    if not words:
        return question
    word = chance.choice(words)
    text = question["q"]
    return question | {"q": text[: word.start()] + _wrong(word.group(), chance) + text[word.end() :]}


def _wrong(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("out", "double", "exchange", "other"))
    if kind == "out":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    if kind == "exchange":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + chance.choice(string.ascii_lowercase) + word[at + 1 :]
