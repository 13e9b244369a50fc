"""Reads generated files and scores them."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from parsers.document_json import documents_json
from parsers.options import Options
from parsers.reading import read_source
from tests.accuracy.layouts import Layout
from tests.accuracy.scoring import Score, score
from tests.accuracy.truth import Case

TODAY = date(2026, 4, 20)
FILES_MIN = 2


def read_case(case: Case, folder: Path) -> list[dict]:
    """The documents of a generated file, in the contract's form."""
    path = folder / case.name
    path.write_bytes(case.content)
    return documents_json(read_source(path, path.name, is_mail=False, options=Options(today=TODAY)))["documents"]


def scores(layout: Layout, seed: int, rows: int) -> Iterator[Score]:
    """Scores of one layout's files until `rows` rows are read, two files at least."""
    done = index = 0
    with tempfile.TemporaryDirectory(prefix="inkasso-accuracy-") as folder:
        while done < rows or index < FILES_MIN:
            case = layout.case(seed, index)
            yield score(case, read_case(case, Path(folder)))
            done += len(case.truths)
            index += 1
