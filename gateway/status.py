"""How a running gateway is: what /readyz and /metrics say."""

from collections import Counter
from collections.abc import Callable, Sequence

from gateway.clock import Clock
from gateway.listeners.door import Door
from gateway.metrics import Metrics
from storage.counters import reserve
from storage.engine.database import Database
from storage.errors import GatewayError
from storage.intake.inbox import Arrival, Work, waiting_count
from storage.intake.outbox import undelivered_count
from storage.intake.plan import Decision
from storage.intake.submissions import SubmissionSummary


class GatewayStatus:
    """Asked by the pages; looks into the store itself."""

    def __init__(self, database: Database, metrics: Metrics, clock: Clock) -> None:
        self._database = database
        self._metrics = metrics
        self._clock = clock
        self._door: Door | None = None
        self._refused: Counter[str] = Counter()
        self.is_draining = False
        self.is_working: Callable[[], bool] = _nothing_to_watch

    def ready(self) -> tuple[bool, str]:
        """Whether it can accept, and if not why."""
        if self.is_draining:
            return False, "the gateway is closing"
        if not self.is_working():
            return False, "a worker has ended; see the log, then restart"
        if self._database.failure is not None:
            return False, self._database.failure
        try:
            with self._database.write() as connection:
                reserve(connection, "readiness", 1)  # only a commit proves that one can be made
        except GatewayError as error:
            return False, str(error)
        return True, "ready"

    def committed(self, arrivals: Sequence[Arrival]) -> None:
        """Submissions were stored."""
        for arrival in arrivals:
            self._metrics.accepted(arrival.channel)

    def told(self, work: Work, summary: SubmissionSummary | None) -> None:
        """A submission has got its answer."""
        self._metrics.answered("worded", (self._clock() - work.received_at).total_seconds())
        if summary is not None:
            for decision in Decision:
                self._metrics.rows(decision.value, getattr(summary, decision.value))

    def handed_over(self, result: str) -> None:
        """An answer was sent, put off or given up."""
        self._metrics.answered(result)

    def watch(self, door: Door) -> None:
        """Count what the door refuses."""
        self._door = door

    def render_metrics(self) -> bytes:
        """All figures in Prometheus' text form."""
        with self._database.read() as connection:
            depths = waiting_count(connection)
            answers = undelivered_count(connection)
        for state, count in depths.items():
            self._metrics.queue_depth(state, count)
        for state, count in answers.items():
            self._metrics.queue_depth(f"answer_{state}", count)
        if self._door is not None:
            for reason in ("refused", "passing"):
                count = self._door.counts[reason]
                self._metrics.refused(reason, count - self._refused[reason])
                self._refused[reason] = count
        return self._metrics.render()


def _nothing_to_watch() -> bool:
    """Nothing has been started that could have ended."""
    return True
