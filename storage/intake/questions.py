"""What a submission has asked its sender, what was answered, and what an account has answered for good.

A question belongs to the submission whose answer asked it. An answer that holds for every list of the
same report (`fingerprint/id`), or of the account (`id`), is kept as a version; the newest counts, the
older ones stay as history.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete, func, or_, select, update

from storage.engine.bulk import insert_rows
from storage.engine.instants import to_micros
from storage.engine.schema import questions, standing_answers, submissions
from storage.engine.text import storable, storable_or_none
from storage.intake.inbox import Work, fence

_ROW = (
    "account_id",
    "submission_id",
    "number",
    "question_id",
    "fingerprint",
    "document",
    "text",
    "choices",
    "items",
)
ALL_SAID = "all_said"  # of a question whose answers are kept elsewhere
_CHOICES = msgspec.json.Decoder(tuple[str, ...])


class AskedQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """One question as its sender has read it; `fingerprint` is of the header it is about."""

    number: int
    question_id: str
    fingerprint: str | None = None
    document: str | None = None
    text: str
    choices: tuple[str, ...]
    items: tuple[str, ...] = ()  # what the question is about, a line each
    choice: str | None = None  # what was answered

    @property
    def scope(self) -> str:
        """What an answer holds for: the lists with the same header, or all of the account."""
        return f"{self.fingerprint}/{self.question_id}" if self.fingerprint else self.question_id


def put_questions(connection: Connection, work: Work, asked: Sequence[AskedQuestion]) -> None:
    """Keep what a submission asks, in the transaction that ends it; again is harmless."""
    fence(connection, work)
    connection.execute(
        delete(questions).where(
            questions.c.account_id == work.account_id,
            questions.c.submission_id == work.submission_id,
            questions.c.choice.is_(None),
        )
    )
    rows = [
        (
            work.account_id,
            work.submission_id,
            one.number,
            one.question_id,
            one.fingerprint,
            storable_or_none(one.document),
            storable(one.text),
            msgspec.json.encode(one.choices).decode(),
            storable(msgspec.json.encode(one.items).decode()) if one.items else None,
        )
        for one in asked
    ]
    insert_rows(connection, "questions", _ROW, rows)


def questions_of(connection: Connection, account_id: int, submission_id: int) -> list[AskedQuestion]:
    """All questions of a submission in their order, answered or not."""
    found = select(questions).filter_by(account_id=account_id, submission_id=submission_id)
    return [_question(row) for row in connection.execute(found.order_by(questions.c.number))]


def answered_by(connection: Connection, account_id: int, submission_id: int) -> list[AskedQuestion]:
    """The questions that a reply has answered."""
    found = select(questions).filter_by(account_id=account_id, answered_by=submission_id)
    return [
        _question(row)
        for row in connection.execute(found.order_by(questions.c.submission_id, questions.c.number))
    ]


def answered_in(connection: Connection, account_id: int, reply: int) -> int | None:
    """The submission whose questions a reply has answered; None where it has answered nothing."""
    found = select(questions.c.submission_id).filter_by(account_id=account_id, answered_by=reply).limit(1)
    return connection.execute(found).scalar()


def record_answers(
    connection: Connection,
    work: Work,
    asked_by: int,
    chosen: Mapping[int, str],
    *,
    kept: Sequence[str],
    now: datetime,
) -> None:
    """Keep the choices by question number of submission `asked_by`; `work` is the reply.

    `kept` names the scopes whose answers hold for later lists too. Raises LeaseLostError.
    """
    fence(connection, work)
    asked = {one.number: one for one in questions_of(connection, work.account_id, asked_by)}
    for number, choice in chosen.items():
        one = asked[number]
        connection.execute(
            update(questions)
            .filter_by(account_id=work.account_id, submission_id=asked_by, number=number)
            .values(choice=storable(choice), answered_at=to_micros(now), answered_by=work.submission_id)
        )
        if one.scope in kept:
            _keep(connection, work, one.scope, storable(choice), now)


def answers_for(connection: Connection, account_id: int, source_id: int) -> dict[str, str]:
    """Every answer that holds for reading the bytes of one submission, by scope."""
    newest = (
        select(standing_answers.c.scope, func.max(standing_answers.c.version).label("version"))
        .where(standing_answers.c.account_id == account_id)
        .group_by(standing_answers.c.scope)
        .subquery()
    )
    same = and_(standing_answers.c.scope == newest.c.scope, standing_answers.c.version == newest.c.version)
    standing = (
        select(standing_answers.c.scope, standing_answers.c.choice)
        .join(newest, same)
        .where(standing_answers.c.account_id == account_id)
    )
    answers = {row.scope: row.choice for row in connection.execute(standing)}
    asked_about_it = select(submissions.c.submission_id).where(
        submissions.c.account_id == account_id,
        or_(submissions.c.submission_id == source_id, submissions.c.source_id == source_id),
    )
    own = (
        select(questions)
        .where(
            questions.c.account_id == account_id,
            questions.c.submission_id.in_(asked_about_it),
            questions.c.choice.is_not(None),
        )
        .order_by(questions.c.answered_at)
    )
    return answers | {one.scope: one.choice or "" for one in map(_question, connection.execute(own))}


def close_question(
    connection: Connection, account_id: int, asked_by: int, question_id: str, reply: Work, *, now: datetime
) -> None:
    """A question that is answered bit by bit has its last answer; what was said is kept elsewhere."""
    connection.execute(
        update(questions)
        .filter_by(account_id=account_id, submission_id=asked_by, question_id=question_id)
        .values(choice=ALL_SAID, answered_at=to_micros(now), answered_by=reply.submission_id)
    )


def bind_reply(connection: Connection, work: Work, reply_to: int) -> None:
    """Note which submission a message answers or corrects; raises LeaseLostError."""
    fence(connection, work)
    _set(connection, work.account_id, work.submission_id, reply_to=reply_to)


def read_again(connection: Connection, work: Work, source_id: int) -> None:
    """From now on the work is about the bytes of another submission of the account."""
    fence(connection, work)
    _set(connection, work.account_id, work.submission_id, source_id=source_id)


def hold(connection: Connection, work: Work, reason: str) -> None:
    """Its new cases stay in VALIDATION until the creditor has said JA (DESIGN, *Decisions*)."""
    fence(connection, work)
    _set(connection, work.account_id, work.submission_id, held=reason)


def release_hold(connection: Connection, account_id: int, submission_id: int) -> None:
    """The creditor has said JA."""
    _set(connection, account_id, submission_id, held=None)


def _set(connection: Connection, account_id: int, submission_id: int, **values: Any) -> None:
    connection.execute(
        update(submissions).filter_by(account_id=account_id, submission_id=submission_id).values(values)
    )


def _keep(connection: Connection, work: Work, scope: str, choice: str, now: datetime) -> None:
    """A new version, unless the newest says the same."""
    last = connection.execute(
        select(standing_answers.c.version, standing_answers.c.choice)
        .filter_by(account_id=work.account_id, scope=scope)
        .order_by(standing_answers.c.version.desc())
        .limit(1)
    ).first()
    if last is not None and last.choice == choice:
        return
    connection.execute(
        standing_answers.insert().values(
            account_id=work.account_id,
            scope=scope,
            version=1 if last is None else last.version + 1,
            choice=choice,
            answered_at=to_micros(now),
            answered_by=work.submission_id,
        )
    )


def _question(row: Any) -> AskedQuestion:
    return AskedQuestion(
        number=row.number,
        question_id=row.question_id,
        fingerprint=row.fingerprint,
        document=row.document,
        text=row.text,
        choices=_CHOICES.decode(row.choices),
        items=() if row.items is None else _CHOICES.decode(row.items),
        choice=row.choice,
    )
