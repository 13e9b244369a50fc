"""P12: from the last byte of a mail to its answer handed over."""

import time
from pathlib import Path

from tests.benchmarks.figures import Figure, median, percentile
from tests.benchmarks.lists import write_csv, write_xlsx
from tests.peers.gateway import RunningGateway, running

GOALS = ("P12",)


def measure(folder: Path, *, full: bool) -> list[Figure]:
    """Small lists one after the other, then a large one."""
    small_runs, large_rows = (200, 100_000) if full else (50, 100_000)
    with running(folder) as gateway:
        _time_to_answer(gateway, write_csv(folder / "warm.csv", 100, seed=1))
        small = [
            _time_to_answer(gateway, write_csv(folder / f"small{n}.csv", 100, seed=n + 10))
            for n in range(small_runs)
        ]
        books = [
            _time_to_answer(gateway, write_xlsx(folder / f"small{n}.xlsx", 100, seed=n + 5_000))
            for n in range(small_runs)
        ]
        large = _time_to_answer(gateway, write_csv(folder / "large.csv", large_rows, seed=5))
        assert gateway.stop() == 0
        assert gateway.run("verify")["ok"]
    return [
        Figure(
            goal="P12", what="last byte of a mail to its answer, 100 rows, p99", unit="s", must=0.25,
            compares=False, ours=percentile(small, 0.99), note=f"median {median(small):.3f}",
            runs={"ours": small},
        ),
        Figure(
            goal="P12 workbook", what="the same, a 100-row workbook, p99", unit="s", must=0.5,
            compares=False, ours=percentile(books, 0.99), note=f"median {median(books):.3f}",
            runs={"ours": books},
        ),
        Figure(
            goal="P12 large", what=f"the same, {large_rows:,} rows", unit="s", must=10, compares=False,
            ours=large,
        ),
    ]  # fmt: skip


def _time_to_answer(gateway: RunningGateway, file: Path) -> float:
    before = set(gateway.outbox.glob("*.eml"))
    gateway.mail(file)
    started = time.perf_counter()
    while not (set(gateway.outbox.glob("*.eml")) - before):
        assert time.perf_counter() - started < 120, gateway.tail()
        time.sleep(0.002)
    return time.perf_counter() - started
