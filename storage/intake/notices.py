"""What a creditor has said of missing claims: tasks for the operator, notes in the history, no money.

A payment becomes a `payment_notice`, what was cancelled or a mistake a `cancellation_request`; what is
still open is only noted with the question. The books follow when the operator has decided.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, update

from storage.accounts import lock_account
from storage.case_number import format_case_number
from storage.counters import reserve_apart
from storage.engine.bulk import insert_rows, select_by_keys
from storage.engine.instants import to_micros
from storage.engine.schema import cases as case_table
from storage.engine.schema import claims, creditor_costs, debtors, missing_claims
from storage.intake.changes import TASK_ROW
from storage.intake.handover import EVENT_COLUMNS, actor_of, last_event_numbers
from storage.intake.inbox import Work, fence
from storage.intake.submissions import debtor_label, format_submission

TASK_KINDS = {"paid": "payment_notice", "cancelled": "cancellation_request"}
_CASES_A_TIME = 5_000


class AskedClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a submission has asked about; `total_cents` is with the creditor's costs."""

    case_id: int
    position: int
    invoice_number: str
    debtor: str
    cents: int
    total_cents: int
    currency: str
    answer: str | None
    paid_on: str | None = None
    paid_cents: int | None = None
    covers: str | None = None


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for one claim. answer: paid | cancelled | open; the rest is of a payment only."""

    case_id: int
    position: int
    invoice_number: str
    answer: str
    paid_on: str | None = None
    cents: int | None = None
    covers: str | None = None  # full | partial | unknown


def asked_claims(connection: Connection, account_id: int, asked_by: int) -> list[AskedClaim]:
    """What a submission has asked about and still stands, answered or not, in the order of the question."""
    return _asked(connection, account_id, missing_claims.c.submission_id == asked_by)


def claims_said(connection: Connection, account_id: int, reply: int) -> list[AskedClaim]:
    """The claims that a reply has told something of."""
    return _asked(connection, account_id, missing_claims.c.answered_by == reply)


def _asked(connection: Connection, account_id: int, which: ColumnElement[bool]) -> list[AskedClaim]:
    costs = (
        select(func.coalesce(func.sum(creditor_costs.c.cents), 0))
        .where(
            creditor_costs.c.account_id == claims.c.account_id,
            creditor_costs.c.case_id == claims.c.case_id,
            creditor_costs.c.position == claims.c.position,
        )
        .scalar_subquery()
    )
    found = (
        select(
            *(claims.c.case_id, claims.c.position, claims.c.invoice_number, claims.c.principal_cents),
            *(claims.c.currency, costs.label("costs"), missing_claims.c.answer),
            *(missing_claims.c.paid_on, missing_claims.c.cents, missing_claims.c.covers),
            *(debtors.c.company, debtors.c.name, debtors.c.first_name),
        )
        .join_from(
            missing_claims,
            claims,
            (claims.c.account_id == missing_claims.c.account_id)
            & (claims.c.case_id == missing_claims.c.case_id)
            & (claims.c.position == missing_claims.c.position),
        )
        .join(
            case_table,
            (case_table.c.account_id == claims.c.account_id) & (case_table.c.case_id == claims.c.case_id),
        )
        .join(
            debtors,
            (debtors.c.account_id == claims.c.account_id) & (debtors.c.debtor_id == case_table.c.debtor_id),
        )
        .where(
            missing_claims.c.account_id == account_id,
            which,
            claims.c.withdrawn_at.is_(None),
        )
        .order_by(claims.c.invoice_number, claims.c.case_id, claims.c.position)
    )
    return [
        AskedClaim(
            case_id=row.case_id,
            position=row.position,
            invoice_number=row.invoice_number or "",
            debtor=debtor_label(row),
            cents=row.principal_cents,
            total_cents=row.principal_cents + int(row.costs),
            currency=row.currency,
            answer=row.answer,
            paid_on=row.paid_on,
            paid_cents=row.cents,
            covers=row.covers,
        )
        for row in connection.execute(found)
    ]


def record_notices(
    connection: Connection, work: Work, asked_by: int, notices: Sequence[Notice], now: datetime
) -> int:
    """Keep the answers, each once, and put them before the operator; says how many claims still wait.

    `work` is the reply. Raises LeaseLostError.
    """
    lock_account(connection, work.account_id)
    fence(connection, work)
    fresh = [one for one in notices if _answered(connection, work, asked_by, one, now)]
    reported = [one for one in fresh if one.answer in TASK_KINDS]
    if reported:
        _open_tasks(connection, work, asked_by, reported, to_micros(now))
        _write_history(connection, work, reported, to_micros(now))
    return sum(one.answer is None for one in asked_claims(connection, work.account_id, asked_by))


def _answered(connection: Connection, work: Work, asked_by: int, notice: Notice, now: datetime) -> bool:
    """Note the answer for one claim; whether it is the first."""
    one = update(missing_claims).filter_by(
        account_id=work.account_id,
        submission_id=asked_by,
        case_id=notice.case_id,
        position=notice.position,
    )
    values = {
        "answer": notice.answer,
        "paid_on": notice.paid_on,
        "cents": notice.cents,
        "covers": notice.covers,
        "answered_at": to_micros(now),
        "answered_by": work.submission_id,
    }
    return connection.execute(one.where(missing_claims.c.answer.is_(None)).values(values)).rowcount == 1


def _open_tasks(
    connection: Connection, work: Work, asked_by: int, notices: Sequence[Notice], at: int
) -> None:
    first = reserve_apart(connection, "task", len(notices))
    rows = [
        (
            *(work.account_id, task_id, TASK_KINDS[one.answer], "open", work.submission_id, one.case_id),
            *(_json(_detail(one, work, asked_by)), at),
        )
        for task_id, one in enumerate(notices, first)
    ]
    insert_rows(connection, "tasks", TASK_ROW, rows)


def _write_history(connection: Connection, work: Work, notices: Sequence[Notice], at: int) -> None:
    """One event a claim; the status stays as it is."""
    case_ids = sorted({one.case_id for one in notices})
    numbers: dict[int, int] = {}
    statuses: dict[int, str] = {}
    for some in _batches(case_ids):
        numbers |= last_event_numbers(connection, work.account_id, some)
        statuses |= _statuses(connection, work.account_id, some)
    rows = []
    for one in notices:
        numbers[one.case_id] += 1
        status = statuses[one.case_id]
        head = (work.account_id, one.case_id, numbers[one.case_id], at, actor_of(work), status, status)
        detail = {"position": one.position, "invoice_number": one.invoice_number} | _payment(one)
        rows.append((*head, TASK_KINDS[one.answer], None, work.submission_id, _json(detail)))
    insert_rows(connection, "case_events", EVENT_COLUMNS, rows)


def _statuses(connection: Connection, account_id: int, case_ids: Sequence[int]) -> dict[int, str]:
    found = select_by_keys(
        connection, "k.case_id, k.status", "cases k", "k.case_id", account_id=account_id, values=case_ids
    )
    return dict(tuple(row) for row in found)


def _detail(notice: Notice, work: Work, asked_by: int) -> dict[str, Any]:
    return {
        "case": format_case_number(notice.case_id),
        "position": notice.position,
        "invoice_number": notice.invoice_number,
        **_payment(notice),
        "said_by": format_submission(work.submission_id),
        "asked_by": format_submission(asked_by),
    }


def _payment(notice: Notice) -> dict[str, Any]:
    if notice.answer != "paid":
        return {}
    return {"amount_cents": notice.cents, "paid_on": notice.paid_on, "covers": notice.covers}


def _batches(case_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(case_ids), _CASES_A_TIME):
        yield case_ids[start : start + _CASES_A_TIME]


def _json(detail: dict[str, Any]) -> str:
    return msgspec.json.encode(detail).decode()
