"""Real files of other people: none of them is a list of claims, so no row of any is taken."""

import json
from pathlib import Path

import pytest

from tests.conftest import CORPUS
from tests.parsers.condensed import outcome
from tests.parsers.sources import read
from tests.parsers.test_reading import _own_mistakes

SHEETS = sorted(path for path in (CORPUS / "sheets").rglob("*") if path.is_file())
# A reader of workbooks may end its whole process on these; they are read in one of their own.
HOSTILE = sorted(path for path in (CORPUS / "hostile").rglob("*") if path.is_file())
MAILS = sorted(
    path for path in (CORPUS / "mail").rglob("*") if path.suffix == ".eml" or path.parent.name == "MimeKit"
)
BOUNCES = sorted((CORPUS / "mail" / "set-of-emails").glob("lhost-*.eml"))


# What became of each, looked through by a person: statements are called statements, locked is locked.
GOLDEN = json.loads((Path(__file__).parent / "golden" / "corpus_sheets.json").read_text(encoding="utf-8"))


def name(path):
    return str(path.relative_to(CORPUS))


@pytest.mark.parametrize("path", SHEETS + HOSTILE, ids=name)
def test_no_row_of_a_foreign_table_is_taken(path):
    documents = read(path)
    assert documents
    assert not _own_mistakes(documents)
    assert not [row for document in documents for row in document.get("accepted", ())]


@pytest.mark.parametrize("path", SHEETS, ids=name)
def test_a_foreign_table_is_called_what_it_is(path):
    assert [outcome(document) for document in read(path)] == GOLDEN[name(path)]


def test_every_foreign_table_has_its_golden_outcome():
    assert sorted(GOLDEN) == sorted(map(name, SHEETS))


@pytest.mark.parametrize("path", MAILS, ids=name)
def test_every_mail_gives_a_document(path):
    documents = read(path, is_mail=True)
    assert documents
    assert not _own_mistakes(documents)
    assert not [row for document in documents for row in document.get("accepted", ())]


@pytest.mark.parametrize("path", BOUNCES, ids=name)
def test_every_bounce_is_automatic(path):
    assert [document["kind"] for document in read(path, is_mail=True)] == ["automatic"]


@pytest.mark.parametrize("name", ["dkb.csv", "gls-bank.csv", "paypal.csv", "sparkasse-lzo-camt-v8.csv"])
def test_an_account_statement_is_called_one(name):
    (document,) = read(CORPUS / "sheets" / "RechnungsPilot" / name)
    assert document["problems"][0]["code"] == "not_claims"
    assert "Kontoauszug" in document["problems"][0]["message"]


@pytest.mark.parametrize("name", ["pass_protected.xlsx", "pass_protected.ods", "issue_385.xls"])
def test_a_locked_workbook_is_called_locked(name):
    (document,) = read(CORPUS / "sheets" / "calamine" / name)
    assert [problem["code"] for problem in document["problems"]] == ["encrypted"]
