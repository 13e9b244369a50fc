"""P1, P2: durable acceptance of mail, beside a Postfix that accepts and discards."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.figures import Figure, in_turns, median
from tests.peers.gateway import RunningGateway, free_ports, running
from tests.peers.postfix import postfix_that_discards

GOALS = ("P1", "P2")
SESSIONS = 20
SENDER = "a@gw.example"
LOAD = shutil.which("smtp-source", path="/usr/sbin:/usr/bin:/usr/local/sbin")


def measure(folder: Path, *, full: bool) -> list[Figure]:
    """Messages a second under `smtp-source`; ours with a store that is verified afterwards."""
    small, large = (3_000, 1_000) if full else (1_500, 500)
    rounds = 5 if full else 3
    if LOAD is None:
        return [_figure("P1", 4, None, {}), _figure("P2", 200, None, {})]
    with running(folder) as gateway, _peer(folder) as peer_port:
        gateway.add_creditor(SENDER, "Lastprobe GmbH")
        figures = [
            _duel(gateway, peer_port, "P1", 4, small, rounds),
            _duel(gateway, peer_port, "P2", 200, large, rounds),
        ]
        gateway.wait_until(lambda: not gateway.run("verify")["pending"], 120, "the inbox is worked off")
        assert gateway.stop() == 0
        verdict = gateway.run("verify")
        assert verdict["ok"], verdict
    return figures


def _duel(  # noqa: PLR0917
    gateway: RunningGateway, peer_port: int | None, goal: str, kibibytes: int, count: int, rounds: int
) -> Figure:
    contestants = {"ours": lambda: _load(gateway.smtp_port, kibibytes, count)}
    if peer_port is not None:
        contestants["peer"] = lambda: _load(peer_port, kibibytes, count)
    for run in contestants.values():
        run()  # one round to warm up, not counted
    return _figure(goal, kibibytes, peer_port, in_turns(rounds, **contestants))


def _figure(goal: str, kibibytes: int, peer_port: int | None, runs: dict[str, list[float]]) -> Figure:
    return Figure(
        goal=goal, what=f"durable SMTP accept, {kibibytes} KiB, {SESSIONS} sessions", unit="messages/s",
        must=1.5 if goal == "P1" else 1.0, larger_is_better=True,
        ours=median(runs["ours"]) if runs else None, peer=median(runs["peer"]) if peer_port else None,
        note="peer: Postfix, accept and discard" if peer_port else "Postfix is not installed", runs=runs,
    )  # fmt: skip


def _load(port: int, kibibytes: int, count: int) -> float:
    started = time.perf_counter()
    assert LOAD is not None
    subprocess.run(
        [LOAD, "-s", str(SESSIONS), "-l", str(kibibytes * 1024), "-m", str(count), "-f", SENDER,
         "-t", "claims@inkasso.example", f"127.0.0.1:{port}"],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return count / (time.perf_counter() - started)


@contextmanager
def _peer(folder: Path) -> Iterator[int | None]:
    if shutil.which("postfix", path="/usr/sbin:/usr/bin") is None:
        yield None
        return
    (port,) = free_ports(1)
    with postfix_that_discards(folder / "postfix", port):
        yield port
