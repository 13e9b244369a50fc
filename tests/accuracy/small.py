"""The small size of the accuracy run, for `make test`: a few short files of every layout."""

from functools import cache

from tests.accuracy.layouts import all_layouts
from tests.accuracy.run import scores
from tests.accuracy.scoring import Score

SEED = 1
ITEMS_MAX = 24


@cache
def small_scores(name: str) -> list[Score]:
    """Scores of the first files of a layout."""
    return list(scores(all_layouts()[name], SEED, 40, most=ITEMS_MAX))


def problems_of(name: str, *outcomes: str) -> list[str]:
    """What went ill in the small files of a layout, in these outcomes."""
    return [
        f"{one.case.name} row {verdict.row}: {verdict.outcome.value}: {verdict.reason}"
        for one in small_scores(name)
        for verdict in one.verdicts
        if verdict.outcome.value in outcomes and verdict.reason
    ]
