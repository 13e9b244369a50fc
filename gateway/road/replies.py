"""Replies: a message that answers what an earlier submission has asked.

A mail belongs to the submission whose answer it replies to (`In-Reply-To`, `References`, else the label
in its subject), a text file to the one that it is named for (`S-000042.txt`). An answer about a list
sends the reply along the road with the bytes of that list, read anew with what is now known; so its rows
are planned, committed and told as any others, once.
"""

import re
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection

from gateway.clock import Clock
from gateway.road.answers import Answers, Ending
from gateway.road.asking import is_about_missing, is_hold
from gateway.road.documents import DocumentRead
from gateway.road.missing_replies import HeardOfMissing, MissingReplies
from gateway.road.reply import thread_of
from parsers.questions import is_kept
from parsers.replies.choices import Posed, understand
from parsers.replies.parting import part
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.errors import RefusedError, UnknownError
from storage.intake import inbox
from storage.intake.inbox import Work
from storage.intake.questions import (
    AskedQuestion,
    answered_in,
    bind_reply,
    questions_of,
    read_again,
    record_answers,
    release_hold,
)
from storage.intake.submissions import SubmissionSummary, get_submission
from storage.intake.tasks import open_task
from storage.intake.withdraw import withdraw

_OUR_ID = re.compile(r"<s-(\d{1,18})\.\d+\.answer@[^>]+>", re.ASCII)
_LABEL = re.compile(r"\[S-(\d{1,18})\]", re.ASCII)
_NAMED = re.compile(r"(?i).*\bS-(\d{6,18})\b.*\.txt", re.ASCII)

