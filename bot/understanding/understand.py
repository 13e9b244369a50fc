"""A message in, its questions out: `understand`.

What is certain by its form (numbers, names, periods, amounts) is taken out of the text first; what is
left is looked at for what is wanted. No clock, no store and no network: the day and the debtors'
names are passed in. A text is data whatever it says: nothing in it changes how it is read.
"""

import re
from datetime import date

import msgspec

from bot.understanding.amounts import take_amount
from bot.understanding.debtors import NAME_SIGN, take_debtors
from bot.understanding.filters import Filters, filters_for, filters_of
from bot.understanding.going_on import going_on
from bot.understanding.intents import Ranked, ranked
from bot.understanding.language import language_of
from bot.understanding.numbers import CASE_SIGN, FAILED_SIGN, REFERENCE_SIGN, take_numbers
from bot.understanding.parting import halves, is_clause, said, sentences
from bot.understanding.periods import take_period
from bot.understanding.request import Comparison, Intent, Names, Period, Request, Subject
from bot.understanding.spelling import plain, vocabulary

REQUESTS_MAX = 8
KNOWN = 0.9  # the score of a debtor whose name a word certainly is
STANDS_ALONE = 5.0  # a rule this strong makes half a sentence a question of its own
TELLS = 6.0  # a statement about a payment this weak tells of it, where something is asked beside it
# What follows a mere comma, if it says one of these, is the reason of what stands before it.
_REASONS = frozenset({Intent.REPORT_PAYMENT, Intent.UPDATE_DEBTOR, Intent.HUMAN})
_WITH_PERIOD = frozenset(
    {
        *(Intent.CASES_LIST, Intent.BALANCE, Intent.PAYOUTS, Intent.PAYMENTS_LIST, Intent.STATEMENTS),
        *(Intent.EXPORT, Intent.LIMITATION, Intent.OVERVIEW, Intent.COSTS, Intent.WHY, Intent.OTHER),
    }
)
_WITH_AMOUNT = frozenset(
    {
        *(Intent.CASES_LIST, Intent.PAYMENTS_LIST, Intent.STATEMENTS, Intent.EXPORT, Intent.WHY),
        *(Intent.COSTS, Intent.OTHER),
    }
)
# Words that say in which form the answer is wanted, or only that one is.
_FORM_ONLY = frozenset({"FILE", "CSV", "EXCEL", "PLEASE", "QUESTION", "WHATNOW", "ABOUTIT"})
_OF_CASES = frozenset(
    {
        *(Intent.CASE_STATUS, Intent.CANCEL_CASE, Intent.LIMITATION, Intent.REPORT_PAYMENT, Intent.WHY),
        *(Intent.PAYMENTS_LIST, Intent.STATEMENTS, Intent.UPDATE_DEBTOR, Intent.COSTS, Intent.HUMAN),
    }
)
_ENDING = ("CANCEL", "WITHDRAW", "CLOSE")
_ACTS = frozenset({Intent.CANCEL_CASE, Intent.REPORT_PAYMENT, Intent.UPDATE_DEBTOR})
_SOME_NUMBER = f"[{CASE_SIGN}{REFERENCE_SIGN}{FAILED_SIGN}{NAME_SIGN}]"
_EXCEPTION = re.compile(
    rf"(?<!\w)(?:nicht|not|ohne|without|ausser|except|ausgenommen|bis auf)\W+(?:\w+\W+){{0,3}}{_SOME_NUMBER}"
)
_NOT_BEFORE = re.compile(r"(?:(?<!\w)(?:nicht|kein\w*|not|dont|never|ohne|without)|n't)\s+(?:\w+\s+){0,2}$")


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or half of one, read: its facts, its concepts and what they speak for."""

    source: str
    cases: tuple[str, ...]
    references: tuple[str, ...]
    failed: tuple[str, ...]
    debtors: tuple[str, ...]
    period: Period
    amount: Comparison | None
    filters: Filters
    text: str  # folded, without the facts
    concepts: frozenset[str]
    scores: Ranked

    @property
    def has_subject(self) -> bool:
        """Whether it says which case is meant."""
        return bool(self.cases or self.references or self.failed or self.debtors)

    @property
    def says_nothing_else(self) -> bool:
        """Whether there is a subject and no word of what is wanted."""
        return self.has_subject and self.scores.strength <= 3.0


def understand(text: str, today: date, names: Names | None = None) -> tuple[Request, ...]:
    """The questions of a message in order, at least one; `today` is the day that dates are judged by."""
    own = said(text)
    language = language_of(own)
    reading = _Reading(today, names)
    parts = [part for sentence in sentences(own) for part in reading.parts(sentence)]
    asked = _with_subjects(parts)
    requests = [request for part in asked for request in _requests(part, today, is_only=len(parts) == 1)]
    kept = _without_repeats([one for one in requests if not _is_empty(one)])[:REQUESTS_MAX]
    return tuple(_finished(one, language, names) for one in kept) or (
        Request(intent=Intent.OTHER, language=language),
    )


class _Reading:
    """What sentences are read with: the day, and the debtors' names where they can be looked up."""

    def __init__(self, today: date, names: Names | None) -> None:
        self._today = today
        self._names = names

    def parts(self, sentence: str) -> list[_Part]:
        """A sentence as one part, or as two that ask for different things."""
        for first, second, is_comma in halves(sentence):
            left, right = self.part(first), self.part(second)
            if is_comma and (is_clause(second) or right.scores.best in _REASONS):
                continue
            if _stand_apart(left, right):
                return [*self.parts(first), *self.parts(second)]
        return [self.part(sentence)]

    def part(self, sentence: str) -> _Part:
        """A sentence or half of one, read."""
        numbers = take_numbers(sentence)
        named = take_debtors(numbers.text, self._knows)
        text = plain(named.text)
        patterns = vocabulary().patterns
        is_ahead = bool(patterns["FUTURE"].search(text)) and not patterns["BEFORE_NOW"].search(text)
        period, impossible, text = take_period(text, self._today, is_ahead=is_ahead)
        amount, text = take_amount(text)
        filters = filters_of(text, named.text)
        facts = {
            "HAS_CASE": bool(numbers.cases),
            "HAS_REFERENCE": bool(numbers.references),
            "HAS_FAILED": bool(numbers.failed),
            "HAS_NAME": bool(named.names),
            "HAS_PERIOD": period != Period() or bool(impossible),
            "HAS_EXACT": amount is not None and amount.exact is not None,
            "HAS_COMPARISON": amount is not None and amount.exact is None,
            "HAS_STATUS": bool(filters.statuses),
            "STATUS_CODE": filters.code is not None,
            "QUESTION": sentence.rstrip().endswith("?"),
            "HAS_EXCEPTION": _EXCEPTION.search(text) is not None,
            "KEEP": _is_negated(text),
        }
        concepts = {name for name, pattern in patterns.items() if pattern.search(text)}
        concepts |= {name for name, holds in facts.items() if holds}
        return _Part(
            source=sentence,
            cases=numbers.cases,
            references=numbers.references,
            failed=numbers.failed + impossible,
            debtors=named.names,
            period=period,
            amount=amount,
            filters=filters,
            text=text,
            concepts=frozenset(concepts),
            scores=ranked(concepts),
        )

    def _knows(self, word: str) -> bool:
        found = self._names.find(word) if self._names is not None else ()
        return bool(found) and found[0].score >= KNOWN


