"""One case from handover to its final document, on both engines."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from storage.books.ledgers import Ledger
from storage.books.why import depth_first, explain_case
from storage.case_number import format_case_number
from storage.cases.cases import show_case
from storage.engine.book_tables import progress, statements
from storage.errors import RefusedError
from storage.money import Money
from storage.verify import verify
from tests.storage.books.collected import (
    SETTINGS,
    book_of,
    claim,
    collect,
    creditor,
    do_due,
    figures,
    hand_over,
    pay,
)

BERLIN = ZoneInfo("Europe/Berlin")
HANDED_OVER = datetime(2026, 2, 1, 10, tzinfo=BERLIN)
LETTER = datetime(2026, 2, 2, 6, tzinfo=BERLIN)


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 12, tzinfo=BERLIN)


@pytest.fixture
def case(database):
    """A creditor and its case of 250.00 with 5.00 of dunning fees, letter 1 sent on 2 February."""
    account = creditor(database, HANDED_OVER)
    (case_id,) = hand_over(database, account, HANDED_OVER, claim(costs=[("dunning_fee", "5.00")]))
    collect(database, LETTER)
    return account, case_id


def events(database, case_id) -> list[str]:
    with database.read() as connection:
        return [event.trigger for event in show_case(connection, format_case_number(case_id)).events]


def status(database, case_id) -> str:
    with database.read() as connection:
        return show_case(connection, format_case_number(case_id)).status


def test_a_complete_case_goes_to_autocollect_with_letter_1_and_half_a_fee(database, case):
    account, case_id = case
    assert status(database, case_id) == "AUTOCOLLECT"
    assert events(database, case_id) == ["handover", "checks_passed", "data_completed", "letter_1_dispatched"]
    owed = figures(database, account, case_id, date(2026, 2, 2)).owed
    assert (owed.principal, owed.creditor_costs, owed.fee, owed.expenses) == (
        Money(25_000),
        Money(500),
        Money(2_575),
        Money(515),
    )
    assert owed.interest == Money(77)  # 18 days of 365 at 6.27 % on 250.00


def test_from_day_14_the_fee_is_nine_tenths_and_a_late_tick_makes_up_for_it_once(database, case):
    account, case_id = case
    assert do_due(database, at(2026, 2, 15)) == {}
    assert do_due(database, at(2026, 3, 20))["fees_raised"] == 1
    assert "fees_raised" not in do_due(database, at(2026, 3, 20))
    owed = figures(database, account, case_id, date(2026, 3, 20)).owed
    assert (owed.fee, owed.expenses) == (Money(4_635), Money(927))


def test_the_worked_vector_ends_cleared_with_the_creditor_paid_first(database, case):
    account, case_id = case
    do_due(database, at(2026, 2, 16))
    pay(database, account, case_id, "100.00", date(2026, 4, 10), at(2026, 4, 10))
    part = figures(database, account, case_id, date(2026, 4, 10))
    assert part.owed.total == Money(21_427)
    assert (part.creditor_share, part.agency_share) == (Money(10_000), Money(0))
    booked = pay(database, account, case_id, "218.02", date(2026, 7, 20), at(2026, 7, 20))
    whole = figures(database, account, case_id, date(2026, 7, 20))
    assert booked.status == "CLEARED"
    assert whole.owed.total == Money(0)
    assert (whole.creditor_share, whole.agency_share) == (Money(26_240), Money(5_562))
    assert whole.statement is not None
    assert '"category":"full_payment"' in whole.statement


def test_payments_told_in_the_wrong_order_end_in_the_same_books(database, case):
    account, case_id = case
    do_due(database, at(2026, 2, 16))
    pay(database, account, case_id, "218.02", date(2026, 7, 20), at(2026, 7, 20))
    booked = pay(database, account, case_id, "100.00", date(2026, 4, 10), at(2026, 7, 21))
    whole = figures(database, account, case_id, date(2026, 7, 21))
    assert booked.status == "CLEARED"
    assert (whole.creditor_share, whole.agency_share) == (Money(26_240), Money(5_562))


def test_all_of_it_paid_to_the_creditor_debits_the_agencys_share_to_its_balance(database, case):
    account, case_id = case
    do_due(database, at(2026, 2, 16))
    owed = figures(database, account, case_id, date(2026, 4, 10)).owed.total
    booked = pay(database, account, case_id, str(owed), date(2026, 4, 10), at(2026, 4, 10), is_direct=True)
    book = book_of(database, account, case_id, at(2026, 4, 10))
    assert (booked.status, booked.decision) == ("CLEARED", "cleared")
    assert -book.total(Ledger.AGENCY_SHARE) == 5_562
    with database.read() as connection:
        kept = connection.exec_driver_sql("SELECT cents FROM balances WHERE ledger = 311").scalar()
    assert kept == 5_562  # a debit: the creditor owes the agency's share


def test_the_principal_paid_to_the_cent_stops_interest_and_goes_on_for_the_rest(database, case):
    account, case_id = case
    do_due(database, at(2026, 2, 16))
    booked = pay(database, account, case_id, "250.00", date(2026, 4, 10), at(2026, 4, 10), is_direct=True)
    later = figures(database, account, case_id, date(2026, 12, 1)).owed
    assert (booked.decision, booked.status) == ("principal_paid", "AUTOCOLLECT")
    assert (later.principal, later.interest, later.fee) == (Money(0), Money(365), Money(4_635))


def test_a_full_payment_told_late_takes_the_raised_fee_back(database, case):
    account, case_id = case
    day = date(2026, 2, 10)
    owed = figures(database, account, case_id, day).owed.total
    do_due(database, at(2026, 2, 20))
    booked = pay(database, account, case_id, str(owed), day, at(2026, 2, 21))
    assert booked.status == "CLEARED"
    assert figures(database, account, case_id, day).agency_share == Money(3_090)


REFUSED = [
    (("0.00", date(2026, 4, 10), {}), "no payment"),
    (("10.00", date(2026, 4, 11), {}), "future"),
    (("100.00", date(2026, 4, 1), {}), "look like"),
    (("100.00", date(2026, 4, 4), {"is_direct": True}), "look like"),
]


@pytest.mark.parametrize(("told", "reason"), REFUSED)
def test_a_doubtful_payment_is_refused_and_nothing_is_written(database, case, told, reason):
    amount, day, rest = told
    account, case_id = case
    pay(database, account, case_id, "100.00", date(2026, 4, 1), at(2026, 4, 1))
    before = journal(database)
    with pytest.raises(RefusedError, match=reason):
        pay(database, account, case_id, amount, day, at(2026, 4, 10), **rest)
    assert journal(database) == before


def test_the_same_payment_is_taken_when_it_is_said_to_be_a_second_one(database, case):
    account, case_id = case
    for again in (False, True):
        pay(database, account, case_id, "100.00", date(2026, 4, 1), at(2026, 4, 1), again=again)
    assert figures(database, account, case_id, date(2026, 4, 1)).received_agency == Money(20_000)


def test_half_a_year_without_a_base_rate_is_refused_with_what_to_add(database, case):
    account, case_id = case
    with pytest.raises(RefusedError, match="base_rates"):
        pay(database, account, case_id, "50.00", date(2027, 1, 5), at(2027, 1, 5))


INCOMPLETE = [
    ({"ground": None}, "ground"),
    ({"contract_date": None}, "contract_date"),
    ({"default_since": None}, "default_since"),
    ({"ground": None, "contract_date": None}, "ground,contract_date"),
    ({"due_date": date(2021, 3, 1), "contract_date": date(2021, 2, 1)}, "time_barred"),
]


@pytest.mark.parametrize(("lacking", "waits_for"), INCOMPLETE)
def test_a_case_that_lacks_something_stays_in_validation_and_says_what(database, lacking, waits_for):
    account = creditor(database, HANDED_OVER)
    (case_id,) = hand_over(database, account, HANDED_OVER, claim(**lacking))
    collect(database, LETTER)
    assert status(database, case_id) == "VALIDATION"
    with database.read() as connection:
        row = connection.execute(progress.select()).one()
    assert (row.waits_for, row.next_on) == (waits_for, "2026-02-03")


def test_a_case_without_an_address_waits_in_enrichment(database):
    account = creditor(database, HANDED_OVER)
    (case_id,) = hand_over(database, account, HANDED_OVER, claim(street=None))
    collect(database, LETTER)
    assert status(database, case_id) == "ENRICHMENT"
    assert journal(database) == 0


def test_without_the_creditors_address_nobody_gets_a_letter(database):
    account = creditor(database, HANDED_OVER, street=None)
    (case_id,) = hand_over(database, account, HANDED_OVER, claim())
    collect(database, LETTER)
    assert status(database, case_id) == "VALIDATION"


def test_a_payment_before_acceptance_takes_the_claim_into_the_books_only_once(database):
    account = creditor(database, HANDED_OVER)
    (case_id,) = hand_over(database, account, HANDED_OVER, claim())
    pay(database, account, case_id, "50.00", date(2026, 2, 1), at(2026, 2, 1))
    collect(database, LETTER)
    assert status(database, case_id) == "AUTOCOLLECT"
    book = book_of(database, account, case_id, LETTER)
    assert book.total(Ledger.CHARGED_CREDITOR) == -25_000 - 73  # 17 days of interest
    assert figures(database, account, case_id, date(2026, 2, 2)).received_agency == Money(5_000)


def test_every_figure_is_the_sum_of_its_reasons(database, case):
    account, case_id = case
    do_due(database, at(2026, 2, 16))
    pay(database, account, case_id, "100.00", date(2026, 4, 10), at(2026, 4, 10))
    with database.read() as connection:
        reasons = explain_case(connection, account.account_id, case_id, SETTINGS, date(2026, 5, 1))
    nodes = [reason for _, reason in depth_first(reasons) if reason.parts]
    assert len(nodes) > 6
    for node in nodes:
        assert sum(Money.of(part.amount).cents for part in node.parts) == Money.of(node.amount).cents, (
            node.figure
        )


def test_the_store_holds_after_all_of_it(database, case):
    account, case_id = case
    pay(database, account, case_id, "600.00", date(2026, 4, 10), at(2026, 4, 10))
    with database.read() as connection:
        assert verify(connection).findings == ()
        assert connection.execute(statements.select()).one().category == "full_payment"


def journal(database) -> int:
    with database.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    return int(count)
