"""When a claim becomes time-barred: three years from the end of the year it fell due (§§ 195, 199 BGB)."""

from datetime import date

from parsers.problems import Code

YEARS = 3


def limitation_end(day: date) -> date:
    """The last day on which a claim that fell due on `day` is not yet time-barred."""
    return date(day.year + YEARS, 12, 31)


def limitation_of(day: date, today: date) -> Code | None:
    """What to say of a claim that fell due on `day`: barred, barred at the end of this year, or nothing."""
    if day.year + YEARS < today.year:
        return Code.TIME_BARRED
    return Code.TIME_BARRED_SOON if day.year + YEARS == today.year else None


def safe_from(today: date) -> date:
    """The first day of which `limitation_of` says nothing."""
    return date(today.year - YEARS + 1, 1, 1)
