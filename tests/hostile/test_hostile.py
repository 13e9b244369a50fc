"""Files made to harm their reader, each in a process of its own: a reasoned answer, and the gateway lives."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.reading.pool import ReaderPool
from tests.conftest import CORPUS
from tests.hostile.attacks import ATTACKS, LIST, zipped
from tests.hostile.outcomes import faults_of, outcome_of, read_in_a_process
from tests.parsers.books import Sheet, write_book

# What is taken although its maker meant harm: the harm is not opened, or there is none in it.
HARMLESS = {
    "html_for_a_workbook",
    "entity_bomb_in_the_xml_of_excel",
    "spans_without_end",
    "endless_inner_names",
    "zip_before_a_pdf",
    "workbook_with_more_behind_it",
    "list_that_begins_like_a_pdf",
    "workbook_named_csv",
}
HOSTILE = sorted(path for path in (CORPUS / "hostile").rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    made = ReaderPool()
    yield made
    made.close()


def outcome(pool: ReaderPool, path: Path, scratch: Path) -> str:
    documents = read_in_a_process(pool, path, scratch)
    assert not faults_of(documents)
    return outcome_of(documents)


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_answered_and_the_next_file_is_read(pool: ReaderPool, tmp_path: Path, name: str):
    ending, attack = ATTACKS[name]
    path = tmp_path / f"attack.{ending}"
    attack(path, 1)
    said = outcome(pool, path, tmp_path)
    assert "claims" not in said or name in HARMLESS, said
    good = tmp_path / "good.csv"
    good.write_bytes(LIST)
    assert outcome(pool, good, tmp_path) == "claims (some rows taken)"


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_a_known_attack_is_answered(pool: ReaderPool, tmp_path: Path, path: Path):
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    assert "taken" not in outcome(pool, copy, tmp_path).replace("no row taken", "")


def whole(kind: str, folder: Path) -> bytes:
    if kind in ("csv", "zip"):
        content = LIST + b"".join(b"M GmbH;RE-%d;01.03.2025;1,00\r\n" % number for number in range(2, 80))
        return content if kind == "csv" else zipped({"list.csv": content, "more.csv": content})
    rows = [["Name", "Rechnungsnummer", "Betrag"], *(["M GmbH", f"RE-{n}", 1.5] for n in range(20))]
    return write_book(kind, folder / "whole", Sheet(rows=rows)).read_bytes()


@pytest.mark.parametrize("kind", ["csv", "zip", "xlsx", "xls", "xlsb", "ods"])
def test_a_file_cut_off_anywhere_is_answered(pool: ReaderPool, tmp_path: Path, kind: str):
    content = whole(kind, tmp_path)
    path = tmp_path / "cut"
    for size in range(0, len(content), 100):
        path.write_bytes(content[:size])
        documents = read_in_a_process(pool, path, tmp_path)
        assert not faults_of(documents)
        taken = [len(one["accepted"]) for one in documents if one["kind"] == "claims"]
        assert kind == "csv" or all(count == 20 for count in taken), (size, taken)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "xls", "ods", "pdf", "exe", ""])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "xls", "xlsb", "ods"])
def test_a_wrong_ending_changes_nothing(pool: ReaderPool, tmp_path: Path, kind: str, ending: str):
    path = tmp_path / f"list.{ending}"
    path.write_bytes(whole(kind, tmp_path))
    assert outcome(pool, path, tmp_path) == "claims (some rows taken)"
