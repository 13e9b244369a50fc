"""What is done to files in a drop folder: look, claim, copy, put away. Blocking; run in threads.

Whoever fills the folder may change it at any time, also by links. So nothing here follows a symbolic
link, and a file is copied while it is hashed: what is committed is what was hashed, even if someone
still writes into the file. The folders of an account lie in one file system, as all moves are renames.
"""

import contextlib
import errno
import hashlib
import os
import secrets
import stat
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from gateway.listeners import spool
from gateway.listeners.drop import names, places
from gateway.listeners.drop.settling import Look

FILE_BYTES_MAX = 1 << 30
MEMORY_BYTES_MAX = 4 << 20
PIECE_BYTES = 1 << 20
PARTS = ("in", "done", "failed", "out")


class NotTakenError(Exception):
    """A file that will not be taken, however often it is tried; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Claim(msgspec.Struct, frozen=True):
    """A file that was moved out of reach into `in/.taking-<id>/`, under its own name."""

    id: str
    folder: Path  # of the account
    name: str

    @property
    def hidden(self) -> Path:
        """The folder that holds the file."""
        return self.folder / "in" / f"{names.CLAIM_PREFIX}{self.id}"

    @property
    def file(self) -> Path:
        """Where the file is now."""
        return self.hidden / self.name


class Survey(msgspec.Struct, frozen=True):
    """The files that may be taken, and the claims that are there."""

    files: dict[Path, Look]
    claims: list[Claim]


class Copy(msgspec.Struct, frozen=True):
    """The bytes of a file at one time; `look`: the file just before they were read."""

    content: bytes | Path
    sha256: bytes
    size_bytes: int
    look: Look

    def close(self) -> None:
        """Remove the copy."""
        if isinstance(self.content, Path):
            self.content.unlink(missing_ok=True)


def make_folders(folder: Path) -> None:
    """Make an account's folders. Raises OSError when something else has one of their names."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    for place in (folder, *(folder / part for part in PARTS)):
        place.mkdir(exist_ok=True)
        if not stat.S_ISDIR(place.lstat().st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "is a link, not a folder", str(place))


def survey(folder: Path) -> Survey:
    """What is in an account's `in/`. Raises OSError."""
    files: dict[Path, Look] = {}
    claims: list[Claim] = []
    with os.scandir(folder / "in") as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                if entry.name.startswith(names.CLAIM_PREFIX) and entry.is_dir(follow_symlinks=False):
                    claims += _left_claim(folder, entry.name)
                elif names.is_finished_name(entry.name) and entry.is_file(follow_symlinks=False):
                    files[folder / "in" / entry.name] = _look(entry.stat(follow_symlinks=False))
    return Survey(files, claims)


def _left_claim(folder: Path, hidden: str) -> list[Claim]:
    for file in (folder / "in" / hidden).iterdir():
        return [Claim(hidden.removeprefix(names.CLAIM_PREFIX), folder, file.name)]
    _clear(folder / "in" / hidden)
    return []


def _clear(hidden: Path) -> None:
    with contextlib.suppress(OSError):  # a look may have been quicker
        hidden.rmdir()


def claim(folder: Path, file: Path) -> Claim | None:
    """Move a file out of reach; None when it has gone meanwhile."""
    claimed = Claim(secrets.token_hex(12), folder, file.name)
    claimed.hidden.mkdir()
    try:
        file.rename(claimed.file)
    except FileNotFoundError:
        _clear(claimed.hidden)
        return None
    return claimed


def copy(file: Path, spool_folder: Path | None) -> Copy:
    """Read a file, a small one into memory, a larger one into a file of ours.

    Raises NotTakenError, or OSError when trying again may help.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except PermissionError as error:
        raise NotTakenError("no_permission") from error
    except OSError as error:
        if error.errno in {errno.ELOOP, errno.ENXIO}:
            raise NotTakenError("not_a_file") from error
        raise
    with os.fdopen(descriptor, "rb") as source:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotTakenError("not_a_file")
        if status.st_size > FILE_BYTES_MAX:
            raise NotTakenError("too_large")
        if status.st_size <= MEMORY_BYTES_MAX:
            content = source.read(MEMORY_BYTES_MAX)
            return Copy(content, hashlib.sha256(content).digest(), len(content), _look(status))
        return _copy_to_file(source, spool_folder, _look(status))


def _copy_to_file(source: BinaryIO, spool_folder: Path | None, look: Look) -> Copy:
    with spool.new_file(spool_folder) as target:
        kept = Path(target.name)
        try:
            sha256, size_bytes = _pour(source, target)
        except BaseException:
            kept.unlink()
            raise
    return Copy(kept, sha256, size_bytes, look)


def _pour(source: BinaryIO, target: IO[bytes]) -> tuple[bytes, int]:
    digest, size_bytes = hashlib.sha256(), 0
    while piece := source.read(PIECE_BYTES):
        size_bytes += len(piece)
        if size_bytes > FILE_BYTES_MAX:
            raise NotTakenError("too_large")
        digest.update(piece)
        target.write(piece)
    return digest.digest(), size_bytes


def has_changed(claimed: Claim, size_bytes: int, copied: Copy | None) -> bool:
    """Whether someone wrote into the file after it was copied; after a crash only the size can tell."""
    now = _look(claimed.file.lstat())
    return now.size_bytes != size_bytes or (copied is not None and now.changed_ns != copied.look.changed_ns)


def put_back(claimed: Claim) -> None:
    """Give the file its place in `in/` again, beside a newer one of its name if there is one."""
    place = claimed.folder / "in" / claimed.name
    if os.path.lexists(place):
        place = place.with_name(names.fitted("", claimed.name, f"~{claimed.id[:8]}{place.suffix}"))
    claimed.file.rename(place)
    _clear(claimed.hidden)


def put_away(claimed: Claim, part: str, label: str, at: datetime) -> None:
    """Move the file into `done/` or `failed/` under a name that no other file has."""
    kept = names.archived(claimed.name, label, at)
    _move(claimed.folder, f"in/{claimed.hidden.name}/{claimed.name}", f"{part}/{kept}")
    _clear(claimed.hidden)


def find_away(folder: Path, label: str) -> Path | None:
    """The file of a submission in `done/`."""
    with os.scandir(folder / "done") as entries:
        return next(
            (folder / "done" / entry.name for entry in entries if names.is_archived_as(entry.name, label)),
            None,
        )


def move_to_failed(folder: Path, label: str) -> bool:
    """Move the file of a submission from `done/` to `failed/`; False: it is not in `done/`."""
    found = find_away(folder, label)
    if found is None:
        return False
    _move(folder, f"done/{found.name}", f"failed/{found.name}")
    return True


def publish(folder: Path, name: str, content: bytes) -> None:
    """Let a file appear in `out/` in one moment; an older one of its name is kept under its time."""
    places.publish(folder.parent, f"{folder.name}/out/{name}", (content,))


def _move(folder: Path, path: str, to: str) -> None:
    places.move(folder.parent, f"{folder.name}/{path}", f"{folder.name}/{to}")


def _look(status: os.stat_result) -> Look:
    return Look(status.st_ino, status.st_size, status.st_mtime_ns)
