import json
from pathlib import Path

import pytest

from tests.parsers.condensed import condensed
from tests.parsers.sources import read

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "sheets"
LISTS = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_list_is_read_as_its_golden_file_says(path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    assert expected == [condensed(document) for document in read(path)]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_the_counts_of_a_list_add_up(path):
    for document in read(path):
        if document["kind"] == "claims":
            counted = sum(len(document[part]) for part in ("accepted", "rejected", "skipped"))
            assert document["rows_total"] == counted


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_problem_says_what_to_do(path, language):
    for document in read(path, language=language):
        problems = list(document.get("problems", ()))
        for row in document.get("rejected", ()):
            problems += row["problems"]
        for row in document.get("accepted", ()):
            problems += row["warnings"]
        assert all(problem["message"] and problem["fix"] for problem in problems)
        assert all("{" not in problem["message"] + problem["fix"] for problem in problems)
