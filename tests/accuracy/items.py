"""Open items: what a debtor owes on one invoice, seeded."""

import random
from datetime import date, timedelta

import msgspec

from tests.accuracy.parties import Party, Tastes, make_parties

FIRST_DAY = date(2023, 1, 2)
DAYS = 1_100


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One invoice and what is open of it, in cents; below zero it is a credit."""

    party: Party
    invoice_number: str
    invoice_date: date
    due_date: date
    gross: int
    paid: int = 0
    currency: str = "EUR"
    text: str = "Warenlieferung"
    level: int = 0

    @property
    def open(self):
        return self.gross - self.paid

    @property
    def terms(self):
        return (self.due_date - self.invoice_date).days


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a list's items are out of the ordinary."""

    partly: float = 0.0
    zero: float = 0.0
    credit: float = 0.0
    a_debtor: float = 1.3  # items a debtor


TEXTS = [
    "Warenlieferung",
    "Reparatur Heizung",
    "Miete März",
    "Behandlung",
    "Wartung 2024",
    "Beratung, Teil 2",
    "Abo Premium",
    'Montage "Bad"',
    "Druck & Versand",
    "Seminar",
]
_STYLES = (
    lambda year, serial: f"RE-{year}-{serial:05d}",
    lambda year, serial: f"{year}{serial:05d}",
    lambda year, serial: f"{serial:07d}",
    lambda year, serial: f"R{serial + 100_000}",
    lambda year, serial: f"{serial}/{year % 100}",
    lambda year, serial: f"AR{year % 100}-{serial}",
)


def make_items(
    dice: random.Random, count: int, shares: Shares, tastes: Tastes, *, numeric: bool = False
) -> list[Item]:
    """`count` items; the same debtor's stand together. With `numeric`, invoice numbers are mere digits."""
    parties = make_parties(dice, count, tastes)
    style = _STYLES[1] if numeric else dice.choice(_STYLES)
    serial = dice.randrange(1, 50_000)
    items: list[Item] = []
    while len(items) < count:
        party = parties[len(items)]
        for _ in range(1 + (dice.random() < shares.a_debtor - 1) * dice.randrange(1, 3)):
            serial += dice.randrange(1, 4)
            items.append(_item(dice, party, style, serial, shares))
    return items[:count]


def with_days_above_twelve(items: list[Item]) -> list[Item]:
    """The items, the first with days that no month can be: the list decides which comes first."""
    first = msgspec.structs.replace(items[0], invoice_date=date(2025, 1, 17), due_date=date(2025, 1, 31))
    return [first, *items[1:]]


def with_days_up_to_twelve(items: list[Item]) -> list[Item]:
    """The items with days that could all be months."""
    return [
        msgspec.structs.replace(
            item,
            invoice_date=item.invoice_date.replace(day=1 + item.invoice_date.day % 12),
            due_date=item.due_date.replace(day=1 + item.due_date.day % 12),
        )
        for item in items
    ]


def _item(dice: random.Random, party: Party, style, serial: int, shares: Shares) -> Item:
    invoiced = FIRST_DAY + timedelta(dice.randrange(DAYS))
    gross = _amount(dice)
    draw = dice.random()
    paid = 0
    if draw < shares.zero:
        paid = gross
    elif draw < shares.zero + shares.credit:
        gross = -gross
    elif draw < shares.zero + shares.credit + shares.partly:
        paid = dice.randrange(1, max(2, gross))
        paid = min(paid, gross - 1) if gross > 1 else 0
    return Item(
        party=party,
        invoice_number=style(invoiced.year, serial),
        invoice_date=invoiced,
        due_date=invoiced + timedelta(dice.choice((7, 10, 14, 14, 30, 30, 60))),
        gross=gross,
        paid=paid,
        text=dice.choice(TEXTS),
        level=dice.randrange(4),
    )


def _amount(dice: random.Random) -> int:
    """Cents, from one to millions of euros, as often small as large."""
    cents = int(10 ** dice.uniform(2.5, 5.8))
    draw = dice.random()
    if draw < 0.01:
        return dice.choice((1, 5, 99, 100))
    if draw < 0.03:
        return dice.randrange(100_000_000, 900_000_000)
    return cents - cents % 100 if draw < 0.15 else cents
