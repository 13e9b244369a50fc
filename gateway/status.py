"""How a running gateway is: what /readyz and /metrics say."""

from gateway.clock import Clock
from gateway.metrics import Metrics
from storage.engine.database import Database
from storage.errors import GatewayError
from storage.intake.inbox import waiting_count
from storage.intake.outbox import undelivered_count


class GatewayStatus:
    """Asked by the pages; looks into the store itself."""

    def __init__(self, database: Database, metrics: Metrics, clock: Clock) -> None:
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self.is_draining = False

    def ready(self) -> tuple[bool, str]:
        """Whether it can accept, and if not why."""
        if self.is_draining:
            return False, "the gateway is closing"
        if self._database.failure is not None:
            return False, self._database.failure
        try:
            with self._database.read() as connection:
                waiting_count(connection)
        except GatewayError as error:
            return False, str(error)
        return True, "ready"

    def render_metrics(self) -> bytes:
        """All figures in Prometheus' text form."""
        with self._database.read() as connection:
            depths = waiting_count(connection)
            answers = undelivered_count(connection)
        for state, count in depths.items():
            self._metrics.queue_depth(state, count)
        for state, count in answers.items():
            self._metrics.queue_depth(f"answer_{state}", count)
        return self._metrics.render()