def _stand_apart(left: _Part, right: _Part) -> bool:
    if right.concepts <= _FORM_ONLY and not right.has_subject:
        return False
    strengths = left.scores.strength, right.scores.strength
    return min(strengths) >= STANDS_ALONE and left.scores.best is not right.scores.best


def _is_negated(text: str) -> bool:
    """Whether a text says that something shall not be cancelled; a call not to go on says the contrary."""
    found = [match for name in _ENDING if (match := vocabulary().patterns[name].search(text)) is not None]
    return any(
        _NOT_BEFORE.search(text[: match.start()]) and not match[0].startswith("nicht ") for match in found
    )


def _with_subjects(parts: list[_Part]) -> list[_Part]:
    """The parts that ask; one that only names a case, or tells of it, says which the others mean."""
    asks = any(_asks(part) for part in parts)
    asking = [part for part in parts if not part.says_nothing_else and (not asks or not _tells(part))]
    naming = [part for part in parts if part.has_subject and part not in asking]
    if not any(part.scores.best is not Intent.OTHER for part in asking):
        return [part for part in parts if part.says_nothing_else] or parts
    found: list[_Part] = []
    subject, filters = (naming[0] if naming else None), None
    for part in asking:
        if part.has_subject:
            subject = part
        elif subject is not None and part.scores.best in _OF_CASES and _may_inherit(part, subject, naming):
            part = _of_subject(part, subject)  # noqa: PLW2901
        if "MEANSIT" in part.concepts and not part.filters.statuses and filters is not None:
            part = msgspec.structs.replace(part, filters=filters)  # noqa: PLW2901
        filters = part.filters
        found.append(part)
    if any(part.scores.best in _OF_CASES for part in found):
        return found
    return found + [part for part in naming if part.says_nothing_else and not part.debtors]


def _asks(part: _Part) -> bool:
    """Whether a part certainly wants something."""
    return part.scores.best is not Intent.OTHER and part.scores.strength >= STANDS_ALONE and not _tells(part)


def _tells(part: _Part) -> bool:
    """Whether a part tells what has happened, which is the ground of what is asked beside it."""
    if "QUESTION" in part.concepts:
        return False
    if part.scores.best is Intent.OTHER:
        return True
    return part.scores.best in (Intent.PAYMENTS_LIST, Intent.REPORT_PAYMENT) and part.scores.strength <= TELLS


