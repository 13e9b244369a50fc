"""Long tables read in the order of their keys, side by side, so that an audit holds one case at a time."""

from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection

Key = tuple[int, int]  # the account, and the case or the entry
Rows = list[Any]

_ROWS_A_TIME = 5_000
_key_of = itemgetter(0, 1)


def rows(connection: Connection, statement: str) -> Iterator[Any]:
    """The rows of a statement, fetched some thousand at a time."""
    found = connection.exec_driver_sql(statement, execution_options={"yield_per": _ROWS_A_TIME})
    return chain.from_iterable(found.partitions(_ROWS_A_TIME))


def side_by_side(*streams: Iterable[Any]) -> Iterator[tuple[Key, list[Rows]]]:
    """Each key that a stream has, in rising order, with its rows of every stream.

    The rows begin with the two parts of their key and come in its order.
    """
    groups = [groupby(stream, key=_key_of) for stream in streams]
    heads = [next(group, None) for group in groups]
    while True:
        waiting = [head[0] for head in heads if head is not None]
        if not waiting:
            return
        key = min(waiting)
        taken: list[Rows] = []
        for number, head in enumerate(heads):
            if head is not None and head[0] == key:
                taken.append(list(head[1]))
                heads[number] = next(groups[number], None)
            else:
                taken.append([])
        yield key, taken
