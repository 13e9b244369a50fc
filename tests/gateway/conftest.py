"""A real gateway process, on either store; and single commands, run in this process."""

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import structlog

from gateway.command_line import main
from tests.peers.gateway import RunningGateway, running


@pytest.fixture
def gateway(store_url: str, tmp_path: Path) -> Iterator[RunningGateway]:
    with running(tmp_path, store_url) as started:
        yield started


@pytest.fixture(autouse=True)
def logs_of_its_own() -> Iterator[None]:
    """Each test logs to where stderr is in it, whatever ran in this process before."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def document(self):
        """The one JSON document that a command prints."""
        assert self.code == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def inkasso(tmp_path, monkeypatch, capfd):
    """Runs one command in an empty folder, in this process; leaves the process as it was."""
    monkeypatch.chdir(tmp_path)
    handlers, level, mask = logging.root.handlers, logging.root.level, os.umask(0o022)

    def run(*arguments):
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(arguments)
        return Done(left.value.code or 0, *capfd.readouterr())

    yield run
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    os.umask(mask)
