"""The layouts: each is one maker's way to write a list of open items, with its traits.

A layout is a function of dice and a number of items; it gives a file and the truth of its rows.
"""

import importlib
import pkgutil
import random
from collections.abc import Callable

import msgspec

from tests.accuracy.truth import Case


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What a layout's function gives: a file and its truth."""

    name: str
    content: bytes
    truths: dict
    by_invoice: bool = False


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """One layout; `weight` is its share of the rows (workbooks are slow to write)."""

    name: str
    traits: tuple[str, ...]
    make: Callable[[random.Random, int], Made]
    items: tuple[int, int]
    weight: float

    def case(self, seed: int, index: int, *, most: int | None = None) -> Case:
        """The file number `index` of this layout, of `most` items at most; the same for the same seed."""
        dice = random.Random(f"{seed}/{self.name}/{index}")
        low, high = self.items
        high = max(low, min(high, most or high))
        count = min(high, int(low * (high / low) ** (dice.random() ** 1.5)))
        made = self.make(dice, count)
        return Case(
            layout=self.name,
            name=made.name,
            content=made.content,
            truths=made.truths,
            by_invoice=made.by_invoice,
        )


_LAYOUTS: dict[str, Layout] = {}


def layout(name: str, *traits: str, items: tuple[int, int] = (4, 400), weight: float = 1.0):
    """Register a layout."""

    def register(make):
        assert name not in _LAYOUTS, f"two layouts are called {name}"
        _LAYOUTS[name] = Layout(name=name, traits=traits, make=make, items=items, weight=weight)
        return make

    return register


def all_layouts() -> dict[str, Layout]:
    """Every layout by its name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(sorted(_LAYOUTS.items()))
