"""Plans of installments, from the agreement to the last rate or to the day on which they break."""

from datetime import date

import pytest

from storage.books.ledgers import Ledger
from storage.errors import RefusedError
from storage.money import Money
from tests.storage.books.agreed import (
    at,
    balance,
    case_of,
    entries_booked,
    moved,
    must_hold,
    next_step_of,
    plan,
    plan_of,
    statement_states,
    triggers,
)
from tests.storage.books.collected import book_of, claim, collect, creditor, do_due, figures, hand_over, pay

AGREED = at(2026, 2, 10)
FIRST = date(2026, 3, 1)


@pytest.fixture
def case(database):
    """250.00 with 5.00 of dunning fees, letter 1 sent on 2 February: 286.67 on 10 February."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(costs=[("dunning_fee", "5.00")]))
    collect(database, at(2026, 2, 2))
    return account, case_id


def test_a_plan_is_about_all_that_is_owed_and_its_last_rate_is_the_rest(database, case):
    shown = plan(database, *case, AGREED, rate=Money(10_000), first_due_on=FIRST)
    owed = figures(database, *case, date(2026, 2, 10)).owed.total
    assert shown.total == owed == Money(28_702)
    assert [(one.due_on, one.amount, one.is_rest) for one in shown.installments] == [
        (date(2026, 3, 1), Money(10_000), False),
        (date(2026, 4, 1), Money(10_000), False),
        (date(2026, 5, 1), Money(8_702), True),
    ]
    assert case_of(database, case[1]).status == "INSTALLMENT"
    assert next_step_of(database, case[1]) == ("rate", date(2026, 3, 9))


def test_a_fee_for_the_plan_is_charged_only_where_it_was_announced(database, case):
    told = plan(database, *case, AGREED, count=3, first_due_on=FIRST, fee_announced=True)
    book = book_of(database, *case, AGREED)
    # 0.7 of 51.50 for half of 250.00, and 20 % of it; both matters together have one maximum of 20.00
    assert (book.total(Ledger.AGREEMENT_FEE), book.total(Ledger.AGREEMENT_EXPENSES)) == (3_605, 721)
    assert told.total == Money(28_702 + 3_605 + 721)
    assert [one.amount.cents for one in told.installments] == [11_009, 11_009, 11_010]


def test_the_fee_does_not_rise_while_the_plan_runs(database, case):
    plan(database, *case, AGREED, count=3, first_due_on=FIRST)
    assert do_due(database, at(2026, 3, 1)) == {}
    assert figures(database, *case, date(2026, 3, 1)).owed.fee == Money(2_575)


def test_rates_are_transferred_without_a_statement_and_the_last_one_clears_the_case(database, case):
    account, case_id = case
    plan(database, *case, AGREED, rate=Money(10_000), first_due_on=FIRST)
    for day in (date(2026, 3, 1), date(2026, 4, 1)):
        booked = pay(database, account, case_id, "100.00", day, at(day.year, day.month, day.day))
        assert booked.status == "INSTALLMENT"
    assert statement_states(database, case_id) == []
    assert balance(database, account) == 20_000
    rest = figures(database, *case, date(2026, 5, 1)).owed.total
    assert rest > Money(8_702)  # with the interest that came up
    assert pay(database, account, case_id, str(rest), date(2026, 5, 1), at(2026, 5, 1)).status == "CLEARED"
    assert statement_states(database, case_id) == [("final", "installment")]
    assert plan_of(database, *case, at(2026, 5, 1)).state == "fulfilled"
    must_hold(database)


def test_two_rates_in_a_row_beyond_the_grace_break_the_plan_and_the_clock_goes_on(database, case):
    account, case_id = case
    plan(database, *case, AGREED, rate=Money(10_000), first_due_on=FIRST)
    assert "plans_broken" not in do_due(database, at(2026, 3, 9))  # one rate is late
    assert "plans_broken" not in do_due(database, at(2026, 4, 8))
    assert do_due(database, at(2026, 4, 9))["plans_broken"] == 1
    assert case_of(database, case_id).status == "AUTOCOLLECT"
    assert triggers(database, case_id)[-2:] == ["plan_broken", "call_out"]  # where it was before the plan
    assert plan_of(database, *case, at(2026, 4, 9)).state == "broken"
    assert "plans_broken" not in do_due(database, at(2026, 4, 10))
    assert account.account_id


def test_a_rate_paid_late_meets_the_oldest_one_so_that_two_are_never_late(database, case):
    account, case_id = case
    plan(database, *case, AGREED, rate=Money(5_000), first_due_on=FIRST)
    for month in (4, 5, 6):
        do_due(database, at(2026, month, 8))
        pay(database, account, case_id, "50.00", date(2026, month, 8), at(2026, month, 8))
        assert "plans_broken" not in do_due(database, at(2026, month, 9))
    assert plan_of(database, *case, at(2026, 6, 9)).missed == 1


def test_a_last_rate_that_stays_away_breaks_the_plan_too(database, case):
    account, case_id = case
    plan(database, *case, AGREED, count=1, first_due_on=FIRST)
    pay(database, account, case_id, "287.02", FIRST, at(2026, 3, 1))  # the interest until then is open
    do_due(database, at(2026, 4, 8))
    assert case_of(database, case_id).status == "INSTALLMENT"
    do_due(database, at(2026, 4, 9))
    assert case_of(database, case_id).status == "AUTOCOLLECT"


def test_an_illness_keeps_the_plan_and_an_objection_ends_it(database, case):
    account, case_id = case
    plan(database, *case, AGREED, rate=Money(10_000), first_due_on=FIRST)
    moved(database, account, case_id, at(2026, 2, 20), "MONITORING", review_on=date(2026, 6, 1))
    assert "plans_broken" not in do_due(database, at(2026, 5, 1))
    moved(database, account, case_id, at(2026, 5, 2), "INSTALLMENT")
    assert plan_of(database, *case, at(2026, 5, 2)).state == "active"
    moved(database, account, case_id, at(2026, 5, 3), "COMMUNICATION", "objection_in_writing")
    assert plan_of(database, *case, at(2026, 5, 3)).state == "ended"


REFUSED = [
    ({"notice_given": False}, "told beforehand"),
    ({"in_text_form": False}, "text form"),
    ({"first_due_on": date(2026, 2, 9)}, "past"),
    ({"count": 121}, "1 to 120"),
    ({"count": None}, "how many"),
    ({"count": 120, "rate": Money(128)}, "interest of a month"),
    ({"count": None, "amounts": (Money(10_000), Money(1))}, "come to"),
]


@pytest.mark.parametrize(("told", "sentence"), REFUSED)
def test_what_is_no_plan_is_refused_and_writes_nothing(database, case, told, sentence):
    before = entries_booked(database)
    with pytest.raises(RefusedError, match=sentence):
        plan(database, *case, AGREED, **({"count": 3, "first_due_on": FIRST} | told))
    assert entries_booked(database) == before
    assert case_of(database, case[1]).status == "AUTOCOLLECT"


def test_a_fee_raised_after_the_plan_shares_the_maximum_of_expenses_with_the_fee_for_it(database):
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(amount="900.00"))
    collect(database, at(2026, 2, 2))
    plan(database, account, case_id, AGREED, count=2, first_due_on=FIRST, fee_announced=True)
    do_due(database, at(2026, 4, 9))
    book = book_of(database, account, case_id, at(2026, 4, 9))
    assert book.total(Ledger.FEE) == 8_370  # 0.9 of 93.00
    assert book.total(Ledger.EXPENSES) + book.total(Ledger.AGREEMENT_EXPENSES) == 2_000
    must_hold(database)
