"""The old compound files of Office: a file system in a file, whose streams hold the documents."""

import io
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlrd.compdoc import CompDoc

from parsers.grids.container import ContainerError

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = ("Workbook", "Book")  # of Excel 97 and later, and of 5 and 95; some files hold both


def streams_at_top(path: Path) -> frozenset[str]:
    """The names of the streams and folders at the top; empty where the file does not let itself be read."""
    try:
        with _opened(path) as document:
            top = document.dirlist[0].children
            return frozenset(document.dirlist[child].name for child in top)
    except Exception:  # noqa: BLE001 - whatever a damaged file makes the reader raise
        return frozenset()


def workbook_stream(path: Path) -> bytes:
    """The stream of the workbook. Raises ContainerError where there is none or it cannot be put together."""
    try:
        with _opened(path) as document:
            for name in WORKBOOKS:
                found, start, size = document.locate_named_stream(name)
                if found is not None and size:
                    return bytes(found[start : start + size])
    except Exception:  # noqa: BLE001 - as above, assertions among it
        raise ContainerError("damaged", detail="OLE") from None
    raise ContainerError("damaged", detail="OLE")


@contextmanager
def _opened(path: Path) -> Iterator[CompDoc]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield CompDoc(content, logfile=io.StringIO())
