"""A real gateway process, on either store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.peers.gateway import RunningGateway, running


@pytest.fixture
def gateway(store_url: str, tmp_path: Path) -> Iterator[RunningGateway]:
    with running(tmp_path, store_url) as started:
        yield started
