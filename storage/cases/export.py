"""Cases as flat rows, for lists that a creditor gets.

Everything is read page by page and summed by the database, so that a list may be of any length. Interest up
to the day is a multiplication for a case without receipts; only one with receipts on which principal is
still open is worked out from its book.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from storage.books.case_book import claim_terms, load_case_book
from storage.books.case_sums import CaseSums, case_sums
from storage.books.categories import case_categories
from storage.books.claim_account import ClaimTerms
from storage.books.known_by import known_by
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.days import AGENCY_ZONE
from storage.engine.book_tables import progress
from storage.engine.bulk import select_by_keys
from storage.engine.instants import from_micros, to_micros
from storage.engine.schema import STATUSES, cases, debtors
from storage.errors import RefusedError
from storage.intake.submissions import debtor_label
from storage.law.interest import Step
from storage.money import Money

_CASES_A_TIME = 1_000
_EURO = "EUR"


class ExportedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case of a list.

    What was charged, above zero: principal, creditor_costs, interest up to the day, fees (with expenses and
    VAT), court_costs. These less waived, less what was received, with surplus, are what is owed. last_step:
    trigger of the newest event. next_step, next_on and waits_for are known of today only, and
    None for a day before.
    """

    number: str
    creditor_references: tuple[str, ...]
    status: str
    status_since: datetime
    opened_at: datetime
    mode: str
    debtor_number: str | None
    debtor: str
    invoices: tuple[str, ...]
    claims: int
    principal: Money
    creditor_costs: Money
    interest: Money
    fees: Money
    court_costs: Money
    waived: Money
    received_agency: Money
    received_direct: Money
    surplus: Money
    owed: Money
    creditor_share: Money
    last_step: str
    last_step_at: datetime
    next_step: str | None
    next_on: date | None
    waits_for: tuple[str, ...] | None


class CaseChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases, and how they stood: as_of is a day of booking, None for now.

    Times are aware; opened_before is left out.
    """

    today: date
    as_of: date | None = None
    status: str | None = None
    category: str | None = None
    opened_from: datetime | None = None
    opened_before: datetime | None = None

    @property
    def day(self) -> date:
        """The day up to which interest counts."""
        return self.as_of or self.today

    @property
    def is_past(self) -> bool:
        """Whether they are asked for as they stood before today."""
        return self.day < self.today


def export_cases(
    connection: Connection, account_id: int, settings: BookSettings, choice: CaseChoice
) -> Iterator[ExportedCase]:
    """The cases of an account by number, read page by page.

    Raises RefusedError when there is no such status, StatutoryDataMissingError when a base rate is not known.
    """
    if choice.status is not None and choice.status not in STATUSES:
        raise RefusedError(f"there is no status {choice.status!r}; the statuses are {', '.join(STATUSES)}")
    after = 0
    while True:
        rows = connection.execute(_page(account_id, after, choice)).all()
        yield from _Page(connection, account_id, settings, choice, rows).cases()
        if len(rows) < _CASES_A_TIME:
            return
        after = rows[-1].case_id


def _page(account_id: int, after: int, choice: CaseChoice) -> Any:
    same = and_(debtors.c.account_id == cases.c.account_id, debtors.c.debtor_id == cases.c.debtor_id)
    known = and_(progress.c.account_id == cases.c.account_id, progress.c.case_id == cases.c.case_id)
    names = (debtors.c.kind, debtors.c.number, debtors.c.company, debtors.c.name, debtors.c.first_name)
    columns = (cases.c.case_id, cases.c.status, cases.c.status_since, cases.c.opened_at, cases.c.mode)
    found = (
        select(*columns, *names, progress.c.next_step, progress.c.next_on, progress.c.waits_for)
        .join(debtors, same)
        .outerjoin(progress, known)
        .where(cases.c.account_id == account_id, cases.c.case_id > after)
        .order_by(cases.c.case_id)
        .limit(_CASES_A_TIME)
    )
    if choice.status is not None and not choice.is_past:
        found = found.where(cases.c.status == choice.status)
    if choice.opened_from is not None:
        found = found.where(cases.c.opened_at >= to_micros(choice.opened_from))
    if choice.opened_before is not None:
        found = found.where(cases.c.opened_at < to_micros(choice.opened_before))
    if choice.is_past:
        found = found.where(cases.c.opened_at < end_of(choice.day))
    return found


def end_of(day: date) -> int:
    """The first moment after a day of the agency, in microseconds."""
    return to_micros(datetime.combine(day + timedelta(days=1), time(), AGENCY_ZONE))


class _Claims(msgspec.Struct):
    """What the claims of one case come to; terms with each one's principal, as it was handed over."""

    references: list[str] = []
    invoices: list[str] = []
    count: int = 0
    cents: int = 0
    cost_cents: int = 0
    currency: str = _EURO
    terms: list[tuple[ClaimTerms, int]] = []


class _Step(msgspec.Struct, frozen=True):
    """The newest event of a case by a day, and since when it has had the status that it had then."""

    trigger: str
    at: int
    status: str
    status_since: int


