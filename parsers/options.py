"""What the caller decides about reading: language, the day that counts as today, limits."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec

MEBIBYTE = 1 << 20


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How a source is read. Limits are those of one source with everything that is packed in it.

    `answers` are what its sender has chosen where a table left something open: the question's id
    (for every table), or `<fingerprint>/<id>` (for tables with that header alone), to the choice in
    words. What does not fit any choice is passed over, and the question asked again.

    `customers` is a file of what the sender has told of customers before, a line each
    (`parsers.masters.kept`); it is opened only for a list that does not say who its debtors are.
    """

    today: date
    language: str = "de"
    answers: Mapping[str, str] = {}
    creditor: str | None = None  # the name of whoever hands over, where it is known
    customers: Path | None = None
    rows_max: int = 2_000_000
    expanded_bytes_max: int = 1024 * MEBIBYTE
    members_max: int = 200
    depth_max: int = 4
