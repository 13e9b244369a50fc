"""kill -9 at random moments between DATA and the sent answer."""

from pathlib import Path

from tests.chaos.killing import kill_again_and_again


def test_a_killed_gateway_finishes_every_submission_exactly_once(store_url: str, tmp_path: Path):
    kill_again_and_again(tmp_path, store_url, kills=3, seed=7)
