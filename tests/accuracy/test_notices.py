"""The set of payment notices: none is read wrongly, nearly all are understood in full."""

import pytest

from parsers.notices.notice import read_notice
from storage.money import Money
from storage.records import PaymentNotice, ToldPayment
from tests.accuracy.notices import (
    RIGHT_SHARE_MIN,
    TODAY,
    NoticeOutcome,
    Told,
    outcome_of,
    right_share,
    verdicts,
)

FOUND = list(verdicts())
NOTICES_MIN = 250


def of(outcome):
    return [(one.told.text, one.read) for one in FOUND if one.outcome is outcome]


def test_no_notice_is_read_wrongly():
    assert of(NoticeOutcome.WRONG) == []


def test_no_notice_is_passed_over():
    assert of(NoticeOutcome.MISSED) == []


def test_nearly_all_notices_are_understood_in_full():
    assert right_share(FOUND) >= RIGHT_SHARE_MIN
    assert sum(one.told.is_notice for one in FOUND) >= NOTICES_MIN


@pytest.mark.parametrize(
    ("told", "read", "outcome"),
    [
        (["26-004711-2 250.00 2026-03-12"], {}, NoticeOutcome.RIGHT),
        (["26-004711-2 250.00 2026-03-13"], {}, NoticeOutcome.WRONG),
        (["26-004711-2 250.00 2026-03-12"], {"amount": None}, NoticeOutcome.WRONG),
        (["26-004711-2 250.00 2026-03-12"], {"amount": None, "ask": ("?",)}, NoticeOutcome.ASKED),
        (["26-004711-2 250.00 2026-03-12"], {"amount": Money(1), "ask": ("?",)}, NoticeOutcome.WRONG),
        ([], {"ask": ("?",)}, NoticeOutcome.WRONG),
    ],
)
def test_the_score_is_strict_where_it_hurts(told, read, outcome):
    said = {"case": "26-004711-2", "amount": Money(25_000), "paid_on": TODAY.replace(month=3, day=12)}
    ask = read.pop("ask", ())
    notice = PaymentNotice(payments=(ToldPayment(**{**said, **read}),), ask=ask)

    assert outcome_of(Told(text="", payments=told), notice) is outcome


def test_a_text_that_is_no_notice_must_not_become_a_payment():
    booked = read_notice("26-004711-2: 250,00 € am 12.03.2026 bezahlt", TODAY)

    assert outcome_of(Told(text="", is_notice=False), booked) is NoticeOutcome.WRONG
    assert outcome_of(Told(text="", is_notice=False), None) is NoticeOutcome.RIGHT
