"""Cases as flat rows, for lists that a creditor gets."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from storage.case_number import format_case_number
from storage.engine.bulk import select_by_keys
from storage.engine.instants import from_micros, to_micros
from storage.engine.schema import STATUSES, cases, debtors
from storage.errors import RefusedError
from storage.intake.submissions import debtor_label
from storage.money import Money

_CASES_A_TIME = 1_000


class ExportedCase(msgspec.Struct, frozen=True, kw_only=True):
    """One case of a list. Interest, fees, receipts and next steps come with the journal and the lifecycle."""

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
    owed: Money
    last_step: str  # trigger of the newest event: handover, claims_joined, row_changed, withdrawal …
    last_step_at: datetime


def export_cases(
    connection: Connection,
    account_id: int,
    *,
    status: str | None = None,
    opened_from: datetime | None = None,
    opened_before: datetime | None = None,
) -> Iterator[ExportedCase]:
    """The cases of an account by number, read page by page; the times are aware, `opened_before` is left out.

    Raises RefusedError when there is no such status.
    """
    if status is not None and status not in STATUSES:
        raise RefusedError(f"there is no status {status!r}; the statuses are {', '.join(STATUSES)}")
    after = 0
    while True:
        found = _page(account_id, after, status, opened_from, opened_before)
        rows = connection.execute(found).all()
        yield from _exported(connection, account_id, rows)
        if len(rows) < _CASES_A_TIME:
            return
        after = rows[-1].case_id


def _page(
    account_id: int,
    after: int,
    status: str | None,
    opened_from: datetime | None,
    opened_before: datetime | None,
) -> Any:
    same = and_(debtors.c.account_id == cases.c.account_id, debtors.c.debtor_id == cases.c.debtor_id)
    names = (debtors.c.number, debtors.c.company, debtors.c.name, debtors.c.first_name)
    columns = (cases.c.case_id, cases.c.status, cases.c.status_since, cases.c.opened_at, cases.c.mode)
    found = (
        select(*columns, *names)
        .join(debtors, same)
        .where(cases.c.account_id == account_id, cases.c.case_id > after)
        .order_by(cases.c.case_id)
        .limit(_CASES_A_TIME)
    )
    if status is not None:
        found = found.where(cases.c.status == status)
    if opened_from is not None:
        found = found.where(cases.c.opened_at >= to_micros(opened_from))
    if opened_before is not None:
        found = found.where(cases.c.opened_at < to_micros(opened_before))
    return found


class _Claims(msgspec.Struct):
    """What the claims of one case come to."""

    references: list[str] = []
    invoices: list[str] = []
    count: int = 0
    cents: int = 0
    cost_cents: int = 0
    currency: str = "EUR"


def _exported(connection: Connection, account_id: int, rows: Sequence[Any]) -> Iterator[ExportedCase]:
    case_ids = [row.case_id for row in rows]
    claims = _claims(connection, account_id, case_ids)
    steps = _last_steps(connection, account_id, case_ids)
    for row in rows:
        of_case = claims.get(row.case_id, _Claims())
        step, step_at = steps[row.case_id]
        principal, costs = Money(of_case.cents, of_case.currency), Money(of_case.cost_cents, of_case.currency)
        yield ExportedCase(
            number=format_case_number(row.case_id),
            creditor_references=tuple(dict.fromkeys(of_case.references)),
            status=row.status,
            status_since=from_micros(row.status_since),
            opened_at=from_micros(row.opened_at),
            mode=row.mode,
            debtor_number=row.number,
            debtor=debtor_label(row),
            invoices=tuple(of_case.invoices),
            claims=of_case.count,
            principal=principal,
            creditor_costs=costs,
            owed=principal + costs,
            last_step=step,
            last_step_at=from_micros(step_at),
        )


def _claims(connection: Connection, account_id: int, case_ids: Sequence[int]) -> dict[int, _Claims]:
    """The claims that stand, by case, with their creditor's costs."""
    found = select_by_keys(
        connection,
        "c.case_id, c.creditor_reference, c.invoice_number, c.principal_cents, c.currency,"
        "(SELECT coalesce(sum(n.cents), 0) FROM creditor_costs n"
        " WHERE n.account_id = c.account_id AND n.case_id = c.case_id AND n.position = c.position)",
        "claims c",
        "c.case_id",
        account_id=account_id,
        values=case_ids,
        ending="AND c.withdrawn_at IS NULL ORDER BY c.case_id, c.position",
    )
    claims: dict[int, _Claims] = {}
    for case_id, reference, invoice, cents, currency, cost_cents in found:
        of_case = claims.setdefault(case_id, _Claims())
        of_case.count += 1
        of_case.cents += cents
        of_case.cost_cents += int(cost_cents)
        of_case.currency = currency
        of_case.references.extend([reference] if reference else [])
        of_case.invoices.extend([invoice] if invoice else [])
    return claims


def _last_steps(
    connection: Connection, account_id: int, case_ids: Sequence[int]
) -> dict[int, tuple[str, int]]:
    found = select_by_keys(
        connection,
        "e.case_id, e.trigger, e.at",
        "case_events e",
        "e.case_id",
        account_id=account_id,
        values=case_ids,
        ending="ORDER BY e.case_id, e.number",
    )
    return {case_id: (trigger, at) for case_id, trigger, at in found}
