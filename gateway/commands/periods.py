"""What options say of time: a month, or from one day to another, as known by the end of a day."""

import re
from datetime import date, datetime, timedelta

import msgspec
import typer

DAY = ["%Y-%m-%d"]
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """Both days are in it; None: open at that end."""

    since: date | None = None
    through: date | None = None

    def known_by(self, day: datetime | None) -> "Period":
        """The same, without what was booked after a day."""
        if day is None:
            return self
        through = day.date() if self.through is None else min(self.through, day.date())
        return Period(since=self.since, through=through)


def period_of(month: str | None, since: datetime | None, until: datetime | None) -> Period:
    """The time that was asked for; a month and days together are refused."""
    if month is None:
        return Period(since=since.date() if since else None, through=until.date() if until else None)
    if since is not None or until is not None:
        raise typer.BadParameter("say either --month or --from and --to")
    match = _MONTH.fullmatch(month)
    if match is None:
        raise typer.BadParameter(f'"{month}" is no month; write 2026-03', param_hint="--month")
    first = date(int(match[1]), int(match[2]), 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return Period(since=first, through=following - timedelta(days=1))
