"""Which form a text file has: delimited, of fixed width, or with a name at every value."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from parsers.grids.cells import Grid
from parsers.grids.delimited import Delimited, sample, split
from parsers.grids.encoding import detect_encoding
from parsers.grids.fixed import Columns, FixedWidth, cut
from parsers.grids.keyed import Form, Keyed, values_of
from parsers.sheets.fields import MONEY_FIELDS, Field
from parsers.sheets.header import HEADER_ROWS_MAX, choose_delimiter, find_header
from parsers.sheets.names import exact_meanings

_SAMPLE_LINES = 400
_FORMS = tuple(Form("=", between) for between in (None, "&", ";", "|")) + tuple(
    Form(equals, None) for equals in ":\t;"
)
_NAMED_SHARE_MIN, _KNOWN_SHARE_MIN, _KNOWN_MIN = 0.8, 0.4, 3
_DELIMITING = ";\t"
_COLUMNS_MIN = 3
_LINES_MIN, _GAPS_MIN = 4, 4  # of a print without a header
_BLANKS = re.compile(r" +")
_OVERRUN_SHARE_MAX = 0.1  # of lines in which a value is too long for its column
_RULE = re.compile(r" *[-=_]{2,}(?: +[-=_]{2,})+ *")
# One blank may be inside a value or a name by chance; two, or a rule below the header, show a column.
_APART = re.compile(r"\S+(?: \S+)*")
_WORD = re.compile(r"\S+")
_DIGIT = re.compile(r"\d")
_UNNAMED = re.compile(r"[^\W\d]*|€")


def open_text(path: Path) -> Grid:
    """The grid of a text file. Raises ContainerError."""
    encoding = detect_encoding(path)
    head = sample(path, encoding)
    form = named_form(head)
    if form is not None:
        return Keyed(path, encoding, form)
    delimiter = choose_delimiter(head)
    lines = head.splitlines()[:_SAMPLE_LINES]
    found = fixed_columns(lines)
    if found is not None:
        header = find_header(split("\n".join(lines), delimiter))
        if header is None or header.score < found.score:
            return FixedWidth(path, encoding, found.columns)
    gaps = gaps_without_header(lines)
    if gaps is not None:
        rows = split("\n".join(lines), delimiter)
        if find_header(rows) is None and max(map(len, rows)) <= len(gaps):
            return FixedWidth(path, encoding, Columns(0, gaps))
    return Delimited(path, encoding, delimiter)


def named_form(text: str) -> Form | None:
    """How a text names its values; None where it does not, or names too little of a list of claims."""
    lines = text.splitlines()[:_SAMPLE_LINES]
    return next((form for form in _FORMS if _names_values(lines, form)), None)


def _names_values(lines: Sequence[str], form: Form) -> bool:
    values = [named for line in lines for named in values_of(line, form)]
    names = [named.name for named in values if named.name is not None]
    if len(names) < max(_KNOWN_MIN, len(values) * _NAMED_SHARE_MIN):
        return False
    if form.equals in _DELIMITING and any(form.equals in named.value for named in values):
        return False  # lines of many fields
    meanings = {name: exact_meanings(name) for name in set(names)}
    fields = {meaning.field for found in meanings.values() for meaning in found} - {Field.KNOWN}
    known = sum(1 for name in names if meanings[name])
    return (
        len(fields) >= _KNOWN_MIN and bool(fields & MONEY_FIELDS) and known >= len(names) * _KNOWN_SHARE_MIN
    )


class FixedFound(NamedTuple):
    """Columns, and how much of a header was recognised in them."""

    columns: Columns
    score: int


def fixed_columns(lines: Sequence[str]) -> FixedFound | None:
    """The columns of a text of fixed width; None where its lines do not show them beyond doubt."""
    lines = [line.expandtabs() for line in lines]
    best: FixedFound | None = None
    for index, line in enumerate(lines[:HEADER_ROWS_MAX]):
        for gaps in _gaps_below(lines, index):
            names = cut(line, gaps)
            header = find_header([names]) if names is not None and len(names) >= _COLUMNS_MIN else None
            if header is not None and (best is None or header.score > best.score):
                first = lines.index(line)  # what stands between a header and its repetition is no letterhead
                best = FixedFound(Columns(first + 1, gaps), header.score)
    return best


def gaps_without_header(lines: Sequence[str]) -> tuple[tuple[int, int], ...] | None:
    """The gaps that all lines of a print without a header leave; None where they do not show columns.

    One blank parts only digits from digits: two words may stand one blank apart in every line by chance.
    """
    lines = [line.expandtabs().rstrip() for line in lines if line.strip()]
    if len(lines) < _LINES_MIN:
        return None
    width = max(map(len, lines))
    padded = [line.ljust(width) for line in lines]
    is_filled = "".join("x" if any(line[at] != " " for line in padded) else " " for at in range(width))
    gaps = tuple(
        match.span()
        for match in _BLANKS.finditer(is_filled.rstrip())
        if match.start() and (len(match[0]) > 1 or _parts_digits(padded, *match.span()))
    )
    return gaps if len(gaps) >= _GAPS_MIN else None


def _parts_digits(lines: Sequence[str], start: int, end: int) -> bool:
    return all(line[start - 1].isdigit() and line[end].isdigit() for line in lines)


def _gaps_below(lines: Sequence[str], index: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """The gaps that the lines below a header leave: by the rule under it, else by what all lines leave."""
    below = [line for line in lines[index + 1 :] if line.strip()]
    if not below or len(_APART.findall(lines[index])) < 2:
        return
    if _RULE.fullmatch(below[0]):
        spans = [(match.start(), match.end()) for match in _WORD.finditer(below[0])]
        yield tuple((before[1], after[0]) for before, after in pairwise(spans))
        return
    data = [line for line in below if any(map(str.isdigit, line)) and len(_APART.findall(line)) > 1]
    if not data:
        return
    columns = _columns_over(lines[index], data)
    if columns is not None:
        yield tuple((before[1], after[0]) for before, after in pairwise(columns))


def _columns_over(header: str, data: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where the columns stand that a header names: what is filled below a name, and beside it alone."""
    names = [match.span() for match in _APART.finditer(header)]
    owners: list[tuple[int, int] | None] = []
    columns: list[tuple[int, int]] = []
    spans = _beside_joined(_flowing_joined(_filled(header, data), names, data), names, data)
    for start, end in spans or ():
        over = [name for name in names if name[0] < end and start < name[1]]
        if len(over) > 1:
            return None
        owner = over[0] if over else None
        if owner is None and not all(_UNNAMED.fullmatch(line[start:end].strip()) for line in data):
            return None
        if columns and owner is not None and owners[-1] == owner:
            columns[-1] = columns[-1][0], end
        else:
            columns.append((start, end))
            owners.append(owner)
    return columns if spans else None


