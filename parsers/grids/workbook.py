"""Workbooks (XLSX, XLSM, XLS, XLSB, ODS) as grids: their values through calamine."""

import csv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import python_calamine as calamine

from parsers.grids.biff import Biff
from parsers.grids.binaryxml import BinaryXml
from parsers.grids.cells import ROWS_A_BATCH, Batch, Cell
from parsers.grids.container import ContainerError
from parsers.grids.kinds import BookKind
from parsers.grids.looks import Looks, Showing, marked
from parsers.grids.opendocument import OpenDocument
from parsers.grids.openxml import OpenXml

SHOWING: dict[BookKind, Callable[[Path], Showing]] = {
    BookKind.XLSX: OpenXml,
    BookKind.XLS: Biff,
    BookKind.XLSB: BinaryXml,
    BookKind.ODS: OpenDocument,
}
_DETAIL_CHARACTERS_MAX = 80


class Sheet:
    """One sheet of a workbook. Its cells lie in the reader's own memory, rows are made on demand."""

    encoding = None
    delimiter = None

    def __init__(
        self, sheet: calamine.CalamineSheet, *, epoch_1904: bool, looks: Looks | None = None
    ) -> None:
        self.looks = looks or Looks()
        self._sheet = sheet
        self.sheet = sheet.name
        self.epoch_1904 = epoch_1904

    def batches(self) -> Iterator[Batch]:
        """All rows from row 1. Raises ContainerError."""
        return marked(self._batches(), self.looks)

    def looking(self, looks: Looks) -> "Sheet":
        """The same sheet with what it shows beside the values."""
        return Sheet(self._sheet, epoch_1904=self.epoch_1904, looks=looks)

    def _batches(self) -> Iterator[Batch]:
        with reader_faults():
            rows = iter(self._sheet.iter_rows())
            left: list[Cell] = [""] * (self._sheet.start[1] if self._sheet.start else 0)
            first = 1
            while batch := list(islice(rows, ROWS_A_BATCH)):
                if left:  # the reader leaves out empty columns at the left, and a column has its place
                    batch = [left + row for row in batch]
                yield Batch(range(first, first + len(batch)), batch)
                first += len(batch)


class Workbook:
    """The sheets of a workbook: what can be seen is read, what is hidden is only named.

    Everything is looked at for its size before its values are, because the reader of values sets
    aside memory for every cell of the range that a file claims. Raises ContainerError.
    """

    def __init__(self, path: Path, kind: BookKind) -> None:
        with reader_faults():
            self._showing = SHOWING[kind](path)
            self._book = _values_of(path, kind)
            sheets = self._book.sheets_metadata
        tables = [sheet for sheet in sheets if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        visible = calamine.SheetVisibleEnum.Visible
        self.visible = [sheet.name for sheet in tables if sheet.visible == visible]
        self.hidden = [sheet.name for sheet in tables if sheet.visible != visible]

    @property
    def epoch_1904(self) -> bool:
        """Whether day numbers count from 1904."""
        return self._showing.epoch_1904

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name. Raises ContainerError."""
        with reader_faults():
            return Sheet(self._book.get_sheet_by_name(name), epoch_1904=self.epoch_1904)

    def looks(self, name: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """What a sheet shows beside its values, see `Showing`. Raises ContainerError."""
        with reader_faults():
            return self._showing.looks(name, columns, amounts)

    def close(self) -> None:
        """Let the file go."""
        self._book.close()


def _values_of(path: Path, kind: BookKind) -> calamine.CalamineWorkbook:
    """The reader of values; it is told the kind by the file's ending, or it would hide what is wrong."""
    with TemporaryDirectory(prefix="inkasso-book-") as folder:
        named = Path(folder) / f"book.{kind}"
        named.symlink_to(path.resolve())
        return calamine.CalamineWorkbook.from_path(named)


@contextmanager
def reader_faults() -> Iterator[None]:
    """Turn whatever a reader of workbooks throws into a ContainerError.

    A panic of the Rust reader is a BaseException; nothing but its name tells it from Ctrl-C.
    """
    try:
        yield
    except calamine.PasswordError:
        raise ContainerError("encrypted") from None
    except (ContainerError, GeneratorExit):
        raise
    except MemoryError:
        raise ContainerError("archive_bomb") from None
    except (calamine.CalamineError, zipfile.BadZipFile, csv.Error) as fault:
        raise ContainerError("damaged", detail=_detail(fault)) from None
    except Exception as fault:  # noqa: BLE001 - any exception caused by content is a damaged file
        raise ContainerError("damaged", detail=type(fault).__name__) from None
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise ContainerError("damaged", detail="PanicException") from None


def _detail(fault: BaseException) -> str:
    said = " ".join(str(fault).split()) or type(fault).__name__
    return said[:_DETAIL_CHARACTERS_MAX]
