"""Hostile and odd XML: nothing is fetched or expanded, and everything ends with a reason."""

import pytest

from parsers.invoices.roots import Dialect, dialect_of
from tests.parsers.invoices.samples import CII, UBL, changed
from tests.parsers.sources import read_bytes

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BOMB = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


def codes(documents):
    return [problem["code"] for document in documents for problem in document["problems"]]


def with_doctype(doctype: str, used: str = "") -> bytes:
    root = "<rsm:CrossIndustryInvoice "
    return changed(CII, (root, doctype + root), ("<ram:ID>471102</ram:ID>", f"<ram:ID>471102{used}</ram:ID>"))


@pytest.mark.parametrize(
    ("doctype", "used"),
    [
        (BOMB, "&l9;"),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>', "&f;"),
        ('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">', ""),
        ('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:1/p">%p;]>', ""),
        ("<!DOCTYPE x>", ""),
    ],
)
def test_definitions_are_refused_before_anything_is_parsed(tmp_path, doctype, used):
    documents = read_bytes(tmp_path, with_doctype(doctype, used))
    assert [document["kind"] for document in documents] == ["unreadable"]
    assert codes(documents) == ["xml_definitions"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_definitions_cannot_hide_in_an_encoding(tmp_path, encoding):
    text = with_doctype(BOMB, "&l9;").decode().partition("?>")[2].strip()
    assert codes(read_bytes(tmp_path, text.encode(encoding))) == ["xml_definitions"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-15", "windows-1252"])
def test_an_invoice_is_read_in_the_encoding_that_it_names(tmp_path, encoding):
    text = changed(UBL).decode().partition("?>")[2].strip()
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    (document,) = read_bytes(tmp_path, declared.encode(encoding))
    assert document["row"]["debtor"]["street"] == "Kundenstraße 15"


def test_an_unknown_encoding_is_taken_for_utf_8(tmp_path):
    text = changed(UBL).decode().partition("?>")[2].strip()
    (document,) = read_bytes(tmp_path, f'<?xml version="1.0" encoding="utf-7"?>{text}'.encode())
    assert document["row"]["debtor"]["street"] == "Kundenstraße 15"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_an_invoice_that_breaks_off_is_damaged(tmp_path, share):
    content = changed(UBL)
    documents = read_bytes(tmp_path, content[: int(len(content) * share)])
    assert codes(documents) == ["damaged"]


def test_elements_nested_without_end_are_damaged(tmp_path):
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    content = changed(UBL).replace(b"</Invoice>", deep + b"</Invoice>")
    assert codes(read_bytes(tmp_path, content)) == ["damaged"]


def test_a_large_attachment_inside_an_invoice_does_not_hide_it(tmp_path):
    embedded = b"<cbc:Note>" + b"A" * (12 << 20) + b"</cbc:Note>"
    content = changed(UBL).replace(b"<cbc:Note>", embedded + b"<cbc:Note>", 1)
    (document,) = read_bytes(tmp_path, content)
    assert document["row"]["amount"] == "529.87"


def test_a_comment_inside_a_number_does_not_cut_it(tmp_path):
    (document,) = read_bytes(tmp_path, changed(UBL, ("<cbc:ID>471102<", "<cbc:ID>47<!-- x -->1102<")))
    assert document["row"]["invoice_number"] == "471102"


@pytest.mark.parametrize(
    "xml",
    [
        b"<Invoice/>",
        b"<Invoice xmlns='urn:example'/>",
        b"<!-- <CrossIndustryInvoice> --><note/>",
        b"<?xml version='1.0'?><!-- without end",
        b"<!DOCTYPE x [",
        b"plain text",
        b"",
    ],
)
def test_what_is_no_invoice_has_no_dialect(xml):
    assert dialect_of(xml) is None


def test_the_dialect_is_that_of_the_first_element():
    assert dialect_of(changed(UBL)) is Dialect.UBL
    assert dialect_of(changed(CII)) is Dialect.CII
    assert dialect_of(changed(CII).decode().partition("?>")[2].encode("utf-16")) is Dialect.CII


def test_an_empty_shell_is_unreadable_with_a_reason(tmp_path):
    documents = read_bytes(tmp_path, b"<x:CrossIndustryInvoice xmlns:x='urn:x'/>")
    assert codes(documents) == ["damaged"]
