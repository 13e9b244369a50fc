"""What an answer is rendered from: records that hold every figure, so that a template only words them.

Whoever builds them takes the figures from the store. Messages and fixes of problems come from the
parsers and are in the reader's language already; everything else is worded by the templates.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import msgspec

from storage.money import Money


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """One submission as its sender knows it."""

    submission: str  # the label shown to people, "S-000042"
    account: str  # the account's name
    received_at: datetime  # aware; shown as the time in Germany
    subject: str | None = None  # of the sender's mail
    source: str | None = None  # name of the file, where there is one


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Rows by what became of them; the five add up to `rows_total`."""

    rows_total: int = 0
    new: int = 0
    unchanged: int = 0
    changed: int = 0
    rejected: int = 0
    skipped: int = 0
    awaiting: int = 0  # of the rejected: nothing wrong but an open question
    under_review: int = 0  # of the changed: the case has moved on, a person decides

    def __post_init__(self) -> None:
        five = (self.new, self.unchanged, self.changed, self.rejected, self.skipped)
        assert min(five) >= 0, "a count is never negative"
        assert sum(five) == self.rows_total, "every row is counted once"
        assert 0 <= self.awaiting <= self.rejected, "a row that waits is a rejected row"
        assert 0 <= self.under_review <= self.changed, "a change under review is a change"


