"""The sender's own list back, rebuilt from its values alone, with every mistake marked where it stands.

Nothing but values is taken over: no macros, links, objects, images or formulas. Sent back corrected,
the list is read like the first one, because the columns added here are known to the reader
(`IGNORED_HEADERS`) and no row has moved.
"""

import csv
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath

from parsers.grids.container import ContainerError
from parsers.sheets.annotated_text import annotated_text
from parsers.sheets.marks import OUR_HEADERS, Marks, words_in
from storage.records import DocumentHead, Kind, Problem

# Headers, folded by `storage.identity.fold`, of the columns that are added here.
IGNORED_HEADERS = OUR_HEADERS
ROWS_WHOLE_MAX = 10_000

_TEXT_SUFFIXES = (".csv", ".txt", ".tsv", ".tab")
_STEM_LENGTH_MAX = 80
_UNSAFE = re.compile(r"[^\w.\-() +]+")


def annotate(  # noqa: PLR0917 - the order in which one would say it
    path: Path,
    name: str,
    head: DocumentHead,
    problems: Mapping[int, Sequence[Problem]],
    skipped: Mapping[int, str],
    language: str,
    rows_whole_max: int = ROWS_WHOLE_MAX,
    *,
    advice: Mapping[int, str] | None = None,
) -> tuple[str, bytes] | None:
    """The list with its mistakes marked: a file name and its bytes; None where there is nothing to mark.

    `problems` and `skipped` are by row number. A list of more than `rows_whole_max` rows comes back
    as its header and the first so many rows to mend, each with the number of its row. `advice` says
    what is best for each row that was taken, and adds a column of its own. None too
    where the file does not let itself be rebuilt: the answer in words holds all that is said here.
    """
    if not problems or head.kind is not Kind.CLAIMS:
        return None
    marks = Marks(
        head=head,
        source=safe_stem(name),
        problems=problems,
        skipped=skipped,
        language=language,
        rows_whole_max=rows_whole_max,
        advice=advice or {},
    )
    is_text = head.sheet is None
    try:
        content = annotated_text(path, marks) if is_text else _workbook(path, marks)
    except (ContainerError, OSError, csv.Error):
        return None
    except Exception as fault:  # noqa: BLE001 - a mistake of ours: the answer goes out all the same, and it is heard of
        warnings.warn(f"no copy of a list: {type(fault).__name__}: {fault}", RuntimeWarning, stacklevel=2)
        return None
    return (corrections_name(name, language, is_text=is_text), content) if content else None


def corrections_name(name: str, language: str, *, is_text: bool) -> str:
    """`Kunden.xls` comes back as `Kunden-Korrektur.xlsx`; a list that came back before keeps its name."""
    suffix = words_in(language).suffix
    stem = safe_stem(name).removesuffix(suffix)
    given = PurePath(name).suffix.lower()
    ending = (given if given in _TEXT_SUFFIXES else ".csv") if is_text else ".xlsx"
    return f"{stem}{suffix}{ending}"


def safe_stem(name: str) -> str:
    """A file's name without folders, ending and characters that mean something to a file system."""
    base = re.split(r"[/\\]", name)[-1]
    stem = base.rsplit(".", 1)[0] if "." in base[1:] else base
    return _UNSAFE.sub("_", stem).strip(" ._-")[:_STEM_LENGTH_MAX].rstrip(" ._-") or "Liste"


def _workbook(path: Path, marks: Marks) -> bytes:
    from parsers.sheets.annotated_workbook import annotated_workbook  # noqa: PLC0415 - openpyxl takes half a second

    return annotated_workbook(path, marks)
