"""What is listed of the books, to the cent as the journal has it, on both engines."""

from datetime import date

import pytest
from sqlalchemy import insert

from storage.books.kept_statements import newest_statement
from storage.books.ledgers import Ledger
from storage.case_number import format_case_number
from storage.engine.book_tables import payouts
from storage.engine.instants import to_micros
from storage.money import Money
from tests.storage.books.collected import book_of
from tests.storage.books.shop import at, open_shop


@pytest.fixture
def shop(database):
    return open_shop(database)


def test_the_running_list_has_every_case_with_a_payment_and_its_category(shop):
    found = shop.listed()
    assert {number: (one.category, one.status) for number, one in found.items()} == {
        format_case_number(shop.full): ("full_payment", "CLEARED"),
        format_case_number(shop.part): ("other", "AUTOCOLLECT"),
        format_case_number(shop.direct): ("direct_payment", "CLEARED"),
    }
    full = found[format_case_number(shop.full)]
    assert (full.received_agency, full.received_direct) == (Money(31_802), Money(0))
    assert (full.creditor_share, full.agency_share) == (Money(26_240), Money(5_562))
    assert (full.debtor, full.creditor_references, full.invoices) == ("A", ("K-1",), ("RE-1",))
    assert (full.statement, full.last_booked_on) == ("A-1-000002", date(2026, 7, 20))


def test_the_running_list_of_a_month_is_what_that_month_brought(shop):
    april = shop.listed(since=date(2026, 4, 1), through=date(2026, 4, 30))
    assert [(one.received_agency, one.creditor_share) for one in april.values()] == [
        (Money(10_000), Money(10_000))
    ]
    july = shop.listed(since=date(2026, 7, 1), through=date(2026, 7, 31))
    assert [(one.creditor_share, one.agency_share) for one in july.values()] == [
        (Money(16_240), Money(5_562))
    ]
    assert shop.listed(since=date(2026, 3, 1), through=date(2026, 3, 31)) == {}


def test_the_running_list_can_be_of_a_status_or_category(shop):
    assert list(shop.listed(status="AUTOCOLLECT")) == [format_case_number(shop.part)]
    assert list(shop.listed(category="direct_payment")) == [format_case_number(shop.direct)]
    assert list(shop.listed(category="other")) == [format_case_number(shop.part)]
    assert shop.listed(category="settlement") == {}


def test_the_lists_add_up_to_the_creditors_balance(shop):
    with shop.database.read() as connection:
        kept = connection.exec_driver_sql("SELECT cents FROM balances WHERE ledger = 311").scalar_one()
    assert sum(one.credited.cents for one in shop.listed().values()) == -kept
    assert sum(one.credited.cents for one in shop.moved()) == -kept


SUMS = [
    ("to_agency", Ledger.RECEIVED, 1),
    ("to_creditor", Ledger.RECEIVED_DIRECT, 1),
    ("creditor_share", Ledger.CREDITOR_SHARE, -1),
    ("agency_share", Ledger.AGENCY_SHARE, -1),
    ("surplus", Ledger.SURPLUS, -1),
    ("overpaid", Ledger.OVERPAID, -1),
]


@pytest.mark.parametrize(("column", "ledger", "sign"), SUMS)
def test_a_column_of_the_bookings_adds_up_to_its_ledger(shop, column, ledger, sign):
    shop.pay(shop.full, "30.00", 4, 1, again=True)  # an older payment told late is allocated anew
    shop.pay(shop.direct, "40.00", 7, 21)
    for case_id in (shop.full, shop.part, shop.direct):
        number = format_case_number(case_id)
        booked = book_of(shop.database, shop.account, case_id, at(8, 1)).total(ledger)
        moved = sum(getattr(one, column).cents for one in shop.moved() if one.case == number)
        assert moved == sign * booked


