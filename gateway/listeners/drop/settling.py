"""Decides when a file in a drop folder is complete. Pure: looks and times are passed in.

Complete is what was renamed into place, or what has not changed in size and time of change between
looks that lie the settle time apart, by our own clock: a network mount's clock may be hours off, and a
copy with kept times looks old from its first byte. An empty file is never taken at once.
"""

from pathlib import Path

import msgspec


class Look(msgspec.Struct, frozen=True):
    """What a file looked like: its identity, its size in bytes, its time of change in nanoseconds."""

    inode: int
    size_bytes: int
    changed_ns: int


class Settling:
    """Remembers what it has seen; times are seconds of a steady clock."""

    def __init__(self, settle_seconds: float) -> None:
        self._settle_seconds = settle_seconds
        self._since: dict[Path, tuple[Look, float]] = {}
        self._in_place: set[Path] = set()

    def renamed(self, file: Path) -> None:
        """The file was seen to get its name by a rename."""
        self._in_place.add(file)

    def is_complete(self, file: Path, look: Look, at: float) -> bool:
        """Whether the file may be taken now."""
        if file in self._in_place and look.size_bytes:
            return True
        seen, since = self._since.get(file, (None, at))
        if seen != look:
            self._since[file] = (look, at)
            since = at
        return at - since >= self._settle_seconds

    def forget(self, file: Path) -> None:
        """The file is taken or gone."""
        self._since.pop(file, None)
        self._in_place.discard(file)

    def keep_only(self, folder: Path, present: set[Path]) -> None:
        """Forget the files of a folder that are not there any more."""
        for file in [file for file in (*self._since, *self._in_place) if file.parent == folder]:
            if file not in present:
                self.forget(file)

    def next_at(self) -> float | None:
        """When the first of the files that wait will have settled, if none changes; None: none waits."""
        return min((since + self._settle_seconds for _, since in self._since.values()), default=None)
