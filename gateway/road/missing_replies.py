"""Replies about missing claims: what they say becomes tasks for the operator, or is asked back.

Either all of a reply is certain and all of it is noted, or nothing is. No money is booked here.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from bot import answer as words
from bot.outcome import ClaimDoubt, ClaimSaid, MissingAnswered, MissingUnclear
from gateway.clock import Clock
from gateway.road.answers import Answers, Ending
from gateway.road.asking import missing_items
from parsers.replies.missing import Kind, Missing, Said, Understood, Why, understand_missing
from storage.days import AGENCY_ZONE
from storage.engine.database import Database
from storage.intake.inbox import Work
from storage.intake.notices import AskedClaim, Notice, asked_claims, record_notices
from storage.intake.questions import AskedQuestion, close_question
from storage.intake.submissions import format_submission
from storage.money import Money

SAID_SHOWN = 20


class HeardOfMissing(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply says of the claims that `asked_by` has asked about."""

    asked_by: int
    question: AskedQuestion
    claims: Sequence[AskedClaim]
    understood: Understood

    @property
    def has_doubts(self) -> bool:
        """Whether it must be asked back; who says nothing of claims may have answered something else."""
        return any(one.why is not Why.NOTHING_SAID for one in self.understood.doubts)

    @property
    def notices(self) -> list[Notice]:
        """What is to be noted; nothing while there is a doubt."""
        if self.understood.doubts:
            return []
        return [_notice(self.claims[one.place], one) for one in self.understood.said]

    @property
    def waiting(self) -> list[AskedClaim]:
        """The claims that nobody has said anything of, this reply included."""
        said = set() if self.understood.doubts else {one.place for one in self.understood.said}
        return [one for place, one in enumerate(self.claims) if one.answer is None and place not in said]


class MissingReplies:
    """Takes what people write about missing claims. Safe to use from several threads."""

    def __init__(self, database: Database, clock: Clock, answers: Answers) -> None:
        self._database = database
        self._clock = clock
        self._answers = answers

    def hear(self, work: Work, asked_by: int, question: AskedQuestion, said: str) -> HeardOfMissing:
        """What a reply says; nothing is noted yet."""
        with self._database.read() as connection:
            claims = asked_claims(connection, work.account_id, asked_by)
        missing = [
            Missing(
                invoice_number=one.invoice_number,
                cents=one.cents,
                total_cents=one.total_cents,
                debtor=one.debtor,
                is_answered=one.answer is not None,
            )
            for one in claims
        ]
        today = work.received_at.astimezone(AGENCY_ZONE).date()
        understood = understand_missing(said, missing, today)
        return HeardOfMissing(asked_by=asked_by, question=question, claims=claims, understood=understood)

    def record(self, connection: Connection, work: Work, heard: HeardOfMissing) -> None:
        """Note what was understood; raises LeaseLostError."""
        if not heard.notices:
            return
        now = self._clock()
        if record_notices(connection, work, heard.asked_by, heard.notices, now) == 0:
            close_question(
                connection, work.account_id, heard.asked_by, heard.question.question_id, work, now=now
            )

    def tell(self, work: Work, heard: HeardOfMissing) -> Ending:
        """Note it and say how it was understood, in one transaction."""

        def render(sending: dict[str, Any], language: str) -> words.Answer:
            answered = MissingAnswered(
                **sending,
                asked_by=format_submission(heard.asked_by),
                **_said(heard),
                waiting=missing_items(heard.waiting, language),
            )
            return words.render_missing_answered(answered, language)

        return self._answers.tell_notice(
            work, render, lambda connection: self.record(connection, work, heard)
        )

    def ask_back(self, work: Work, heard: HeardOfMissing, *, has_others: bool) -> Ending:
        """Something is not certain: say what was understood and what was not; nothing is noted."""

        def render(sending: dict[str, Any], language: str) -> words.Answer:
            unclear = MissingUnclear(
                **sending,
                asked_by=format_submission(heard.asked_by),
                doubts=tuple(
                    ClaimDoubt(why=one.why, about=one.about) for one in heard.understood.doubts[:SAID_SHOWN]
                ),
                **_said(heard),
                waiting=missing_items(heard.waiting, language),
                has_other_questions=has_others,
            )
            return words.render_missing_unclear(unclear, language)

        return self._answers.tell_notice(work, render)


def _said(heard: HeardOfMissing) -> dict[str, Any]:
    """What was understood, for the answer: the first ones, and how many more."""
    said = heard.understood.said
    shown = tuple(_in_words(heard.claims[one.place], one) for one in said[:SAID_SHOWN])
    return {"said": shown, "said_more": len(said) - len(shown)}


def _in_words(claim: AskedClaim, said: Said) -> ClaimSaid:
    return ClaimSaid(
        invoice_number=claim.invoice_number,
        debtor=claim.debtor,
        answer=said.kind.value,
        paid_on=said.paid_on,
        amount=None if said.cents is None else Money(said.cents, claim.currency),
        is_part=said.covers == "partial",
    )


def _notice(claim: AskedClaim, said: Said) -> Notice:
    assert said.kind is not Kind.PAID or said.paid_on is not None, "a payment has a day"
    return Notice(
        case_id=claim.case_id,
        position=claim.position,
        invoice_number=claim.invoice_number,
        answer=said.kind.value,
        paid_on=None if said.paid_on is None else said.paid_on.isoformat(),
        cents=said.cents,
        covers=said.covers,
    )