def test_every_payment_is_a_booking_whose_columns_are_its_allocation(shop):
    first, *_, last = shop.moved()
    assert (first.kind, first.value_date, first.to_agency) == ("receipt", date(2026, 4, 10), Money(10_000))
    assert (first.principal, first.creditor_costs, first.interest) == (Money(3_573), Money(500), Money(365))
    assert (first.fee, first.expenses, first.credited) == (Money(4_635), Money(927), Money(10_000))
    assert (last.principal, last.interest, last.agency_share) == (Money(21_427), Money(375), Money(5_562))
    assert first.names is not None
    assert (first.names.debtor, first.names.references) == ("A", ("K-1",))


def test_a_returned_payment_is_a_booking_of_its_own_that_takes_all_of_it_back(shop):
    (receipt,) = [one for one in shop.moved() if one.case == format_case_number(shop.part)]
    shop.give_back(2, 6, 10)
    booked, returned = (one for one in shop.moved() if one.case == format_case_number(shop.part))
    assert booked == receipt
    assert (returned.kind, returned.to_agency, returned.credited) == (
        "reversal",
        Money(-30_000),
        Money(-30_000),
    )
    assert returned.principal == Money(-receipt.principal.cents)
    (line,) = shop.listed(since=date(2026, 6, 2), through=date(2026, 6, 30)).values()
    assert (line.received_agency, line.creditor_share) == (Money(-30_000), Money(-30_000))


def test_bookings_can_be_of_a_time_a_status_or_a_category(shop):
    assert {one.case for one in shop.moved(category="other")} == {format_case_number(shop.part)}
    assert {one.case for one in shop.moved(status="AUTOCOLLECT")} == {format_case_number(shop.part)}
    may = shop.moved(since=date(2026, 5, 1), through=date(2026, 5, 31))
    assert [one.case for one in may] == [format_case_number(shop.part)]


def confirm_payout(shop, as_of: str) -> None:
    with shop.database.write() as connection:
        connection.execute(
            insert(payouts).values(
                account_id=shop.account.account_id,
                payout_id=1,
                kind="monthly",
                month=as_of[:7],
                state="confirmed",
                cents=10_000,
                iban="DE89370400440532013000",
                iban_version=1,
                as_of=as_of,
                due_on="2026-06-15",
                prepared_at=to_micros(at(6, 2)),
                prepared_by="a",
                confirmed_at=to_micros(at(6, 3)),
                confirmed_by="b",
            )
        )


def test_what_lay_in_a_confirmed_payout_is_paid_out_and_what_is_held_is_not_known(shop):
    assert {one.paid_out for one in shop.listed().values()} == {Money(0)}
    confirm_payout(shop, "2026-05-31")
    paid = {number: one.paid_out for number, one in shop.listed().items()}
    assert paid == {
        format_case_number(shop.full): Money(10_000),
        format_case_number(shop.part): None,
        format_case_number(shop.direct): Money(0),
    }


def test_the_final_document_is_read_back_with_what_it_brought(shop):
    with shop.database.read() as connection:
        kept = newest_statement(connection, shop.account.account_id, shop.full)
        direct = newest_statement(connection, shop.account.account_id, shop.direct)
        assert newest_statement(connection, shop.account.account_id, shop.part) is None
    assert (kept.document.category, kept.credited, kept.stands) == ("full_payment", Money(26_240), True)
    assert direct.credited == Money(-5_562)


def test_a_statement_of_a_case_taken_up_again_no_longer_stands(shop):
    receipt = shop.moved()[-1]
    assert receipt.case == format_case_number(shop.full)
    shop.give_back(4, 7, 30)
    with shop.database.read() as connection:
        kept = newest_statement(connection, shop.account.account_id, shop.full)
    assert (kept.stands, kept.credited) == (False, Money(26_240))
    assert shop.listed()[format_case_number(shop.full)].statement is None


def test_long_lists_are_read_page_by_page(shop, monkeypatch):
    from storage.books import statement_list, transactions

    whole, moved = shop.listed(), shop.moved()
    monkeypatch.setattr(statement_list, "_CASES_A_TIME", 1)
    monkeypatch.setattr(transactions, "_ENTRIES_A_TIME", 1)
    assert (shop.listed(), shop.moved()) == (whole, moved)
