"""One case with all that is known of it, and looking cases up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, select

from storage.accounts import Account, account_by_id
from storage.case_number import format_case_number, parse_case_number
from storage.cases.evidence import Evidence, evidence_of
from storage.engine.instants import from_micros, from_micros_or_none
from storage.engine.schema import accounts, case_events, cases, claims, creditor_costs, debtors
from storage.entries import DEBTOR_COLUMNS
from storage.errors import RefusedError, UnknownError
from storage.money import Money


class CaseClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a case; dates are ISO 8601 text. Withdrawn claims are history, nothing is owed on them."""

    position: int
    submission_id: int
    document: int
    row: int
    invoice_number: str | None
    invoice_date: str | None
    due_date: str | None
    ground: str | None
    contract_date: str | None
    default_since: str | None
    default_reason: str | None
    creditor_reference: str | None
    principal: Money
    withdrawn_at: datetime | None


class CaseEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One step in the history of a case; from_status is None for the first."""

    number: int
    at: datetime
    actor: str
    from_status: str | None
    to_status: str
    trigger: str
    reason: str | None
    submission_id: int | None
    detail: Any


class HandedOver(msgspec.Struct, frozen=True, kw_only=True):
    """What the creditor handed over in a case and has not taken back; what is owed is in the books."""

    principal: Money
    creditor_costs: Money

    @property
    def total(self) -> Money:
        """All of it."""
        return self.principal + self.creditor_costs


class CaseView(msgspec.Struct, frozen=True, kw_only=True):
    """A case as the operator sees it; debtor follows DEBTOR_COLUMNS."""

    case_id: int
    number: str
    status: str
    status_since: datetime
    mode: str
    opened_at: datetime
    submission_id: int
    linked_case: str | None
    creditor: Account
    debtor: dict[str, str | None]
    claims: Sequence[CaseClaim]
    handed_over: HandedOver
    events: Sequence[CaseEvent]
    evidence: Sequence[Evidence]


def show_case(connection: Connection, number: str) -> CaseView:
    """The case of a written number; raises RefusedError when it is none, UnknownError when nobody has it."""
    case = find_case(connection, number)
    account_id, case_id = case.account_id, case.case_id
    linked = case.linked_case_id
    return CaseView(
        case_id=case_id,
        number=format_case_number(case_id),
        status=case.status,
        status_since=from_micros(case.status_since),
        mode=case.mode,
        opened_at=from_micros(case.opened_at),
        submission_id=case.submission_id,
        linked_case=None if linked is None else format_case_number(linked),
        creditor=account_by_id(connection, account_id),
        debtor=_debtor(connection, account_id, case.debtor_id),
        claims=_claims(connection, account_id, case_id),
        handed_over=_handed_over(connection, account_id, case_id),
        events=_events(connection, account_id, case_id),
        evidence=evidence_of(connection, account_id, case_id),
    )


def find_case(connection: Connection, number: str) -> Any:
    """The row of `cases` of a written number; raises RefusedError or UnknownError."""
    case_id = parse_case_number(number)
    if case_id is None:
        raise RefusedError(f"{number!r} is no case number: its check digit or form is wrong; as 26-004711-2")
    row = connection.execute(
        select(cases).where(cases.c.account_id.in_(select(accounts.c.account_id)), cases.c.case_id == case_id)
    ).first()
    if row is None:
        raise UnknownError(f"there is no case {format_case_number(case_id)}")
    return row


def _debtor(connection: Connection, account_id: int, debtor_id: int) -> dict[str, str | None]:
    columns = [debtors.c[name] for name in DEBTOR_COLUMNS]
    row = connection.execute(select(*columns).filter_by(account_id=account_id, debtor_id=debtor_id)).one()
    return dict(row._mapping)  # noqa: SLF001  SQLAlchemy's public name


def _claims(connection: Connection, account_id: int, case_id: int) -> list[CaseClaim]:
    found = select(claims).filter_by(account_id=account_id, case_id=case_id).order_by(claims.c.position)
    copied = set(CaseClaim.__struct_fields__) - {"principal", "withdrawn_at"}
    return [
        CaseClaim(
            **{name: getattr(row, name) for name in copied},
            principal=Money(row.principal_cents, row.currency),
            withdrawn_at=from_micros_or_none(row.withdrawn_at),
        )
        for row in connection.execute(found)
    ]


def _handed_over(connection: Connection, account_id: int, case_id: int) -> HandedOver:
    live = and_(
        claims.c.account_id == account_id, claims.c.case_id == case_id, claims.c.withdrawn_at.is_(None)
    )
    principal = select(func.sum(claims.c.principal_cents), func.max(claims.c.currency)).where(live)
    cents, currency = connection.execute(principal).one()
    costs = select(func.sum(creditor_costs.c.cents)).join(
        claims,
        and_(
            claims.c.account_id == creditor_costs.c.account_id,
            claims.c.case_id == creditor_costs.c.case_id,
            claims.c.position == creditor_costs.c.position,
        ),
    )
    extra = connection.execute(costs.where(live)).scalar()
    currency = currency or "EUR"
    return HandedOver(
        principal=Money(int(cents or 0), currency), creditor_costs=Money(int(extra or 0), currency)
    )


def _events(connection: Connection, account_id: int, case_id: int) -> list[CaseEvent]:
    found = (
        select(case_events).filter_by(account_id=account_id, case_id=case_id).order_by(case_events.c.number)
    )
    return [
        CaseEvent(
            number=row.number,
            at=from_micros(row.at),
            actor=row.actor,
            from_status=row.from_status,
            to_status=row.to_status,
            trigger=row.trigger,
            reason=row.reason,
            submission_id=row.submission_id,
            detail=None if row.detail is None else msgspec.json.decode(row.detail),
        )
        for row in connection.execute(found)
    ]
