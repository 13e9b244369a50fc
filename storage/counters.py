"""Serial numbers, without holes where they may not be missed and without waiting where they may.

A serial that was reserved and not used is gone: numbers tell things apart, they do not count them.
"""

from sqlalchemy import Connection, literal
from sqlalchemy.dialects import postgresql, sqlite

from storage.engine.schema import counters


def reserve(connection: Connection, name: str, count: int) -> int:
    """The first of `count` fresh serials, from 1; who asks for the same name waits for this transaction."""
    assert count > 0, "nothing is reserved"
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    asked = insert(counters).values(name=name, value=count)
    raised = asked.on_conflict_do_update(
        index_elements=[counters.c.name], set_={"value": counters.c.value + literal(count)}
    ).returning(counters.c.value)
    last: int = connection.execute(raised).scalar_one()
    return last - count + 1


def reserve_apart(connection: Connection, name: str, count: int) -> int:
    """As `reserve`, but on PostgreSQL in a short transaction of its own, so that gateways do not queue here.

    That transaction need not reach the disk by itself: the log is flushed in order, so whatever is
    committed with one of its serials flushes the reservation first.
    """
    if connection.dialect.name == "sqlite":
        return reserve(connection, name, count)
    with connection.engine.begin() as apart:
        apart.exec_driver_sql("SET LOCAL synchronous_commit = off")
        return reserve(apart, name, count)
