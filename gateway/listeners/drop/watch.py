"""Events of the file system, handed from watchdog's thread to the event loop.

An event only makes a look come sooner: the sweep finds everything without them, as it must on
network mounts. What only an event can tell is that a file got its name by a rename.
"""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver, ObservedWatch

JOIN_SECONDS = 5.0
_WANTED: list[type[FileSystemEvent]] = [FileCreatedEvent, FileClosedEvent, FileMovedEvent]

log = structlog.get_logger()


class FolderWatch:
    """Watches folders; calls `noticed(file, is_renamed)` in the loop."""

    def __init__(self, noticed: Callable[[Path, bool], None]) -> None:
        self._handler = _Handler(asyncio.get_running_loop(), noticed)
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}
        self._observer = _observer()

    def start(self) -> None:
        """Begin; where the system gives no events, the sweep alone must do."""
        if self._observer is not None:
            self._observer.start()

    def stop(self) -> None:
        """End; blocks for a moment."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(JOIN_SECONDS)

    def watch(self, folder: Path) -> None:
        """Watch a folder, and again when another one has taken its place."""
        if self._observer is None:
            return
        try:
            inode = folder.stat().st_ino
            known = self._watched.get(folder)
            if known is not None and known[0] == inode:
                return
            if known is not None:
                self._observer.unschedule(known[1])
            watch = self._observer.schedule(self._handler, str(folder), event_filter=_WANTED)
            self._watched[folder] = (inode, watch)
        except (OSError, KeyError) as error:
            self._watched.pop(folder, None)
            log.warning("folder_not_watched", folder=str(folder), reason=str(error))


class _Handler(FileSystemEventHandler):
    def __init__(self, loop: asyncio.AbstractEventLoop, noticed: Callable[[Path, bool], None]) -> None:
        self._loop = loop
        self._noticed = noticed

    def on_any_event(self, event: FileSystemEvent) -> None:
        is_renamed = isinstance(event, FileMovedEvent)
        path = os.fsdecode(event.dest_path if is_renamed else event.src_path)
        if path and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._noticed, Path(path), is_renamed)


def _observer() -> BaseObserver | None:
    """Of Linux the one that also tells of files that were renamed into a folder from elsewhere."""
    try:
        from watchdog.observers.inotify import InotifyObserver  # noqa: PLC0415  not on other systems
    except ImportError:
        from watchdog.observers import Observer  # noqa: PLC0415

        observer: Any = Observer()
        return observer  # type: ignore[no-any-return]
    try:
        return InotifyObserver(generate_full_events=True)
    except OSError as error:
        log.warning("no_file_events", reason=str(error))
        return None
