"""What is due happens by itself while the gateway serves: a thread that ticks on start and then again.

Whatever goes wrong is told and tried again at the next round; a figure of the law that no data file holds
becomes one task for the operator. Letter 1 waits a while here, so that a list can still be taken back.
Several gateways may tick on one store: each step is taken once.
"""

import threading
from datetime import timedelta

import structlog

from gateway.clock import Clock
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.errors import GatewayError, StatutoryDataMissingError
from storage.intake.tasks import ask_of_the_house
from storage.lifecycle.autocollect import Rhythm
from storage.lifecycle.tick import tick

TICK_SECONDS = 300.0
STOP_SECONDS = 10.0  # after it a round that still runs is left: what it has not committed is not done

log = structlog.get_logger("ticker")


class Ticker:
    """One thread beside the event loop."""

    def __init__(
        self,
        database: Database,
        settings: BookSettings,
        rhythm: Rhythm,
        clock: Clock,
        *,
        wait: timedelta = timedelta(0),
        every_seconds: float = TICK_SECONDS,
    ) -> None:
        self._database = database
        self._settings = settings
        self._rhythm = rhythm
        self._clock = clock
        self._wait = wait
        self._every_seconds = every_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ticker", daemon=True)

    def start(self) -> None:
        """Begin with a first round at once."""
        self._thread.start()

    def stop(self) -> None:
        """No further round; the one under way may end."""
        self._stopping.set()
        self._thread.join(STOP_SECONDS)

    @property
    def is_alive(self) -> bool:
        """Whether it still ticks."""
        return self._thread.is_alive()

    def round(self) -> dict[str, int]:
        """One round: what was done, by kind of work."""
        return tick(
            self._database,
            self._settings,
            self._rhythm,
            self._clock(),
            wait=self._wait,
            on_missing=self._ask,
        )

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                done = self.round()
                if done:
                    log.info("ticked", **done)
            except GatewayError as error:
                log.warning("the round broke off", reason=str(error))
            except Exception:  # a thread that ends would leave all that is due undone, unseen
                log.exception("the ticker stumbled")
            self._stopping.wait(self._every_seconds)

    def _ask(self, missing: StatutoryDataMissingError) -> None:
        log.warning("a figure of the law is missing", reason=str(missing))
        with self._database.write() as connection:
            ask_of_the_house(connection, kind="statutory_data_missing", about=str(missing), now=self._clock())
