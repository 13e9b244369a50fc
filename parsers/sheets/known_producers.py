"""Programs that are known by their header: what they mean where a name alone leaves it open.

Each is one file in `producers/`: its name, sets of headers that together occur in no other program's
lists, and the columns whose meaning it decides, as paths in ROW (or with a leading underscore, see
`fields`). `writes` says what such a table is where it is no list of claims: `master data` or
`postings`. A new program needs a new file and no code.
"""

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from parsers.sheets.fields import Field
from parsers.sheets.names import Meaning, normalise

_FOLDER = "producers"
_RANK = -1  # before every name that is only generally known


class Producer(msgspec.Struct, frozen=True, kw_only=True):
    """One program: its name, the headers that give it away, and its own column names."""

    name: str
    headers: tuple[frozenset[str], ...]
    columns: dict[str, Field]
    writes: str = "open items"  # or master data, or postings

    def meaning(self, header: str) -> Meaning | None:
        """What the program means by a header; None where its name says enough."""
        field = self.columns.get(normalise(header))
        return None if field is None else Meaning(field, _RANK)


def producer_of(texts: Iterable[str]) -> Producer | None:
    """The program that writes such a header; None where none, or more than one, may be it."""
    return _producer_of(frozenset(normalise(text) for text in texts if text))


@cache
def producers() -> tuple[Producer, ...]:
    """All programs that are known."""
    folder = files("parsers.sheets").joinpath(_FOLDER)
    read = (
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    )
    return tuple(sorted(map(_producer, read), key=lambda one: one.name))


@lru_cache(maxsize=1_024)
def _producer_of(names: frozenset[str]) -> Producer | None:
    found = [
        (max(len(headers) for headers in one.headers if headers <= names), one)
        for one in producers()
        if any(headers <= names for headers in one.headers)
    ]
    most = max((size for size, _ in found), default=0)
    best = [one for size, one in found if size == most]
    return best[0] if len(best) == 1 else None


def _producer(told: dict[str, Any]) -> Producer:
    return Producer(
        name=told["name"],
        headers=tuple(frozenset(map(normalise, headers)) for headers in told["headers"]),
        columns={normalise(header): Field(field) for header, field in told["columns"].items()},
        writes=told.get("writes", "open items"),
    )
