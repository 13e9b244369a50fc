"""A sample of the files through the real thing: `inkasso read --json` and its reading process."""

import json
import random
import subprocess
import sys
from pathlib import Path

from tests.accuracy.layouts import all_layouts
from tests.accuracy.run import TODAY, read_case

FILES = 8
SECONDS_MAX = 120


def read_by_command(path: Path) -> list[dict]:
    """The documents that the command prints for a file."""
    done = subprocess.run(
        [sys.executable, "-m", "gateway", "read", str(path), "--json", "--today", TODAY.isoformat()],
        capture_output=True,
        check=True,
        timeout=SECONDS_MAX,
    )
    return json.loads(done.stdout)["documents"]


def differing_answers(seed: int, folder: Path, files: int = FILES) -> list[str]:
    """The layouts of a sample for which the command answers otherwise than the parsers do."""
    differing = []
    for layout in random.Random(seed).sample(list(all_layouts().values()), files):
        case = layout.case(seed, 0, most=50)
        expected = read_case(case, folder)
        if json.loads(json.dumps(expected)) != read_by_command(folder / case.name):
            differing.append(layout.name)
    return differing
