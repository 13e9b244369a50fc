"""Questions as `inkasso read --text` shows them (INTERFACE, *read --json*, kind `question`).

Beside the contract's own parts a document holds what else was understood: `choices` that are offered
where the intent is not certain (nothing is answered before one is chosen), `failed` numbers and days,
the amount, the wanted file, how it goes on from the last answer, and `said`: the question in words.
"""

import re
from datetime import date
from typing import Any

from bot.understanding.request import Comparison, Intent, Request
from bot.understanding.said import in_words
from bot.understanding.understand import understand

Json = dict[str, Any]
SURE = 6.0  # the score of a rule that names what is asked for
_WANTED = re.compile(r"(?i)^\W*(?:bitte\s+)?(?:alle|zeig\w*|liste|welche\w*|all|list|show|which)\b")
_MAY_TELL = frozenset(
    {Intent.OTHER, Intent.REPORT_PAYMENT, Intent.CANCEL_CASE, Intent.UPDATE_DEBTOR, Intent.HUMAN}
)
_MAY_TELL_WITHOUT_MARK = frozenset({Intent.PAYMENTS_LIST, Intent.COSTS, Intent.WHY, Intent.CASE_STATUS})


def question_of(text: str, today: date) -> list[Json]:
    """The documents of a text that is no payment notice and no claim: one a question, at least one."""
    return [question_json(request) for request in understand(text, today)]


def question_json(request: Request) -> Json:
    """DOCUMENT of kind `question`."""
    first, last = request.period.first, request.period.last
    return {
        "kind": "question",
        "name": "text",
        "intent": request.intent.value,
        "cases": list(request.cases),
        "references": list(request.references),
        "debtor": request.debtor,
        "filter": request.filter,
        "from": None if first is None else first.isoformat(),
        "to": None if last is None else last.isoformat(),
        "choices": [choice.value for choice in request.choices],
        "failed": list(request.failed),
        "amount": _amount_json(request.amount),
        "only_open": request.only_open,
        "file": _file_json(request),
        "going": None if request.going is None else request.going.value,
        "picked": request.picked,
        "language": request.language,
        "said": in_words(request, request.language),
    }


def _amount_json(amount: Comparison | None) -> Json | None:
    if amount is None:
        return None
    low, high = amount.low, amount.high
    return {
        "low": None if low is None else str(low),
        "high": None if high is None else str(high),
        "holds_ends": amount.holds_ends,
    }


def _file_json(request: Request) -> Json | None:
    if request.file_format is None and request.subject is None:
        return None
    subject = None if request.subject is None else request.subject.value
    return {"format": request.file_format, "holds": subject}


def is_question(text: str, today: date) -> bool:
    """Whether a text certainly asks and tells of no payment: then no doubtful notice is read into it.

    What wants to act may tell of one, and so may what looks at money without a question mark.
    """
    requests = understand(text, today)
    has_mark = "?" in text or _WANTED.search(text) is not None
    return all(_only_asks(request, has_mark=has_mark) for request in requests)


def _only_asks(request: Request, *, has_mark: bool) -> bool:
    if request.choices or request.intent in _MAY_TELL or not request.ranked:
        return False
    return request.ranked[0][1] >= SURE and (has_mark or request.intent not in _MAY_TELL_WITHOUT_MARK)
