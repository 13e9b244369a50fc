"""Whatever is done to an invoice's bytes, a document comes out and never another amount."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.parsers.invoices.pdfs import text_pdf, with_files
from tests.parsers.invoices.samples import CII, UBL, changed
from tests.parsers.invoices.test_plain import LETTER
from tests.parsers.sources import read_bytes

SAMPLES = (changed(UBL), changed(CII), text_pdf(*LETTER), with_files(text_pdf("x"), ("a.xml", changed(CII))))
EDITS = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 40), st.binary(max_size=4)), max_size=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@settings(max_examples=150, deadline=None)
@given(sample=st.sampled_from(SAMPLES), edits=EDITS)
def test_a_mutilated_invoice_ends_with_a_document(folder, sample, edits):
    content = bytearray(sample)
    for place, length, put in edits:
        start = int(place * len(content))
        content[start : start + length] = put
    documents = read_bytes(folder, bytes(content))

    assert documents
    for document in documents:
        if document["kind"] == "unreadable":
            assert document["problems"]
        if document["kind"] == "invoice" and not document["problems"]:
            assert abs(float(document["row"]["amount"]) - 529.87) < 0.011
