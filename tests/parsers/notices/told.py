"""Notices as a bookkeeper notes them."""

from datetime import date

from parsers.notices.notice import read_notice
from tests.accuracy.notices import written

TODAY = date(2026, 4, 20)


def told(text, today=TODAY, **more):
    """What was read of a message, in one line."""
    return written(read_notice(text, today, **more))
