"""Names in a drop folder: which are taken, and what a taken file is called afterwards. Pure."""

import hashlib
import os
import re
from datetime import datetime
from pathlib import PurePath

CLAIM_PREFIX = ".taking-"
UNFINISHED_ENDINGS = (".part", ".filepart", ".tmp")
NAME_BYTES_MAX = 255


def is_finished_name(name: str) -> bool:
    """Whether a file of this name may be taken: no dotfile, no name that programs give to half a file."""
    return not name.startswith(".") and not name.lower().endswith(UNFINISHED_ENDINGS)


def shown(name: str) -> str:
    """A file name as text that can be stored and written anywhere, whatever bytes it is made of."""
    return os.fsencode(name).decode("utf-8", "replace")


def archived(name: str, label: str, at: datetime) -> str:
    """The name in `done/` or `failed/`: time and label make it unlike all others."""
    return fitted(f"{at:%Y%m%dT%H%M%SZ}-{label}-", name, "")


def is_archived_as(name: str, label: str) -> bool:
    """Whether `archived` made this name for that label; what the sender's own name says does not count."""
    return re.match(rf"\d{{8}}T\d{{6}}Z-{re.escape(label)}-", name, re.ASCII) is not None


def receipt(name: str) -> str:
    """The name in `out/` of the acknowledgement that a file was taken."""
    return fitted("", name, ".received.json")


def outcome(name: str) -> str:
    """The name in `out/` of what became of a file."""
    return fitted("", name, ".outcome.json")


def fitted(before: str, name: str, behind: str) -> str:
    """`before` + name + `behind`, a long name cut in its middle (and marked) so that it is a file name."""
    room = NAME_BYTES_MAX - len(os.fsencode(before)) - len(os.fsencode(behind))
    raw = os.fsencode(name)
    if len(raw) <= room:
        return before + name + behind
    ending = PurePath(name).suffix
    if len(os.fsencode(ending)) > 16:
        ending = ""
    mark = "~" + hashlib.sha256(raw).hexdigest()[:8] + ending
    kept = raw[: room - len(os.fsencode(mark))].decode("utf-8", "ignore")
    return before + kept + mark + behind
