"""What a message asks for: one record a question, as INTERFACE names its parts, and a little more.

Nothing here knows the store. A debtor is named as the message names him; whether there is such a
debtor is looked up by `Names`, which the store provides.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

import msgspec

from storage.money import Money


class Intent(StrEnum):
    """What is wanted (INTERFACE, *Intents*)."""

    CASE_STATUS = "case_status"
    CASES_LIST = "cases_list"
    BALANCE = "balance"
    PAYOUTS = "payouts"
    PAYMENTS_LIST = "payments_list"
    STATEMENTS = "statements"
    EXPORT = "export"
    CANCEL_CASE = "cancel_case"
    REPORT_PAYMENT = "report_payment"
    UPDATE_DEBTOR = "update_debtor"
    COSTS = "costs"
    LIMITATION = "limitation"
    EXPLAIN_STATUS = "explain_status"
    WHY = "why"
    OVERVIEW = "overview"
    HELP = "help"
    HUMAN = "human"
    OTHER = "other"


STATUSES = (
    *("VALIDATION", "ENRICHMENT", "AUTOCOLLECT", "COMMUNICATION", "INSTALLMENT", "LEGALCOLLECT"),
    *("MONITORING", "CLEARED", "UNFOUNDED", "CANCELLED", "RECALLED"),
)
CATEGORIES = ("full_payment", "installment", "settlement", "direct_payment")


class Going(StrEnum):
    """How a message goes on from the answer before it; it can only be read with that answer."""

    MORE = "more"  # the next page
    BACK = "back"
    OTHER = "other"  # the other one, the others
    PICK = "pick"  # the second of those offered
    NARROW = "narrow"  # the same, but only of February
    YES = "yes"
    NO = "no"


class Subject(StrEnum):
    """What a wanted file holds (`inkasso export`)."""

    CASES = "cases"
    STATEMENTS = "statements"
    TRANSACTIONS = "transactions"


class Period(msgspec.Struct, frozen=True):
    """Days, both included; an open end is None."""

    first: date | None = None
    last: date | None = None


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Which amounts are meant; both ends alike: that very amount."""

    low: Money | None = None
    high: Money | None = None
    holds_ends: bool = True

    @property
    def exact(self) -> Money | None:
        """The one amount that is meant."""
        return self.low if self.low == self.high else None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A debtor whom a written name may mean; the score goes from 0 to 1."""

    name: str
    score: float


class Names(Protocol):
    """The debtors of an account."""

    def find(self, text: str) -> Sequence[Candidate]:
        """Who may be meant by a name, the likeliest first."""
        ...


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One question.

    `choices` is empty where the intent is certain; else nothing is answered or done before the sender
    has chosen one of them. `failed` are case numbers whose check digit is wrong and days that do not
    exist: never matched, always asked. `intent` with `choices` is the likeliest of them.
    """

    intent: Intent
    choices: tuple[Intent, ...] = ()
    ranked: tuple[tuple[Intent, float], ...] = ()
    cases: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    debtor: str | None = None
    candidates: tuple[Candidate, ...] = ()
    filter: str | None = None
    period: Period = Period()
    amount: Comparison | None = None
    only_open: bool = False
    file_format: str | None = None
    subject: Subject | None = None
    going: Going | None = None
    picked: int | None = None
    failed: tuple[str, ...] = ()
    language: str = "de"