def _flowing_joined(
    spans: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]], data: Sequence[str]
) -> list[tuple[int, int]]:
    """The spans, each without a name joined with the one left of it where that one's words run on into it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        is_named = any(name[0] < end and start < name[1] for name in names)
        if joined and not is_named and _flows(joined[-1], (start, end), data):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined


def _flows(left: tuple[int, int], right: tuple[int, int], data: Sequence[str]) -> bool:
    """Whether nothing stands in the right span but what runs on from the left one."""
    return all(
        line[slice(*left)].strip() and "  " not in line[left[0] : right[1]].strip()
        for line in data
        if line[slice(*right)].strip()
    )


def _beside_joined(
    spans: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]], data: Sequence[str]
) -> list[tuple[int, int]] | None:
    """The spans, each name over nothing joined with the figures right of it that have no name.

    So a name at the left of its column stands beside figures at the right of it. None where one name too
    many or too few leaves open which belongs to which.
    """
    is_bare = [
        all(
            not line[start:end].strip() or " " not in line[end - 1 : after + 1].ljust(after + 2 - end)
            for line in data
        )
        for (start, end), (after, _) in pairwise(spans)
    ]
    is_nameless = [
        not any(name[0] < end and start < name[1] for name in names)
        and any(_DIGIT.search(line[start:end]) for line in data)
        for start, end in spans
    ]
    if not any(is_nameless):
        return list(spans)
    is_last_bare = not any(line[slice(*spans[-1])].strip() for line in data)
    if is_nameless[0] or is_bare != is_nameless[1:] or is_last_bare:
        return None
    joined: list[tuple[int, int]] = []
    for span, nameless in zip(spans, is_nameless, strict=True):
        if nameless:
            joined[-1] = joined[-1][0], span[1]
        else:
            joined.append(span)
    return joined


def _filled(header: str, data: Sequence[str]) -> list[tuple[int, int]]:
    """The spans in which the header or more than a few lines say something; a narrow gap parts none."""
    counts = [0] * (max(map(len, [header, *data])) + 1)
    for line in data:
        for match in _WORD.finditer(line):
            for place in range(*match.span()):
                counts[place] += 1
    few = len(data) * _OVERRUN_SHARE_MAX
    is_filled = "".join(
        "x" if count > few or header[place : place + 1].strip() else " " for place, count in enumerate(counts)
    )
    return [match.span() for match in _APART.finditer(is_filled)]
