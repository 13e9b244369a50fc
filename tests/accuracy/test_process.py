"""The real reading process reads the same as the parsers in this one."""

from tests.accuracy.process import differing_answers
from tests.accuracy.small import SEED


def test_the_command_answers_as_the_parsers_do(tmp_path):
    assert differing_answers(SEED, tmp_path, files=2) == []
