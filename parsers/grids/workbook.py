"""Spreadsheets (XLSX, XLSM, and XLS, XLSB, ODS where it just works) as grids, through calamine."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import python_calamine as calamine

from parsers.grids.cells import ROWS_A_BATCH, Batch
from parsers.grids.container import ContainerError, check_workbook, names_of
from parsers.grids.looks import Looks, looks_of, marked

_BOOK = "xl/workbook.xml"
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
        """The same sheet with what its XML shows beside the values."""
        return Sheet(self._sheet, epoch_1904=self.epoch_1904, looks=looks)

    def _batches(self) -> Iterator[Batch]:
        with reader_faults():
            rows = iter(self._sheet.iter_rows())
            first = 1
            while batch := list(islice(rows, ROWS_A_BATCH)):
                yield Batch(range(first, first + len(batch)), batch)
                first += len(batch)


class Workbook:
    """The sheets of a workbook: what can be seen is read, what is hidden is only named."""

    def __init__(self, path: Path, *, is_ooxml: bool) -> None:
        with reader_faults():
            self._epoch_1904 = check_workbook(path) if is_ooxml else False
            self._path = path if is_ooxml and _BOOK in names_of(path) else None
            self._book = calamine.CalamineWorkbook.from_path(path)
            sheets = self._book.sheets_metadata
        tables = [sheet for sheet in sheets if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        visible = calamine.SheetVisibleEnum.Visible
        self.visible = [sheet.name for sheet in tables if sheet.visible == visible]
        self.hidden = [sheet.name for sheet in tables if sheet.visible != visible]

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name. Raises ContainerError."""
        with reader_faults():
            return Sheet(self._book.get_sheet_by_name(name), epoch_1904=self._epoch_1904)

    def looks(self, name: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """What an XLSX sheet shows beside its values, see `looks_of`. Raises ContainerError."""
        if self._path is None:
            return Looks()
        with reader_faults():
            return looks_of(self._path, name, columns, amounts)

    def close(self) -> None:
        """Let the file go."""
        self._book.close()


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
    except (calamine.CalamineError, zipfile.BadZipFile) as fault:
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