class _Page:
    """Some cases with all that is told of them."""

    def __init__(
        self,
        connection: Connection,
        account_id: int,
        settings: BookSettings,
        choice: CaseChoice,
        rows: Sequence[Any],
    ) -> None:
        self._connection = connection
        self._account_id = account_id
        self._settings = settings
        self._choice = choice
        self._rows = rows

    def cases(self) -> Iterator[ExportedCase]:
        """All of the page in the order of its rows."""
        case_ids = [row.case_id for row in self._rows]
        claims = self._claims({row.case_id: row.kind == "private" for row in self._rows})
        steps = self._steps(case_ids)
        sums = case_sums(self._connection, self._account_id, case_ids, through=self._choice.as_of)
        wanted = self._of_category()
        for row in self._rows:
            if wanted is not None and row.case_id not in wanted:
                continue
            step = steps[row.case_id]
            if not self._choice.is_past:
                step = _Step(step.trigger, step.at, row.status, row.status_since)
            if self._choice.status in {None, step.status}:
                of_case = claims.get(row.case_id, _Claims())
                booked = sums.get(row.case_id) or _handed_over(of_case)
                yield self._case(row, of_case, step, self._with_interest(row.case_id, booked, of_case))

    def _of_category(self) -> set[int] | None:
        """The cases of the category that is asked for; None: all."""
        if self._choice.category is None:
            return None
        statuses = {row.case_id: row.status for row in self._rows}
        found = case_categories(self._connection, self._account_id, statuses)
        return {case_id for case_id, of_case in found.items() if of_case.category == self._choice.category}

    def _case(self, row: Any, of_case: _Claims, step: _Step, sums: CaseSums) -> ExportedCase:
        def money(cents: int) -> Money:
            return Money(cents, of_case.currency)

        is_past = self._choice.is_past
        planned = None if is_past or row.next_on is None else date.fromisoformat(row.next_on)
        return ExportedCase(
            number=format_case_number(row.case_id),
            creditor_references=tuple(dict.fromkeys(of_case.references)),
            status=step.status,
            status_since=from_micros(step.status_since),
            opened_at=from_micros(row.opened_at),
            mode=row.mode,
            debtor_number=row.number,
            debtor=debtor_label(row),
            invoices=tuple(of_case.invoices),
            claims=of_case.count,
            principal=money(sums.principal),
            creditor_costs=money(sums.creditor_costs),
            interest=money(sums.interest),
            fees=money(sums.fees),
            court_costs=money(sums.court_costs),
            waived=money(sums.waived),
            received_agency=money(sums.received_agency),
            received_direct=money(sums.received_direct),
            surplus=money(sums.surplus),
            owed=money(sums.open),
            creditor_share=money(sums.creditor_share),
            last_step=step.trigger,
            last_step_at=from_micros(step.at),
            next_step=None if is_past else row.next_step,
            next_on=planned,
            waits_for=None if is_past else tuple(row.waits_for.split(",")) if row.waits_for else (),
        )

    def _with_interest(self, case_id: int, sums: CaseSums, of_case: _Claims) -> CaseSums:
        """The sums with interest up to the day, for what bears some."""
        if sums.open_principal <= 0:
            return sums
        day = self._choice.day
        if sums.is_plain and sums.open_principal == of_case.cents:
            accrued = sum(
                terms.interest.cents([Step(terms.default_since, cents)], day)
                for terms, cents in of_case.terms
                if terms.interest is not None and terms.default_since is not None
            )
            more = max(accrued - sums.interest, 0)
        else:
            book = load_case_book(self._connection, self._account_id, case_id, self._settings)
            if self._choice.as_of is not None:
                book = known_by(self._connection, book, self._choice.as_of)
            more = book.account(day).owed - sums.open
        sums.interest += more
        sums.open += more
        return sums

    def _claims(self, is_consumer: dict[int, bool]) -> dict[int, _Claims]:
        """The claims that stand, by case, with their creditor's costs."""
        found = select_by_keys(
            self._connection,
            "c.case_id, c.position, c.creditor_reference, c.invoice_number, c.principal_cents, c.currency,"
            "c.ground, c.contract_date, c.invoice_date, c.due_date, c.default_since, c.default_reason,"
            "(SELECT coalesce(sum(n.cents), 0) FROM creditor_costs n"
            " WHERE n.account_id = c.account_id AND n.case_id = c.case_id AND n.position = c.position)"
            " AS cost_cents",
            "claims c",
            "c.case_id",
            account_id=self._account_id,
            values=is_consumer,
            ending="AND c.withdrawn_at IS NULL ORDER BY c.case_id, c.position",
        )
        claims: dict[int, _Claims] = {}
        for row in found:
            of_case = claims.setdefault(row.case_id, _Claims())
            of_case.count += 1
            of_case.cents += row.principal_cents
            of_case.cost_cents += int(row.cost_cents)
            of_case.currency = row.currency
            of_case.references.extend([row.creditor_reference] if row.creditor_reference else [])
            of_case.invoices.extend([row.invoice_number] if row.invoice_number else [])
            terms = claim_terms(row, is_consumer[row.case_id], self._settings)
            of_case.terms.append((terms, row.principal_cents))
        return claims

    def _steps(self, case_ids: Sequence[int]) -> dict[int, _Step]:
        until = f"AND e.at < {end_of(self._choice.day)}" if self._choice.is_past else ""
        found = select_by_keys(
            self._connection,
            "e.case_id, e.trigger, e.at, e.to_status",
            "case_events e",
            "e.case_id",
            account_id=self._account_id,
            values=case_ids,
            ending=f"{until} ORDER BY e.case_id, e.number",
        )
        steps: dict[int, _Step] = {}
        for case_id, trigger, at, status in found:
            known = steps.get(case_id)
            since = known.status_since if known is not None and known.status == status else at
            steps[case_id] = _Step(trigger, at, status, since)
        return steps


def _handed_over(of_case: _Claims) -> CaseSums:
    """A case that is not in the books yet owes what was handed over."""
    return CaseSums(
        principal=of_case.cents,
        creditor_costs=of_case.cost_cents,
        open=of_case.cents + of_case.cost_cents,
        open_principal=of_case.cents,
    )
