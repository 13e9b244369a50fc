"""Many rows at once, by the fastest way that each engine has; tables and columns are named by us."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, LargeBinary, SmallInteger, Text

from storage.engine.schema import metadata

# Below this a COPY, with its extra messages, costs more than it saves.
_COPY_ROWS_MIN = 32
# SQLite: many rows a statement spare a third of the time that single ones take; more rows spare no more.
_ROWS_A_STATEMENT = 100
_TYPES = {BigInteger: "int8", Integer: "int4", SmallInteger: "int2", Text: "text", LargeBinary: "bytea"}


def insert_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert tuples of values that the driver takes as they are: int, str, bytes, None."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= _COPY_ROWS_MIN:
        _copy(connection, table, columns, rows)
        return
    single = len(rows) if connection.dialect.name == "postgresql" else len(rows) % _ROWS_A_STATEMENT
    if single:
        connection.exec_driver_sql(_insert(connection, table, columns, 1), list(rows[:single]))
    if single < len(rows):
        several = range(single, len(rows), _ROWS_A_STATEMENT)
        joined = [tuple(chain.from_iterable(rows[start : start + _ROWS_A_STATEMENT])) for start in several]
        connection.exec_driver_sql(_insert(connection, table, columns, _ROWS_A_STATEMENT), joined)


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


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: int) -> str:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    marks = f"({', '.join([mark] * len(columns))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([marks] * rows)}"  # noqa: S608  our names


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
