"""The decision table of direct payments."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.lifecycle.direct_payment import (
    DirectDecision,
    DirectOwed,
    DirectPaymentOutcome,
    GapPolicy,
    direct_payment,
)
from storage.lifecycle.words import Trigger
from storage.money import Money

HANDOVER, LETTER = date(2026, 3, 1), date(2026, 3, 10)
OWED = DirectOwed(principal=Money.of("250.00"), handed_over=Money.of("255.00"), total=Money.of("318.02"))
BEFORE, ON, BETWEEN, RECEIVED, AFTER = (
    date(2026, month, day) for month, day in [(2, 20), (3, 1), (3, 5), (3, 10), (4, 1)]
)


def outcome(value_date, amount, **known):
    return direct_payment(
        value_date,
        None if amount is None else Money.of(amount),
        **{"handover": HANDOVER, "first_letter_received": LETTER, "owed": OWED} | known,
    )


@pytest.mark.parametrize(
    ("value_date", "amount", "decision", "trigger"),
    [
        (BEFORE, "255.00", DirectDecision.CANCELLED, Trigger.PAID_BEFORE_HANDOVER),
        (ON, "255.00", DirectDecision.CANCELLED, Trigger.PAID_BEFORE_HANDOVER),
        (ON, "318.02", DirectDecision.CANCELLED, Trigger.PAID_BEFORE_HANDOVER),
        (BEFORE, "254.99", DirectDecision.PRINCIPAL_LOWERED, Trigger.PART_PAID_BEFORE_HANDOVER),
        (ON, "250.00", DirectDecision.PRINCIPAL_LOWERED, Trigger.PART_PAID_BEFORE_HANDOVER),
        (date(2026, 3, 2), "0.01", DirectDecision.REVIEW, Trigger.PART_PAID_DIRECTLY),
        (BETWEEN, "250.00", DirectDecision.REVIEW, Trigger.PART_PAID_DIRECTLY),
        (date(2026, 3, 9), "400.00", DirectDecision.REVIEW, Trigger.PART_PAID_DIRECTLY),
        (RECEIVED, "318.02", DirectDecision.CLEARED, Trigger.PAID_DIRECTLY),
        (AFTER, "318.02", DirectDecision.CLEARED, Trigger.PAID_DIRECTLY),
        (AFTER, "320.00", DirectDecision.CLEARED, Trigger.PAID_DIRECTLY),
        (AFTER, "250.00", DirectDecision.PRINCIPAL_PAID, Trigger.PART_PAID_DIRECTLY),
        (AFTER, "250.01", DirectDecision.PART_PAID, Trigger.PART_PAID_DIRECTLY),
        (AFTER, "318.01", DirectDecision.PART_PAID, Trigger.PART_PAID_DIRECTLY),
        (AFTER, "10.00", DirectDecision.PART_PAID, Trigger.PART_PAID_DIRECTLY),
    ],
)
def test_each_row_of_the_table(value_date, amount, decision, trigger):
    decided = outcome(value_date, amount)
    assert (decided.decision, decided.trigger) == (decision, trigger)


def test_paid_in_full_before_handover_costs_nothing_and_is_no_receipt():
    assert outcome(BEFORE, "260.00") == DirectPaymentOutcome(
        decision=DirectDecision.CANCELLED,
        trigger=Trigger.PAID_BEFORE_HANDOVER,
        surplus=Money.of("5.00"),
        reverse_fees=True,
    )


def test_between_handover_and_letter_it_is_booked_and_looked_at():
    assert outcome(BETWEEN, "318.02") == DirectPaymentOutcome(
        decision=DirectDecision.REVIEW,
        trigger=Trigger.PART_PAID_DIRECTLY,
        book=True,
        review=True,
        pause=True,
    )


def test_between_handover_and_letter_it_can_be_free_by_setting():
    decided = outcome(BETWEEN, "320.00", gap=GapPolicy.FREE)
    assert (decided.decision, decided.book, decided.reverse_fees) == (DirectDecision.FREE, True, True)
    assert (decided.review, decided.debit_agency_share) == (False, False)
    assert decided.surplus == Money.of("1.98")


def test_while_the_letter_has_not_arrived_every_later_day_is_in_between():
    assert outcome(AFTER, "318.02", first_letter_received=None).decision is DirectDecision.REVIEW


def test_paid_in_full_after_the_letter_our_share_is_debited():
    decided = outcome(AFTER, "328.02")
    assert (decided.book, decided.debit_agency_share, decided.surplus) == (True, True, Money.of("10.00"))


def test_exactly_the_principal_is_read_as_the_principal():
    decided = outcome(AFTER, "250.00")
    assert (decided.covers_principal, decided.book, decided.debit_agency_share) == (True, True, False)


def test_where_only_principal_is_owed_paying_it_clears_the_case():
    bare = DirectOwed(principal=Money(25_000), handed_over=Money(25_000), total=Money(25_000))
    assert outcome(AFTER, "250.00", owed=bare).decision is DirectDecision.CLEARED


@pytest.mark.parametrize(
    ("value_date", "amount", "ask"),
    [
        (None, "250.00", ("value_date",)),
        (AFTER, None, ("amount",)),
        (None, None, ("amount", "value_date")),
        (AFTER, "0.00", ("amount",)),
        (AFTER, "-89.90", ("amount",)),
    ],
)
def test_without_amount_or_date_nothing_is_booked_and_the_next_step_waits(value_date, amount, ask):
    assert outcome(value_date, amount) == DirectPaymentOutcome(
        decision=DirectDecision.ASK, pause=True, ask=ask
    )


@given(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(1, 100_000),
    st.sampled_from(GapPolicy),
    st.none() | st.just(LETTER),
)
def test_our_share_is_only_ever_debited_after_the_letter(value_date, cents, gap, letter):
    decided = direct_payment(
        value_date, Money(cents), handover=HANDOVER, first_letter_received=letter, owed=OWED, gap=gap
    )
    assert decided.trigger is not None
    assert decided.surplus >= Money(0)
    if decided.debit_agency_share:
        assert letter is not None
        assert value_date >= letter
        assert not decided.reverse_fees
    assert decided.book == (value_date > HANDOVER)
