"""Moves by hand and how a case ends unpaid: free of charge, receipts as booked, and undone by two persons."""

from datetime import date

import pytest

from storage.books.settlements import agree_settlement
from storage.errors import RefusedError
from storage.money import Money
from tests.storage.books.agreed import (
    at,
    balance,
    booked,
    case_of,
    entries_booked,
    moved,
    must_hold,
    next_step_of,
    open_kinds,
    plan,
    plan_of,
    refunds_due,
    triggers,
)
from tests.storage.books.collected import claim, collect, creditor, do_due, figures, hand_over, pay

DAY = date(2026, 2, 10)
NOW = at(2026, 2, 10)


@pytest.fixture
def case(database):
    """250.00 with 5.00 of dunning fees, letter 1 sent on 2 February; 287.02 on the 10th."""
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(costs=[("dunning_fee", "5.00")]))
    collect(database, at(2026, 2, 2))
    return account, case_id


def to_validation(database):
    account = creditor(database, at(2026, 2, 1))
    (case_id,) = hand_over(database, account, at(2026, 2, 1), claim(ground=None))
    collect(database, at(2026, 2, 2))
    return account, case_id


def bring_to(database, case, status):
    """The case in a status, by the ways that lead there."""
    if status == "COMMUNICATION":
        moved(database, *case, NOW, "COMMUNICATION", "objection_in_writing")
    elif status == "INSTALLMENT":
        plan(database, *case, NOW, count=2, first_due_on=date(2026, 3, 1))
    elif status == "MONITORING":
        moved(database, *case, NOW, "MONITORING", review_on=date(2026, 6, 1))
    elif status == "LEGALCOLLECT":
        bring_to(database, case, "COMMUNICATION")
        moved(database, *case, NOW, "LEGALCOLLECT", "creditor_warned", "court_ordered")
    assert case_of(database, case[1]).status == status


ENDS = [
    (source, target)
    for source in ("AUTOCOLLECT", "COMMUNICATION", "INSTALLMENT", "LEGALCOLLECT", "MONITORING")
    for target in ("CANCELLED", "RECALLED")
] + [("COMMUNICATION", "UNFOUNDED")]


@pytest.mark.parametrize(("source", "target"), ENDS)
def test_a_case_ends_free_of_charge_and_comes_back_by_two_persons_as_it_was(database, case, source, target):
    account, case_id = case
    pay(database, account, case_id, "40.00", DAY, NOW)
    bring_to(database, case, source)
    owed = figures(database, *case, date(2026, 3, 1)).owed
    moved(database, *case, at(2026, 2, 20), target, reason="system_error")
    after = figures(database, *case, date(2026, 3, 1))
    assert (after.owed.total, after.agency_share) == (Money(0), Money(0))
    assert (after.received_agency, after.creditor_share, balance(database, account)) == (
        Money(4_000),
        Money(4_000),
        4_000,
    )
    assert next_step_of(database, case_id) == (None, None)
    assert "inform_debtor" in open_kinds(database)
    before = entries_booked(database)
    for by in (None, "operator", " Operator "):
        with pytest.raises(RefusedError, match="second person"):
            moved(database, *case, at(2026, 2, 21), source, confirmed_by=by)
    assert entries_booked(database) == before
    moved(database, *case, at(2026, 2, 21), source, confirmed_by="Frau Zwei")
    assert case_of(database, case_id).status == source
    assert figures(database, *case, date(2026, 3, 1)).owed == owed  # as if nothing had happened
    must_hold(database)


def test_what_was_paid_on_fees_counts_for_the_rest_and_a_surplus_is_due_back(database, case):
    account, case_id = case
    moved(database, *case, NOW, "MONITORING", review_on=date(2026, 6, 1))
    pay(database, account, case_id, "280.00", DAY, NOW)
    moved(database, *case, NOW, "RECALLED")
    assert refunds_due(database, account) == 28_000 - 25_500 - 112  # principal, costs and interest are kept
    assert balance(database, account) == 25_612
    assert "surplus" in open_kinds(database)
    must_hold(database)


