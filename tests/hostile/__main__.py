"""All attacks at full size, each in a reading process: `python -m tests.hostile [--scale 128] [NAME …]`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from gateway.reading.pool import ReaderPool
from tests.hostile.attacks import ATTACKS
from tests.hostile.outcomes import ReaderDiedError, faults_of, outcome_of, read_in_a_process

# Where more would only take longer: their files grow by the square, or hold a fixed place.
SCALES_MAX = {
    "nested_bomb": 2,
    "endless_nesting": 4,
    "overlapping_members": 60,
    "sparse_xlsx_without_places": 10,
    "million_columns_csv": 10,
    "million_columns_header_csv": 10,
    "million_columns_xlsx": 10,
    "million_names": 10,
    "million_columns_html": 10,
    "one_fixed_line_without_end": 32,
    "many_members": 20,
    "quote_without_end": 20,
    "long_blanks": 20,
}


def main() -> int:
    """Run them and say what came of each; 1 where anything does not hold."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=int, default=128)
    options.add_argument("names", nargs="*")
    chosen = options.parse_args()
    pool, bad = ReaderPool(), 0
    for name, (ending, attack) in ATTACKS.items():
        if chosen.names and name not in chosen.names:
            continue
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            path = Path(folder) / f"attack.{ending}"
            attack(path, min(chosen.scale, SCALES_MAX.get(name, chosen.scale)))
            started = time.monotonic()
            try:
                documents = read_in_a_process(pool, path, Path(folder))
                said, faults = outcome_of(documents), faults_of(documents)
            except ReaderDiedError as death:
                said, faults = f"reader ended: {death.cause}", []
            seconds = time.monotonic() - started
            size = path.stat().st_size / (1 << 20)
        bad += bool(faults)
        print(f"{name:34} {size:9.2f} MiB {seconds:7.2f} s  {said} {'; '.join(faults)}", flush=True)
    pool.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
