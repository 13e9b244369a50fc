"""What a submission asks its sender: one numbered list, the same in the answer and in the store."""

from collections.abc import Iterable, Sequence
from typing import Literal

from bot.outcome import Asked
from bot.wording import money
from gateway.road.documents import DocumentRead
from parsers.questions import ABOUT_MISSING, HOLDS, OFFERS, Ask, ask_of, make_question
from storage.intake.missing import MissingClaim
from storage.intake.notices import AskedClaim
from storage.intake.questions import AskedQuestion
from storage.intake.unusual import Unusual
from storage.money import Money
from storage.records import Question

MISSING_SHOWN = 20

MissingLike = MissingClaim | AskedClaim


def asked_of(
    documents: Sequence[DocumentRead],
    unusual: Unusual | None,
    language: str,
    missing: Sequence[MissingClaim] = (),
) -> tuple[AskedQuestion, ...]:
    """All questions of a submission in the order in which they are put, each once."""
    found: dict[tuple[str | None, str], tuple[str | None, Question]] = {}
    for document in documents:
        head = document.head
        for question in head.needs_answer:
            found.setdefault((head.fingerprint, question.id), (head.name, question))
    for question in (one for document in documents for one in document.head.offers):
        found.setdefault((None, question.id), (None, question))  # its answer holds for the account
    if unusual is not None:
        held = make_question(
            Ask(unusual.kind),
            language,
            about="submission",
            new=unusual.new,
            largest=unusual.largest,
            early=unusual.early,
        )
        found[None, held.id] = (None, held)
    if missing:
        gone = _about_missing(missing, language)
        found[None, gone.id] = (None, gone)
    return tuple(
        AskedQuestion(
            number=number,
            question_id=question.id,
            fingerprint=fingerprint,
            document=document,
            text=question.text,
            choices=question.choices,
            items=missing_items(missing, language) if is_about_missing(question.id) else (),
        )
        for number, ((fingerprint, _), (document, question)) in enumerate(found.items(), 1)
    )


def in_words(asked: Iterable[AskedQuestion]) -> tuple[Asked, ...]:
    """The questions as an answer puts them."""
    return tuple(
        Asked(
            number=one.number,
            text=one.text,
            choices=one.choices,
            document=one.document,
            items=one.items,
            effect=_effect(one),
        )
        for one in asked
    )


def missing_items(missing: Sequence[MissingLike], language: str) -> tuple[str, ...]:
    """The first missing claims, a line each, and how many more there are."""
    lines = [
        f"{one.invoice_number} ({one.debtor}), {money(Money(one.cents, one.currency), language)}"
        for one in missing[:MISSING_SHOWN]
    ]
    more = len(missing) - len(lines)
    if more:
        lines.append(f"and {more} more" if language == "en" else f"und {more} weitere")
    return tuple(lines)


def is_about_missing(question_id: str) -> bool:
    """Whether a question asks what has become of missing claims."""
    return ask_of(question_id) in ABOUT_MISSING


def _about_missing(missing: Sequence[MissingClaim], language: str) -> Question:
    ask = Ask.MISSING_CLAIM if len(missing) == 1 else Ask.MISSING_CLAIMS
    return make_question(ask, language, about="list", count=len(missing), invoice=missing[0].invoice_number)


def _effect(question: AskedQuestion) -> Literal["rows", "offer", "hold", "missing"]:
    """What waits for the answer to a question."""
    if is_hold(question):
        return "hold"
    if is_about_missing(question.question_id):
        return "missing"
    return "offer" if ask_of(question.question_id) in OFFERS else "rows"


def is_hold(question: AskedQuestion) -> bool:
    """Whether the question holds cases back instead of rows."""
    return ask_of(question.question_id) in HOLDS
