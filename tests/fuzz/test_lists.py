"""Made-up lists are read as they were made: the short form of `make fuzz`, with the same dice each time."""

import random
from pathlib import Path

import pytest

from tests.fuzz.lists import Claim, make_list
from tests.fuzz.mutations import mutate
from tests.hostile.outcomes import faults_of
from tests.parsers.sources import read_bytes

LEFT_OUT_MAX = 0.2  # of the rows: a value that runs into its neighbour, a formula nobody has computed


def taken(documents: list[dict]) -> set[Claim]:
    rows = [row for document in documents for row in document.get("accepted", ())]
    return {Claim(row["invoice_number"] or "", row["due_date"] or "", row["amount"]) for row in rows}


@pytest.mark.parametrize("seed", range(80))
def test_what_is_taken_of_a_made_up_list_is_what_was_put_in(tmp_path: Path, seed: int):
    made = make_list(random.Random(seed), tmp_path)
    documents = read_bytes(tmp_path, made.content)
    assert not faults_of(documents)
    assert taken(documents) <= made.claims


def test_nearly_all_of_what_is_made_up_is_taken(tmp_path: Path):
    made = [make_list(random.Random(seed), tmp_path) for seed in range(100, 140)]
    found = sum(len(taken(read_bytes(tmp_path, one.content))) for one in made)
    assert found >= sum(len(one.claims) for one in made) * (1 - LEFT_OUT_MAX)


@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_text_is_answered(tmp_path: Path, seed: int):
    dice = random.Random(seed)
    made = make_list(dice, tmp_path).content
    if made.startswith((b"PK", b"\xd0\xcf")):  # of these a reader may end its whole process
        return
    documents = read_bytes(tmp_path, mutate(dice, made, b"\0;\r\n\"'=" * 9))
    assert not faults_of(documents)
