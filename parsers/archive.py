"""Zip archives: their members, unpacked one by one within the limits of the whole source."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from parsers.grids.container import ContainerError, directory
from parsers.problems import Code

_CHUNK_BYTES = 1 << 20
_LITTER = re.compile(r"(?i)(?:^|.*/)(?:__macosx/.*|\.ds_store|thumbs\.db|desktop\.ini|\._[^/]*|~\$[^/]*)")


class Budget:
    """What one source may still unpack, over all its archives and mails together."""

    def __init__(self, expanded_bytes_max: int, members_max: int) -> None:
        self.bytes_left = expanded_bytes_max
        self.members_left = members_max

    def spend(self, size_bytes: int) -> None:
        """Take bytes from the budget; ContainerError when it is used up."""
        self.bytes_left -= size_bytes
        if self.bytes_left < 0:
            raise ContainerError(Code.ARCHIVE_BOMB)

    def open_member(self) -> bool:
        """Whether one more file may be opened."""
        self.members_left -= 1
        return self.members_left >= 0


class Member(msgspec.Struct, frozen=True):
    """One member of an archive: unpacked at `path`, or the code of what keeps it from being."""

    name: str
    path: Path | None
    fault: ContainerError | None = None


def members(path: Path, scratch: Path, budget: Budget) -> Iterator[Member]:
    """The files in an archive, each unpacked into `scratch`. Raises ContainerError for the whole."""
    try:
        archive = zipfile.ZipFile(path)
    except Exception as fault:  # noqa: BLE001 - see below
        raise ContainerError(Code.DAMAGED, detail=type(fault).__name__) from None
    with archive:
        for info in directory(archive, budget.bytes_left):
            if not info.is_dir() and not _LITTER.fullmatch(info.filename):
                yield _member(archive, info, scratch, budget)


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, scratch: Path, budget: Budget) -> Member:
    name = info.filename.replace("\\", "/").rpartition("/")[2]
    if info.flag_bits & 0x1:
        return Member(name, None, ContainerError(Code.ENCRYPTED))
    target = scratch / f"member-{budget.bytes_left}-{info.header_offset}"
    try:
        with archive.open(info) as source, target.open("wb") as unpacked:
            while chunk := source.read(_CHUNK_BYTES):
                budget.spend(len(chunk))
                unpacked.write(chunk)
    except ContainerError as fault:
        target.unlink(missing_ok=True)
        return Member(name, None, fault)
    except Exception as fault:  # noqa: BLE001 - whatever a damaged member makes zipfile raise
        return Member(name, None, ContainerError(Code.DAMAGED, detail=type(fault).__name__))
    return Member(name, target)
