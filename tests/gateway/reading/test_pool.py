"""Reading processes: warm, used once, held to their limits."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gateway.reading.limits import MEBIBYTE, Limits
from gateway.reading.pool import ReaderDiedError, ReaderPool
from gateway.reading.wire import Copy, End, Entries, Head, Job, Rows, Tail
from storage.entries import ClaimEntry
from storage.records import Kind
from tests.benchmarks.lists import write_csv


@pytest.fixture
def pool() -> Iterator[ReaderPool]:
    made = ReaderPool()
    yield made
    made.close()


def job(file: Path, **rest: object) -> Job:
    told = {"is_mail": False, "language": "de", "today": date(2026, 4, 20), "rows_max": 1_000_000}
    return Job(path=str(file), name=file.name, scratch=str(file.parent), **(told | rest))


def test_a_list_comes_as_head_entries_tail_and_end(pool: ReaderPool, tmp_path: Path):
    frames = [frame for frame in pool.read(job(write_csv(tmp_path / "op.csv", 6_000))) if frame]

    assert [type(frame) for frame in frames] == [Head, Entries, Entries, Entries, Tail, End]
    entries = [entry for frame in frames if isinstance(frame, Entries) for entry in frame.entries]
    assert len(entries) == 6_000
    assert all(isinstance(entry, ClaimEntry) for entry in entries)
    assert [entry.row for entry in entries] == list(range(2, 6_002))


@pytest.mark.parametrize(("wants_rows", "kinds"), [(False, [Entries, Tail, Copy]), (True, [Rows, Tail])])
def test_a_list_goes_back_marked_unless_its_rows_are_only_looked_at(
    pool: ReaderPool, tmp_path: Path, wants_rows: bool, kinds: list[type]
):
    file = write_csv(tmp_path / "op.csv", 10)
    file.write_bytes(file.read_bytes().replace(b"EUR", b"CHF", 1))

    frames = [frame for frame in pool.read(job(file, wants_rows=wants_rows)) if frame]

    assert [type(frame) for frame in frames] == [Head, *kinds, End]


def test_a_process_that_takes_too_long_is_ended_and_the_next_one_reads(tmp_path: Path):
    pool = ReaderPool(Limits(seconds_base=1, seconds_per_mebibyte=0))
    endless = write_csv(tmp_path / "long.csv", 150_000)
    short = write_csv(tmp_path / "short.csv", 10)

    with pytest.raises(ReaderDiedError) as death:
        list(pool.read(job(endless)))
    frames = list(pool.read(job(short)))
    pool.close()

    assert death.value.cause == "time"
    assert isinstance(frames[-1], End)


def test_a_process_without_memory_harms_nobody_else(tmp_path: Path):
    pool = ReaderPool(Limits(memory_bytes=40 * MEBIBYTE))
    file = write_csv(tmp_path / "op.csv", 20_000)

    try:
        kinds = [frame.head.kind for frame in pool.read(job(file)) if isinstance(frame, Head)]
    except ReaderDiedError as death:
        kinds, cause = [], death.cause
        assert cause in {"memory", "crash"}
    pool.close()

    assert Kind.CLAIMS not in kinds
    assert len(list(ReaderPool().read(job(file)))) > 3


def test_who_stops_listening_ends_the_process(pool: ReaderPool, tmp_path: Path):
    reading = pool.read(job(write_csv(tmp_path / "op.csv", 50_000)))
    assert isinstance(next(frame for frame in reading if frame is not None), Head)

    reading.close()  # type: ignore[attr-defined]

    assert len(list(pool.read(job(tmp_path / "op.csv")))) > 3
