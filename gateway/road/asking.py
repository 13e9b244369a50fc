"""What a submission asks its sender: one numbered list, the same in the answer and in the store."""

from collections.abc import Iterable, Sequence

from bot.outcome import Asked
from gateway.road.documents import DocumentRead
from parsers.questions import HOLDS, OFFERS, Ask, ask_of, make_question
from storage.intake.questions import AskedQuestion
from storage.intake.unusual import Unusual
from storage.records import Question


def asked_of(
    documents: Sequence[DocumentRead], unusual: Unusual | None, language: str
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
    return tuple(
        AskedQuestion(
            number=number,
            question_id=question.id,
            fingerprint=fingerprint,
            document=document,
            text=question.text,
            choices=question.choices,
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
            effect="hold" if is_hold(one) else "offer" if ask_of(one.question_id) in OFFERS else "rows",
        )
        for one in asked
    )


def is_hold(question: AskedQuestion) -> bool:
    """Whether the question holds cases back instead of rows."""
    return ask_of(question.question_id) in HOLDS
