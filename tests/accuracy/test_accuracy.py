"""A small size of `make accuracy`: a few short files of every layout."""

import pytest

from tests.accuracy.known import NOT_READ, READ_WRONGLY
from tests.accuracy.layouts import all_layouts
from tests.accuracy.small import problems_of, small_scores

LAYOUTS_MIN = 60
LAYOUTS = all_layouts()


def each_layout(known):
    """Every layout; of those with a known fault the test must fail until it is mended."""
    return [
        pytest.param(name, marks=[pytest.mark.xfail(reason=known[name])] if name in known else [])
        for name in LAYOUTS
    ]


@pytest.mark.parametrize("name", each_layout(READ_WRONGLY))
def test_nothing_is_read_wrongly(name):
    assert problems_of(name, "WRONG") == []


@pytest.mark.parametrize("name", each_layout(NOT_READ))
def test_every_row_that_the_file_decides_is_read(name):
    asked = [one.case.name for one in small_scores(name) if one.is_asked_needlessly]
    assert (problems_of(name, "missed"), asked) == ([], [])


def test_there_are_layouts_enough_and_the_known_faults_are_of_them():
    assert len(LAYOUTS) >= LAYOUTS_MIN
    assert READ_WRONGLY.keys() | NOT_READ.keys() <= LAYOUTS.keys()
