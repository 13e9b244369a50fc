"""The balance account (Guthabenkonto) as a sheet: what it holds, what is paid next, what was booked."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import msgspec

from bot.statements.figures import cell, day, total_of, unbroken
from bot.statements.final import Recipient
from bot.statements.sheet import Block, Column, Facts, Note, Sheet, Table
from bot.statements.transaction_list import kind_of
from bot.statements.words import Words, words_in
from bot.wording import folded, known_language, money
from storage.money import Money


class AccountEntry(Protocol):
    """One booking on the account; amount is above zero when it is the creditor's gain."""

    @property
    def value_date(self) -> date:
        """The day from which it counts."""
        ...

    @property
    def booked_on(self) -> date:
        """The day on which it was booked."""
        ...

    @property
    def kind(self) -> str:
        """One of receipt, direct_payment, payout, reversal, correction."""
        ...

    @property
    def case(self) -> str | None:
        """The case number, None for a payout."""
        ...

    @property
    def amount(self) -> Money:
        """What it adds."""
        ...


class BalanceAccount(msgspec.Struct, frozen=True, kw_only=True):
    """The account as of a day of booking. entries: the newest ones, oldest first.

    payout_on and payout: the next one, None where nothing is due.
    """

    balance: Money
    as_of: date
    entries: Sequence[AccountEntry]
    payout_on: date | None = None
    payout: Money | None = None


def account_sheet(account: BalanceAccount, recipient: Recipient, language: str) -> Sheet:
    """The account in a language."""
    language = known_language(language)
    words = words_in(language)
    as_of = words.balance_as_of.format(day=day(account.as_of, language))
    figures = [(words.balance_now, money(account.balance, language))]
    if account.payout is not None:
        figures.append((words.next_payout, money(account.payout, language)))
    blocks: list[Block] = [
        Facts(pairs=((words.creditor, folded(recipient.name)),)),
        _payout(account, words, language),
        _entries(account, words, language),
    ]
    return Sheet(
        language=language,
        kind=words.balance,
        title=words.balance,
        subtitle=as_of,
        sentence=words.balance_owing if account.balance.cents < 0 else None,
        figures=tuple(figures),
        blocks=tuple(blocks),
        foot=f"{words.balance} · {as_of} · {words.in_euro}",
        page=words.page,
        notice=words.test_account if recipient.is_test else None,
    )


def _payout(account: BalanceAccount, words: Words, language: str) -> Note:
    said = words.no_payout
    if account.payout is not None and account.payout_on is not None:
        said = words.next_payout_on.format(
            day=day(account.payout_on, language), amount=money(account.payout, language)
        )
    return Note(heading=words.next_payout, paragraphs=(said,))


def _entries(account: BalanceAccount, words: Words, language: str) -> Table:
    """The bookings with the balance after each, so that every line can be followed."""
    balance = account.balance - total_of(entry.amount for entry in account.entries)
    rows = []
    if balance.cents:
        rows.append((unbroken(words.earlier), "", "", "", "", cell(balance, language)))
    for entry in account.entries:
        balance += entry.amount
        rows.append(
            (
                day(entry.booked_on, language),
                day(entry.value_date, language),
                kind_of(str(entry.kind), words),
                entry.case or "",
                _signed(entry.amount, language),
                cell(balance, language),
            )
        )
    return Table(
        heading=words.movements,
        intro=words.movements_intro if rows else None,
        nothing=words.no_movements,
        columns=(
            Column(label=words.booked_on, is_figure=False),
            Column(label=words.value_date, is_figure=False),
            Column(label=words.kind, is_figure=False, wide=True),
            Column(label=words.case, is_figure=False),
            Column(label=words.amount),
            Column(label=words.balance_after),
        ),
        rows=tuple(rows),
        total=(unbroken(words.balance_now), "", "", "", "", cell(account.balance, language))
        if rows
        else None,
    )


def _signed(amount: Money, language: str) -> str:
    return ("+" if amount.cents > 0 else "") + cell(amount, language)
