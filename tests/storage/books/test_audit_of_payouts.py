"""The audit of money that was paid out: it was there then, whatever was returned since."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from storage.books.balance import balance_of
from storage.books.confirmation import confirm
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import account_balance
from storage.books.ledgers import Ledger
from storage.books.payouts import prepare
from storage.verify import verify
from tests.storage.books.bookings import IBAN, SETTINGS, Bookkeeper, sums_that_differ

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)

SAME = "number, month, issued_on, net_cents, vat_cents, settled_cents, content, created_at"


@pytest.fixture
def keeper(database):
    return Bookkeeper(database, APRIL, live=True, iban=IBAN)


def pay_out(database, month="2026-04", now=MAY):
    """What was paid out for a month, in cents."""
    prepare(database, month, by="anna", settings=SETTINGS, now=now)
    done = confirm(database, month, by="bernd", now=now)
    return sum(one.amount.cents for one in done.payouts)


def findings(database):
    with database.read() as connection:
        return [(one.check, one.subject, one.message) for one in verify(connection).findings]


def test_books_that_paid_out_and_invoiced_are_sound(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "130.00", APRIL)
    assert pay_out(database) == 10_000
    assert findings(database) == []
    assert not sums_that_differ(database)


def test_a_payment_that_is_returned_after_it_was_paid_out_is_no_finding(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    receipt_id = keeper.pay(case_id, "130.00", APRIL)
    pay_out(database)
    keeper.bring_back(receipt_id, MAY)
    with database.read() as connection:
        assert account_balance(connection, keeper.account_id, Ledger.TRUST_BANK) == -13_000
        assert str(balance_of(connection, keeper.account_id)) == "-100.00"
    assert findings(database) == []


def test_later_payments_fill_up_what_was_returned_before_anything_is_paid_out(database, keeper):
    case_id = keeper.case(APRIL, "500.00")
    receipt_id = keeper.pay(case_id, "100.00", APRIL)
    pay_out(database)
    keeper.bring_back(receipt_id, MAY)
    keeper.pay(case_id, "140.00", MAY)
    assert pay_out(database, "2026-05", JUNE) == 4_000
    assert findings(database) == []


def booked_out(ledger, cents, kind=EntryKind.PAYOUT):
    legs = (Leg(Ledger.TRUST_BANK, -cents), Leg(ledger, cents))
    return Entry(kind=kind, value_date=date(2026, 5, 4), legs=legs)


def test_money_that_goes_back_to_a_debtor_is_not_for_payouts(database, keeper):
    keeper.pay(keeper.case(APRIL), "120.00", APRIL)  # 20 of it are too much
    keeper.post(MAY, booked_out(Ledger.AGENCY, 1_500, EntryKind.CORRECTION))
    assert findings(database) == []
    keeper.post(MAY, booked_out(Ledger.BALANCE, 10_000))
    once, (check, _, message) = findings(database)
    assert (once[0], check, message.split()[1]) == ("payout.once", "entry.covered", "1500")


def test_a_payout_of_more_than_was_there_is_found_even_when_more_came_in_since(database, keeper):
    case_id = keeper.case(APRIL, "500.00")
    keeper.pay(case_id, "100.00", APRIL)
    keeper.post(MAY, booked_out(Ledger.BALANCE, 10_001))
    keeper.pay(case_id, "300.00", MAY)
    assert findings(database)[1:] == [
        (
            "entry.covered",
            f"entry 3 of account {keeper.account_id}",
            "took 1 cents more out of trust or balance than were there for it: payout",
        )
    ]


@pytest.mark.parametrize(("taken", "short"), [(3_000, 0), (3_001, 1)])
def test_an_agency_that_takes_what_is_the_creditors_is_found(database, keeper, taken, short):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "130.00", APRIL)
    keeper.post(MAY, booked_out(Ledger.AGENCY, taken, EntryKind.AGENCY))
    found = [message for _, _, message in findings(database)]
    assert found == (
        [f"took {short} cents more out of trust or balance than were there for it: agency"] if short else []
    )


def test_any_other_entry_that_leaves_less_than_nothing_in_trust_is_found(database, keeper):
    keeper.pay(keeper.case(APRIL), "50.00", APRIL)
    keeper.post(MAY, booked_out(Ledger.AGENCY, 5_001, EntryKind.CORRECTION))
    assert [check for check, *_ in findings(database)] == ["entry.covered"]


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM agency_invoices",
        "UPDATE agency_invoices SET number = 'RE-2025-000001'",
        "UPDATE counters SET value = 9 WHERE name LIKE 'invoice-%'",
        f"INSERT INTO agency_invoices SELECT 99, 99, {SAME} FROM agency_invoices",
    ],
)
def test_a_hole_in_the_numbers_of_invoices_is_found_and_so_is_a_number_given_twice(database, keeper, damage):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "130.00", APRIL)
    pay_out(database)
    with database.write() as connection:
        assert connection.execute(text(damage)).rowcount > 0
    ((check, subject, message),) = findings(database)
    assert (check, subject) == ("invoice.holes", "store")
    assert message.startswith("invoices RE-2026 were numbered up to ")
