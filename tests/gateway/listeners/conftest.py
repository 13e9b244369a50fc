"""What the tests of the listeners share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.listeners.smtp import MailServer
from tests.gateway.listeners.stand import Stand, open_stand, serving


@pytest.fixture
def stand(sqlite_template: Path, tmp_path: Path) -> Iterator[Stand]:
    with open_stand(sqlite_template, tmp_path) as opened:
        yield opened


@pytest.fixture
def server(stand: Stand) -> Iterator[MailServer]:
    with serving(stand.door) as (running, _):
        yield running
