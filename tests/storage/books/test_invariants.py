"""The audit finds what was done to kept money and to payouts, and nothing in books that are sound."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from storage.books.confirmation import confirm
from storage.books.payouts import prepare
from storage.verify import verify
from tests.storage.books.bookings import SETTINGS, sums_that_differ
from tests.storage.books.many import many_creditors

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DAMAGE = {
    "movement.sum": [
        "UPDATE movements SET cents = cents + 1 WHERE ledger = 311",
        "DELETE FROM movements WHERE ledger = 301",
    ],
    "payout.booked": ["UPDATE payouts SET cents = cents + 1", "UPDATE payouts SET entry = 1"],
    "payout.once": ["DELETE FROM payouts", "UPDATE payouts SET entry = NULL"],
    "invoice.holes": [
        "DELETE FROM agency_invoices",
        "UPDATE counters SET value = 9 WHERE name LIKE 'invoice-%'",
    ],
}


def checks(database):
    with database.read() as connection:
        return {one.check for one in verify(connection).findings}


@pytest.fixture
def paid(database):
    many_creditors(database, 1, APRIL)
    prepare(database, "2026-04", by="anna", settings=SETTINGS, now=MAY)
    confirm(database, "2026-04", by="bernd", now=MAY)
    return database


def test_books_that_paid_out_are_sound(paid):
    assert checks(paid) == set()
    assert not sums_that_differ(paid)


@pytest.mark.parametrize(
    ("check", "damage"), [(check, damage) for check, all_of in DAMAGE.items() for damage in all_of]
)
def test_what_was_done_to_them_is_found(paid, check, damage):
    with paid.write() as connection:
        connection.execute(text(damage))
    assert check in checks(paid)
