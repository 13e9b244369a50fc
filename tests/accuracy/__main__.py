"""`make accuracy`: how well generated lists of known truth are read.

ROWS (default 200,000) and SEED may be set; layouts by part of their name on the command line. Writes
accuracy.json. Exit 1 when a row or a payment notice is read wrongly or a goal is not met.
With `KEEP=folder` the first file of a layout that went ill is written there.
"""

import json
import os
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.accuracy import notices
from tests.accuracy.layouts import all_layouts
from tests.accuracy.process import differing_answers
from tests.accuracy.report import Report
from tests.accuracy.run import Tally, tallies

ROWS = 200_000
RESULT = Path("accuracy.json")


def main() -> int:
    rows, seed = int(os.environ.get("ROWS") or ROWS), int(os.environ.get("SEED") or 1)
    console = Console(width=None if sys.stdout.isatty() else 200)
    started = time.monotonic()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(f"{rows:,} rows, seed {seed}", total=len(all_layouts()))
        found = []
        for one in tallies(seed, rows, sys.argv[1:]):
            found.append(one)
            progress.advance(task)
    report = Report(found)
    report.show(console)
    if os.environ.get("KEEP"):
        _keep(found, seed, Path(os.environ["KEEP"]))
    with tempfile.TemporaryDirectory(prefix="inkasso-accuracy-") as folder:
        differing = differing_answers(seed, Path(folder))
    for name in differing:
        console.print(f"[red]the reading process answers otherwise:[/red] {name}")
    heard = list(notices.verdicts())
    notices.show(console, heard)
    document = {
        "seed": seed,
        "rows_wanted": rows,
        **report.as_json(),
        "differing": differing,
        "notices": notices.as_json(heard),
    }
    RESULT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    console.print(f"{time.monotonic() - started:.0f} s, seed {seed}; all figures in {RESULT}")
    return 1 if report.faults or differing or notices.faults_of(heard) else 0


def _keep(found: list[Tally], seed: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for one in found:
        for example in one.examples[:1]:
            case = all_layouts()[one.layout].case(seed, example.index)
            (folder / f"{one.layout}-{example.index}-{case.name}").write_bytes(case.content)


if __name__ == "__main__":
    sys.exit(main())
