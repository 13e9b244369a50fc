"""The score as tables for people and as JSON: totals, each layout, each trait."""

import msgspec
import pandas as pd
from rich.console import Console
from rich.table import Table

from tests.accuracy.run import Tally
from tests.accuracy.scoring import Outcome

RIGHT_SHARE_MIN = 0.99
NEEDLESS_SHARE_MAX = 0.02
EXAMPLES_SHOWN_MAX = 40
_OUTCOMES = [outcome.value for outcome in Outcome]
_COUNTS = ["files", "deciding", "asked_needlessly", "decided", "decided_right", *_OUTCOMES]


class Report:
    """All tallies as a frame: one row a layout."""

    def __init__(self, tallies: list[Tally]) -> None:
        self._tallies = tallies
        rows = [
            {name: getattr(one, name) for name in ("layout", "traits", *_COUNTS[:5])}
            | {name: one.outcomes.get(name, 0) for name in _OUTCOMES}
            for one in tallies
        ]
        self.layouts = _with_shares(pd.DataFrame(rows).set_index("layout"))

    @property
    def traits(self) -> pd.DataFrame:
        """The same counts by trait; a layout counts for each of its traits."""
        return _with_shares(self.layouts.explode("traits").groupby("traits")[_COUNTS].sum())

    @property
    def totals(self) -> dict[str, float]:
        """Counts over everything, and the two shares that have goals."""
        sums = self.layouts[_COUNTS].sum()
        return {name: int(count) for name, count in sums.items()} | {
            "rows": int(sums[_OUTCOMES].sum()),
            "right_share": _share(sums["decided_right"], sums["decided"], 1.0),
            "needless_share": _share(sums["asked_needlessly"], sums["deciding"], 0.0),
        }

    @property
    def faults(self) -> list[str]:
        """The goals that are not met, in words."""
        totals = self.totals
        found = []
        if totals["WRONG"]:
            found.append(f"{totals['WRONG']} rows are read wrongly; there must be none")
        if totals["right_share"] < RIGHT_SHARE_MIN:
            share = totals["right_share"]
            found.append(f"{share:.2%} of the decided rows are right; the goal is {RIGHT_SHARE_MIN:.0%}")
        if totals["needless_share"] > NEEDLESS_SHARE_MAX:
            share = totals["needless_share"]
            found.append(
                f"{share:.2%} of the deciding files are asked; the goal is {NEEDLESS_SHARE_MAX:.0%} at most"
            )
        return found

    def as_json(self) -> dict:
        """Everything, for machines and for comparing runs."""
        return {
            "totals": self.totals,
            "faults": self.faults,
            "layouts": self.layouts.to_dict("index"),
            "traits": self.traits.to_dict("index"),
            "examples": {
                one.layout: msgspec.to_builtins(one.examples) for one in self._tallies if one.examples
            },
        }

    def show(self, console: Console) -> None:
        """Print the tables, worst last so that it stays on the screen."""
        console.print(_table("Traits", self.traits))
        console.print(_table("Layouts", self.layouts))
        self._show_examples(console)
        totals = self.totals
        console.print(
            f"{totals['rows']:,} rows in {totals['files']:,} files of {len(self.layouts)} layouts: "
            + ", ".join(f"{totals[name]:,} {name}" for name in _OUTCOMES)
        )
        console.print(
            f"right of what the files decide: {totals['right_share']:.3%} (goal {RIGHT_SHARE_MIN:.0%}); "
            f"deciding files asked: {totals['needless_share']:.3%} (goal {NEEDLESS_SHARE_MAX:.0%} at most)"
        )
        for fault in self.faults:
            console.print(f"[red]not met:[/red] {fault}")

    def _show_examples(self, console: Console) -> None:
        found = [
            (example, one.layout)
            for outcome in (Outcome.ASKED, Outcome.MISSED, Outcome.WRONG)
            for one in self._tallies
            for example in one.examples[:3]
            if example.outcome is outcome
        ]
        if not found:
            return
        table = Table("layout", "outcome", "rows", "file no.", "row", "reason", title="Examples")
        for example, layout in found[-EXAMPLES_SHOWN_MAX:]:
            cells = (layout, example.outcome.value, str(example.count), str(example.index), str(example.row))
            table.add_row(*cells, example.reason[:200])
        console.print(table)


def _share(part: float, whole: float, empty: float) -> float:
    return float(part / whole) if whole else empty


def _with_shares(frame: pd.DataFrame) -> pd.DataFrame:
    shares = frame["decided_right"] / frame["decided"].where(frame["decided"] > 0)
    return frame.assign(right_share=shares.astype(object).where(shares.notna(), None))


def _table(title: str, frame: pd.DataFrame) -> Table:
    table = Table(
        title.lower().removesuffix("s"), "files", *_OUTCOMES, "right", "asked needlessly", title=title
    )
    for column in table.columns[1:]:
        column.justify = "right"
    for name, row in frame.sort_values(["WRONG", "missed"]).iterrows():
        share = row["right_share"]
        cells = [f"{row[column]:,}" if row[column] else "" for column in ("files", *_OUTCOMES)]
        style = "red" if row["WRONG"] else None
        table.add_row(
            str(name),
            *cells,
            "" if share is None else f"{share:.2%}",
            str(row["asked_needlessly"] or ""),
            style=style,
        )
    return table
