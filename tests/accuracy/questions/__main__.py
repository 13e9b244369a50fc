"""`python -m tests.accuracy.questions`: every message that is not read right, and the figures a set."""

import sys

from rich.console import Console
from rich.table import Table

from tests.accuracy.questions.scoring import ASKED, RIGHT, SETS, WRONG, Tally, tally


def main() -> int:
    console = Console(width=None if sys.stdout.isatty() else 160)
    tallies = [tally(name) for name in SETS]
    for one in tallies:
        for score in one.scores:
            if score.verdict != RIGHT:
                console.print(
                    f"{score.verdict}: {score.text}\n  wanted {score.wanted}\n  read   {score.read}",
                    markup=False,
                )
    table = Table("Set", "Messages", "At first sight", "Right in full", "Asked back", "Wrong", "Misspelled")
    for one in [*tallies, Tally("all", [score for found in tallies for score in found.scores], None)]:
        first = "" if one.first_sight is None else f"{one.first_sight} of {one.first_of}"
        counts = [f"{one.count(verdict)}" for verdict in (RIGHT, ASKED, WRONG)]
        table.add_row(one.name, str(len(one.scores)), first, *counts, str(one.misspelled))
    console.print(table)
    return 1 if any(one.count(RIGHT) < one.least * len(one.scores) for one in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
