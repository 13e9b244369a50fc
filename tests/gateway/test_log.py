import io
import json
import logging
import warnings

import pytest
import structlog

from gateway.log import configure_logs
from storage.errors import StoreBusyError


@pytest.fixture
def lines():
    """What has been logged so far, as objects; the process is left as it was."""
    handlers, level = logging.root.handlers, logging.root.level
    stream = io.StringIO()
    configure_logs("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    logging.captureWarnings(capture=False)
    logging.root.handlers = handlers
    logging.root.setLevel(level)


def test_a_line_is_one_object_with_its_submission(lines):
    with structlog.contextvars.bound_contextvars(submission="S-000042"):
        structlog.get_logger("road").info("answer handed over", kind="mail")

    (line,) = lines()
    assert line.pop("time").endswith("Z")
    assert line == {"event": "answer handed over", "kind": "mail", "level": "info", "submission": "S-000042"}


def test_a_line_break_in_a_value_stays_within_its_line(lines):
    structlog.get_logger("road").info("refused", reason='a\n{"event": "forged"}')

    assert [line["event"] for line in lines()] == ["refused"]


def test_libraries_come_out_in_the_same_form_from_warnings_up(lines):
    with structlog.contextvars.bound_contextvars(submission="S-000042"):
        logging.getLogger("some.library").info("EHLO of a sender")
        logging.getLogger("some.library").warning("lost the connection of %s", "a peer")

    assert [(line["event"], line["submission"], line["logger"]) for line in lines()] == [
        ("lost the connection of a peer", "S-000042", "some.library")
    ]


def test_warnings_of_libraries_are_lines_too(lines):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("something is old", stacklevel=1)

    assert "something is old" in lines()[0]["event"]


def test_an_exception_tells_where_but_not_what_a_creditor_sent(lines):
    try:
        int("Erika Muster")
    except ValueError:
        structlog.get_logger("road").exception("the road broke off")
        logging.getLogger("library").exception("broke")

    for line in lines():
        (told,) = line["exception"]
        assert (told["type"], told["message"]) == ("ValueError", None)
        assert "test_log.py" in told["frames"][-1]
        assert "Erika" not in json.dumps(line)


def test_our_own_errors_say_what_they_say(lines):
    try:
        raise StoreBusyError("the store is locked")  # noqa: TRY301
    except StoreBusyError:
        structlog.get_logger("worker").exception("not written")

    assert lines()[0]["exception"][0]["message"] == "the store is locked"
