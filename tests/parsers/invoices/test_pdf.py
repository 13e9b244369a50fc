"""PDF files: what is inside them is found whatever it is called, and nothing in them does harm."""

import zlib

import pytest
from facturx import generate_from_binary

from tests.parsers.invoices.pdfs import many_pages, text_pdf, with_files
from tests.parsers.invoices.samples import CII, UBL, changed, due
from tests.parsers.sources import read_bytes

GUIDELINE = "urn:cen.eu:en16931:2017"
PROFILES = (
    "urn:factur-x.eu:1p0:minimum",
    "urn:factur-x.eu:1p0:basicwl",
    "urn:cen.eu:en16931:2017#compliant#urn:factur-x.eu:1p0:basic",
    "urn:cen.eu:en16931:2017",
    "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended",
    "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "urn:cen.eu:en16931:2017#compliant#urn:zugferd.de:2p0:basic",
)
NAMES = ("factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "rechnung.dat", "1")


def codes(document):
    return [problem["code"] for problem in document["problems"]]


@pytest.mark.parametrize("profile", PROFILES)
def test_an_invoice_of_every_profile_is_found(tmp_path, profile):
    (document,) = read_bytes(
        tmp_path, with_files(text_pdf("Rechnung"), ("factur-x.xml", changed(CII, (GUIDELINE, profile))))
    )
    assert (document["kind"], document["format"], codes(document)) == ("invoice", "zugferd", [])
    assert document["row"]["amount"] == "529.87"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sample", [CII, UBL], ids=["cii", "ubl"])
def test_an_invoice_is_found_under_every_name(tmp_path, name, sample):
    (document,) = read_bytes(tmp_path, with_files(text_pdf("x"), ("agb.txt", b"x"), (name, changed(sample))))
    assert (document["format"], document["row"]["invoice_number"]) == ("zugferd", "471102")


def test_what_a_well_known_program_embeds_is_found(tmp_path):
    content = generate_from_binary(text_pdf("Rechnung 471102"), changed(CII), flavor="factur-x")
    (document,) = read_bytes(tmp_path, content)
    assert (document["row"]["amount"], codes(document)) == ("529.87", [])


def test_only_the_smallest_profile_may_leave_out_what_was_paid_before(tmp_path):
    partly = [due("100.00"), ("<ram:TotalPrepaidAmount>0.00</ram:TotalPrepaidAmount>", "")]
    minimum = changed(CII, (GUIDELINE, PROFILES[0]), *partly)
    (document,) = read_bytes(tmp_path, with_files(text_pdf("x"), ("factur-x.xml", minimum)))
    assert codes(document) == []
    (document,) = read_bytes(tmp_path, with_files(text_pdf("x"), ("factur-x.xml", changed(CII, *partly))))
    assert codes(document) == ["sums_differ"]


def test_the_same_invoice_attached_twice_is_one(tmp_path):
    twice = with_files(text_pdf("x"), ("factur-x.xml", changed(CII)), ("copy.xml", changed(CII)))
    (document,) = read_bytes(tmp_path, twice)
    assert codes(document) == []


def test_of_two_invoices_in_one_file_none_is_taken(tmp_path):
    two = with_files(text_pdf("x"), ("factur-x.xml", changed(CII)), ("b.xml", changed(UBL)))
    (document,) = read_bytes(tmp_path, two)
    assert (document["kind"], codes(document)) == ("unreadable", ["several_invoices"])


def test_definitions_are_refused_inside_a_pdf_too(tmp_path):
    root = "<rsm:CrossIndustryInvoice "
    bomb = changed(CII, (root, '<!DOCTYPE x [<!ENTITY a "b">]>' + root))
    (document,) = read_bytes(tmp_path, with_files(text_pdf("x"), ("factur-x.xml", bomb)))
    assert (document["kind"], codes(document)) == ("unreadable", ["xml_definitions"])


def test_a_locked_pdf_is_called_locked(tmp_path):
    (document,) = read_bytes(tmp_path, with_files(text_pdf("Rechnung"), password="geheim"))
    assert (document["kind"], codes(document)) == ("unreadable", ["encrypted"])


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
def test_a_pdf_that_breaks_off_ends_with_a_reason(tmp_path, share):
    content = with_files(text_pdf("Rechnung"), ("factur-x.xml", changed(CII)))
    (document,) = read_bytes(tmp_path, content[: int(len(content) * share)])
    assert document["kind"] in ("unreadable", "evidence", "invoice")
    assert document["kind"] != "unreadable" or codes(document) == ["damaged"]


def test_a_scan_is_kept_with_the_count_of_its_pages(tmp_path):
    (document,) = read_bytes(tmp_path, many_pages(3))
    assert document == {
        "kind": "evidence", "name": "source", "media_type": "application/pdf", "pages": 3, "case": None,
    }  # fmt: skip


def test_a_great_many_pages_are_counted_and_not_read(tmp_path):
    (document,) = read_bytes(tmp_path, many_pages(200_000))
    assert (document["kind"], document["pages"]) == ("evidence", 200_000)


def test_an_attachment_that_swells_is_not_taken_for_an_invoice(tmp_path):
    swollen = with_files(text_pdf("Vertrag"), ("factur-x.xml", b"<x>" + b" " * (60 << 20)))
    assert len(zlib.compress(swollen)) < 1 << 20
    (document,) = read_bytes(tmp_path, swollen)
    assert document["kind"] == "evidence"


@pytest.mark.parametrize(
    ("lines", "case"),
    [
        (["Kaufvertrag", "Aktenzeichen: 26-004711-2"], "26-004711-2"),
        (["Lieferschein", "Az. 260047112"], "26-004711-2"),
        (["Kaufvertrag", "Az. 26-004711-3"], None),  # the check digit is wrong: never guessed
        (["Kaufvertrag", "zu 26-004711-2 und 26-010233-0"], None),
        (["Kaufvertrag", "Tel. 260047112"], None),
    ],
)
def test_a_document_names_its_case(tmp_path, lines, case):
    (document,) = read_bytes(tmp_path, text_pdf(*lines))
    assert (document["kind"], document["case"]) == ("evidence", case)
