"""Dated data of a statute: one TOML file each, periods from a first day to a last one, with sources."""

import tomllib
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from typing import Any, Protocol, TypeVar

from storage.errors import StatutoryDataMissingError


class Period(Protocol):
    """An entry that holds from `since` to `until` inclusive; None: until a newer one begins."""

    @property
    def since(self) -> date:
        """The first day on which the entry holds."""

    @property
    def until(self) -> date | None:
        """The last day on which the entry holds."""


SomePeriod = TypeVar("SomePeriod", bound=Period)


def read_statute(file: str) -> dict[str, Any]:
    """The content of one data file of this package."""
    return tomllib.loads(files("storage.law").joinpath(file).read_text(encoding="utf-8"))


def in_force(entries: Sequence[SomePeriod], day: date, what: str, file: str) -> SomePeriod:
    """The one entry that holds on a day; StatutoryDataMissingError where none does."""
    for entry in entries:
        if entry.since <= day and (entry.until is None or day <= entry.until):
            return entry
    raise StatutoryDataMissingError(f"{what} in force on {day}", day, f"storage/law/{file}")
