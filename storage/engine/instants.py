"""Times in the store: microseconds since 1970 UTC as one whole number, alike on both engines.

A whole number costs nothing to bind in bulk, sorts as time does and has no zone to get wrong.
In a shell, `datetime(at / 1000000, 'unixepoch')` (SQLite) or `to_timestamp(at / 1e6)` show it.
"""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_micros(instant: datetime) -> int:
    """An aware time as the store keeps it."""
    assert instant.tzinfo is not None, "a time without its zone is no time"
    return (instant - _EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """A kept time as an aware datetime in UTC."""
    return _EPOCH + timedelta(microseconds=micros)


def from_micros_or_none(micros: int | None) -> datetime | None:
    """A kept time that may be absent."""
    return None if micros is None else from_micros(micros)
