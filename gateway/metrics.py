"""Figures for Prometheus, in a registry of their own: two gateways in one process do not meet."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"
ANSWER_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800)


class Metrics:
    """What a gateway counts; safe to use from several threads. Labels are ours, never a sender's text."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry(auto_describe=True)
        self._accepted = Counter(
            "inkasso_submissions_accepted",
            "Submissions stored and acknowledged.",
            ["channel"],
            registry=self._registry,
        )
        self._refused = Counter(
            "inkasso_submissions_refused",
            "Submissions refused at the door.",
            ["reason"],
            registry=self._registry,
        )
        self._rows = Counter("inkasso_rows", "Rows decided on.", ["decision"], registry=self._registry)
        self._answers = Counter(
            "inkasso_answers", "Answers handed over or not.", ["result"], registry=self._registry
        )
        self._queue = Gauge(
            "inkasso_queue_depth",
            "Submissions in the inbox.",
            ["state"],
            registry=self._registry,
        )
        self._answer_seconds = Histogram(
            "inkasso_answer_seconds",
            "From a submission's acceptance to its answer handed over.",
            buckets=ANSWER_SECONDS,
            registry=self._registry,
        )

    def accepted(self, channel: str, count: int = 1) -> None:
        """Submissions came in by `channel`: smtp, lmtp, folder or submit."""
        self._accepted.labels(channel).inc(count)

    def refused(self, reason: str, count: int = 1) -> None:
        """Something was refused at the door for good (`refused`) or for the moment (`passing`)."""
        self._refused.labels(reason).inc(count)

    def rows(self, decision: str, count: int) -> None:
        """`count` rows were decided on: new, unchanged, changed, rejected or skipped."""
        self._rows.labels(decision).inc(count)

    def answered(self, result: str, seconds: float | None = None) -> None:
        """An answer was sent, put off or given up; `seconds` since its submission was accepted."""
        self._answers.labels(result).inc()
        if seconds is not None:
            self._answer_seconds.observe(seconds)

    def queue_depth(self, state: str, count: int) -> None:
        """How many submissions are in `state` of the inbox now."""
        self._queue.labels(state).set(count)

    def render(self) -> bytes:
        """All figures in the text form that Prometheus reads."""
        return generate_latest(self._registry)
