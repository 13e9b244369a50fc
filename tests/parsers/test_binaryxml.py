import io
import struct
import zipfile

import pytest

from tests.parsers.books import Sheet, write_book
from tests.parsers.sources import read

ROWS = [["Name", "Rechnung", "Offen"], ["M GmbH", "R1", 10.25], ["N GmbH", "R2", 20.5]]
NUMBER = struct.pack("<BBIId", 5, 16, 2, 0, 20.5)
ROW = struct.pack("<BBII", 0, 17, 2, 0)


def with_record(path, old, new):
    """The workbook with the start of one record of its sheet replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(made, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if "sheet1" in member.filename:
                assert content.count(old) == 1
                content = content.replace(old, new)
            target.writestr(member, content)
    path.write_bytes(made.getvalue())
    return path


def test_the_records_are_those_that_the_other_tests_break(tmp_path):
    (document,) = read(write_book("xlsb", tmp_path / "list.xlsb", Sheet(rows=ROWS)))
    assert [row["amount"] for row in document["accepted"]] == ["10.25", "20.50"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NUMBER, b"\x05\x08" + NUMBER[2:10]),  # a cell without its number would get the one above it
        (NUMBER, b"\x05\x00"),
        (ROW, b"\x00\x00" + ROW),  # a row without its number may get any, and memory for all before it
    ],
)
def test_a_record_that_is_too_short_makes_the_file_damaged(tmp_path, old, new):
    path = write_book("xlsb", tmp_path / "list.xlsb", Sheet(rows=ROWS))
    (document,) = read(with_record(path, old, new))
    assert [one["code"] for one in document["problems"]] == ["damaged"]
