"""The address book of one source: who a number is, by its own lists first and by what is kept second.

A number of which the source says two different things is undecided: nothing is taken for it, from no
list and not from what is kept either.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from parsers.masters.kept import kept_customers
from storage.identity import fold, fold_street
from storage.records import Customer, Debtor

CUSTOMERS_MAX = 300_000
Key = tuple[str, str]  # circle and folded number

_PACK = msgspec.msgpack.Encoder().encode
_UNPACK = msgspec.msgpack.Decoder(Debtor).decode
_UNDECIDED = b""
# Two rows of one number that differ in these speak of two customers, or of one who has moved.
_WHO = ("name", "first_name", "company", "postcode", "city", "country")
_BESIDE = ("email", "phone", "birth_date", "iban")


class AddressBook:
    """Customers by circle and number, packed, so that some hundred thousand fit into little memory."""

    def __init__(self, kept: Path | None) -> None:
        self._told: dict[Key, bytes] = {}
        self._lists: dict[str, list[str]] = {}  # the names of the source's lists, by circle
        self._kept_file = kept
        self._kept: dict[Key, bytes] | None = None

    def __len__(self) -> int:
        return len(self._told)

    def add(self, name: str, listed: dict[Key, bytes]) -> None:
        """Take over the customers of the list of that name, see `note`."""
        for key, packed in listed.items():
            _merge(self._told, key, packed)
        for circle in sorted({circle for circle, _ in listed}):
            self._lists.setdefault(circle, []).append(name)

    @property
    def is_empty(self) -> bool:
        """Whether nobody has told of any customer."""
        return not self._told and self._kept_file is None

    def knows(self, circle: str) -> bool:
        """Whether there is anybody to be found in a circle."""
        return circle in self._lists or any(one == circle for one, _ in self._keeping())

    def sources(self, circle: str, number: str, language: str) -> list[str]:
        """The lists that a number may be known from, in words."""
        if (circle, number) not in self._told:
            return ["your earlier customer lists" if language == "en" else "Ihren früheren Kundenlisten"]
        marks = "“{}”" if language == "en" else "„{}“"
        return [marks.format(name) for name in self._lists[circle]]

    def find(self, circle: str, number: str) -> Debtor | None:
        """Who a number is; None where nobody knows or the lists do not agree."""
        packed = self._told.get((circle, number))
        if packed is None:
            packed = self._keeping().get((circle, number))
        return _UNPACK(packed) if packed else None

    def undecided(self, circle: str) -> frozenset[str]:
        """The numbers of which the source says different things."""
        return frozenset(
            number for (one, number), packed in self._told.items() if packed == _UNDECIDED and one == circle
        )

    def customers(self) -> Iterator[Customer]:
        """All that the source says, in the order in which it was first said."""
        for (circle, number), packed in self._told.items():
            yield Customer(circle=circle, number=number, debtor=_UNPACK(packed) if packed else None)

    def _keeping(self) -> dict[Key, bytes]:
        if self._kept is None:
            self._kept = {}
            if self._kept_file is not None:
                for one in kept_customers(self._kept_file, CUSTOMERS_MAX):
                    if one.debtor is not None:
                        self._kept[one.circle, one.number] = _PACK(one.debtor)
        return self._kept


def note(listed: dict[Key, bytes], key: Key, debtor: Debtor) -> None:
    """Note a customer among others of the list; said twice and differently, the number is undecided."""
    _merge(listed, key, _PACK(debtor))


def is_undecided(listed: dict[Key, bytes], key: Key) -> bool:
    """Whether a list says different things of a number."""
    return listed.get(key) == _UNDECIDED


def _merge(known: dict[Key, bytes], key: Key, packed: bytes) -> None:
    before = known.get(key)
    if before is None or before == packed:
        known[key] = packed
    elif _UNDECIDED in (before, packed):
        known[key] = _UNDECIDED
    else:
        known[key] = _agreed(_UNPACK(before), _UNPACK(packed))


def _agreed(one: Debtor, other: Debtor) -> bytes:
    """What two rows of one number both say; undecided where they name another person or place."""
    if any(fold(getattr(one, field)) != fold(getattr(other, field)) for field in _WHO):
        return _UNDECIDED
    if fold_street(one.street) != fold_street(other.street) or one.kind is not other.kind:
        return _UNDECIDED
    differing = {field: None for field in _BESIDE if getattr(one, field) != getattr(other, field)}
    return _PACK(msgspec.structs.replace(one, **differing))
