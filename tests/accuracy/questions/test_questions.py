"""Every message of known meaning, and each once more with a typing error."""

import pytest

from bot.understanding.intents import MARGIN
from bot.understanding.understand import understand
from tests.accuracy.questions.misspelling import misspelled
from tests.accuracy.questions.scoring import (
    ASKED,
    LEAST,
    RIGHT,
    SETS,
    TODAY,
    WRONG,
    is_misspelled,
    questions,
    scored,
    tally,
)

QUESTIONS_MIN = 300
SEEDS = (1, 2, 3)
EVERY = [question for name in SETS for question in questions(name)]


@pytest.mark.parametrize("name", SETS)
def test_questions_are_read_right_in_full(name):
    found = tally(name)
    wrong = [(score.text, score.read) for score in found.scores if score.verdict == WRONG]
    assert found.count(RIGHT) >= LEAST * len(found.scores), wrong


def test_the_contracts_questions_are_all_read_right():
    assert [score.text for score in tally("domain").scores if score.verdict != RIGHT] == []


def test_with_a_typing_error_each_question_is_read_as_before():
    verdicts = [scored(misspelled(question, seed)).verdict for seed in SEEDS for question in EVERY]
    assert verdicts.count(RIGHT) >= LEAST * len(verdicts)


def test_a_lead_below_the_margin_is_never_taken_for_certain():
    requests = [request for question in EVERY for request in understand(question["q"], TODAY)]
    close = [
        request
        for request in requests
        if request.going is None and len(request.ranked) > 1
        if request.ranked[0][1] - request.ranked[1][1] < MARGIN
    ]
    assert close
    assert [request for request in close if not request.choices] == []


def test_there_are_questions_enough_of_each_kind():
    assert len(EVERY) >= QUESTIONS_MIN
    assert len({question["q"] for question in EVERY}) == len(EVERY)
    assert sum("asks" in question for question in EVERY) >= 20
    assert sum(is_misspelled(question["q"]) for question in EVERY) >= 100


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ({"q": "Guthaben?", "is": "balance"}, RIGHT),
        ({"q": "Guthaben?", "is": "payouts"}, WRONG),
        ({"q": "Stand 26-004711-2?", "is": "case_status"}, WRONG),
        ({"q": "Rückruf 26-004711-2", "is": "human", "cases": ["26-004711-2"]}, ASKED),
        ({"q": "Rückruf 26-004711-2", "is": "balance", "cases": ["26-004711-2"]}, WRONG),
        ({"q": "Guthaben? Akten?", "is": "balance"}, WRONG),
    ],
)
def test_a_reading_is_judged_by_all_its_parts(question, verdict):
    assert scored(question).verdict == verdict
