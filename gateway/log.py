"""Logs: one JSON object a line on stderr, with the submission that a line belongs to.

Events are constant sentences; what varies stands in fields of its own, and no field holds what a
creditor sent. Libraries that use the standard logging come out in the same form, from `warning` up,
because below that some of them tell what passes through them.
"""

import logging
import sys
from traceback import extract_tb
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo, Processor

from storage.errors import GatewayError

LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}

FRAMES_MAX = 20


def _told(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """An exception and what caused it; only errors of ours and the system's may speak.

    The message of any other could quote what a creditor sent: `invalid literal: 'Erika Muster'`.
    """
    chain: list[dict[str, Any]] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(chain) < FRAMES_MAX:
        message = str(error) if isinstance(error, GatewayError) else getattr(error, "strerror", None)
        frames = extract_tb(error.__traceback__)[-FRAMES_MAX:]
        lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        chain.append({"type": type(error).__qualname__, "message": message, "frames": lines})
        error = error.__cause__ or error.__context__
    return chain


_EXCEPTION = structlog.processors.ExceptionRenderer(_told)


def configure_logs(level: str = "info", stream: TextIO | None = None) -> None:
    """Send everything that is logged from `level` up to `stream` (stderr) as JSON lines."""
    shared = _shared()
    structlog.configure(
        processors=[*shared, _EXCEPTION, structlog.processors.JSONRenderer(ensure_ascii=False)],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(stream or sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_library_lines(shared))
    logging.root.handlers = [handler]
    logging.root.setLevel(max(LEVELS[level], logging.WARNING))
    logging.captureWarnings(capture=True)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    ]


def _library_lines(shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder([])],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _EXCEPTION,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
