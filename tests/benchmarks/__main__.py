"""`make bench`: ours and the peer in turns, in one run, on one machine.

Prints `ours / peer` for every goal and writes bench.json. `FULL=1` runs the full sizes. A peer that
is not installed is reported as not measured. Every store that was written is verified afterwards.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks import answers, books, imports, mails
from tests.benchmarks.figures import Figure

RESULT = Path("bench.json")


def main() -> int:
    """Run all benchmarks, or those named on the command line."""
    full = os.environ.get("FULL") == "1"
    wanted = {name.upper() for name in sys.argv[1:]}
    console = Console()
    figures: list[Figure] = []
    load = os.getloadavg()[0]
    console.print(f"{os.cpu_count()} processors, load {load:.2f}, {'full' if full else 'short'} sizes")
    for module in (mails, imports, answers, books):
        if wanted and not wanted & set(module.GOALS):
            continue
        with tempfile.TemporaryDirectory(prefix="inkasso-bench-") as folder:
            started = time.monotonic()
            figures += module.measure(Path(folder), full=full)
            console.print(f"{module.__name__.rpartition('.')[2]}: {time.monotonic() - started:.0f} s")
    console.print(_table(figures))
    document = {figure.goal: figure.as_json() for figure in figures}
    RESULT.write_text(json.dumps({**document, "load": load, "full": full}, indent=2) + "\n", encoding="utf-8")
    return 0


def _table(figures: list[Figure]) -> Table:
    table = Table("", "what", "ours", "peer", "ours / peer", "must", "met")
    for figure in figures:
        table.add_row(*figure.as_cells())
    return table


if __name__ == "__main__":
    sys.exit(main())
