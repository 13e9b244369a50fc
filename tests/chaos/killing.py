"""Kills a gateway with SIGKILL while it imports, again and again, and counts what came of it."""

import random
import time
from pathlib import Path

from tests.benchmarks.lists import write_csv
from tests.peers.gateway import RunningGateway, running

ROWS = 60_000


def kill_again_and_again(folder: Path, store_url: str | None, kills: int, seed: int) -> None:
    """`kills` times: mail a list of 60,000 rows, kill at a random moment until it is through, audit."""
    dice = random.Random(seed)
    with running(folder, store_url) as gateway:
        killed = number = 0
        while killed < kills:
            number += 1
            killed += _one_list(gateway, folder, number, dice, kills - killed)
        assert gateway.stop() == 0
        verdict = gateway.run("verify")
        assert verdict == {"ok": True, "findings": [], "pending": 0}


def _one_list(gateway: RunningGateway, folder: Path, number: int, dice: random.Random, left: int) -> int:
    """One list and its kills; says how many there were."""
    small = write_csv(folder / f"klein-{number}.csv", 40, seed=1_000 + number)
    file = write_csv(folder / f"op-{number}.csv", ROWS, seed=number)
    _rename_invoices(file, number)
    _rename_invoices(small, 5_000 + number)
    ids = [gateway.mail(file)["message_id"], gateway.mail(small)["message_id"]]
    killed = 0
    while killed < min(left, 5):
        time.sleep(dice.uniform(0.0, 2.5))
        gateway.kill()
        killed += 1
        gateway.start()
        if len(gateway.answers()) >= 2 * number:
            break
    answers = [gateway.answer_to(message_id, seconds=120) for message_id in ids]
    assert len(gateway.answers()) == 2 * number, "one answer each"
    for answer, rows in zip(answers, (ROWS, 40), strict=True):
        label = next(word.strip("[]") for word in answer["Subject"].split() if "S-" in word)
        shown = gateway.run("submission", "show", label)
        assert (shown["rows_total"], shown["new"], shown["state"]) == (rows, rows, "done"), shown
    return killed


def _rename_invoices(file: Path, number: int) -> None:
    """Every list has invoices of its own, so that all its rows are new."""
    content = file.read_bytes()
    file.write_bytes(content.replace(b";RE-", f";RE-{number}-".encode()))
