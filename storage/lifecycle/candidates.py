"""Cases before letter 1, read in bulk with all that their checks and their first entries need."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from storage.books.case_book import claim_facts
from storage.books.ledgers import COST_LEDGERS, Ledger
from storage.days import today_of
from storage.engine.book_tables import progress
from storage.engine.instants import from_micros
from storage.engine.schema import case_events, cases, claims, creditor_costs, debtors, submissions
from storage.lifecycle.checks import CaseFacts
from storage.lifecycle.statuses import Status


class Candidate(msgspec.Struct, kw_only=True):
    """One case. principals by position, costs as ledger, position and cents; is_known: it has progress."""

    case_id: int
    status: Status
    ordered_on: date
    last_event: int
    is_known: bool
    facts: CaseFacts
    principals: dict[int, int]
    costs: list[tuple[Ledger, int, int]]


def candidates(connection: Connection, account: Any, case_ids: Sequence[int]) -> list[Candidate]:
    """Some cases of one account (a row of `accounts`), by number."""
    of_claims: dict[int, list[Any]] = {}
    stand = select(claims).where(
        claims.c.account_id == account.account_id,
        claims.c.case_id.in_(case_ids),
        claims.c.withdrawn_at.is_(None),
    )
    for row in connection.execute(stand.order_by(claims.c.case_id, claims.c.position)):
        of_claims.setdefault(row.case_id, []).append(row)
    of_costs: dict[int, list[Any]] = {}
    costs = select(creditor_costs).where(
        creditor_costs.c.account_id == account.account_id, creditor_costs.c.case_id.in_(case_ids)
    )
    for row in connection.execute(costs):
        of_costs.setdefault(row.case_id, []).append(row)
    return [
        _candidate(account, row, of_claims.get(row.case_id, []), of_costs.get(row.case_id, []))
        for row in connection.execute(_case_rows(account.account_id, case_ids))
    ]


def _candidate(account: Any, row: Any, of_claims: Sequence[Any], of_costs: Sequence[Any]) -> Candidate:
    principals = {claim.position: claim.principal_cents for claim in of_claims}
    return Candidate(
        case_id=row.case_id,
        status=Status(row.status),
        ordered_on=today_of(from_micros(row.opened_at)),
        last_event=row.last_event,
        is_known=row.known is not None,
        facts=CaseFacts(
            is_consumer=row.kind == "private",
            creditor_address=bool(account.street and account.postcode and account.city),
            debtor_address=bool(row.street and row.postcode and row.city),
            held=row.held is not None,
            claims=[claim_facts(claim) for claim in of_claims],
        ),
        principals=principals,
        costs=[
            (COST_LEDGERS.get(cost.kind, Ledger.OTHER_COST), cost.position, cost.cents)
            for cost in of_costs
            if cost.position in principals and cost.cents
        ],
    )


def _case_rows(account_id: int, case_ids: Sequence[int]) -> Any:
    last = (
        select(case_events.c.number)
        .where(case_events.c.account_id == cases.c.account_id, case_events.c.case_id == cases.c.case_id)
        .order_by(case_events.c.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(
            cases.c.case_id,
            cases.c.status,
            cases.c.opened_at,
            debtors.c.kind,
            debtors.c.street,
            debtors.c.postcode,
            debtors.c.city,
            submissions.c.held,
            progress.c.case_id.label("known"),
            last.label("last_event"),
        )
        .join(
            debtors, (debtors.c.account_id == cases.c.account_id) & (debtors.c.debtor_id == cases.c.debtor_id)
        )
        .join(
            submissions,
            (submissions.c.account_id == cases.c.account_id)
            & (submissions.c.submission_id == cases.c.submission_id),
        )
        .outerjoin(
            progress,
            (progress.c.account_id == cases.c.account_id) & (progress.c.case_id == cases.c.case_id),
        )
        .where(cases.c.account_id == account_id, cases.c.case_id.in_(case_ids))
        .order_by(cases.c.case_id)
    )
