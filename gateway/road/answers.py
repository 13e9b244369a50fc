"""Ends a submission: what is said to its sender, put into the outbox in the transaction that ends it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import structlog
from sqlalchemy import Connection

from bot import answer as words
from bot.answer import Answer
from bot.outcome import (
    AccountChoice,
    Claimed,
    HoldAnswered,
    NoAttachment,
    NotUnderstood,
    SetAside,
    WhichAccount,
)
from gateway.clock import Clock
from gateway.road import report
from gateway.road.asking import asked_of, in_words
from gateway.road.documents import DocumentRead, has_table, is_automatic
from gateway.road.folder_reply import folder_files
from gateway.road.outcome_files import attached_table
from gateway.road.reply import Attachment, Thread, compose, plain_id, thread_of
from parsers.problems import Code
from storage.accounts import account_by_id, accounts_of_address, verified_email
from storage.days import AGENCY_ZONE
from storage.engine.database import Database
from storage.intake import claimed, inbox
from storage.intake.claimed import ClaimedMessage
from storage.intake.commit import finish
from storage.intake.documents import put_document
from storage.intake.findings import warnings_of
from storage.intake.inbox import Work
from storage.intake.missing import Listed, Missing, find_missing, put_missing
from storage.intake.outbox import Deliverable
from storage.intake.questions import AskedQuestion, hold, put_questions
from storage.intake.submissions import SubmissionSummary, format_submission
from storage.intake.tasks import open_task
from storage.intake.unusual import Unusual, unusual

NOTICES_A_DAY_MAX = 3
CLAIMED_BATCH = 500

log = structlog.get_logger("answers")


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How a submission has ended: the text of its answer, empty when none is due, and known cases."""

    text: str = ""
    known_cases: Sequence[int] = ()  # of rows that were not new, some of them more than once


