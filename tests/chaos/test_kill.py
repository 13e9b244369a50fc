"""`make chaos`: fifty kills on each engine. A few of them are in `make test` (tests/gateway)."""

from pathlib import Path

import pytest

from tests.chaos.killing import kill_again_and_again


@pytest.mark.chaos
def test_fifty_kills_lose_nothing_and_double_nothing(store_url: str, tmp_path: Path):
    kill_again_and_again(tmp_path, store_url, kills=50, seed=20_260_420)
