"""Serial numbers, without holes where they may not be missed and without waiting where they may.

A serial that was reserved and not used is gone: numbers tell things apart, they do not count them.
"""

from sqlalchemy import Connection

# Plain text, the same for both engines but for the marks: this runs for every few messages, and
# building the expression each time took a third of a group commit.
_RAISE = (
    "INSERT INTO counters (name, value) VALUES ({mark}, {mark}) "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value RETURNING value"
)
_RAISE_ON = {"sqlite": _RAISE.format(mark="?"), "postgresql": _RAISE.format(mark="%s")}


def reserve(connection: Connection, name: str, count: int) -> int:
    """The first of `count` fresh serials, from 1; who asks for the same name waits for this transaction."""
    assert count > 0, "nothing is reserved"
    raised = connection.exec_driver_sql(_RAISE_ON[connection.dialect.name], (name, count))
    last: int = raised.scalar_one()
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
