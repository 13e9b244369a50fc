"""When default begins (§ 286 BGB)."""

from datetime import date

import pytest

from storage.law.default import DefaultFacts, DefaultReason, DefaultWarning, default_begins

DUE = date(2026, 3, 1)


def begins(**known):
    verdict = default_begins(DefaultFacts(**{"consumer": False, "due_date": DUE} | known))
    assert verdict.interest == (verdict.since is not None)
    return verdict.since, verdict.reason


def test_what_the_creditor_asserts_is_taken():
    facts = DefaultFacts(
        consumer=True, due_date=DUE, asserted_since=date(2026, 3, 20), asserted_reason="Mahnung vom 5.3."
    )
    verdict = default_begins(facts)
    assert (verdict.since, verdict.reason, verdict.warnings) == (
        date(2026, 3, 20),
        DefaultReason.ASSERTED,
        (),
    )


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_assertion_without_a_reason_passes_with_a_warning(reason):
    verdict = default_begins(
        DefaultFacts(consumer=True, due_date=DUE, asserted_since=date(2026, 3, 20), asserted_reason=reason)
    )
    assert verdict.since == date(2026, 3, 20)
    assert verdict.warnings == (DefaultWarning.REASON_MISSING,)


@pytest.mark.parametrize("asserted", [date(2026, 3, 1), date(2026, 1, 1)])
def test_default_never_begins_before_the_day_after_the_due_date(asserted):
    verdict = default_begins(
        DefaultFacts(consumer=True, due_date=DUE, asserted_since=asserted, asserted_reason="Vertrag")
    )
    assert (verdict.since, verdict.warnings) == (date(2026, 3, 2), (DefaultWarning.NOT_AFTER_DUE,))


@pytest.mark.parametrize("consumer", [True, False])
def test_a_calendar_day_in_the_contract_needs_no_reminder(consumer):
    day = date(2026, 3, 15)
    assert begins(consumer=consumer, contract_day=day) == (date(2026, 3, 16), DefaultReason.CONTRACT_DATE)


def test_a_due_date_alone_is_no_default():
    verdict = default_begins(DefaultFacts(consumer=True, due_date=DUE))
    assert (verdict.since, verdict.interest, verdict.reason) == (None, False, DefaultReason.NONE)
    assert verdict.warnings == (DefaultWarning.NO_DEFAULT,)


def test_a_reminder_after_the_due_date_begins_default_the_next_day():
    assert begins(reminder_received_on=date(2026, 3, 10)) == (date(2026, 3, 11), DefaultReason.REMINDER)


def test_a_reminder_with_a_last_day_begins_default_after_it():
    assert begins(reminder_received_on=date(2026, 3, 10), reminder_deadline=date(2026, 3, 24)) == (
        date(2026, 3, 25),
        DefaultReason.REMINDER,
    )


@pytest.mark.parametrize("received", [DUE, date(2026, 2, 20)])
def test_a_reminder_before_anything_is_overdue_has_no_effect(received):
    assert begins(reminder_received_on=received) == (None, DefaultReason.NONE)


@pytest.mark.parametrize(
    ("received", "since"), [(date(2026, 2, 1), date(2026, 4, 1)), (date(2026, 3, 11), date(2026, 4, 11))]
)
def test_thirty_days_run_from_due_date_and_receipt_whichever_is_later(received, since):
    assert begins(invoice_received_on=received) == (since, DefaultReason.THIRTY_DAYS)


def test_thirty_days_bind_a_consumer_only_if_the_invoice_says_so():
    received = date(2026, 3, 1)
    assert begins(consumer=True, invoice_received_on=received) == (None, DefaultReason.NONE)
    assert begins(consumer=True, invoice_received_on=received, invoice_warns=True) == (
        date(2026, 4, 1),
        DefaultReason.THIRTY_DAYS,
    )


def test_a_business_whose_receipt_of_the_invoice_is_uncertain_counts_from_the_goods():
    goods = date(2026, 3, 5)
    assert begins(goods_received_on=goods) == (date(2026, 4, 5), DefaultReason.THIRTY_DAYS)
    assert begins(consumer=True, invoice_warns=True, goods_received_on=goods) == (None, DefaultReason.NONE)


def test_thirty_days_are_for_payment_claims_only():
    assert begins(payment_claim=False, invoice_received_on=DUE) == (None, DefaultReason.NONE)


def test_of_several_grounds_the_earliest_counts():
    assert begins(reminder_received_on=date(2026, 3, 10), invoice_received_on=DUE) == (
        date(2026, 3, 11),
        DefaultReason.REMINDER,
    )
