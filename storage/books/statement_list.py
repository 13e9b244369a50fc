"""The running list of statements (Abrechnungsliste): every case on which a payment was booked.

Its sums are those of the journal between two days of booking, so the list of a month is what that month
brought, and a list up to a day says what was known at the end of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from storage.books.case_sums import CaseSums, booked_between, case_sums
from storage.books.categories import CaseCategory, case_categories
from storage.books.entries import EntryKind
from storage.case_number import format_case_number
from storage.cases.case_names import CaseNames, case_names
from storage.engine.book_tables import journal, payouts
from storage.engine.bulk import select_by_keys
from storage.money import Money

_CASES_A_TIME = 1_000
_OF_PAYMENTS = (EntryKind.RECEIPT, EntryKind.DIRECT_PAYMENT, EntryKind.REVERSAL, EntryKind.REFUND)


class ListedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case of the list, with what was booked in its time.

    category: of its final document, else what its payments look like so far. paid_out: what of its credit lay
    in confirmed payouts, None where a payment was held back from one. statement: number of the final document
    that stands.
    """

    number: str
    creditor_references: tuple[str, ...]
    invoices: tuple[str, ...]
    debtor_number: str | None
    debtor: str
    category: str
    status: str
    received_agency: Money
    received_direct: Money
    creditor_share: Money
    agency_share: Money
    surplus: Money
    credited: Money
    paid_out: Money | None
    last_booked_on: date
    statement: str | None


class ListChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases: since and through are days of booking; category: one of the statements', or other."""

    since: date | None = None
    through: date | None = None
    status: str | None = None
    category: str | None = None


def list_statements(connection: Connection, account_id: int, choice: ListChoice) -> Iterator[ListedCase]:
    """The cases with payments, by number, read page by page."""
    paid_through = _paid_through(connection, account_id, choice.through)
    after = 0
    while True:
        found = connection.execute(_page(account_id, after, choice)).all()
        case_ids = {row.case_id: date.fromisoformat(row.last_booked_on) for row in found}
        yield from _Page(connection, account_id, choice, case_ids, paid_through).lines()
        if len(found) < _CASES_A_TIME:
            return
        after = found[-1].case_id


def _page(account_id: int, after: int, choice: ListChoice) -> Any:
    found = (
        select(journal.c.case_id, func.max(journal.c.booked_on).label("last_booked_on"))
        .where(
            journal.c.account_id == account_id,
            journal.c.case_id > after,
            journal.c.receipt_id.is_not(None),
            journal.c.kind.in_([kind.value for kind in _OF_PAYMENTS]),
        )
        .group_by(journal.c.case_id)
        .order_by(journal.c.case_id)
        .limit(_CASES_A_TIME)
    )
    if choice.since is not None:
        found = found.where(journal.c.booked_on >= choice.since.isoformat())
    if choice.through is not None:
        found = found.where(journal.c.booked_on <= choice.through.isoformat())
    return found


def _paid_through(connection: Connection, account_id: int, through: date | None) -> date | None:
    """The day up to which all that could be paid out has been, by confirmed payouts."""
    found = select(func.max(payouts.c.as_of)).filter_by(account_id=account_id, state="confirmed")
    day = connection.execute(found).scalar()
    if day is None:
        return None
    paid = date.fromisoformat(day)
    return paid if through is None else min(paid, through)


class _Page:
    """Some cases of the list."""

    def __init__(
        self,
        connection: Connection,
        account_id: int,
        choice: ListChoice,
        case_ids: Mapping[int, date],
        paid_through: date | None,
    ) -> None:
        self._connection = connection
        self._account_id = account_id
        self._choice = choice
        self._case_ids = case_ids
        self._paid_through = paid_through

    def lines(self) -> Iterator[ListedCase]:
        """The lines that were asked for."""
        case_ids = list(self._case_ids)
        names = case_names(self._connection, self._account_id, case_ids)
        sums = case_sums(
            self._connection,
            self._account_id,
            case_ids,
            since=self._choice.since,
            through=self._choice.through,
        )
        statuses = {case_id: of_case.status for case_id, of_case in names.items()}
        categories = case_categories(self._connection, self._account_id, statuses)
        paid_out = self._paid_out(case_ids)
        for case_id in case_ids:
            of_case = categories[case_id]
            wanted = self._choice.status in {None, names[case_id].status}
            if wanted and self._choice.category in {None, of_case.category}:
                yield self._line(
                    case_id,
                    names[case_id],
                    sums[case_id],
                    category=of_case,
                    paid_out=paid_out.get(case_id, 0),
                )

    def _line(
        self,
        case_id: int,
        names: CaseNames,
        sums: CaseSums,
        *,
        category: CaseCategory,
        paid_out: int | None,
    ) -> ListedCase:
        return ListedCase(
            number=format_case_number(case_id),
            creditor_references=names.references,
            invoices=names.invoices,
            debtor_number=names.debtor_number,
            debtor=names.debtor,
            category=category.category,
            status=names.status,
            received_agency=Money(sums.received_agency),
            received_direct=Money(sums.received_direct),
            creditor_share=Money(sums.creditor_share),
            agency_share=Money(sums.agency_share),
            surplus=Money(sums.surplus),
            credited=Money(sums.credited),
            paid_out=None if paid_out is None else Money(paid_out),
            last_booked_on=self._case_ids[case_id],
            statement=category.statement,
        )

    def _paid_out(self, case_ids: Sequence[int]) -> dict[int, int | None]:
        """What of each case's credit lay in confirmed payouts, in its time."""
        if self._paid_through is None or (self._choice.since and self._choice.since > self._paid_through):
            return {}
        credited = case_sums(
            self._connection,
            self._account_id,
            case_ids,
            since=self._choice.since,
            through=self._paid_through,
        )
        held = {
            row.case_id
            for row in select_by_keys(
                self._connection,
                "j.case_id",
                "journal j",
                "j.case_id",
                account_id=self._account_id,
                values=case_ids,
                joined="JOIN receipts r ON r.account_id = j.account_id AND r.receipt_id = j.receipt_id",
                ending=f"AND r.held_until >= '{self._paid_through.isoformat()}' "
                + booked_between(self._choice.since, self._paid_through),
            )
        }
        return {case_id: None if case_id in held else sums.credited for case_id, sums in credited.items()}
