"""P4, P5, P6, P8: from a file to committed cases and claims, by the real command."""

import json
import sqlite3
import subprocess
import threading
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, in_turns, median
from tests.benchmarks.lists import open_items, write_csv, write_xlsx
from tests.peers.gateway import COMMAND, OWNER, RunningGateway

GOALS = ("P4", "P5", "P6", "P8")
CHUNK = 5_000


def measure(folder: Path, *, full: bool) -> list[Figure]:
    """All figures of imports; ours runs in a fresh store each round."""
    csv_rows, rounds = (1_000_000, 3) if full else (200_000, 3)
    xlsx_rows = 100_000 if full else 50_000
    csv_file = write_csv(folder / "op.csv", csv_rows)
    xlsx_file = write_xlsx(folder / "op.xlsx", xlsx_rows)
    ours = _Imports(folder, csv_file)
    csv_runs = in_turns(
        rounds, ours=ours.first, again=ours.again, peer=lambda: _executemany(folder, csv_rows)
    )
    sheet = _Imports(folder, xlsx_file)
    xlsx_runs = in_turns(rounds, ours=sheet.first, peer=lambda: _calamine(xlsx_file))
    first = median(csv_runs["ours"])
    return [
        Figure(
            goal="P4", what=f"CSV, {csv_rows:,} rows to cases, time", unit="s", must=3.0,
            ours=first, peer=median(csv_runs["peer"]), note="peer: sqlite3.executemany", runs=csv_runs,
        ),
        Figure(
            goal="P5", what=f"XLSX, {xlsx_rows:,} rows to cases, time", unit="s", must=4.0,
            ours=median(xlsx_runs["ours"]), peer=median(xlsx_runs["peer"]), note="peer: calamine alone",
            runs=xlsx_runs,
        ),
        Figure(
            goal="P6", what="peak memory of the gateway during P4", unit="MiB", must=200, compares=False,
            ours=max(ours.peaks_mebibytes), runs={"ours": ours.peaks_mebibytes},
        ),
        Figure(
            goal="P8", what="the same CSV again, time", unit="s", must=0.5,
            ours=median(csv_runs["again"]), peer=first, note="peer: its first import", runs=csv_runs,
        ),
    ]  # fmt: skip


class _Imports:
    """Imports of one file; `again` follows `first` in the same store."""

    def __init__(self, folder: Path, file: Path) -> None:
        self._folder = folder
        self._file = file
        self._round = 0
        self._gateway: RunningGateway | None = None
        self.peaks_mebibytes: list[float] = []

    def first(self) -> float:
        self._round += 1
        place = self._folder / f"{self._file.suffix[1:]}-{self._round}"
        place.mkdir()
        self._gateway = RunningGateway(place)
        self._gateway.add_creditor()
        seconds, document, peak = _submit(self._gateway, self._file)
        self.peaks_mebibytes.append(peak)
        _must_hold(self._gateway, document, "new")
        return seconds

    def again(self) -> float:
        assert self._gateway is not None
        seconds, document, _ = _submit(self._gateway, self._file)
        _must_hold(self._gateway, document, "unchanged")
        return seconds


def _submit(gateway: RunningGateway, file: Path) -> tuple[float, dict[str, int], float]:
    command = [*COMMAND, "--config", str(gateway.config), "submit", str(file), "--creditor", OWNER, "--json"]
    out = gateway.folder / "submit.json"
    started = time.perf_counter()
    with out.open("wb") as stdout, gateway.log.open("ab") as stderr:
        process = subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=gateway.folder)
        peak = peak_while_alive(process)
        process.wait()
    seconds = time.perf_counter() - started
    assert process.returncode == 0, gateway.tail()
    return seconds, json.loads(out.read_text()), peak


def peak_while_alive(process: subprocess.Popen[bytes]) -> float:
    """The process's own peak in MiB, as the kernel counts it (VmHWM), without its readers."""
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                return
            for line in status.splitlines():
                if line.startswith("VmHWM:"):
                    peak[0] = int(line.split()[1]) / 1024
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return peak[0]


def _must_hold(gateway: RunningGateway, document: dict[str, int], decision: str) -> None:
    assert document[decision] == document["rows_total"] - document["rejected"], document
    assert document["rejected"] == 0, document
    verdict = gateway.run("verify")
    assert verdict["ok"], verdict


def _executemany(folder: Path, count: int) -> float:
    """The same rows, ready in memory, into one table with a unique key and two indexes."""
    file = folder / "peer.db"
    for path in folder.glob("peer.db*"):
        path.unlink()
    rows = [tuple(v if isinstance(v, int) else str(v) for v in row) for row in open_items(count)]
    store = sqlite3.connect(file, isolation_level=None)
    store.executescript(
        "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-65536;"
        "create table cases (id integer primary key, "
        + ", ".join(f"c{number}" for number in range(15))
        + "); create unique index u on cases (c1);"
        "create index a on cases (c0); create index b on cases (c3);"
    )
    names = ", ".join(f"c{number}" for number in range(15))
    insert = f"insert into cases ({names}) values ({', '.join('?' * 15)})"
    started = time.perf_counter()
    for start in range(0, count, CHUNK):
        store.execute("begin immediate")
        store.executemany(insert, rows[start : start + CHUNK])
        store.execute("commit")
    seconds = time.perf_counter() - started
    store.close()
    file.unlink()
    return seconds


def _calamine(file: Path) -> float:
    from python_calamine import CalamineWorkbook

    started = time.perf_counter()
    book = CalamineWorkbook.from_path(str(file))
    count = sum(1 for _ in book.get_sheet_by_index(0).iter_rows())
    assert count > 1
    return time.perf_counter() - started
