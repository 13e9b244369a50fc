"""The agency's days: value dates, booking days and the times that people read are all of its zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

AGENCY_ZONE = ZoneInfo("Europe/Berlin")


def today_of(now: datetime) -> date:
    """The agency's day of a moment."""
    return now.astimezone(AGENCY_ZONE).date()
