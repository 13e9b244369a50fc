"""Payments to the creditor itself: every row of the table, through the books."""

from datetime import date

import pytest
from msgspec.structs import replace

from storage.books.decisions import decide_fee, send_letter_again
from storage.books.ledgers import Ledger
from storage.books.payments import PaymentTold, book_payment
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
    open_kinds,
    refunds_due,
    statement_states,
    triggers,
)
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

NOW = at(2026, 2, 12)


@pytest.fixture
def case(database):
    """250.00 with 5.00 of dunning fees, handed over on 1 February; letter 1 is there on the 5th."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(costs=[("dunning_fee", "5.00")]))
    collect(database, at(2026, 2, 2))
    return account, case_id


def direct(database, case, amount, day, *, now=NOW, settings=SETTINGS, **told):
    told = PaymentTold(amount=Money.of(amount), value_date=day, is_direct=True, **told)
    return booked(database, case[0], now, lambda books: book_payment(books, case[1], told), settings)


TABLE = [
    # value date, amount, decision, status, still owed on the 12th, creditor's balance, surplus
    (date(2026, 1, 20), "255.00", "cancelled", "CANCELLED", "0.00", 0, "0.00"),
    (date(2026, 1, 20), "260.00", "cancelled", "CANCELLED", "0.00", 0, "5.00"),
    (date(2026, 2, 1), "255.00", "cancelled", "CANCELLED", "0.00", 0, "0.00"),
    (date(2026, 1, 20), "100.00", "principal_lowered", "AUTOCOLLECT", "186.71", 0, "0.00"),
    (date(2026, 2, 3), "100.00", "review", "AUTOCOLLECT", "156.06", 0, "0.00"),
    (date(2026, 2, 4), "255.80", "review", "AUTOCOLLECT", "0.06", 0, "0.00"),
    (date(2026, 2, 5), "286.80", "cleared", "CLEARED", "0.00", -3_090, "0.00"),
    (date(2026, 2, 5), "290.00", "cleared", "CLEARED", "0.00", -3_090, "3.20"),
    (date(2026, 2, 5), "250.00", "principal_paid", "AUTOCOLLECT", "36.80", 0, "0.00"),
    (date(2026, 2, 5), "100.00", "part_paid", "AUTOCOLLECT", "187.03", 0, "0.00"),
]


@pytest.mark.parametrize(("day", "amount", "decision", "status", "owed", "due", "surplus"), TABLE)
def test_a_direct_payment_does_what_its_row_says(  # noqa: PLR0917
    database, case, day, amount, decision, status, owed, due, surplus
):
    done = direct(database, case, amount, day)
    assert (done.decision, done.status, str(done.surplus)) == (decision, status, surplus)
    assert (done.receipt_id is None) == (decision in {"cancelled", "principal_lowered"})
    assert str(figures(database, *case, date(2026, 2, 12)).owed.total) == owed
    assert balance(database, case[0]) == due
    must_hold(database)


def test_paid_before_the_handover_is_no_receipt_and_whatever_came_in_since_goes_back(database, case):
    account, case_id = case
    pay(database, account, case_id, "100.00", date(2026, 2, 8), at(2026, 2, 8))
    done = direct(database, case, "255.00", date(2026, 1, 20))
    after = figures(database, *case, date(2026, 2, 12))
    assert (done.receipt_id, done.status) == (None, "CANCELLED")
    assert (after.received_agency, after.received_direct) == (Money(10_000), Money(0))
    assert refunds_due(database, account) == 10_000
    assert balance(database, account) == 0
    event = case_of(database, case_id).events[-1]
    assert event.detail["amount"] == "255.00"
    assert "surplus" in open_kinds(database)
    must_hold(database)


def test_the_same_payment_before_the_handover_counts_once(database, case):
    direct(database, case, "100.00", date(2026, 1, 20))
    with pytest.raises(RefusedError, match="were told before"):
        direct(database, case, "100.00", date(2026, 1, 20))
    direct(database, case, "100.00", date(2026, 1, 20), again=True)
    assert figures(database, *case, NOW.date()).owed.principal == Money.of("50.00")


@pytest.mark.parametrize("days", [(25, 20), (20, 25)])
def test_parts_before_the_handover_that_are_all_of_it_end_the_case_in_any_order(database, case, days):
    first, second = (date(2026, 1, day) for day in days)
    direct(database, case, "100.00", first)
    assert direct(database, case, "155.00", second).status == "CANCELLED"
    assert figures(database, *case, NOW.date()).owed.total == Money.of("0.00")
    must_hold(database)


def test_a_fee_is_lowered_with_the_principal_and_letter_1_goes_out_again(database, case):
    direct(database, case, "230.00", date(2026, 1, 20))
    owed = figures(database, *case, date(2026, 2, 12)).owed
    assert (owed.principal, owed.fee, owed.expenses) == (Money(2_000), Money(1_575), Money(315))
    assert open_kinds(database) == ["letter_again"]
    booked(database, case[0], NOW, lambda books: send_letter_again(books, case[1], "Betrag berichtigt"))
    assert open_kinds(database) == []
    assert triggers(database, case[1])[-1] == "letter_1_again"
    assert next_step_of(database, case[1]) == ("call_out", date(2026, 2, 26))


def test_more_than_the_principal_but_not_all_lowers_the_costs_too(database, case):
    direct(database, case, "252.00", date(2026, 1, 20))
    owed = figures(database, *case, date(2026, 2, 12)).owed
    assert (owed.principal, owed.creditor_costs, owed.fee) == (Money(0), Money(300), Money(0))


def test_what_a_creditor_says_was_paid_before_needs_proof_once_letter_1_has_left(database, case):
    before = entries_booked(database)
    told = PaymentTold(amount=Money(25_500), value_date=date(2026, 1, 20), is_direct=True)

    def by_creditor(books):
        books.actor = "creditor"
        return book_payment(books, case[1], told)

    with pytest.raises(RefusedError, match="must be proven"):
        booked(database, case[0], NOW, by_creditor)
    assert entries_booked(database) == before
    told = replace(told, is_proven=True)
    assert booked(database, case[0], NOW, by_creditor).status == "CANCELLED"


def test_nothing_goes_on_or_ends_before_the_fee_of_the_gap_is_decided(database, case):
    account, case_id = case
    direct(database, case, "100.00", date(2026, 2, 3))
    assert open_kinds(database) == ["fee_review"]
    assert do_due(database, at(2026, 3, 20)) == {}
    assert figures(database, *case, date(2026, 2, 12)).owed.fee == Money(0)
    rest = figures(database, *case, date(2026, 3, 20)).owed.total
    assert (
        pay(database, account, case_id, str(rest), date(2026, 3, 20), at(2026, 3, 20)).status == "AUTOCOLLECT"
    )
    booked(database, account, at(2026, 3, 21), lambda books: decide_fee(books, case_id, 0, "Kulanz"))
    assert case_of(database, case_id).status == "CLEARED"
    assert statement_states(database, case_id) == [("final", "full_payment")]
    assert open_kinds(database) == []


def test_a_fee_that_is_charged_after_the_gap_is_owed_like_any_other(database, case):
    direct(database, case, "100.00", date(2026, 2, 3))
    booked(database, case[0], NOW, lambda books: decide_fee(books, case[1], 5, "Zahlung nach Versand"))
    assert figures(database, *case, date(2026, 2, 12)).owed.fee == Money(2_575)
    assert do_due(database, at(2026, 2, 16)) == {"fees_raised": 1, "steps": 1}


def test_under_the_free_policy_a_case_that_is_paid_in_the_gap_is_cleared_without_a_fee(database, case):
    free = replace(SETTINGS, gap="free")
    owed = figures(database, *case, date(2026, 2, 3)).owed
    amount = owed.total - owed.fee - owed.expenses
    done = direct(database, case, str(amount), date(2026, 2, 3), settings=free)
    assert (done.decision, done.status) == ("free", "CLEARED")
    assert -book_of(database, *case, NOW).total(Ledger.AGENCY_SHARE) == 0
    assert statement_states(database, case[1]) == [("final", "full_payment")]


def test_what_comes_after_the_end_is_too_much_and_the_final_document_says_so(database, case):
    account, case_id = case
    direct(database, case, "286.80", date(2026, 2, 5))
    late = pay(database, account, case_id, "30.00", date(2026, 2, 11), NOW)
    assert (late.decision, late.surplus) == ("surplus", Money(3_000))
    assert refunds_due(database, account) == 3_000
    assert statement_states(database, case_id) == [
        ("reopened", "direct_payment"),
        ("final", "direct_payment"),
    ]
    must_hold(database)


REFUSED = [
    ({"amount": Money(0)}, "no payment"),
    ({"amount": Money(-100)}, "no payment"),
    ({"amount": Money(10_000, "USD")}, "kept in EUR"),
    ({"value_date": date(2026, 2, 13)}, "future"),
    ({"value_date": date(1926, 2, 12)}, "cannot be right"),
    ({"amount": Money.of("99999999999999999.00")}, "cannot be right"),
    ({"position": 7}, "no claim 7"),
]


@pytest.mark.parametrize("is_direct", [True, False])
@pytest.mark.parametrize(("told", "sentence"), REFUSED)
def test_what_is_no_payment_is_refused_and_writes_nothing(database, case, told, sentence, is_direct):
    before = entries_booked(database)
    asked = {"amount": Money(10_000), "value_date": date(2026, 2, 11), "is_direct": is_direct}
    payment = PaymentTold(**(asked | told))
    with pytest.raises(RefusedError, match=sentence):
        booked(database, case[0], NOW, lambda books: book_payment(books, case[1], payment))
    assert entries_booked(database) == before
