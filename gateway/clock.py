"""The clock that is handed to everything that needs the time; nobody reads it on their own."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present as an aware UTC time."""
    return datetime.now(UTC)
