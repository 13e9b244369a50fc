"""What an account has told of its customers in lists of master data, kept for lists without names.

The latest submission wins; an older one that is worked on again later changes nothing that a newer one
has said. To keep the same customers again is harmless.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.instants import to_micros
from storage.engine.schema import customers
from storage.engine.text import storable
from storage.intake.inbox import Work
from storage.records import Customer, Debtor

_KEY = ("account_id", "circle", "number")
_DEBTOR = tuple(name for name in Debtor.__struct_fields__ if name != "number")
_ROWS_A_FETCH = 5_000


def keep_customers(connection: Connection, work: Work, told: Sequence[Customer], now: datetime) -> None:
    """Keep customers, and forget those of whom the list says different things.

    Call it in a transaction that has begun with `commit.begin`, so that nobody else keeps at the time.
    """
    known = [_row(work, one, one.debtor, now) for one in told if one.debtor is not None]
    if known:
        insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
        row = insert(customers)
        said = {name: row.excluded[name] for name in known[0] if name not in _KEY}
        is_newer = customers.c.submission_id <= row.excluded.submission_id
        connection.execute(
            row.on_conflict_do_update(index_elements=list(_KEY), set_=said, where=is_newer), known
        )
    for one in told:
        if one.debtor is None:
            connection.execute(
                delete(customers)
                .filter_by(account_id=work.account_id, circle=one.circle, number=storable(one.number))
                .where(customers.c.submission_id <= work.submission_id)
            )


def forget_customers(connection: Connection, account_id: int, submission_id: int) -> None:
    """Forget what a submission has told that nobody has told anew since."""
    connection.execute(delete(customers).filter_by(account_id=account_id, submission_id=submission_id))


def kept_customers_of(connection: Connection, account_id: int, count_max: int) -> Iterator[Customer]:
    """The customers of an account, those told of last first, without holding them in memory."""
    columns = (customers.c.circle, customers.c.number, *(customers.c[name] for name in _DEBTOR))
    found = (
        select(*columns)
        .filter_by(account_id=account_id)
        .order_by(customers.c.submission_id.desc(), customers.c.circle, customers.c.number)
        .limit(count_max)
    )
    for circle, number, *values in connection.execution_options(yield_per=_ROWS_A_FETCH).execute(found):
        yield Customer(circle=circle, number=number, debtor=msgspec.convert([None, *values], Debtor))


def _row(work: Work, one: Customer, debtor: Debtor, now: datetime) -> dict[str, object]:
    return {
        "account_id": work.account_id,
        "circle": one.circle,
        "number": storable(one.number),
        **{name: _stored(getattr(debtor, name)) for name in _DEBTOR},
        "submission_id": work.submission_id,
        "kept_at": to_micros(now),
    }


def _stored(value: str | date | None) -> str | None:
    return None if value is None else storable(str(value))