class Answers:
    """Words and sends the answers. Safe to use from several threads."""

    def __init__(self, database: Database, clock: Clock, *, domain: str, sender: str) -> None:
        self._database = database
        self._clock = clock
        self._domain = domain
        self.on_told: Callable[[Work, SubmissionSummary | None], object] = _nobody_counts
        self._sender = sender

    def tell_outcome(
        self,
        work: Work,
        documents: Sequence[DocumentRead],
        listed: Listed | None = None,
        *,
        corrects: int | None = None,
    ) -> Ending:
        """End a submission that was read, with the answer that its channel wants.

        `listed`: what its lists hold, to be compared with earlier ones; `corrects`: what it replies to.
        """
        if is_automatic(documents):
            self._finish_automatic(work)
            return Ending()
        with self._database.read() as connection:
            held = unusual(
                connection,
                work.account_id,
                work.submission_id,
                warned=_warned_early(connection, work),
                today=work.received_at.astimezone(AGENCY_ZONE).date(),
            )
            missing = _missing(connection, work, listed, corrects)
            language = account_by_id(connection, work.account_id).language
            asked = asked_of(documents, held, language, missing.claims)
            told = self.word_outcome(connection, work, documents, asked)
            names = [document.head.name for document in documents]
            deliverables = self._deliverables(connection, work, told, names)
        unanswered = None if deliverables else "printed by the command that submitted it"
        self._finish(
            work,
            deliverables,
            unanswered=unanswered,
            documents=documents,
            asked=asked,
            held=held,
            effect=lambda connection: put_missing(connection, work, missing),
        )
        self.on_told(work, told.summary)
        return Ending(text=told.answer.text)

    def _finish_automatic(self, work: Work) -> None:
        """Nothing is read from automatic mail; where a creditor's own program sent it, a person looks."""
        now = self._clock()
        with self._database.write() as connection:
            finish(connection, work, unanswered="automatic mail is never answered", now=now)
            if work.trust == "authenticated":
                open_task(
                    connection,
                    kind="automatic_mail",
                    account_id=work.account_id,
                    submission_id=work.submission_id,
                    detail={"reason": "an automatic mail came by a creditor's own login; nothing was read"},
                    now=now,
                )

    def word_outcome(
        self,
        connection: Connection,
        work: Work,
        documents: Sequence[DocumentRead],
        asked: Sequence[AskedQuestion],
    ) -> report.Told:
        """The answer to a submission that was read, with its files; writes nothing."""
        account = account_by_id(connection, work.account_id)
        thread = self._thread(connection, work)
        sending = report.sending_of(work, account, thread.subject)
        if any(problem.code == "no_attachment" for document in documents for problem in document.problems):
            return report.Told(answer=words.render_no_attachment(NoAttachment(**sending), account.language))
        if not has_table(documents):
            return report.tell_without_claims(sending, documents, account.language)
        return report.tell(connection, work, account, documents, subject=thread.subject, asked=asked)

    def tell_not_understood(self, work: Work, asked_by: int, waiting: Sequence[AskedQuestion]) -> Ending:
        """A reply in which no answer could be told: the questions once more."""
        return self.tell_notice(
            work,
            lambda sending, language: words.render_not_understood(
                NotUnderstood(**sending, asked_by=format_submission(asked_by), questions=in_words(waiting)),
                language,
            ),
        )

    def tell_hold_answered(self, work: Work, asked_by: int, ending: str) -> Ending:
        """The creditor's JA or NEIN has been acted on."""
        return self.tell_notice(
            work,
            lambda sending, language: words.render_hold_answered(
                HoldAnswered(**sending, asked_by=format_submission(asked_by), ending=ending),
                language,
            ),
        )

    def tell_notice(
        self,
        work: Work,
        render: Callable[[dict[str, Any], str], Answer],
        effect: Callable[[Connection], object] | None = None,
    ) -> Ending:
        """End a submission that was only words with a short answer, `effect` in the same transaction."""
        with self._database.read() as connection:
            account = account_by_id(connection, work.account_id)
            thread = self._thread(connection, work)
            told = report.Told(
                answer=render(report.sending_of(work, account, thread.subject), account.language)
            )
            deliverables = self._deliverables(connection, work, told, [])
        unanswered = None if deliverables else "printed by the command that submitted it"
        self._finish(work, deliverables, unanswered=unanswered, effect=effect)
        return Ending(text=told.answer.text)

    def tell_set_aside(self, work: Work, cause: str) -> Ending:
        """Two readings broke off: the operator gets a task, the sender hears that nothing is lost."""
        with self._database.read() as connection:
            account = account_by_id(connection, work.account_id)
            thread = self._thread(connection, work)
            set_aside = SetAside(**report.sending_of(work, account, thread.subject))
            told = report.Told(answer=words.render_set_aside(set_aside, account.language), ok=False)
            deliverables = self._deliverables(connection, work, told, [])
        unanswered = None if deliverables else "printed by the command that submitted it"
        self._finish(work, deliverables, state="set_aside", reason=cause, unanswered=unanswered)
        log.warning("submission set aside", cause=cause)
        return Ending(text=told.answer.text)

    def set_aside_silently(self, work: Work, cause: str) -> None:
        """The last resort: the operator gets a task, and no answer is tried."""
        self._finish(work, [], state="set_aside", reason=cause, unanswered="its answer could not be worded")

    def ask_which_account(self, work: Work) -> Ending:
        """An address that serves several accounts must name one."""
        with self._database.read() as connection:
            accounts = accounts_of_address(connection, work.sender)
            thread = self._thread(connection, work)
            choices = tuple(
                AccountChoice(name=each.name, address=f"claims+{each.drop_folder}@{self._domain}")
                for each in accounts
            )
            first = accounts[0]
            question = WhichAccount(**report.sending_of(work, first, thread.subject), choices=choices)
            answer = words.render_which_account(question, first.language)
            deliverable = self._mail(work.submission_id, answer, work.sender, thread, nth=work.attempts)
        self._finish(work, [deliverable], state="asked")
        return Ending(text=answer.text)

    def tell_claimed(self) -> int:
        """Tell the verified addresses of messages that came in their name without proof; says how many."""
        with self._database.write() as connection:
            messages = claimed.untold(connection, CLAIMED_BATCH)
            self._settle(connection, messages)
        return len(messages)

    def tell_folded(self) -> int:
        """Tell of those that were folded, as soon as another notice may go out; says of how many."""
        with self._database.write() as connection:
            told = 0
            for group in claimed.folded(connection, CLAIMED_BATCH):
                if self._may_notify(connection, group[-1]):
                    self._settle(connection, group)
                    told += len(group)
        return told

    def _settle(self, connection: Connection, messages: Sequence[ClaimedMessage]) -> None:
        groups: dict[tuple[int, str], list[ClaimedMessage]] = {}
        for message in messages:
            groups.setdefault(claimed.addressee(message), []).append(message)
        for group in groups.values():
            notice = self._claimed_notice(connection, group)
            claimed.settle(connection, group, notice, self._clock())

    def _may_notify(self, connection: Connection, message: ClaimedMessage) -> bool:
        return claimed.notices_of_a_day(connection, message, self._clock()) < NOTICES_A_DAY_MAX

    def _claimed_notice(self, connection: Connection, group: Sequence[ClaimedMessage]) -> Deliverable | None:
        last = group[-1]
        accounts = accounts_of_address(connection, last.sender)
        if not accounts or not self._may_notify(connection, last):
            return None
        account = next((one for one in accounts if one.account_id == last.account_id), accounts[0])
        notice = Claimed(
            submission=format_submission(last.submission_id),
            account=account.name,
            received_at=last.received_at,
            sha256=last.sha256.hex(),
            size_bytes=last.size_bytes,
            count=len(group),
        )
        answer = words.render_claimed(notice, account.language)
        # Of a message that may be a forger's, the true owner gets no word: only its id, for the thread.
        return self._mail(
            last.submission_id, answer, last.sender, Thread(message_id=plain_id(last.message_id)), nth=0
        )

    def _deliverables(
        self, connection: Connection, work: Work, told: report.Told, names: list[str]
    ) -> list[Deliverable]:
        if work.channel == "submit":
            return []
        account = account_by_id(connection, work.account_id)
        if work.channel == "folder":
            return folder_files(connection, work, account, told, names)
        recipient = verified_email(connection, work.account_id, work.sender)
        thread = self._thread(connection, work)
        files = told.copies
        if told.is_cut_short and told.summary is not None:
            files += (attached_table(connection, told.summary, account.language, names),)
        return [self._mail(work.submission_id, told.answer, recipient, thread, files, nth=work.attempts)]

    def _mail(
        self,
        submission_id: int,
        answer: Answer,
        recipient: str,
        thread: Thread,
        attachments: tuple[Attachment, ...] = (),
        *,
        nth: int,
    ) -> Deliverable:
        """A mail of its own Message-ID, also where a submission gets a second answer after a retry."""
        message_id = f"<{format_submission(submission_id).lower()}.{nth}.answer@{self._domain}>"
        content = compose(
            answer,
            sender=self._sender,
            recipient=recipient,
            message_id=message_id,
            thread=thread,
            attachments=attachments,
            now=self._clock(),
        )
        return Deliverable(
            kind="mail", recipient=recipient, subject=answer.subject, content=content, message_id=message_id
        )

    def _thread(self, connection: Connection, work: Work) -> Thread:
        if work.channel not in {"smtp", "lmtp"}:
            return Thread()
        first = next(iter(inbox.content_pieces(connection, work.account_id, work.submission_id)), b"")
        return thread_of(first)

    def _finish(
        self,
        work: Work,
        deliverables: Sequence[Deliverable],
        *,
        state: str = "done",
        reason: str | None = None,
        unanswered: str | None = None,
        documents: Sequence[DocumentRead] = (),
        asked: Sequence[AskedQuestion] = (),
        held: Unusual | None = None,
        effect: Callable[[Connection], object] | None = None,
    ) -> None:
        now: datetime = self._clock()
        with self._database.write() as connection:
            for number, document in enumerate(documents):
                put_document(connection, work, number, document.head, document.tail)
            if asked:
                put_questions(connection, work, asked)
            if held is not None:
                hold(connection, work, held.kind)
            if effect is not None:
                effect(connection)
            finish(
                connection,
                work,
                state=state,
                reason=reason,
                unanswered=unanswered,
                deliverables=deliverables,
                now=now,
            )


def _missing(connection: Connection, work: Work, listed: Listed | None, corrects: int | None) -> Missing:
    if listed is None:
        return Missing()
    return find_missing(connection, work.account_id, work.submission_id, listed, corrects=corrects)


def _warned_early(connection: Connection, work: Work) -> int:
    """How many rows of a submission, new or known, are claims that are not yet due."""
    found = warnings_of(connection, work.account_id, work.submission_id)
    return sum(warning.rows for warning in found if warning.code == Code.NOT_YET_DUE)


def _nobody_counts(_: Work, __: SubmissionSummary | None) -> None:
    """Nobody counts."""
