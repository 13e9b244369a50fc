"""Amounts and dates as programs and people write them."""

from datetime import date

NBSP = "\u00a0"
NARROW = "\u202f"
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
           "November", "Dezember")  # fmt: skip
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def written(cents: int, group: str, mark: str) -> str:
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{f'{whole:,}'.replace(',', group)}{mark}{part:02d}"


def german(cents):
    return written(cents, ".", ",")


def german_plain(cents):
    return written(cents, "", ",")


def american(cents):
    return written(cents, ",", ".")


def point(cents):
    return written(cents, "", ".")


def swiss(cents):
    return written(cents, "'", ".")


def swiss_typographic(cents):
    return written(cents, "’", ".")


def nbsp(cents):
    return written(cents, NBSP, ",")


def narrow(cents):
    return written(cents, NARROW, ",")


def with_euro(cents):
    return german(cents) + " €"


def euro_first(cents):
    return "EUR " + german(cents)


def trailing_minus(cents):
    return german(abs(cents)) + ("-" if cents < 0 else "")


def brackets(cents):
    return f"({german(-cents)})" if cents < 0 else german(cents)


def debit_suffix(cents):
    return german(abs(cents)) + (" H" if cents < 0 else " S")


def dashed(cents):
    return german(cents)[:-2] + "--" if cents % 100 == 0 else german(cents)


def shortened(cents):
    """As a spreadsheet's general format: 1234,5 and 1234."""
    return german_plain(cents).rstrip("0").rstrip(",") if cents % 10 == 0 else german_plain(cents)


def thousands_only(cents):
    """Whole euros with a point: `1.234` may be a thousand or one."""
    return german(cents)[:-3]


def dotted(day: date):
    return day.strftime("%d.%m.%Y")


def short_dotted(day):
    return f"{day.day}.{day.month}.{day.year}"


def two_digit(day):
    return day.strftime("%d.%m.%y")


def iso(day):
    return day.isoformat()


def iso_time(day):
    return f"{day.isoformat()} 00:00:00"


def dotted_time(day):
    return day.strftime("%d.%m.%Y 00:00")


def compact(day):
    return day.strftime("%Y%m%d")


def month_first(day):
    return day.strftime("%m/%d/%Y")


def day_first(day):
    return day.strftime("%d/%m/%Y")


def short_month_first(day):
    return f"{day.month}/{day.day}/{day.year % 100:02d}"


def named(day):
    return f"{day.day}. {_MONTHS[day.month - 1]} {day.year}"


def short_named(day):
    return f"{day.day:02d}-{_SHORT[day.month - 1]}-{day.year}"


def serial(day):
    return str((day - date(1899, 12, 30)).days)
