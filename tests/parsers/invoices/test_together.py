"""Several files in one mail or archive: a copy of what was handed over is evidence and no question."""

import zipfile
from email.message import EmailMessage
from io import BytesIO

from tests.parsers.invoices.pdfs import many_pages, text_pdf, with_files
from tests.parsers.invoices.samples import CII, UBL, changed, due, kind
from tests.parsers.invoices.test_plain import LETTER, letter
from tests.parsers.sources import read_bytes

LIST = "Rechnungsnummer;Name;Offen;Fällig am\r\nre 17;Max Müller;250,00;17.02.2026\r\n".encode()
COPY = text_pdf(*LETTER)
OTHER = text_pdf(*letter(("Rechnungsnummer: RE-17", "Rechnungsnummer: RE-99")))
XML_COPY = text_pdf(*letter(("Rechnungsnummer: RE-17", "Rechnungsnummer: 471102")))


def mailed(tmp_path, *files: bytes):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "Übergabe"
    mail.set_content("anbei")
    for number, content in enumerate(files):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{number}.dat")
    return read_bytes(tmp_path, mail.as_bytes(), is_mail=True)


def told(documents):
    return [(document["kind"], document["name"]) for document in documents]


def test_a_copy_of_an_invoice_on_the_list_is_evidence_wherever_it_stands(tmp_path):
    assert told(mailed(tmp_path, COPY, LIST)) == [("claims", "1.dat"), ("evidence", "0.dat")]
    assert told(mailed(tmp_path, LIST, COPY)) == [("claims", "0.dat"), ("evidence", "1.dat")]


def test_an_invoice_that_is_not_on_the_list_is_asked_about(tmp_path):
    assert told(mailed(tmp_path, OTHER, LIST, COPY)) == [
        ("claims", "1.dat"),
        ("invoice", "0.dat"),
        ("evidence", "2.dat"),
    ]


def test_the_readable_copy_of_an_e_invoice_is_evidence(tmp_path):
    assert told(mailed(tmp_path, XML_COPY, changed(UBL))) == [("invoice", "1.dat"), ("evidence", "0.dat")]
    embedded = with_files(text_pdf("x"), ("factur-x.xml", changed(CII)))
    assert told(mailed(tmp_path, XML_COPY, embedded)) == [("invoice", "1.dat"), ("evidence", "0.dat")]


def test_an_e_invoice_that_is_on_the_list_too_is_claimed_once(tmp_path):
    listed = LIST.replace(b"re 17", b"471102").replace(b"250,00", b"100,00")
    embedded = with_files(text_pdf("x"), ("factur-x.xml", changed(CII)))
    documents = mailed(tmp_path, embedded, changed(UBL), listed)
    assert told(documents) == [("claims", "2.dat"), ("evidence", "0.dat"), ("evidence", "1.dat")]
    assert documents[0]["accepted"][0]["amount"] == "100.00"  # what the list says is open


def test_an_e_invoice_in_two_forms_is_claimed_once(tmp_path):
    embedded = with_files(text_pdf("x"), ("factur-x.xml", changed(CII)))
    assert told(mailed(tmp_path, embedded, changed(UBL))) == [("invoice", "0.dat"), ("evidence", "1.dat")]


def test_two_e_invoices_of_one_number_that_disagree_are_both_shown(tmp_path):
    partly = changed(
        CII, due("429.87"), (">0.00</ram:TotalPrepaidAmount>", ">100.00</ram:TotalPrepaidAmount>")
    )
    assert told(mailed(tmp_path, partly, changed(CII))) == [("invoice", "0.dat"), ("invoice", "1.dat")]


def test_a_credit_note_beside_its_invoice_is_told_of(tmp_path):
    documents = mailed(tmp_path, changed(CII), changed(CII, kind("381")))
    assert told(documents) == [("invoice", "0.dat"), ("invoice", "1.dat")]
    assert [problem["code"] for problem in documents[1]["problems"]] == ["credit_note"]


def test_a_mail_with_nothing_but_a_pdf_has_an_attachment(tmp_path):
    assert told(mailed(tmp_path, COPY)) == [("invoice", "0.dat")]
    assert told(mailed(tmp_path, many_pages(1))) == [("evidence", "0.dat")]


def test_a_damaged_pdf_among_others_is_told_of(tmp_path):
    documents = mailed(tmp_path, COPY[:300], LIST)
    assert told(documents) == [("claims", "1.dat"), ("unreadable", "0.dat")]


def test_an_archive_is_read_the_same_way(tmp_path):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("kopie.pdf", COPY)
        archive.writestr("liste.csv", LIST)
    assert told(read_bytes(tmp_path, packed.getvalue())) == [
        ("archive", "source"),
        ("claims", "liste.csv"),
        ("evidence", "kopie.pdf"),
    ]
