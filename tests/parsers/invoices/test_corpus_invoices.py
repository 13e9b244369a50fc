"""Every e-invoice of the corpus, checked by hand against its XML: what is read, and why it is no claim."""

import csv
from pathlib import Path

import pytest

from tests.conftest import CORPUS
from tests.parsers.sources import read

PLACE = CORPUS / "einvoice"
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "invoices"
with (SAMPLES / "corpus.csv").open(encoding="utf-8", newline="") as file:
    TABLE = list(csv.DictReader(file, delimiter=";"))
NO_INVOICES = ("corpus/IT01234567890_FPR01.xml",)


def told(document):
    """A document as the table writes it."""
    row, debtor = document["row"], document["row"]["debtor"]
    said = {
        "format": document["format"],
        "number": row["invoice_number"],
        "due": row["amount"],
        "currency": row["currency"],
        "issued_on": row["invoice_date"],
        "due_on": row["due_date"],
        "customer": debtor["number"],
        "debtor": debtor["company"] or debtor["name"],
        **{name: debtor[name] for name in ("street", "postcode", "city", "country")},
        "problems": " ".join(problem["code"] for problem in document["problems"]),
    }
    return {name: value or "" for name, value in said.items()}


@pytest.mark.parametrize("expected", TABLE, ids=lambda expected: expected["file"])
def test_an_invoice_of_the_corpus_is_read_as_the_table_says(expected):
    (document,) = read(PLACE / expected["file"])

    assert document["kind"] == "invoice"
    assert expected == {"file": expected["file"], **told(document)}


def test_the_table_holds_every_file_of_the_corpus():
    files = {str(path.relative_to(PLACE)) for path in PLACE.rglob("*") if path.is_file()}
    assert files == {row["file"] for row in TABLE} | set(NO_INVOICES)


@pytest.mark.parametrize(
    "path", [PLACE / NO_INVOICES[0], CORPUS / "hostile/tika/testXXE.xml"], ids=lambda path: path.name
)
def test_xml_that_is_no_invoice_is_unreadable_with_a_reason(path):
    (document,) = read(path)

    assert document["kind"] == "unreadable"
    assert [problem["code"] for problem in document["problems"]] == ["unsupported_format"]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["file"])
def test_every_invoice_is_explained_in_english_too(row):
    (document,) = read(PLACE / row["file"], language="en")
    said = document["problems"] + document["row"]["warnings"]
    assert all("{" not in problem["message"] + problem["fix"] for problem in said)
    assert not any("column" in problem["message"] + problem["fix"] for problem in said)
