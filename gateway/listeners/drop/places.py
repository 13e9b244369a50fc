"""Folders that others may write into, opened step by step, and files that appear in them in one moment.

Whoever fills a drop folder may put a link in the place of any folder or file below it, at any time.
So each folder is opened from the one above it without following links, and everything is then done
relative to what was opened: a path is never resolved twice.
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from gateway.listeners.drop import names
from storage.errors import RefusedError

PIECE_BYTES = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OLD_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_NO_FOLDER = {errno.ELOOP, errno.ENOTDIR}


@contextmanager
def opened(root: Path, parts: Sequence[str]) -> Iterator[int]:
    """A descriptor of the folder `parts` below `root` (which is trusted); what is missing is made.

    Raises RefusedError when one of the parts is a link or no folder, or OSError.
    """
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts:
            above, descriptor = descriptor, _step(descriptor, part)
            os.close(above)
        yield descriptor
    finally:
        os.close(descriptor)


def publish(root: Path, path: str, pieces: Iterable[bytes]) -> None:
    """Let a file appear at `path` below `root`, in full or not at all, even after a power cut.

    What had its name before and is not the same is kept under the time it was written. Raises
    RefusedError when the path leads out of `root` or through a link, or OSError.
    """
    *folders, name = _parts(path)
    with opened(root, folders) as folder:
        hidden = f".{secrets.token_hex(8)}.tmp"
        try:
            _write(folder, hidden, pieces)
            if not _is_same(folder, hidden, name):
                _keep_older(folder, name)
                os.rename(hidden, name, src_dir_fd=folder, dst_dir_fd=folder)
                os.fsync(folder)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(hidden, dir_fd=folder)


def move(root: Path, path: str, to: str) -> None:
    """Rename `path` to `to`, both below `root`. Raises RefusedError as `publish` does, or OSError."""
    *folders, name = _parts(path)
    *to_folders, to_name = _parts(to)
    with opened(root, folders) as source, opened(root, to_folders) as target:
        os.rename(name, to_name, src_dir_fd=source, dst_dir_fd=target)


def _parts(path: str) -> list[str]:
    parts = path.split("/")
    if any(part in {"", ".", ".."} or "\0" in part for part in parts):
        raise RefusedError(f"{path!r} lies outside the folder")
    return parts


def _step(above: int, part: str) -> int:
    """Open one folder below another. A link in its place is refused, wherever it leads."""
    try:
        try:
            return os.open(part, _FOLDER, dir_fd=above)
        except FileNotFoundError:
            with contextlib.suppress(FileExistsError):
                os.mkdir(part, dir_fd=above)
            return os.open(part, _FOLDER, dir_fd=above)
    except OSError as error:
        if error.errno in _NO_FOLDER:
            raise RefusedError(f"{part!r} is a link or no folder; put a folder in its place") from error
        raise


def _write(folder: int, hidden: str, pieces: Iterable[bytes]) -> None:
    with os.fdopen(os.open(hidden, _NEW_FILE, 0o666, dir_fd=folder), "wb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _is_same(folder: int, hidden: str, name: str) -> bool:
    """Whether `name` is an ordinary file with the bytes of `hidden`."""
    old, new = _status(folder, name), os.lstat(hidden, dir_fd=folder)
    if old is None or not stat.S_ISREG(old.st_mode) or old.st_size != new.st_size:
        return False
    try:
        descriptor = os.open(name, _OLD_FILE, dir_fd=folder)
    except OSError:
        return False  # gone, exchanged or not ours to read: then it is not the same
    with os.fdopen(descriptor, "rb") as here:
        if not stat.S_ISREG(os.fstat(here.fileno()).st_mode):
            return False
        with os.fdopen(os.open(hidden, _OLD_FILE, dir_fd=folder), "rb") as there:
            while piece := there.read(PIECE_BYTES):
                if here.read(len(piece)) != piece:
                    return False
            return not here.read(1)


def _keep_older(folder: int, name: str) -> None:
    """Move what has the name now, whatever it is, aside under its time."""
    status = _status(folder, name)
    if status is None:
        return
    before = f"{_written(status):%Y%m%dT%H%M%S.%fZ}-"
    kept = names.fitted(before, name, "")
    if _status(folder, kept) is not None:
        kept = names.fitted(f"{before}{secrets.token_hex(4)}-", name, "")
    with contextlib.suppress(FileNotFoundError):
        os.rename(name, kept, src_dir_fd=folder, dst_dir_fd=folder)


def _written(status: os.stat_result) -> datetime:
    try:
        return datetime.fromtimestamp(status.st_mtime, UTC)
    except (OverflowError, ValueError, OSError):  # whoever owns a file may give it any time
        return datetime.fromtimestamp(0, UTC)


def _status(folder: int, name: str) -> os.stat_result | None:
    try:
        return os.lstat(name, dir_fd=folder)
    except FileNotFoundError:
        return None
