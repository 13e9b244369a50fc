"""Money: whole cents of one currency. There is one type and no float near it."""

import re
from typing import Self

import msgspec

_WRITTEN = re.compile(r"(-?)(\d+)\.(\d\d)", re.ASCII)


class Money(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """An amount in whole cents of a currency (ISO 4217)."""

    cents: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        assert type(self.cents) is int, "money is whole cents, never a float"

    @classmethod
    def of(cls, written: str, currency: str = "EUR") -> Self:
        """Money from its contract form, `"1234.56"`; any other form raises ValueError."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            raise ValueError(f"{written!r} is no amount with two decimals and a dot")
        sign, whole, part = match.groups()
        cents = int(whole) * 100 + int(part)
        return cls(-cents if sign else cents, currency)

    def __add__(self, other: Self) -> Self:
        self._must_match(other)
        return type(self)(self.cents + other.cents, self.currency)

    def __sub__(self, other: Self) -> Self:
        self._must_match(other)
        return type(self)(self.cents - other.cents, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.cents, self.currency)

    def __str__(self) -> str:
        """The contract form: two decimals and a dot, `"1234.56"`."""
        whole, part = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{whole}.{part:02d}"

    def _must_match(self, other: Self) -> None:
        assert self.currency == other.currency, "two currencies are never added"


def german(cents: int) -> str:
    """Cents as Germans write them: `123456` is `"1.234,56"`."""
    whole, part = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{grouped},{part:02d}"


def english(cents: int) -> str:
    """Cents as the English write them: `123456` is `"1,234.56"`."""
    whole, part = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{whole:,}.{part:02d}"
