"""The queue says in a line what each task is about."""

import pytest

from gateway.commands.task_words import says

PAID = {"invoice_number": "RE-1", "amount_cents": 31_240, "paid_on": "2026-04-01"}
OLD = {"claim": {"invoice_number": "RE-1", "principal_cents": 100, "due_date": "2026-03-01"}}
NEW = {"claim": OLD["claim"] | {"principal_cents": 50}}


@pytest.mark.parametrize(
    ("kind", "detail", "line"),
    [
        ("payment_notice", PAID | {"covers": "full"}, "RE-1: 312.40 EUR paid on 2026-04-01"),
        (
            "payment_notice",
            PAID | {"covers": "partial"},
            "RE-1: 312.40 EUR paid on 2026-04-01, a part of the claim",
        ),
        (
            "payment_notice",
            PAID | {"covers": "unknown"},
            "RE-1: 312.40 EUR paid on 2026-04-01, with or without costs",
        ),
        (
            "cancellation_request",
            {"invoice_number": "RE-1"},
            "RE-1: cancelled or a mistake, says the creditor",
        ),
        ("change_request", {"old": OLD, "new": NEW}, "RE-1: other principal"),
        ("change_request", {"old": OLD, "new": OLD}, "RE-1: other data of the debtor"),
        ("set_aside", {"reason": "memory"}, "memory"),
        ("set_aside", {}, ""),
    ],
)
def test_a_task_is_told_in_one_line(kind, detail, line):
    assert says(kind, detail) == line
