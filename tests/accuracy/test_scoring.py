"""The score is strict: what differs is wrong, and nothing else is."""

import copy

import pytest

from tests.accuracy.scoring import Outcome, score
from tests.accuracy.truth import Ask, Case, Claim, Refuse

FACTS = {
    "number": "4711",
    "names": frozenset({("Müller", "Hans", None)}),
    "kind": "private",
    "street": "Hauptstraße 1",
    "postcode": "01067",
    "city": "Dresden",
    "invoice_number": "RE-1",
    "invoice_date": "2025-02-01",
    "due_date": "2025-02-15",
    "amount": 12345,
    "costs.dunning_fee": 500,
}
ROW = {
    "row": 2,
    "debtor": {
        "number": "4711",
        "kind": "private",
        "name": "Müller",
        "first_name": "Hans",
        "company": None,
        "street": "Hauptstraße 1",
        "postcode": "01067",
        "city": "Dresden",
        "country": None,
    },
    "invoice_number": "RE-1",
    "invoice_date": "2025-02-01",
    "due_date": "2025-02-15",
    "amount": "123.45",
    "currency": "EUR",
    "creditor_costs": [{"kind": "dunning_fee", "amount": "5.00"}],
}
QUESTION = {"id": "decimal_mark:amount"}


def outcome_of(truth, *, accepted=(), codes=None, questions=()):
    case = Case(layout="one", name="one.csv", content=b"", truths={2: truth})
    rejected = [] if codes is None else [{"row": 2, "problems": [{"code": code} for code in codes]}]
    document = {
        "accepted": list(accepted),
        "rejected": rejected,
        "skipped": [],
        "needs_answer": list(questions),
    }
    return [verdict.outcome for verdict in score(case, [document]).verdicts]


def test_a_row_that_says_what_the_list_says_is_right():
    assert outcome_of(Claim(facts=FACTS), accepted=[ROW]) == [Outcome.RIGHT]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "123.46"),
        ("currency", "CHF"),
        ("creditor_costs", []),
        ("creditor_costs", [{"kind": "bank_return_fee", "amount": "5.00"}]),
        ("invoice_number", "RE-2"),
        ("invoice_date", "2025-01-02"),
        ("due_date", None),
        ("number", None),
        ("kind", "company"),
        ("name", "Hans Müller"),
        ("first_name", None),
        ("company", "Müller GmbH"),
        ("street", "Hauptstraße"),
        ("postcode", "1067"),
        ("city", None),
    ],
)
def test_any_field_that_differs_makes_a_row_wrong(field, value):
    row = copy.deepcopy(ROW)
    (row if field in row else row["debtor"])[field] = value
    assert outcome_of(Claim(facts=FACTS), accepted=[row]) == [Outcome.WRONG]


@pytest.mark.parametrize("field", ["number", "street", "invoice_date"])
def test_what_the_list_does_not_say_must_not_be_made_up(field):
    facts = {key: value for key, value in FACTS.items() if key != field}
    assert outcome_of(Claim(facts=facts), accepted=[ROW]) == [Outcome.WRONG]


def test_a_row_that_must_not_be_accepted_is_wrong():
    assert outcome_of(Refuse("total"), accepted=[ROW]) == [Outcome.WRONG]
    assert outcome_of(Ask("decimal mark"), accepted=[ROW], questions=[QUESTION]) == [Outcome.WRONG]


def test_a_row_accepted_twice_or_from_nowhere_is_wrong():
    assert outcome_of(Claim(facts=FACTS), accepted=[ROW, ROW]) == [Outcome.WRONG]
    assert outcome_of(Claim(facts=FACTS), accepted=[ROW, ROW | {"row": 3}]) == [Outcome.RIGHT, Outcome.WRONG]


def test_a_good_row_that_is_rejected_is_missed_even_beside_a_question():
    assert outcome_of(Claim(facts=FACTS), codes=["date_unreadable"]) == [Outcome.MISSED]
    assert outcome_of(Claim(facts=FACTS), codes=["date_unreadable"], questions=[QUESTION]) == [Outcome.MISSED]


def test_a_row_that_waits_for_an_answer_is_asked():
    for truth in (Claim(facts=FACTS), Ask("decimal mark")):
        assert outcome_of(truth, codes=["awaits_answer"], questions=[QUESTION]) == [Outcome.ASKED]


def test_what_must_be_asked_and_is_only_refused_is_missed():
    assert outcome_of(Ask("decimal mark"), codes=["amount_unreadable"]) == [Outcome.MISSED]


def test_what_is_refused_rightly_may_be_rejected_skipped_or_passed_over():
    assert outcome_of(Refuse("zero"), codes=["amount_zero"]) == [Outcome.REFUSED]
    assert outcome_of(Refuse("zero")) == [Outcome.REFUSED]


def test_a_row_of_a_broken_file_may_be_refused_but_not_misread():
    truth = Claim(facts=FACTS, may_ask=True, may_refuse=True)
    assert outcome_of(truth, codes=["broken_characters"]) == [Outcome.REFUSED]
    assert outcome_of(truth, accepted=[ROW | {"amount": "123.00"}]) == [Outcome.WRONG]


def test_a_question_is_needless_where_the_file_decides_everything():
    for truth, needless in (
        (Claim(facts=FACTS), True),
        (Claim(facts=FACTS, may_ask=True), False),
        (Ask("x"), False),
    ):
        case = Case(layout="one", name="one.csv", content=b"", truths={2: truth})
        assert score(case, [{"needs_answer": [QUESTION]}]).is_asked_needlessly is needless
