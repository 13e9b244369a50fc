"""Names in a drop folder, and when a file has settled."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.listeners.drop.names import archived, is_finished_name, outcome, receipt, shown
from gateway.listeners.drop.settling import Look, Settling

AT = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
FILE = Path("/drop/a/in/liste.csv")
names = st.binary(min_size=1, max_size=255).filter(lambda raw: not {0, 47} & set(raw)).map(os.fsdecode)


@pytest.mark.parametrize(
    "name", [".liste.csv", "liste.csv.part", "Liste.FILEPART", "a.tmp", ".", ".taking-1"]
)
def test_hidden_and_partial_names_are_never_taken(name: str):
    assert not is_finished_name(name)


@pytest.mark.parametrize("name", ["liste.csv", "Größe 1.xlsx", "part", "a.partial", "tmp", "x.tmp.csv"])
def test_other_names_are_taken(name: str):
    assert is_finished_name(name)


def test_a_name_that_fits_stays_as_it_is():
    assert receipt("Fällige Posten.csv") == "Fällige Posten.csv.received.json"
    assert archived("a.csv", "S-000042", AT) == "20260420T093000Z-S-000042-a.csv"


@given(name=names)
def test_every_name_that_a_file_can_have_gives_names_that_files_can_have(name: str):
    for made in (receipt(shown(name)), outcome(shown(name)), archived(name, "S-000042", AT)):
        assert len(os.fsencode(made)) <= 255
        assert "/" not in made


def test_two_long_names_stay_apart_and_keep_their_ending():
    first, second = (archived("ü" * 120 + end + ".xlsx", "S-000042", AT) for end in ("x", "y"))
    assert first != second
    assert first.endswith(".xlsx")


def test_a_file_has_settled_when_it_looked_the_same_for_the_settle_time():
    settling = Settling(2.0)
    assert [settling.is_complete(FILE, Look(1, 10, 5), at) for at in (0.0, 1.9, 2.0)] == [False, False, True]


@pytest.mark.parametrize("changed", [Look(2, 10, 5), Look(1, 11, 5), Look(1, 10, 6)])
def test_any_change_starts_the_settle_time_again(changed: Look):
    settling = Settling(2.0)
    settling.is_complete(FILE, Look(1, 10, 5), 0.0)
    assert [settling.is_complete(FILE, changed, at) for at in (1.9, 3.8, 3.9)] == [False, False, True]
    assert settling.next_at() == 3.9


def test_a_renamed_file_is_complete_at_once_unless_it_is_empty():
    settling = Settling(2.0)
    settling.renamed(FILE)
    assert settling.is_complete(FILE, Look(1, 0, 5), 0.0) is False
    assert settling.is_complete(FILE, Look(1, 1, 5), 0.1) is True


def test_what_has_gone_is_forgotten():
    settling = Settling(2.0)
    settling.renamed(FILE)
    settling.is_complete(FILE, Look(1, 0, 5), 0.0)
    settling.keep_only(FILE.parent, set())
    assert settling.next_at() is None
    assert settling.is_complete(FILE, Look(1, 1, 5), 9.0) is False
