"""Reads generated files and scores them, layout by layout, in as many processes as there are processors."""

import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

import msgspec

from parsers.document_json import documents_json
from parsers.options import Options
from parsers.reading import read_source
from tests.accuracy.layouts import Layout, all_layouts
from tests.accuracy.scoring import Outcome, Score, score
from tests.accuracy.truth import Case

TODAY = date(2026, 4, 20)
FILES_MIN = 3
_REASON_CHARACTERS = 48


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """One row that did not come out well; `index` is the file's number within its layout."""

    outcome: Outcome
    index: int
    file: str
    row: int
    reason: str
    count: int = 1


class Tally(msgspec.Struct, kw_only=True):
    """What became of all rows of one layout."""

    layout: str
    traits: tuple[str, ...]
    files: int = 0
    deciding: int = 0
    asked_needlessly: int = 0
    decided: int = 0  # rows that are claims, and that their file decides
    decided_right: int = 0
    outcomes: dict[str, int] = {}
    examples: list[Example] = []


def read_case(case: Case, folder: Path) -> list[dict]:
    """The documents of a generated file, in the contract's form."""
    path = folder / case.name
    path.write_bytes(case.content)
    return documents_json(read_source(path, path.name, is_mail=False, options=Options(today=TODAY)))[
        "documents"
    ]


def scores(layout: Layout, seed: int, rows: int, *, most: int | None = None) -> Iterator[Score]:
    """Scores of one layout's files until `rows` rows are read, a few files at least."""
    done = index = 0
    with tempfile.TemporaryDirectory(prefix="inkasso-accuracy-") as folder:
        while done < rows or index < FILES_MIN:
            case = layout.case(seed, index, most=most)
            yield score(case, read_case(case, Path(folder)))
            done += len(case.truths)
            index += 1


def tally(layout: Layout, seed: int, rows: int) -> Tally:
    """The sum of one layout's scores, with an example of everything that went ill."""
    total = Tally(layout=layout.name, traits=layout.traits)
    outcomes: Counter[str] = Counter()
    examples: dict[tuple[str, str], Example] = {}
    for index, one in enumerate(scores(layout, seed, rows)):
        total.files += 1
        total.deciding += one.case.decides
        total.asked_needlessly += one.is_asked_needlessly
        for verdict in one.verdicts:
            outcomes[verdict.outcome.value] += 1
            total.decided += verdict.decided
            total.decided_right += verdict.decided and verdict.outcome is Outcome.RIGHT
            if verdict.reason:
                key = (verdict.outcome.value, _kind_of(verdict.reason))
                known = examples.get(key)
                examples[key] = (
                    msgspec.structs.replace(known, count=known.count + 1)
                    if known
                    else Example(
                        outcome=verdict.outcome,
                        index=index,
                        file=one.case.name,
                        row=verdict.row,
                        reason=verdict.reason,
                    )
                )
    total.outcomes = dict(outcomes)
    total.examples = sorted(examples.values(), key=lambda example: -example.count)
    return total


def tallies(seed: int, rows: int, names: list[str] | None = None) -> Iterator[Tally]:
    """The tallies of all layouts (or of those whose names hold one of `names`) over about `rows` rows."""
    layouts = [one for name, one in all_layouts().items() if not names or any(part in name for part in names)]
    weights = sum(layout.weight for layout in layouts)
    shares = [int(rows * layout.weight / weights) for layout in layouts]
    seeds = [seed] * len(layouts)
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield from pool.map(_tally_of, [layout.name for layout in layouts], seeds, shares)


def _tally_of(name: str, seed: int, rows: int) -> Tally:
    return tally(all_layouts()[name], seed, rows)


def _kind_of(reason: str) -> str:
    """What reasons of one kind have in common: the field that differs, or the codes."""
    return (
        reason.partition(":")[0]
        if ": " in reason and not reason.startswith(("not asked", "accepted", "skipped"))
        else (reason[:_REASON_CHARACTERS])
    )
