"""Frames fetched ahead: unpacked in a thread of their own while the store writes those before.

Writing lets go of the interpreter for most of its time, so that unpacking beside it costs nothing.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from typing import Self

from gateway.reading.wire import Entries, Frame

FRAMES_AHEAD = 2


class FramesAhead:
    """The frames of one reading process, a few of them ready before they are asked for.

    Iterate inside `with`: leaving ends the thread and with it the reading process. What the source
    raises is raised where it would have come.
    """

    def __init__(self, source: Callable[[], Iterator[Frame | None]]) -> None:
        self._source = source
        self._ready: deque[Frame | None] = deque()
        self._changed = threading.Condition()
        self._failure: BaseException | None = None
        self._has_ended = self._is_left = False
        self._thread = threading.Thread(target=self._fetch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._is_left = True
            self._changed.notify_all()
        self._thread.join()

    def __iter__(self) -> Iterator[Frame | None]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ready or self._has_ended)
                if not self._ready:
                    break
                frame = self._ready.popleft()
                self._changed.notify_all()
            yield frame
        if self._failure is not None:
            raise self._failure

    @property
    def has_rows_ready(self) -> bool:
        """Whether the next frame is here and holds rows."""
        with self._changed:
            return bool(self._ready) and isinstance(self._ready[0], Entries)

    def _fetch(self) -> None:
        try:
            for frame in self._source():
                if not self._put(frame):
                    return
        except BaseException as failure:  # noqa: BLE001  raised again where the frames are taken
            self._failure = failure
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()

    def _put(self, frame: Frame | None) -> bool:
        """Hand a frame on as soon as there is room; False when nobody wants any more."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_left or len(self._ready) < FRAMES_AHEAD)
            self._ready.append(frame)
            self._changed.notify_all()
            return not self._is_left
