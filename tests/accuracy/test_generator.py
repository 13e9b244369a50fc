"""The generator itself: the same seed gives the same files, and their truth fits them."""

import pytest

from tests.accuracy.layouts import all_layouts
from tests.accuracy.small import ITEMS_MAX, SEED, small_scores
from tests.accuracy.truth import Ask, Claim

LAYOUTS = all_layouts()
# Their containers hold the time of writing.
TIMED = {".xlsx", ".ods"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_same_seed_gives_the_same_file(name):
    first, again = (LAYOUTS[name].case(SEED, 0, most=ITEMS_MAX) for _ in range(2))

    assert again.truths == first.truths
    if not first.name.endswith(tuple(TIMED)):
        assert again.content == first.content


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_seed_gives_another_file(name):
    first, other = (LAYOUTS[name].case(seed, 0, most=ITEMS_MAX) for seed in (SEED, SEED + 1))

    assert first.content != other.content


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_claim_names_its_debtor_its_amount_and_an_invoice_or_a_day(name):
    for one in small_scores(name):
        for truth in one.case.truths.values():
            if isinstance(truth, Claim):
                assert truth.facts["amount"] > 0
                assert truth.facts["names"]
                assert truth.facts.keys() & {"invoice_number", "due_date"}


def test_undecided_layouts_have_something_to_ask():
    for name, layout in LAYOUTS.items():
        if "undecided" in layout.traits:
            assert any(
                isinstance(truth, Ask) or (isinstance(truth, Claim) and truth.may_ask)
                for one in small_scores(name)
                for truth in one.case.truths.values()
            )
