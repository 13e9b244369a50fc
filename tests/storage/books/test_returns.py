"""What goes back: returned payments, bank fees, refunds; and what the operator waives."""

from datetime import date

import pytest

from storage.books.decisions import decide_fee, waive
from storage.books.returns import refund, return_payment
from storage.errors import RefusedError, UnknownError
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
    refunds_due,
    statement_states,
    triggers,
)
from tests.storage.books.collected import book_of, claim, collect, creditor, do_due, figures, hand_over, pay

DAY = date(2026, 2, 10)
NOW = at(2026, 2, 10)


@pytest.fixture
def case(database):
    """250.00 with 5.00 of dunning fees, letter 1 sent on 2 February; 287.02 on the 10th."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(costs=[("dunning_fee", "5.00")]))
    collect(database, at(2026, 2, 2))
    return account, case_id


def give_back(database, account, receipt_id, now=NOW, *, reason="AC04", fee=None):
    return booked(database, account, now, lambda books: return_payment(books, receipt_id, reason, fee))


def test_a_returned_payment_is_mirrored_and_the_books_are_as_if_it_had_never_come(database, case):
    account, case_id = case
    before = figures(database, *case, date(2026, 3, 1))
    pay(database, account, case_id, "100.00", DAY, NOW, method="direct_debit")
    assert book_of(database, *case, NOW).receipts[0].held_until == date(2026, 4, 7)
    done = give_back(database, account, 1)
    after = figures(database, *case, date(2026, 3, 1))
    assert (done.status, after) == ("AUTOCOLLECT", before)
    assert book_of(database, *case, NOW).receipts[0].held_until is None
    assert balance(database, account) == 0
    must_hold(database)


def test_a_cleared_case_goes_on_with_its_clock_and_the_creditor_owes_what_it_got(database, case):
    account, case_id = case
    pay(database, account, case_id, "287.02", DAY, NOW)
    assert (balance(database, account), case_of(database, case_id).status) == (25_612, "CLEARED")
    assert next_step_of(database, case_id) == (None, None)
    with database.write() as connection:  # paid out meanwhile
        connection.exec_driver_sql("UPDATE balances SET cents = cents + 25612 WHERE ledger = 311")
        connection.exec_driver_sql("UPDATE balances SET cents = cents - 25612 WHERE ledger = 301")
    give_back(database, account, 1, at(2026, 2, 12), fee=Money(450))
    assert balance(database, account) == -25_612
    assert case_of(database, case_id).status == "AUTOCOLLECT"
    assert next_step_of(database, case_id) == ("call_out", date(2026, 2, 16))
    assert figures(database, *case, date(2026, 2, 12)).owed.expenses == Money(515 + 450)  # our bank took it
    assert statement_states(database, case_id) == [("reopened", "full_payment")]
    owed = figures(database, *case, date(2026, 2, 12)).owed.total
    assert pay(database, account, case_id, str(owed), date(2026, 2, 12), at(2026, 2, 12)).status == "CLEARED"
    assert [state for state, _ in statement_states(database, case_id)] == ["reopened", "final"]


def test_the_last_rate_that_comes_back_takes_the_plan_up_again(database, case):
    account, case_id = case
    plan(database, *case, NOW, count=1, first_due_on=date(2026, 2, 20))
    owed = figures(database, *case, date(2026, 2, 20)).owed.total
    pay(database, account, case_id, str(owed), date(2026, 2, 20), at(2026, 2, 20))
    give_back(database, account, 1, at(2026, 2, 25))
    assert case_of(database, case_id).status == "INSTALLMENT"
    assert plan_of(database, account, case_id, at(2026, 2, 25)).state == "active"
    assert next_step_of(database, case_id) == ("rate", date(2026, 2, 28))
    assert do_due(database, at(2026, 3, 28)) == {"plans_broken": 1, "fees_raised": 1, "steps": 1}


def test_of_two_payments_of_all_that_is_owed_one_may_come_back(database, case):
    account, case_id = case
    pay(database, account, case_id, "287.02", DAY, NOW)
    pay(database, account, case_id, "287.02", DAY, NOW, again=True)
    assert refunds_due(database, account) == 28_702
    assert give_back(database, account, 1).status == "CLEARED"
    assert refunds_due(database, account) == 0
    assert statement_states(database, case_id)[-1] == ("final", "full_payment")
    must_hold(database)


def test_too_much_is_paid_back_to_where_it_came_from(database, case):
    account, case_id = case
    pay(database, account, case_id, "300.00", DAY, NOW)
    assert refunds_due(database, account) == 1_298
    done = booked(database, account, NOW, lambda books: refund(books, 1, Money(1_298), "zu viel gezahlt"))
    assert (done.status, done.surplus, refunds_due(database, account)) == ("CLEARED", Money(0), 0)
    assert figures(database, *case, DAY).received_agency == Money(28_702)
    must_hold(database)


REFUSED = [
    (lambda books: return_payment(books, 9, "AC04"), UnknownError, "no receipt 9"),
    (lambda books: return_payment(books, 1, " "), RefusedError, "reason"),
    (lambda books: return_payment(books, 1, "AC04", Money(0)), RefusedError, "bank's fee"),
    (lambda books: return_payment(books, 1, "AC04", Money(10_001)), RefusedError, "bank's fee"),
    (lambda books: refund(books, 1, Money(1), "zu viel"), RefusedError, "cannot be paid back"),
    (lambda books: refund(books, 1, Money(1), ""), RefusedError, "reason"),
]


@pytest.mark.parametrize(("do", "error", "sentence"), REFUSED)
def test_what_cannot_go_back_is_refused_and_writes_nothing(database, case, do, error, sentence):
    pay(database, *case, "100.00", DAY, NOW)
    before = entries_booked(database)
    with pytest.raises(error, match=sentence):
        booked(database, case[0], NOW, do)
    assert entries_booked(database) == before


def test_a_payment_comes_back_once(database, case):
    pay(database, *case, "100.00", DAY, NOW)
    give_back(database, case[0], 1)
    with pytest.raises(RefusedError, match="before"):
        give_back(database, case[0], 1)


def waiver(case, **told):
    """What lets the debtor off, agreed with the creditor."""
    return lambda books: waive(books, case[1], "Kulanz", creditor_agrees=True, **told)


WAIVED = [
    # of, amount, waived, still owed of 287.02
    ("interest", None, "1.12", "285.90"),
    ("creditor_costs", "2.00", "2.00", "285.02"),
    ("principal", "50.00", "50.00", "237.02"),
    ("fee", None, "25.75", "261.27"),
    ("expenses", "1.15", "1.15", "285.87"),
]


@pytest.mark.parametrize(("of", "amount", "waived", "owed"), WAIVED)
def test_a_waiver_is_a_booking_of_its_own(  # noqa: PLR0917 - a row of the table
    database, case, of, amount, waived, owed
):
    part = None if amount is None else Money.of(amount)
    done = booked(
        database,
        case[0],
        NOW,
        waiver(case, of=of, amount=part),
    )
    assert (str(done), str(figures(database, *case, DAY).owed.total)) == (waived, owed)
    assert triggers(database, case[1])[-1] == "waived"
    must_hold(database)


def test_a_waived_fee_stays_waived_when_the_fee_rises(database, case):
    booked(database, case[0], NOW, lambda books: waive(books, case[1], "Kulanz", of="fee"))
    do_due(database, at(2026, 2, 16))
    assert figures(database, *case, date(2026, 2, 16)).owed.fee == Money(4_635 - 2_575)


def test_a_waived_fee_is_not_taken_back_a_second_time(database, case):
    booked(database, case[0], NOW, lambda books: waive(books, case[1], "Kulanz", of="fee"))
    changed = booked(database, case[0], NOW, lambda books: decide_fee(books, case[1], 0, "Kulanz"))
    assert changed == Money.of("-5.15")  # the expenses, which were not waived
    must_hold(database)


def test_a_principal_that_is_waived_leaves_its_interest_to_pay(database, case):
    pay(database, *case, "100.00", date(2026, 2, 10), NOW)
    on = at(2026, 5, 10)
    booked(
        database,
        case[0],
        on,
        waiver(case, of="principal"),
    )
    assert str(figures(database, *case, on.date()).owed.total) == "2.86"  # 187.02 for 89 days
    booked(database, case[0], on, waiver(case))
    assert case_of(database, case[1]).status == "CLEARED"
    assert figures(database, *case, on.date()).surplus == Money.of("0.00"), "it is let off once"
    must_hold(database)


def test_the_rest_that_is_waived_after_a_payment_clears_the_case(database, case):
    pay(database, *case, "200.00", DAY, NOW)
    booked(
        database,
        case[0],
        at(2026, 2, 14),
        waiver(case),
    )
    assert case_of(database, case[1]).status == "CLEARED"
    after = figures(database, *case, date(2026, 12, 1))
    assert (after.owed.total, after.creditor_share, after.agency_share) == (Money(0), Money(20_000), Money(0))


@pytest.mark.parametrize("of", ["principal", "interest", "creditor_costs", None])
def test_what_is_the_creditors_is_let_off_only_if_it_agrees(database, case, of):
    pay(database, *case, "100.00", DAY, NOW)
    before = entries_booked(database)
    with pytest.raises(RefusedError, match="creditor"):
        booked(database, case[0], NOW, lambda books: waive(books, case[1], "Kulanz", of=of))
    assert entries_booked(database) == before


WAIVE_REFUSED = [
    ({"of": "interest", "amount": Money(113)}, "only 1.12"),
    ({"of": "court_costs"}, "nothing open"),
    ({"amount": Money(100)}, "of one kind"),
    ({}, "nothing was paid"),
]


@pytest.mark.parametrize(("told", "sentence"), WAIVE_REFUSED)
def test_what_cannot_be_waived_is_refused_and_writes_nothing(database, case, told, sentence):
    before = entries_booked(database)
    with pytest.raises(RefusedError, match=sentence):
        booked(
            database,
            case[0],
            NOW,
            waiver(case, **told),
        )
    assert entries_booked(database) == before


def test_the_extensive_fee_is_the_operators_alone_and_needs_a_reason(database, case):
    with pytest.raises(RefusedError, match="reason"):
        booked(database, case[0], NOW, lambda books: decide_fee(books, case[1], 13, ""))
    booked(database, case[0], NOW, lambda books: decide_fee(books, case[1], 13, "besonders umfangreich"))
    do_due(database, at(2026, 2, 20))
    assert figures(database, *case, date(2026, 2, 20)).owed.fee == Money(6_695)  # 1.3 of 51.50