def test_a_cancelled_case_keeps_the_products_reason(database, case):
    moved(database, *case, NOW, "CANCELLED", reason="returned_goods")
    event = case_of(database, case[1]).events[-1]
    assert (event.trigger, event.reason, event.detail["ground"]) == (
        "handed_over_by_error",
        "returned_goods",
        "returned_goods",
    )


def test_an_ended_plan_is_taken_up_again_with_its_case(database, case):
    bring_to(database, case, "INSTALLMENT")
    moved(database, *case, NOW, "RECALLED")
    assert plan_of(database, *case, NOW).state == "ended"
    moved(database, *case, NOW, "INSTALLMENT", confirmed_by="Frau Zwei")
    assert plan_of(database, *case, NOW).state == "active"
    assert next_step_of(database, case[1]) == ("rate", date(2026, 3, 9))


def test_a_case_before_letter_1_ends_and_comes_back_without_any_booking(database):
    case = to_validation(database)
    moved(database, *case, NOW, "UNFOUNDED")
    moved(database, *case, NOW, "VALIDATION", confirmed_by="Frau Zwei")
    assert next_step_of(database, case[1]) == ("checks", DAY)
    assert entries_booked(database)[0] == 0


def test_the_clock_stops_with_an_objection_and_goes_on_where_it_was(database, case):
    bring_to(database, case, "COMMUNICATION")
    assert open_kinds(database) == ["ask_for_proof"]
    assert do_due(database, at(2026, 4, 1)) == {}
    moved(database, *case, at(2026, 4, 2), "AUTOCOLLECT", "proof_sent")
    assert next_step_of(database, case[1]) == ("call_out", date(2026, 4, 2))


def test_a_case_in_monitoring_is_put_before_the_operator_on_its_day_once(database, case):
    bring_to(database, case, "MONITORING")
    assert do_due(database, at(2026, 5, 31)) == {}
    assert do_due(database, at(2026, 6, 1)) == {"reviews": 1}
    assert do_due(database, at(2026, 6, 2)) == {}
    assert open_kinds(database) == ["review"]
    moved(database, *case, at(2026, 6, 3), "AUTOCOLLECT")
    assert next_step_of(database, case[1]) == ("call_out", date(2026, 6, 3))


REFUSED = [
    # target, vouched, told, sentence
    ("COMMUNICATION", (), {}, "only in writing"),
    ("MONITORING", (), {}, "looked at again"),
    ("MONITORING", (), {"review_on": DAY}, "not in the future"),
    ("RECALLED", (), {"reason": " "}, "reason is missing"),
    ("LEGALCOLLECT", (), {"prospects": True}, "Letters or calls"),
    ("INSTALLMENT", (), {}, "inkasso case plan"),
    ("CLEARED", (), {}, "is paid, settled or waived"),
    ("UNFOUNDED", (), {}, "No step leads"),
    ("VALIDATION", (), {}, "No step leads"),
    ("AUTOCOLLECT", (), {}, "No step leads"),
]


@pytest.mark.parametrize(("target", "vouched", "told", "sentence"), REFUSED)
def test_a_move_that_the_table_does_not_have_is_refused_and_writes_nothing(  # noqa: PLR0917
    database, case, target, vouched, told, sentence
):
    before = entries_booked(database)
    with pytest.raises(RefusedError, match=sentence):
        moved(database, *case, NOW, target, *vouched, **told)
    assert entries_booked(database) == before
    assert next_step_of(database, case[1]) == ("call_out", date(2026, 2, 16))


def test_letter_1_goes_out_with_the_tick_and_not_by_hand(database):
    case = to_validation(database)
    with pytest.raises(RefusedError, match="Required particulars"):
        moved(database, *case, NOW, "ENRICHMENT")
    assert triggers(database, case[1]) == ["handover"]


def test_a_settlement_lapses_with_its_case(database, case):
    account, case_id = case
    until = date(2026, 3, 1)
    booked(
        database,
        account,
        NOW,
        lambda books: agree_settlement(books, case_id, Money(10_000), until, "creditor"),
    )
    moved(database, *case, NOW, "RECALLED")
    moved(database, *case, NOW, "AUTOCOLLECT", confirmed_by="Frau Zwei")
    assert pay(database, account, case_id, "100.00", DAY, NOW).status == "AUTOCOLLECT"
