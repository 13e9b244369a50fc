"""Files that appear in folders which others may write into: never through a link, nothing overwritten."""

import os
from pathlib import Path

import pytest

from gateway.listeners.drop.places import move, publish
from storage.errors import RefusedError


@pytest.fixture
def out(tmp_path: Path) -> Path:
    made = tmp_path / "drop" / "laden" / "out"
    made.mkdir(parents=True)
    return made


def put(out: Path, content: bytes, name: str = "a.json") -> None:
    publish(out.parents[1], f"laden/out/{name}", (content,))


def test_the_same_again_changes_nothing(out: Path):
    put(out, b"1")
    before = (out / "a.json").stat()
    put(out, b"1")
    assert [file.name for file in out.iterdir()] == ["a.json"]
    assert (out / "a.json").stat().st_ino == before.st_ino


def test_older_files_are_kept_even_when_their_times_are_equal_or_absurd(out: Path):
    for content, at in ((b"1", 5), (b"2", 5), (b"3", 1 << 40), (b"4", None)):
        put(out, content)
        if at is not None:
            os.utime(out / "a.json", (at, at))
    assert (out / "a.json").read_bytes() == b"4"
    assert sorted(file.read_bytes() for file in out.iterdir()) == [b"1", b"2", b"3", b"4"]


@pytest.mark.parametrize("kind", ["link", "fifo", "folder", "dangling"])
def test_what_is_no_file_is_moved_aside_unread(out: Path, kind: str):
    secret = out.parent / "secret"
    secret.write_bytes(b"1")
    place = out / "a.json"
    {
        "link": lambda: place.symlink_to(secret),
        "fifo": lambda: os.mkfifo(place),
        "folder": place.mkdir,
        "dangling": lambda: place.symlink_to(out / "nowhere"),
    }[kind]()
    put(out, b"1")
    assert place.is_file()
    assert not place.is_symlink()
    assert secret.read_bytes() == b"1"
    assert len(list(out.iterdir())) == 2


@pytest.mark.parametrize("path", ["../weg", "laden/../../weg", "/weg", "laden//weg", "laden/./weg", "a\0b"])
def test_a_path_out_of_the_folder_is_refused(out: Path, path: str):
    with pytest.raises(RefusedError):
        publish(out.parents[1], path, (b"x",))


def test_nothing_is_left_of_a_file_that_was_not_finished(out: Path):
    def breaking():
        yield b"x"
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        publish(out.parents[1], "laden/out/a.json", breaking())
    assert list(out.iterdir()) == []


def test_nothing_is_moved_through_a_link(out: Path, tmp_path: Path):
    put(out, b"1")
    (tmp_path / "elsewhere").mkdir()
    (out.parent / "failed").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(RefusedError):
        move(out.parents[1], "laden/out/a.json", "laden/failed/a.json")
    assert (out / "a.json").exists()