class RowProblem(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake: where it stands in the sender's own list, and how it is mended."""

    document: str
    row: int
    column: str | None = None  # the header as the sender wrote it
    value: str | None = None
    message: str
    fix: str


class Warned(msgspec.Struct, frozen=True, kw_only=True):
    """What is missing in rows that were taken all the same; one record a kind of warning."""

    message: str
    fix: str
    count: int
    rows: tuple[int, ...] = ()  # the first rows, ascending; empty where rows of several files are meant
    example_row: int | None = None  # the message quotes this row's value and stands for all the others


class CaseLine(msgspec.Struct, frozen=True, kw_only=True):
    """One case and what this submission brought into it."""

    number: str
    debtor: str
    claims: int
    principal: Money


class SkipReason(msgspec.Struct, frozen=True, kw_only=True):
    """Rows that are no claims, by reason."""

    reason: str
    count: int
    rows: tuple[int, ...] = ()


class NotTaken(msgspec.Struct, frozen=True, kw_only=True):
    """A document that could not be taken, why, and what its sender can do."""

    name: str
    message: str
    fix: str


class CustomersRead(msgspec.Struct, frozen=True, kw_only=True):
    """A list of customers (master data) that was kept; `notes` say which of its rows cannot be used."""

    name: str
    kept: int
    notes: tuple[NotTaken, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A question that the file leaves open; a reply names its number."""

    number: int = 1
    text: str
    choices: tuple[str, ...] = ()
    document: str | None = None
    items: tuple[str, ...] = ()  # what it is about, a line each; then the choices are only examples
    # what waits for the answer: rows, nothing, cases; missing: nothing, the claims go on
    effect: Literal["rows", "offer", "hold", "missing"] = "rows"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was given, as it was understood."""

    question: str
    choice: str


class ClaimSaid(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply says of one claim that was missing in a list; day and amount of a payment only."""

    invoice_number: str
    debtor: str
    answer: str  # paid | cancelled | open
    paid_on: date | None = None
    amount: Money | None = None
    is_part: bool = False


class Outcome(Sending, frozen=True, kw_only=True):
    """What became of a submission. Lists hold the first ones; `…_more` says how many were left out."""

    counts: Counts
    mode: Literal["test", "live"] = "live"
    of_invoices: bool = False  # every row is an invoice of its own; none is a row of a list
    approved: bool = True  # else the cases wait until the account is approved
    problems: tuple[RowProblem, ...] = ()
    problems_more: int = 0  # rows with mistakes of which none is among the problems
    questions: tuple[Asked, ...] = ()
    reply_to: str | None = None  # the submission that this one answers or corrects
    answered: tuple[Given, ...] = ()  # what this reply has answered
    claims_said: tuple[ClaimSaid, ...] = ()  # what it has said of claims that were missing in a list
    by_folder: bool = False  # an answer can be put into the folder as a text file
    warnings: tuple[Warned, ...] = ()
    cases: tuple[CaseLine, ...] = ()
    cases_more: int = 0
    principal: tuple[Money, ...] = ()  # of all these cases, one sum a currency
    skipped: tuple[SkipReason, ...] = ()
    not_taken: tuple[NotTaken, ...] = ()
    customers: tuple[CustomersRead, ...] = ()
    corrections: tuple[str, ...] = ()  # names of the attached lists in which the mistakes are marked
    attachments: tuple[str, ...] = ()  # names of the other files that go with the answer


class Claimed(Sending, frozen=True, kw_only=True):
    """A message under a known address without proof; its words and files are not repeated."""

    sha256: str  # hex, over the bytes of the message
    size_bytes: int
    count: int = 1  # how many such messages since the last notice


class SetAside(Sending, frozen=True, kw_only=True):
    """A submission that could not be worked on and waits for the operator."""


class NoAttachment(Sending, frozen=True, kw_only=True):
    """A mail without anything that could be a list."""


class Unreadable(Sending, frozen=True, kw_only=True):
    """A submission of which no document could be taken."""

    not_taken: tuple[NotTaken, ...]


class MasterData(Sending, frozen=True, kw_only=True):
    """A submission of lists of customers, without any list of claims."""

    customers: tuple[CustomersRead, ...]
    not_taken: tuple[NotTaken, ...] = ()


class AccountChoice(msgspec.Struct, frozen=True, kw_only=True):
    """An account that the sender may write for, and the address that names it, if there is one."""

    name: str
    address: str | None = None


class WhichAccount(Sending, frozen=True, kw_only=True):
    """The sender's address serves several accounts and the message named none; `account` is unused."""

    choices: tuple[AccountChoice, ...]


class Verdict(StrEnum):
    """The one sentence that an outcome comes down to."""

    EMPTY = "empty"  # there was no row at all
    NOT_TAKEN = "not_taken"  # no row was read, because no document could be
    NO_CLAIMS = "no_claims"  # rows, but none of them a claim
    WAITING = "waiting"  # nothing taken before the sender has answered
    NONE_TAKEN = "none_taken"  # every claim has a mistake
    KNOWN = "known"  # every claim is in already
    ALL_NEW = "all_new"
    SOME_NEW = "some_new"  # new ones and others that were not taken
    MIXED = "mixed"


def verdict(outcome: Outcome) -> Verdict:
    """Which sentence is true of an outcome."""
    counts = outcome.counts
    if not counts.rows_total:
        return Verdict.NOT_TAKEN if outcome.not_taken else Verdict.EMPTY
    known = counts.changed + counts.unchanged
    if not counts.new + known + counts.rejected:
        return Verdict.NO_CLAIMS
    if not counts.new + known:
        return Verdict.WAITING if counts.awaiting == counts.rejected else Verdict.NONE_TAKEN
    if not counts.new + counts.changed + counts.rejected:
        return Verdict.KNOWN
    if known:
        return Verdict.MIXED
    return Verdict.ALL_NEW if counts.new == counts.rows_total else Verdict.SOME_NEW


class NotUnderstood(Sending, frozen=True, kw_only=True):
    """A reply from which no answer could be told; the questions are put once more."""

    asked_by: str
    questions: tuple[Asked, ...]


class HoldAnswered(Sending, frozen=True, kw_only=True):
    """The creditor's JA or NEIN to a submission that was held."""

    asked_by: str
    ending: str  # released | taken_back | refused: it cannot be taken back without the operator


class ClaimDoubt(msgspec.Struct, frozen=True, kw_only=True):
    """What is not certain in a reply about missing claims: why, and the invoice or the words."""

    why: str
    about: str


class MissingAnswered(Sending, frozen=True, kw_only=True):
    """A reply about missing claims, as it was understood; `waiting` lists those without a word so far."""

    asked_by: str
    said: tuple[ClaimSaid, ...]
    said_more: int = 0
    waiting: tuple[str, ...] = ()


class MissingUnclear(Sending, frozen=True, kw_only=True):
    """A reply about missing claims that leaves something open; nothing of it was noted."""

    asked_by: str
    doubts: tuple[ClaimDoubt, ...]
    said: tuple[ClaimSaid, ...] = ()
    said_more: int = 0
    waiting: tuple[str, ...] = ()
    has_other_questions: bool = False
