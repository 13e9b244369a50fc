"""The file in which the gateway hands over what an account has told of its customers before.

One customer a line, as JSON, so that it is written and read without being held in memory.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from storage.records import Customer

_ENCODE = msgspec.json.Encoder().encode
_DECODE = msgspec.json.Decoder(Customer).decode


def write_customers(path: Path, customers: Iterable[Customer]) -> bool:
    """Write the file; False, and no file, where there is nobody to write of."""
    count = 0
    with path.open("wb") as file:
        for customer in customers:
            file.write(_ENCODE(customer) + b"\n")
            count += 1
    if not count:
        path.unlink()
    return count > 0


def kept_customers(path: Path, customers_max: int) -> Iterator[Customer]:
    """The customers of a file, the first ones."""
    with path.open("rb") as file:
        for line in islice(file, customers_max):
            yield _DECODE(line)
