"""A lock that is handed on in the order of asking.

SQLite has one writer. With a plain lock the importer, which asks again at once, would starve the
door; here an arriving mail waits for one chunk at most.
"""

from collections import deque
from threading import Event, Lock


class FairLock:
    """First come, first served."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._held = False
        self._waiting: deque[Event] = deque()

    def __enter__(self) -> None:
        turn = self._ask()
        if turn is None:
            return
        try:
            turn.wait()
        except BaseException:
            self._leave(turn)
            raise

    def __exit__(self, *_: object) -> None:
        self._hand_on()

    @property
    def is_wanted(self) -> bool:
        """Whether somebody waits for a turn."""
        return bool(self._waiting)

    def _ask(self) -> Event | None:
        with self._guard:
            if not self._held:
                self._held = True
                return None
            turn = Event()
            self._waiting.append(turn)
            return turn

    def _leave(self, turn: Event) -> None:
        """Give up waiting (Ctrl-C); a turn that has come in the meantime goes to the next."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self._hand_on()

    def _hand_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._held = False
