"""Files for what does not fit into memory while it arrives or is read; gone with the work, or the next start.

They hold personal data, so what a killed process has left behind is removed by the next one. A name
tells which process it belongs to; the token tells a process from an earlier one of the same number.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_PREFIX = "inkasso-arriving-"
_TOKEN = secrets.token_hex(4)


def new_file(folder: Path | None) -> IO[bytes]:
    """An empty file for its owner's eyes only, in `folder` or the system's own; whoever asks removes it."""
    prefix = f"{_PREFIX}{os.getpid()}-{_TOKEN}-"
    return tempfile.NamedTemporaryFile(prefix=prefix, dir=folder, delete=False)


@contextlib.contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder for its owner's eyes only, removed on leaving with all that is in it."""
    prefix = f"{_PREFIX}{os.getpid()}-{_TOKEN}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def clear_left_files(folder: Path | None) -> None:
    """Remove the files of processes that are no more."""
    for left in Path(folder or tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        pid, token, *_ = (*left.name.removeprefix(_PREFIX).split("-"), "", "")
        if token != _TOKEN and not _is_another_process(pid):
            with contextlib.suppress(OSError):
                shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()


def _is_another_process(pid: str) -> bool:
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
