"""Why a figure of a case is what it is: a tree of postings, rules, dates and roundings, as data.

Each node is a sum of its parts; leaves are postings with their entry, or derivations with every number
that was used. Nothing is computed here that the books do not hold: the tree is how they came to it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from storage.books.case_book import CaseBook, load_case_book
from storage.books.claim_account import ClaimAccount
from storage.books.entries import EntryKind
from storage.books.fees import fee_due, order_value
from storage.books.figures import account_on
from storage.books.ledgers import FIGURES, Ledger
from storage.books.settings import BookSettings
from storage.engine.book_tables import journal, postings
from storage.money import Money

_RULES = {
    EntryKind.CLAIM: "handed over by the creditor",
    EntryKind.INTEREST: "§ 288 BGB, accrued so far less booked so far",
    EntryKind.FEE: "§ 13 RVG, VV 2300 and VV 7002",
    EntryKind.COST: "cost of the creditor that came up later",
    EntryKind.RECEIPT: "received at the agency",
    EntryKind.DIRECT_PAYMENT: "received by the creditor itself",
    EntryKind.ALLOCATION: "allocated anew, in the order of the value dates",
    EntryKind.REVERSAL: "mirrors an earlier entry",
    EntryKind.WAIVER: "waived",
    EntryKind.REFUND: "paid back",
    EntryKind.CORRECTION: "corrected",
}
_SHARES = (
    ("received", (Ledger.RECEIVED, Ledger.RECEIVED_DIRECT), 1, "all receipts that stand"),
    (
        "creditor_share",
        (Ledger.CREDITOR_SHARE,),
        -1,
        "the creditor first: the smaller of what was received and what was charged for it",
    ),
    (
        "agency_share",
        (Ledger.AGENCY_SHARE,),
        -1,
        "the agency next: the smaller of the rest and what was charged for it",
    ),
    ("surplus", (Ledger.SURPLUS,), -1, "what is left after both"),
    ("balance", (Ledger.BALANCE,), -1, "what this case moved on the creditor's balance account"),
)


class Reason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One figure and where it comes from. amount in the contract's form; entry: its number in the journal."""

    figure: str
    amount: str
    rule: str
    entry: int | None = None
    value_date: date | None = None
    booked_on: date | None = None
    policy: str | None = None
    note: str | None = None
    derivation: Any = None
    parts: tuple["Reason", ...] = ()


def explain_case(
    connection: Connection, account_id: int, case_id: int, settings: BookSettings, day: date
) -> list[Reason]:
    """Every figure of a case with interest up to and including a day, each with its way there."""
    book = load_case_book(connection, account_id, case_id, settings)
    account = account_on(connection, book, day)
    legs = _legs(connection, account_id, case_id)
    case = _Case(book=book, account=account, legs=legs, day=day)
    owed = tuple(_owed(case, *figure) for figure in FIGURES.items())
    total = Reason(
        figure="owed",
        amount=_money(account.owed),
        rule=f"what was charged less what was received and waived, with interest up to {day}",
        parts=tuple(part for part in owed if part.parts or part.amount != "0.00"),
    )
    return [total, *(_share(legs, *share) for share in _SHARES)]


class _Case(msgspec.Struct, frozen=True, kw_only=True):
    """A case with what is asked about it."""

    book: CaseBook
    account: ClaimAccount
    legs: Sequence[Any]
    day: date


def _owed(case: _Case, figure: str, ledgers: tuple[Ledger, ...]) -> Reason:
    book, account, legs, day = case.book, case.account, case.legs, case.day
    parts = [_posting(leg, 1) for leg in legs if leg.ledger in ledgers]
    amount = sum(cents for (ledger, _), cents in account.open.items() if ledger in ledgers)
    derivation: Any = None
    rule = "what was charged less what was received for it"
    if figure == "interest":
        derivation = _interest(book, account, day)
        unbooked = amount - sum(leg.cents for leg in legs if leg.ledger in ledgers)
        if unbooked:
            parts.append(Reason(figure=figure, amount=_money(unbooked), rule=f"accrued since, up to {day}"))
    if figure == "fee" and book.progress is not None and book.progress.fee_tenths and order_value(book) > 0:
        derivation = _plain(fee_due(book, book.progress.fee_tenths, day).derivation)
    return Reason(figure=figure, amount=_money(amount), rule=rule, derivation=derivation, parts=tuple(parts))


def _interest(book: CaseBook, account: ClaimAccount, day: date) -> dict[int, Any]:
    """How the interest of each claim comes about, by its position; rounded once a claim."""
    return {
        claim.position: _plain(claim.interest.derive(account.steps[claim.position], day))
        for claim in book.claims
        if claim.interest is not None and account.steps.get(claim.position)
    }


def _share(legs: Sequence[Any], figure: str, ledgers: tuple[Ledger, ...], sign: int, rule: str) -> Reason:
    parts = tuple(_posting(leg, sign) for leg in legs if leg.ledger in ledgers)
    amount = sum(sign * leg.cents for leg in legs if leg.ledger in ledgers)
    return Reason(figure=figure, amount=_money(amount), rule=rule, parts=parts)


def _posting(leg: Any, sign: int) -> Reason:
    return Reason(
        figure=Ledger(leg.ledger).name.lower(),
        amount=_money(sign * leg.cents),
        rule=_RULES.get(EntryKind(leg.kind), leg.kind),
        entry=leg.entry,
        value_date=date.fromisoformat(leg.value_date),
        booked_on=date.fromisoformat(leg.booked_on),
        policy=leg.policy,
        note=leg.note,
    )


def _legs(connection: Connection, account_id: int, case_id: int) -> list[Any]:
    in_entry = (postings.c.account_id == journal.c.account_id) & (postings.c.entry == journal.c.entry)
    found = (
        select(
            journal.c.entry,
            journal.c.kind,
            journal.c.value_date,
            journal.c.booked_on,
            journal.c.policy,
            journal.c.note,
            postings.c.ledger,
            postings.c.cents,
        )
        .join(postings, in_entry)
        .where(journal.c.account_id == account_id, journal.c.case_id == case_id)
        .order_by(postings.c.entry, postings.c.leg)
    )
    return list(connection.execute(found))


def _plain(value: Any) -> Any:
    """A record of a derivation as data, with money in the contract's form."""
    match value:
        case Money():
            return str(value)
        case msgspec.Struct():
            return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
        case tuple() | list():
            return [_plain(one) for one in value]
        case _:
            return value


def _money(cents: int) -> str:
    return str(Money(cents))


def depth_first(reasons: Iterable[Reason], depth: int = 0) -> Iterable[tuple[int, Reason]]:
    """All nodes with their depth, parents first."""
    for reason in reasons:
        yield depth, reason
        yield from depth_first(reason.parts, depth + 1)
