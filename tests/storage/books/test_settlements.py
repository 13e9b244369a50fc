"""Settlements: a smaller sum by a day, met, missed, or met by a payment that comes back."""

from datetime import date

import pytest

from storage.books.returns import return_payment
from storage.books.settlements import agree_settlement, lapse_if_late, limit_of, set_limit
from storage.errors import RefusedError
from storage.money import Money
from tests.storage.books.agreed import (
    at,
    balance,
    booked,
    case_of,
    entries_booked,
    must_hold,
    next_step_of,
    plan,
    plan_of,
    statement_states,
    triggers,
)
from tests.storage.books.collected import claim, collect, creditor, do_due, figures, hand_over, pay

UNTIL = date(2026, 3, 10)


@pytest.fixture
def case(database):
    """250.00 with 5.00 of dunning fees, letter 1 sent on 2 February."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(costs=[("dunning_fee", "5.00")]))
    collect(database, at(2026, 2, 2))
    return account, case_id


def settle_for(  # noqa: PLR0917 - read like a line of a table
    database, account, case_id, amount="150.00", consent="creditor", now=None, until=UNTIL
):
    return booked(
        database,
        account,
        now or at(2026, 2, 10),
        lambda books: agree_settlement(books, case_id, Money.of(amount), until, consent),
    )


def limit(database, account, percent):
    with database.write() as connection:
        set_limit(connection, account.account_id, percent)


def test_the_sum_paid_in_time_clears_the_case_and_the_rest_is_waived(database, case):
    account, case_id = case
    agreed = settle_for(database, *case)
    assert (agreed.amount, agreed.owed) == (Money(15_000), Money(28_702))
    assert do_due(database, at(2026, 3, 1)) == {}  # the steps wait for it
    assert pay(database, account, case_id, "50.00", date(2026, 3, 1), at(2026, 3, 1)).status == "AUTOCOLLECT"
    # known two days late, but paid in time
    assert pay(database, account, case_id, "100.00", UNTIL, at(2026, 3, 12)).status == "CLEARED"
    after = figures(database, *case, date(2026, 12, 1))
    assert after.owed.total == Money(0)
    assert (after.creditor_share, after.agency_share) == (Money(15_000), Money(0))
    assert balance(database, account) == 15_000
    assert statement_states(database, case_id) == [("final", "settlement")]
    must_hold(database)


def test_the_sum_paid_too_late_is_a_part_payment_and_the_settlement_lapses(database, case):
    account, case_id = case
    settle_for(database, *case)
    assert "settlements_lapsed" not in do_due(database, at(2026, 3, 13))  # a bank may need some days
    booked_late = pay(database, account, case_id, "150.00", date(2026, 3, 11), at(2026, 3, 13))
    assert booked_late.status == "AUTOCOLLECT"
    done = do_due(database, at(2026, 3, 14))
    assert done["settlements_lapsed"] == 1
    assert triggers(database, case_id)[-2:] == ["settlement_lapsed", "call_out"]
    assert next_step_of(database, case_id)[1] == date(2026, 3, 28)  # counted from the day it went on
    must_hold(database)


def test_a_settlement_of_a_case_with_a_plan_lapses_and_the_plan_goes_on(database, case):
    account, case_id = case
    plan(database, *case, at(2026, 2, 9), rate=Money(10_000), first_due_on=date(2026, 4, 1))
    settle_for(database, *case)
    assert do_due(database, at(2026, 3, 14)) == {"settlements_lapsed": 1}
    assert case_of(database, case_id).status == "INSTALLMENT"
    assert plan_of(database, account, case_id, at(2026, 3, 14)).state == "active"


def test_a_case_with_a_plan_is_settled_by_the_sum(database, case):
    account, case_id = case
    plan(database, *case, at(2026, 2, 9), rate=Money(10_000), first_due_on=date(2026, 4, 1))
    settle_for(database, *case)
    assert pay(database, account, case_id, "150.00", UNTIL, at(2026, 3, 10)).status == "CLEARED"
    assert statement_states(database, case_id) == [("final", "settlement")]
    assert plan_of(database, account, case_id, at(2026, 3, 10)).state == "ended"


def test_what_was_paid_before_the_agreement_does_not_meet_it(database, case):
    account, case_id = case
    pay(database, account, case_id, "150.00", date(2026, 2, 10), at(2026, 2, 10))
    settle_for(database, *case, amount="100.00")
    assert pay(database, account, case_id, "40.00", UNTIL, at(2026, 3, 10)).status == "AUTOCOLLECT"
    assert pay(database, account, case_id, "60.00", UNTIL, at(2026, 3, 10)).status == "CLEARED"


def test_a_payment_that_comes_back_books_the_waiver_back_and_interest_runs_through(database, case):
    account, case_id = case
    settle_for(database, *case)
    pay(database, account, case_id, "150.00", UNTIL, at(2026, 3, 10))
    booked(database, account, at(2026, 3, 20), lambda books: return_payment(books, 1, "AC04"))
    assert case_of(database, case_id).status == "AUTOCOLLECT"
    owed = figures(database, *case, date(2026, 3, 20)).owed
    assert (owed.principal, owed.creditor_costs, owed.fee) == (Money(25_000), Money(500), Money(2_575))
    assert owed.interest == Money(275)  # 16 January to 20 March, 64 days of 365 at 6.27 %
    assert balance(database, account) == 0
    assert statement_states(database, case_id) == [("reopened", "settlement")]
    # it has lapsed: the same sum again clears nothing
    assert pay(database, account, case_id, "150.00", UNTIL, at(2026, 3, 20)).status == "AUTOCOLLECT"
    must_hold(database)


def test_paid_settled_returned_paid_and_returned_again_is_booked_back_each_time(database, case):
    account, case_id = case
    settle_for(database, *case)
    pay(database, account, case_id, "150.00", UNTIL, at(2026, 3, 10))
    booked(database, account, at(2026, 3, 20), lambda books: return_payment(books, 1, "AC04"))
    owed = figures(database, *case, date(2026, 3, 20)).owed.total
    assert pay(database, account, case_id, str(owed), date(2026, 3, 20), at(2026, 3, 20)).status == "CLEARED"
    booked(database, account, at(2026, 3, 25), lambda books: return_payment(books, 2, "MD06"))
    assert figures(database, *case, date(2026, 3, 20)).owed.total == owed
    assert [state for state, _ in statement_states(database, case_id)] == ["reopened", "reopened"]
    must_hold(database)


LIMITS = [
    # percent of 287.02 that the creditor accepts, offered, accepted
    (50, "143.51", True),
    (50, "143.50", False),
    (100, "287.01", False),
    (None, "280.00", False),
]


@pytest.mark.parametrize(("percent", "offered", "is_accepted"), LIMITS)
def test_within_the_limit_of_the_account_nobody_is_asked(database, case, percent, offered, is_accepted):
    limit(database, case[0], percent)
    if is_accepted:
        assert settle_for(database, *case, amount=offered, consent="limit").consent == "limit"
    else:
        before = entries_booked(database)
        with pytest.raises(RefusedError, match="consent"):
            settle_for(database, *case, amount=offered, consent="limit")
        assert entries_booked(database) == before


def test_a_limit_is_kept_changed_and_taken_away(database, case):
    account, _ = case
    for percent in (60, 40, None):
        limit(database, account, percent)
        with database.read() as connection:
            assert limit_of(connection, account.account_id) == percent


REFUSED = [
    ({"amount": "0.00"}, "above zero"),
    ({"amount": "287.02"}, "below"),
    ({"until": date(2026, 2, 9)}, "past"),
]


@pytest.mark.parametrize(("told", "sentence"), REFUSED)
def test_what_is_no_settlement_is_refused_and_writes_nothing(database, case, told, sentence):
    before = entries_booked(database)
    with pytest.raises(RefusedError, match=sentence):
        settle_for(database, *case, **told)
    assert entries_booked(database) == before


def test_one_settlement_at_a_time(database, case):
    settle_for(database, *case)
    with pytest.raises(RefusedError, match="one at a time"):
        settle_for(database, *case, amount="160.00")
    assert not booked(database, case[0], at(2026, 3, 13), lambda books: lapse_if_late(books, case[1]))
    assert booked(database, case[0], at(2026, 3, 14), lambda books: lapse_if_late(books, case[1]))
    settle_for(database, *case, amount="160.00", now=at(2026, 3, 14), until=date(2026, 4, 1))
