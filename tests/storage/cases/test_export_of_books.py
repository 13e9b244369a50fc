"""The list of cases says what the books say, to the cent, now and as it was known on a day."""

from datetime import date

import pytest

from storage.case_number import format_case_number, parse_case_number
from storage.cases import export
from storage.errors import RefusedError
from storage.money import Money
from tests.storage.books.collected import figures
from tests.storage.books.shop import at, open_shop

AUGUST = date(2026, 8, 1)


@pytest.fixture
def shop(database):
    return open_shop(database)


def test_what_is_owed_and_received_is_what_each_case_says_of_itself(shop):
    found = shop.cases(AUGUST)
    assert len(found) == 4
    for number, case in found.items():
        told = figures(shop.database, shop.account, parse_case_number(number), AUGUST)
        assert case.owed == told.owed.total
        assert (case.received_agency, case.received_direct) == (told.received_agency, told.received_direct)
        assert (case.creditor_share, case.surplus) == (told.creditor_share, told.surplus)


def test_the_columns_of_a_line_add_up_to_what_is_owed(shop):
    shop.pay(shop.direct, "40.00", 7, 21)
    for case in shop.cases(AUGUST).values():
        charged = case.principal + case.creditor_costs + case.interest + case.fees + case.court_costs
        received = case.received_agency + case.received_direct
        assert charged - case.waived - received + case.surplus == case.owed


def test_a_paid_case_has_its_charges_and_nothing_open(shop):
    case = shop.cases(AUGUST)[format_case_number(shop.full)]
    assert (case.principal, case.creditor_costs, case.interest, case.fees) == (
        Money(25_000),
        Money(500),
        Money(740),
        Money(5_562),
    )
    assert (case.owed, case.last_step, case.next_step) == (Money(0), "paid_in_full", None)


def test_interest_of_a_case_without_receipts_grows_day_by_day_as_its_book_says(shop):
    number = format_case_number(shop.unpaid)
    for day in (date(2026, 2, 16), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)):
        told = figures(shop.database, shop.account, shop.unpaid, day)
        case = shop.cases(day)[number]
        assert (case.interest, case.owed) == (told.owed.interest, told.owed.total)


DAYS = [date(2026, 2, 1), date(2026, 2, 10), date(2026, 4, 9), date(2026, 4, 10), date(2026, 6, 1)]


@pytest.mark.parametrize("day", DAYS)
def test_as_of_a_day_a_list_says_what_it_would_have_said_on_that_day(database, day):
    """The shop's year played up to the day, and played to its end and asked for the day."""
    shop = open_shop(database)
    late = shop.cases(AUGUST, as_of=day)
    known = {
        number: (
            sum(one.to_agency.cents for one in of_case),
            sum(one.creditor_share.cents for one in of_case),
        )
        for number, of_case in _moved_by(shop, day).items()
    }
    for number, case in late.items():
        assert (case.received_agency.cents, case.creditor_share.cents) == known.get(number, (0, 0))
        assert (case.next_step, case.next_on, case.waits_for) == (None, None, None)


def _moved_by(shop, day):
    moved = {}
    for one in shop.moved(through=day):
        moved.setdefault(one.case, []).append(one)
    return moved


def test_as_of_a_day_nothing_that_was_booked_later_counts(shop):
    full, part = format_case_number(shop.full), format_case_number(shop.part)
    before = shop.cases(AUGUST, as_of=date(2026, 5, 31))
    day = date(2026, 5, 31)
    later = figures(shop.database, shop.account, shop.part, day)
    assert before[part].owed == later.owed.total
    assert (before[full].owed, before[full].status) == (Money(21_427 + 188), "AUTOCOLLECT")  # 51 days
    shop.give_back(2, 6, 10)
    assert shop.cases(AUGUST, as_of=day)[part] == before[part]
    assert shop.cases(AUGUST)[part].received_agency == Money(0)


def test_as_of_a_day_a_status_is_the_one_that_a_case_had(shop):
    (before,) = shop.cases(AUGUST, as_of=date(2026, 2, 1), status="VALIDATION").keys() & {
        format_case_number(shop.full)
    }
    assert before == format_case_number(shop.full)
    assert shop.cases(AUGUST, status="VALIDATION") == {}
    assert shop.cases(AUGUST, as_of=date(2026, 1, 31)) == {}


def test_a_list_can_be_of_a_category(shop):
    assert list(shop.cases(AUGUST, category="full_payment")) == [format_case_number(shop.full)]
    assert list(shop.cases(AUGUST, category="other")) == [format_case_number(shop.part)]


def test_a_day_without_a_base_rate_is_refused_with_what_to_add(shop):
    with pytest.raises(RefusedError, match="base_rates"):
        shop.cases(date(2027, 1, 5))


def test_long_lists_are_read_page_by_page(shop, monkeypatch):
    whole = shop.cases(AUGUST)
    monkeypatch.setattr(export, "_CASES_A_TIME", 1)
    assert shop.cases(AUGUST) == whole


def test_the_next_step_is_told_with_its_day(shop):
    case = shop.cases(AUGUST)[format_case_number(shop.unpaid)]
    assert (case.last_step, case.next_step, case.next_on) == ("call_out", "contact", date(2026, 3, 2))
    assert case.waits_for == ()
    assert case.last_step_at == at(2, 16)
