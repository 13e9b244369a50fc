"""The lines of a text file, one at a time, none longer than a list's line can be."""

from collections.abc import Iterator
from pathlib import Path

from parsers.grids.container import ContainerError

LINE_CHARACTERS_MAX = 1 << 20


def lines_of(path: Path, encoding: str) -> Iterator[str]:
    """The lines without their ends and with blanks for tabs. Raises ContainerError."""
    with path.open(encoding=encoding, errors="replace", buffering=1 << 20) as file:
        while line := file.readline(LINE_CHARACTERS_MAX):
            if len(line) == LINE_CHARACTERS_MAX:
                raise ContainerError("damaged", detail="1 MB")
            yield line.rstrip("\r\n")
