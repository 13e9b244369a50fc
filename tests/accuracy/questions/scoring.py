"""Messages of known meaning, and how a reading of one is judged: RIGHT in full, ASKED or WRONG."""

import re
import tomllib
from datetime import date
from pathlib import Path

import msgspec

from bot.understanding.request import Comparison, Request
from bot.understanding.spelling import folded, is_compound, mended
from bot.understanding.understand import understand

TODAY = date(2026, 4, 20)
FOLDER = Path(__file__).parent
SETS = ("domain", "blind", "heard", "later", "unseen", "mails", "voices", "final")
# How many were read right in full when a set was first read, before any rule was changed for it. Later
# changes were made with all sets in sight: how well new questions are read, only this figure tells.
FIRST_SIGHT = {
    "domain": 57,
    "blind": 200,
    "heard": 87,
    "later": 75,
    "unseen": 53,
    "mails": 34,
    "voices": 37,
    "final": 60,
}
LEAST = 0.95
RIGHT, ASKED, WRONG = "right", "asked", "WRONG"
_FACTS = (
    "cases",
    "references",
    "debtor",
    "filter",
    "from",
    "to",
    "amount",
    "open",
    "format",
    "of",
    "follow",
    "failed",
)


class Score(msgspec.Struct, frozen=True):
    """One message, what it means, what was read."""

    text: str
    verdict: str
    wanted: list[dict]
    read: list[dict]


class Tally(msgspec.Struct, frozen=True):
    """The scores of one set."""

    name: str
    scores: list[Score]
    first_sight: int | None

    def count(self, verdict: str) -> int:
        return sum(score.verdict == verdict for score in self.scores)

    @property
    def misspelled(self) -> int:
        return sum(is_misspelled(score.text) for score in self.scores)


def tally(name: str) -> Tally:
    """One set, read."""
    return Tally(name, [scored(question) for question in questions(name)], FIRST_SIGHT[name])


def is_misspelled(text: str) -> bool:
    """Whether a word of a message had to be mended."""
    words = re.findall(r"[^\W\d_]+", folded(text))
    return any(mended(word) != word and not is_compound(word) for word in words)


def questions(name: str) -> list[dict]:
    """The messages of one set."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["questions"]


def scored(question: dict) -> Score:
    """A message understood, and judged."""
    read = understand(question["q"], TODAY)
    wanted = question.get("asks") or [{key: value for key, value in question.items() if key != "q"}]
    verdicts = {_verdict(*pair) for pair in zip(wanted, read, strict=False)}
    verdict = (
        WRONG if len(wanted) != len(read) else next(one for one in (WRONG, ASKED, RIGHT) if one in verdicts)
    )
    return Score(question["q"], verdict, wanted, [told(one) for one in read])


def told(request: Request) -> dict:
    """A request as the sets write it; what is absent is left out."""
    period = request.period
    every = {
        "is": None if request.choices else request.intent.value,
        "choices": [one.value for one in request.choices],
        "cases": list(request.cases),
        "references": list(request.references),
        "debtor": request.debtor,
        "filter": request.filter,
        "from": period.first and period.first.isoformat(),
        "to": period.last and period.last.isoformat(),
        "amount": _amount(request.amount),
        "open": request.only_open,
        "format": request.file_format,
        "of": request.subject and request.subject.value,
        "follow": request.going and request.going.value,
        "failed": list(request.failed),
    }
    return {name: value for name, value in every.items() if value}


def _amount(amount: Comparison | None) -> str | None:
    if amount is None:
        return None
    if amount.exact is not None:
        return f"={amount.exact}"
    if amount.low is not None and amount.high is not None:
        return f"{amount.low}..{amount.high}"
    equal = "=" if amount.holds_ends else ""
    return f"<{equal}{amount.high}" if amount.low is None else f">{equal}{amount.low}"


def _verdict(wanted: dict, read: Request) -> str:
    """RIGHT is right in every part. Choices among which the right one is are ASKED, unless wanted."""
    found = told(read)
    if any(found.get(name) != wanted.get(name) for name in _FACTS):
        return WRONG if not read.choices or wanted.get("is") not in read.choices else ASKED
    if "choices" in wanted:
        return RIGHT if set(found.get("choices", ())) >= set(wanted["choices"]) else WRONG
    if read.choices:
        return ASKED if wanted["is"] in read.choices else WRONG
    return RIGHT if found.get("is") == wanted["is"] else WRONG
