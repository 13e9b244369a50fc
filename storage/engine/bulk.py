"""Many rows at once, by the fastest way that each engine has; tables and columns are named by us."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, LargeBinary, SmallInteger, Text

from storage.engine.schema import metadata

# Below this a COPY, with its extra messages, costs more than it saves.
_COPY_ROWS_MIN = 32
# SQLite: many rows a statement spare a third of the time that single ones take; more rows spare no more.
# What is left goes in as few statements as can be, not row by row: the driver gives the interpreter away
# at each step and must wait for it again, which for twenty arriving mails took longer than the disk.
_ROWS_A_STATEMENT = 100
_ROWS_LEFT_MAX = 24  # so that there are few lengths, whose prepared statements the driver finds again
_STATEMENTS_KEPT = 512
_SPAN_MAX = 2  # rows of the store read for each that is looked for; more are dearer than looking each up
_TYPES = {BigInteger: "int8", Integer: "int4", SmallInteger: "int2", Text: "text", LargeBinary: "bytea"}


def insert_rows(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    conflict: str = "",
) -> None:
    """Insert tuples of values that the driver takes as they are: int, str, bytes, None.

    conflict: what to do with a row that is there already, as `ON CONFLICT (…) DO UPDATE …`.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _insert_many(connection, table, columns, rows, conflict)
    elif len(rows) < _COPY_ROWS_MIN:
        marks = ", ".join(["%s"] * len(columns))
        connection.exec_driver_sql(f"{_insert(table, columns, [marks])} {conflict}", list(rows))
    elif conflict:
        _insert_arrays(connection, table, columns, rows, conflict)
    else:
        _copy(connection, table, columns, rows)


def select_by_keys(
    connection: Connection,
    columns: str,
    source: str,
    key: str,
    *,
    account_id: int,
    values: Iterable[Any],
    joined: str = "",
    ending: str = "",
) -> list[Any]:
    """Rows of one account whose `key` is one of `values`.

    `source` is a table with the alias that `key` uses too (`claims c` and `c.identity`); `joined` adds
    tables to it, `ending` groups or orders.
    """
    wanted = list(values)
    if not wanted:
        return []
    asked = f"SELECT {columns} FROM {source} {joined} WHERE {key.partition('.')[0]}.account_id = "  # noqa: S608
    if connection.dialect.name == "postgresql":
        form = "%b" if isinstance(wanted[0], bytes) else "%s"  # bytes as bytes, not spelled in hex
        found = connection.exec_driver_sql(
            f"{asked}%s AND {key} = ANY({form}) {ending}", (account_id, wanted)
        )
    else:
        marks = ",".join("?" * len(wanted))
        found = connection.exec_driver_sql(f"{asked}? AND {key} IN ({marks}) {ending}", (account_id, *wanted))
    return list(found.all())


def select_if_dense(
    connection: Connection,
    columns: str,
    source: str,
    key: str,
    *,
    account_id: int,
    values: Collection[Any],
) -> list[Any]:
    """The same, and perhaps other rows beside them whose `key` lies between two of `values`.

    A list that comes again, as it was sorted, finds its rows side by side: to read the whole span takes
    half the time of as many look-ups. Where the span holds much else, the rows are looked up.
    """
    if not values:
        return []
    mark = "?" if connection.dialect.name == "sqlite" else "%b" if isinstance(min(values), bytes) else "%s"
    own = "?" if connection.dialect.name == "sqlite" else "%s"
    alias = key.partition(".")[0]
    span = f"FROM {source} WHERE {alias}.account_id = {own} AND {key} BETWEEN {mark} AND {mark}"
    bound = (account_id, min(values), max(values))
    enough = len(values) * _SPAN_MAX
    probe = f"SELECT count(*) FROM (SELECT 1 {span} LIMIT {enough + 1}) AS probe"  # noqa: S608  our own names
    if (connection.exec_driver_sql(probe, bound).scalar() or 0) > enough:
        return select_by_keys(connection, columns, source, key, account_id=account_id, values=values)
    return list(connection.exec_driver_sql(f"SELECT {columns} {span}", bound).all())


def update_rows(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    *,
    account_id: int,
    keys: Sequence[str],
) -> None:
    """Set `columns` of the rows of one account that `keys` name; a row is the values, then the keys."""
    if not rows:
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    assigned = ", ".join(f"{column} = {mark}" for column in columns)
    found = " AND ".join(f"{key} = {mark}" for key in ("account_id", *keys))
    width = len(columns)
    ordered = [(*row[:width], account_id, *row[width:]) for row in rows]
    connection.exec_driver_sql(f"UPDATE {table} SET {assigned} WHERE {found}", ordered)  # noqa: S608  our own names


def _insert_many(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    conflict: str,
) -> None:
    """Many rows a statement; a column that says the same in all of them is bound once, or not at all.

    Binding is what costs: the driver looks long at every None, and most columns of most lists are empty
    or all alike.
    """
    same: list[int] = []
    varying: list[int] = []
    for index, values in enumerate(zip(*rows, strict=True)):
        first = values[0]
        if first == values[-1] and values.count(first) == len(values):
            same.extend([index] if first is not None else [])
        else:
            varying.append(index)
    common = [rows[0][index] for index in same]
    named = tuple(columns[index] for index in (*same, *varying))
    narrow = (
        list(map(itemgetter(*varying), rows))
        if len(varying) > 1
        else [[row[i] for i in varying] for row in rows]
    )
    start = 0
    while start < len(rows):
        left = len(rows) - start
        size = _ROWS_A_STATEMENT if left >= _ROWS_A_STATEMENT else min(left, _ROWS_LEFT_MAX)
        end = start + left - left % size
        statement = _numbered(table, named, len(same), size, conflict)
        bound = [(*common, *chain.from_iterable(narrow[at : at + size])) for at in range(start, end, size)]
        connection.exec_driver_sql(statement, bound)
        start = end


@lru_cache(_STATEMENTS_KEPT)
def _numbered(table: str, columns: tuple[str, ...], same: int, rows: int, conflict: str) -> str:
    """The statement for so many rows: marks of the common values again in each, then each row's own."""
    number = count(same + 1)
    common = [f"?{index + 1}" for index in range(same)]
    marks = [
        ", ".join([*common, *(f"?{next(number)}" for _ in range(len(columns) - same))]) for _ in range(rows)
    ]
    return f"{_insert(table, columns, marks)} {conflict}"


def _insert(table: str, columns: Sequence[str], marks: Iterable[str]) -> str:
    values = ", ".join(f"({of_row})" for of_row in marks)
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {values}"  # noqa: S608  our own names


def _insert_arrays(
    connection: Connection,
    table: str,
    columns: Sequence[str],
    rows: Sequence[tuple[Any, ...]],
    conflict: str,
) -> None:
    """One statement with an array for each column, since COPY knows no ON CONFLICT."""
    kept = metadata.tables[table].columns
    arrays = ", ".join(f"%s::{_TYPES[type(kept[column].type)]}[]" for column in columns)
    values = tuple(list(values) for values in zip(*rows, strict=True))
    statement = f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays}) {conflict}"  # noqa: S608  our own names
    connection.exec_driver_sql(statement, values)


def _copy(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """COPY in its binary form, which needs the exact types and spares spelling numbers and bytes out."""
    kept = metadata.tables[table].columns
    types = [_TYPES[type(kept[column].type)] for column in columns]
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
        write_row = copy.write_row
        for row in rows:
            write_row(row)
