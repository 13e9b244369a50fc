"""`python -m tests.accuracy.questions`: every message that is not read right, the figures a set, the speed.

Exit 1 where less than 95 % of a set are right in full, or of all messages with a typing error each.
"""

import statistics
import sys
import time

from rich.console import Console
from rich.table import Table

from bot.understanding.spelling import mended
from bot.understanding.understand import understand
from tests.accuracy.questions.misspelling import misspelled
from tests.accuracy.questions.scoring import (
    ASKED,
    LEAST,
    RIGHT,
    SETS,
    TODAY,
    WRONG,
    Tally,
    questions,
    scored,
    tally,
)

SEEDS = (1, 2, 3)


def main() -> int:
    console = Console(width=None if sys.stdout.isatty() else 160)
    tallies = [tally(name) for name in SETS]
    every = [question for name in SETS for question in questions(name)]
    for score in (score for one in tallies for score in one.scores if score.verdict != RIGHT):
        console.print(
            f"{score.verdict}: {score.text}\n  wanted {score.wanted}\n  read   {score.read}", markup=False
        )
    whole = Tally("all", [score for one in tallies for score in one.scores], None)
    spoilt = Tally(
        f"all, misspelled {len(SEEDS)} times",
        [scored(misspelled(question, seed)) for seed in SEEDS for question in every],
        None,
    )
    console.print(_table([*tallies, whole, spoilt]))
    milliseconds = sorted(_milliseconds(question["q"]) for question in every)
    console.print(
        f"A message takes {statistics.median(milliseconds):.2f} ms, at most {milliseconds[-1]:.1f} ms."
    )
    return 1 if any(one.count(RIGHT) < LEAST * len(one.scores) for one in (*tallies, spoilt)) else 0


def _table(tallies: list[Tally]) -> Table:
    table = Table("Set", "Messages", "At first sight", "Right in full", "Asked back", "Wrong", "Misspelled")
    for one in tallies:
        first = "" if one.first_sight is None else f"{one.first_sight} of {len(one.scores)}"
        counts = [str(one.count(verdict)) for verdict in (RIGHT, ASKED, WRONG)]
        table.add_row(one.name, str(len(one.scores)), first, *counts, str(one.misspelled))
    return table


def _milliseconds(text: str) -> float:
    """How long a message takes whose words were never met; the best of three."""
    taken = []
    for _ in range(3):
        mended.cache_clear()
        started = time.perf_counter()
        understand(text, TODAY)
        taken.append(time.perf_counter() - started)
    return 1_000 * min(taken)


if __name__ == "__main__":
    sys.exit(main())