def _may_inherit(part: _Part, subject: _Part, naming: list[_Part]) -> bool:
    return subject in naming or "ABOUTIT" in part.concepts or "DEBTOR" in part.concepts


def _of_subject(part: _Part, subject: _Part) -> _Part:
    return msgspec.structs.replace(
        part,
        cases=subject.cases,
        references=subject.references,
        failed=(*part.failed, *subject.failed),
        debtors=subject.debtors,
    )


def _requests(part: _Part, today: date, *, is_only: bool) -> list[Request]:
    """What a part asks for, once a debtor and filter."""
    intent, choices = part.scores.best, part.scores.choices
    if intent in _ACTS and not choices and "HAS_EXCEPTION" in part.concepts:
        # "Cancel this one, but not that one": a person reads which is which.
        choices = (intent, Intent.HUMAN)
    subject = _subject(part.concepts) if intent is Intent.EXPORT else None
    may_be = {intent, *choices}
    request = Request(
        intent=intent,
        choices=choices,
        ranked=part.scores.scores[:6],
        cases=part.cases,
        references=part.references,
        failed=part.failed,
        period=_period(part, today) if may_be & _WITH_PERIOD else Period(),
        amount=part.amount if may_be & _WITH_AMOUNT else None,
        only_open="OPEN" in part.concepts and intent in (Intent.CASES_LIST, Intent.EXPORT),
        file_format=_file_format(part.concepts),
        subject=subject,
    )
    if is_only and (going := _going(part, request)) is not None:
        return [going]
    wanted = filters_for(intent, part.filters, subject=subject, asks_why="WHY" in part.concepts)
    return [
        msgspec.structs.replace(request, filter=one, debtor=debtor)
        for debtor in part.debtors or (None,)
        for one in wanted or (None,)
    ]


def _period(part: _Part, today: date) -> Period:
    """The period of a part; a balance as of today is the balance."""
    is_now = part.period.last == today and part.period.first in (None, today)
    return Period() if is_now and part.scores.best is Intent.BALANCE else part.period


def _going(part: _Part, request: Request) -> Request | None:
    """The request of a message that goes on from the last answer; None for one that stands alone."""
    has_facts = part.period != Period() or part.amount is not None or bool(part.filters.statuses)
    if part.has_subject or part.scores.strength > STANDS_ALONE:
        return None
    found = going_on(part.text, has_facts=has_facts)
    if found is None:
        return None
    return msgspec.structs.replace(
        request,
        intent=Intent.OTHER,
        choices=(),
        going=found.going,
        picked=found.picked,
        period=part.period,
        amount=part.amount,
        filter=next(iter(part.filters.statuses + part.filters.categories), None),
    )


def _subject(concepts: frozenset[str]) -> Subject | None:
    if "STATEMENT" in concepts:
        return Subject.STATEMENTS
    if concepts & {"BOOKING", "PAYMENT", "PAYOUT", "C_DIRECT"}:
        return Subject.TRANSACTIONS
    if concepts & {"CASES", "S_MONITORING", "STATUS_CODE"}:
        return Subject.CASES
    return None


def _file_format(concepts: frozenset[str]) -> str | None:
    return "csv" if "CSV" in concepts else "xlsx" if "EXCEL" in concepts else None


def _is_empty(request: Request) -> bool:
    bare = Request(intent=Intent.OTHER, ranked=request.ranked, language=request.language)
    return request == bare


def _without_repeats(requests: list[Request]) -> list[Request]:
    """Each question once; the same one about several cases is one question.

    That the debtor has paid, said beside a cancellation, is its reason.
    """
    kept: list[Request] = []
    cancels = any(request.intent is Intent.CANCEL_CASE for request in requests)
    for request in requests:
        before = kept[-1] if kept else None
        if before is not None and _are_alike(before, request):
            kept[-1] = msgspec.structs.replace(
                before,
                cases=tuple(dict.fromkeys((*before.cases, *request.cases))),
                references=tuple(dict.fromkeys((*before.references, *request.references))),
                failed=tuple(dict.fromkeys((*before.failed, *request.failed))),
                debtor=before.debtor or request.debtor,
            )
        elif not (request.intent is Intent.REPORT_PAYMENT and cancels):
            kept.append(request)
    return kept


def _are_alike(first: Request, second: Request) -> bool:
    """Whether two questions differ in nothing but their numbers."""
    if first.debtor and second.debtor and first.debtor != second.debtor:
        return False
    same = {"cases": (), "references": (), "failed": (), "debtor": None, "ranked": (), "choices": ()}
    return msgspec.structs.replace(first, **same) == msgspec.structs.replace(second, **same)


def _finished(request: Request, language: str, names: Names | None) -> Request:
    candidates = tuple(names.find(request.debtor)) if names is not None and request.debtor else ()
    return msgspec.structs.replace(request, language=language, candidates=candidates)
