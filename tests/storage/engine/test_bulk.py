"""Rows in bulk: each arrives once and in its own columns, however many there are."""

from typing import Any

import pytest

from storage.engine.bulk import insert_rows
from storage.engine.database import Database

COLUMNS = ("account_id", "submission_id", "piece", "content")


def stored(database: Database, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    with database.write() as connection:
        connection.exec_driver_sql("DELETE FROM blob_pieces")
        insert_rows(connection, "blob_pieces", COLUMNS, rows)
        found = connection.exec_driver_sql(f"SELECT {', '.join(COLUMNS)} FROM blob_pieces ORDER BY 1, 2, 3")
        return [(*row[:3], bytes(row[3])) for row in found]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 23, 24, 25, 47, 48, 49, 99, 100, 101, 124, 199, 200, 223])
def test_as_many_rows_arrive_as_were_given(database: Database, count: int):
    rows = [(1, number, 0, b"%d" % number) for number in range(count)]
    assert stored(database, rows) == rows


def test_columns_that_say_the_same_and_columns_that_differ_are_not_mixed_up(database: Database):
    for rows in (
        [(1, 5, piece, b"same") for piece in range(30)],
        [(account, 5, 0, b"%d" % account) for account in range(30)],
        [(1, number, number % 2, b"x" * (number % 3)) for number in range(30)],
    ):
        assert stored(database, rows) == rows
