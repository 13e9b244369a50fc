"""What a benchmark reports."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One goal: medians of ours and of the peer, measured in turns."""

    goal: str
    what: str
    unit: str
    ours: float | None
    peer: float | None = None
    must: float
    larger_is_better: bool = False
    compares: bool = True  # the goal is a ratio to the peer; else a bound on ours
    note: str = ""
    runs: dict[str, list[float]] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        if self.ours is None or not self.peer:
            return None
        return self.ours / self.peer

    @property
    def met(self) -> bool | None:
        value = self.ratio if self.compares else self.ours
        if value is None:
            return None
        return value >= self.must if self.larger_is_better else value <= self.must

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what, "unit": self.unit, "ours": self.ours, "peer": self.peer, "ratio": self.ratio,
            "goal": self.must, "met": self.met, "note": self.note, "runs": self.runs,
        }  # fmt: skip

    def as_cells(self) -> list[str]:
        met = {True: "[green]yes", False: "[red]no", None: "not measured"}[self.met]
        sign = ("≥" if self.larger_is_better else "≤") + f" {self.must:g}" + ("x" if self.compares else "")
        return [
            self.goal, f"{self.what} [{self.unit}]{' ' + self.note if self.note else ''}",
            _short(self.ours), _short(self.peer), f"{self.ratio:.2f}x" if self.ratio else "-", sign, met,
        ]  # fmt: skip


def in_turns(rounds: int, **contestants: Callable[[], float]) -> dict[str, list[float]]:
    """A B A B …: the drift of the machine hits all alike."""
    runs: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            runs[name].append(run())
    return runs


def median(values: list[float]) -> float:
    return statistics.median(values)


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:,.3g}" if value < 100 else f"{value:,.0f}"