REJOINDERS_MAX = 20


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply has brought: the questions that it answers, with their choices, and where they stood."""

    asked_by: int
    questions: tuple[AskedQuestion, ...]


class Replies:
    """Takes what people write back. Safe to use from several threads."""

    def __init__(
        self, database: Database, clock: Clock, answers: Answers, settings: BookSettings | None = None
    ) -> None:
        self._settings = settings or BookSettings()
        self._database = database
        self._clock = clock
        self._answers = answers
        self._missing = MissingReplies(database, clock, answers)

    def bind(self, work: Work) -> int | None:
        """The submission that a message replies to, noted with it; None where it replies to none of ours."""
        with self._database.read() as connection:
            asked_by = self._replied_to(connection, work)
        if asked_by is not None:
            with self._database.write() as connection:
                bind_reply(connection, work, asked_by)
        return asked_by

    def take(self, work: Work, asked_by: int | None, documents: Sequence[DocumentRead]) -> Ending | bool:
        """Act on a reply that is nothing but words.

        True: the list that it is about is to be read again. An Ending: it is done and answered. False:
        it is no answer to anything.
        """
        said = _words(documents)
        if asked_by is None or said is None:
            return False
        with self._database.read() as connection:
            done = answered_in(connection, work.account_id, work.submission_id)
            found = None if done is None else get_submission(connection, done)
            asked_by, waiting = _waiting(connection, work.account_id, asked_by)
        if found is not None:  # acted on by a gateway that was killed before it could say so
            return self._answers.tell_hold_answered(work, found.submission_id, _ending_of(found))
        return self._hear(work, asked_by, waiting, said) if waiting else False

    def _hear(self, work: Work, asked_by: int, waiting: Sequence[AskedQuestion], said: str) -> Ending | bool:
        """Find the answers to what waits for one, and act on them."""
        about_missing = next((one for one in waiting if is_about_missing(one.question_id)), None)
        others = [one for one in waiting if one is not about_missing]
        posed = [Posed(number=one.number, question_id=one.question_id, choices=one.choices) for one in others]
        heard_of: HeardOfMissing | None = None
        if about_missing is not None:
            own, said = part(said, about_missing.number, posed)
            heard_of = self._missing.hear(work, asked_by, about_missing, own)
            if heard_of.has_doubts:
                return self._missing.ask_back(work, heard_of, has_others=bool(others))
        chosen = understand(said, posed)
        if not chosen and heard_of is not None and heard_of.notices:
            return self._missing.tell(work, heard_of)
        if not chosen:
            return self._answers.tell_not_understood(work, asked_by, waiting)
        heard = Heard(
            asked_by=asked_by,
            questions=tuple(
                msgspec.structs.replace(one, choice=chosen[one.number])
                for one in waiting
                if one.number in chosen
            ),
        )
        return self._act(work, heard, heard_of)

    def _act(self, work: Work, heard: Heard, heard_of: HeardOfMissing | None) -> Ending | bool:
        holds = [one for one in heard.questions if is_hold(one)]
        about_list = [one for one in heard.questions if not is_hold(one)]
        takes_back = any(one.choice != one.choices[0] for one in holds)
        ending = "taken_back" if takes_back else "released"
        with self._database.write() as connection:
            if heard_of is not None:
                self._missing.record(connection, work, heard_of)
            try:
                self._release_or_withdraw(connection, work, heard, holds, takes_back=takes_back)
            except RefusedError as refusal:
                ending = "refused"
                open_task(
                    connection,
                    kind="withdrawal_request",
                    account_id=work.account_id,
                    submission_id=heard.asked_by,
                    detail={"reason": str(refusal), "asked_in": work.submission_id},
                    now=self._clock(),
                )
            record_answers(
                connection,
                work,
                heard.asked_by,
                {one.number: one.choice or "" for one in heard.questions},
                kept=[one.scope for one in heard.questions if is_kept(one.question_id)],
                now=self._clock(),
            )
            if about_list and not takes_back:
                source = get_submission(connection, heard.asked_by).source_id or heard.asked_by
                read_again(connection, work, source)
        if about_list and not takes_back:
            return True
        return self._answers.tell_hold_answered(work, heard.asked_by, ending)

    def _release_or_withdraw(
        self,
        connection: Connection,
        work: Work,
        heard: Heard,
        holds: Sequence[AskedQuestion],
        *,
        takes_back: bool,
    ) -> None:
        if takes_back:
            withdraw(connection, heard.asked_by, "creditor", self._clock(), self._settings)
        elif holds:
            release_hold(connection, work.account_id, heard.asked_by)

    def _replied_to(self, connection: Connection, work: Work) -> int | None:
        for candidate in self._candidates(connection, work):
            try:
                found = get_submission(connection, candidate)
            except UnknownError:
                continue
            if found.account_id == work.account_id and found.submission_id != work.submission_id:
                return found.submission_id
        return None

    def _candidates(self, connection: Connection, work: Work) -> list[int]:
        if work.channel not in {"smtp", "lmtp"}:
            named = _NAMED.fullmatch(work.source_name or "")
            return [int(named[1])] if named else []
        first = next(iter(inbox.content_pieces(connection, work.account_id, work.submission_id)), b"")
        thread = thread_of(first)
        ids = [_OUR_ID.fullmatch(one) for one in (*thread.replies_to, *reversed(thread.references))]
        found = [int(one[1]) for one in ids if one]
        return found or [int(label) for label in _LABEL.findall(thread.subject or "")]


def _waiting(connection: Connection, account_id: int, asked_by: int) -> tuple[int, Sequence[AskedQuestion]]:
    """The questions that a reply can answer, and who asked them.

    Who replies to a rejoinder of ours that asks nothing by itself answers what was asked before it.
    """
    for _ in range(REJOINDERS_MAX):
        waiting = [one for one in questions_of(connection, account_id, asked_by) if one.choice is None]
        before = get_submission(connection, asked_by).reply_to
        if waiting or before is None:
            return asked_by, waiting
        asked_by = before
    return asked_by, ()


def _words(documents: Sequence[DocumentRead]) -> str | None:
    """The words of a message that holds nothing else."""
    if len(documents) != 1:
        return None
    return documents[0].head.said


def _ending_of(summary: SubmissionSummary) -> str:
    """What a JA or NEIN has made of the submission that it was about."""
    if summary.state == "withdrawn":
        return "taken_back"
    return "released" if summary.held is None else "refused"
