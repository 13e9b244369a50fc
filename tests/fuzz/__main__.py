"""Spoilt and made-up files through the reading process, for some minutes: `python -m tests.fuzz`.

Of a made-up list the claims are known: a row that is taken must be one of them. Of every file: a set of
documents that adds up and says why, no crash, no hang. Findings are written with the file that shows
them; the same seed makes the same files.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from gateway.reading.pool import ReaderPool
from tests.conftest import CORPUS
from tests.fuzz.lists import Claim, make_list
from tests.fuzz.mutations import mutate
from tests.hostile.outcomes import ReaderDiedError, faults_of, outcome_of, read_in_a_process

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "sheets"
SEED_BYTES_MAX = 300_000
KEPT_MAX = 50  # findings that are written, of the like of each


def main() -> int:
    """Run until the time is up; 1 where anything was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=30)
    options.add_argument("--seed", type=int, default=None)
    options.add_argument("--out", type=Path, default=Path("build") / "fuzz")
    chosen = options.parse_args()
    run = Fuzz(chosen.seed if chosen.seed is not None else time.time_ns() % 1_000_000, chosen.out)
    run.go(chosen.minutes * 60)
    print(run.report())
    return 1 if run.findings else 0


class Fuzz:
    """One run: its dice, its seeds, what came of it."""

    def __init__(self, seed: int, out: Path) -> None:
        self.seed = seed
        self.outcomes: Counter[str] = Counter()
        self.findings: Counter[str] = Counter()
        self.seconds = 0.0
        self.slowest = 0.0
        self._out = out
        self._dice = random.Random(seed)
        folders = (CORPUS / "sheets", CORPUS / "hostile", CORPUS / "mail", SAMPLES)
        files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
        self._seeds = [path.read_bytes() for path in files if 0 < path.stat().st_size < SEED_BYTES_MAX]

    def go(self, seconds: float) -> None:
        """File after file until the time is up."""
        pool = ReaderPool()
        started = said = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            while (now := time.monotonic()) - started < seconds:
                self._one(pool, Path(folder))
                if now - said > 30:
                    said = now
                    print(
                        f"{self.outcomes.total()} files, {sum(self.findings.values())} findings", flush=True
                    )
        pool.close()
        self.seconds = time.monotonic() - started

    def _one(self, pool: ReaderPool, folder: Path) -> None:
        content, claims = self._file(folder)
        path = folder / "file"
        path.write_bytes(content)
        started = time.monotonic()
        try:
            documents = read_in_a_process(pool, path, folder, is_mail=self._dice.random() < 0.03)
        except ReaderDiedError as death:
            outcome, faults = f"reader ended: {death.cause}", [f"reader ended: {death.cause}"]
        except Exception as fault:  # noqa: BLE001 - a finding, whatever it is
            outcome, faults = "broken", [f"{type(fault).__name__}: {fault}"]
        else:
            outcome, faults = outcome_of(documents), faults_of(documents) + _wrong(documents, claims)
        self.slowest = max(self.slowest, time.monotonic() - started)
        self.outcomes[outcome] += 1
        for fault in faults:
            self._keep(fault, content)

    def _file(self, folder: Path) -> tuple[bytes, frozenset[Claim] | None]:
        dice = self._dice
        if dice.random() < 0.25:
            return make_list(dice, folder)
        content = dice.choice(self._seeds) if dice.random() < 0.6 else make_list(dice, folder).content
        return mutate(dice, content, dice.choice(self._seeds)), None

    def _keep(self, fault: str, content: bytes) -> None:
        kind = fault.partition(" (")[0][:120]
        self.findings[kind] += 1
        if self.findings[kind] <= KEPT_MAX:
            self._out.mkdir(parents=True, exist_ok=True)
            name = self._out / f"{self.seed}-{self.outcomes.total()}"
            name.with_suffix(".bin").write_bytes(content)
            name.with_suffix(".txt").write_text(fault, encoding="utf-8")

    def report(self) -> str:
        """What was run and what came of it, also written beside the findings."""
        said: dict[str, Any] = {
            "seed": self.seed,
            "files": self.outcomes.total(),
            "seconds": round(self.seconds),
            "slowest_seconds": round(self.slowest, 1),
            "outcomes": dict(self.outcomes.most_common()),
            "findings": dict(self.findings.most_common()),
        }
        text = json.dumps(said, indent=1, ensure_ascii=False)
        self._out.mkdir(parents=True, exist_ok=True)
        (self._out / f"{self.seed}-report.json").write_text(text, encoding="utf-8")
        return text


def _wrong(documents: list[dict[str, Any]], claims: frozenset[Claim] | None) -> list[str]:
    """Rows that should not have been taken: of a list that is known, any but its own."""
    faults = []
    for document in documents:
        for row in document.get("accepted", ()):
            debtor = row["debtor"]
            if not (debtor["name"] or debtor["company"]) or float(row["amount"]) <= 0:
                faults.append(f"no claim was taken: {row['row']}")
            read = Claim(row["invoice_number"] or "", row["due_date"] or "", row["amount"])
            if claims is not None and read not in claims:
                faults.append(f"a wrong row was taken ({read})")
    return faults


if __name__ == "__main__":
    sys.exit(main())
