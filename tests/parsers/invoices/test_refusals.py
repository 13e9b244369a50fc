"""Invoices that are no claims, whatever else is right about them: each is shown, none is taken."""

import pytest

from tests.parsers.invoices.samples import CII, UBL, changed, due, kind
from tests.parsers.sources import read_bytes

GROSS = "<ram:GrandTotalAmount>529.87<"
PREPAID = "<ram:TotalPrepaidAmount>0.00<"


def told(tmp_path, content: bytes, **options):
    (document,) = read_bytes(tmp_path, content, **options)
    assert document["kind"] == "invoice"
    return document, [problem["code"] for problem in document["problems"]]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("380", []),
        ("326", []),
        ("387", []),
        ("877", []),
        ("381", ["credit_note"]),
        ("396", ["credit_note"]),
        ("261", ["credit_note"]),
        ("262", ["credit_note"]),
        ("384", ["corrected_invoice"]),
        ("386", ["prepayment_invoice"]),
        ("389", ["self_billed_invoice"]),
        ("325", ["no_invoice"]),  # pro forma
        ("385", ["no_invoice"]),  # asks for other invoices once more
        ("393", ["no_invoice"]),  # sold to a factor
        ("220", ["no_invoice"]),  # an order
        ("", ["no_invoice"]),
    ],
)
def test_the_document_type_decides_whether_an_invoice_is_a_claim(tmp_path, code, expected):
    document, codes = told(tmp_path, changed(CII, kind(code)))
    assert codes == expected
    assert document["row"]["amount"] == "529.87"


def test_a_credit_note_of_ubl_is_shown_and_not_taken(tmp_path):
    words = [("InvoiceTypeCode", "CreditNoteTypeCode"), (">380<", ">381<"), ("InvoiceLine", "CreditNoteLine")]
    content = changed(UBL, *words, ("<Invoice ", "<CreditNote "), ("</Invoice>", "</CreditNote>"))
    document, codes = told(tmp_path, content.replace(b"xsd:Invoice-2", b"xsd:CreditNote-2"))
    assert codes == ["credit_note"]
    assert document["row"]["amount"] == "529.87"
    assert document["row"]["ground"] == "Trennblätter A4, Joghurt Banane"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([due("0.00"), (PREPAID, "<ram:TotalPrepaidAmount>529.87<")], ["amount_zero"]),
        ([due("-0.01"), (PREPAID, "<ram:TotalPrepaidAmount>529.88<")], ["amount_negative"]),
        ([due("529.875")], ["amount_decimals", "sums_differ"]),
        ([due("529,87")], ["amount_unreadable", "sums_differ"]),
        ([due("5e2")], ["amount_unreadable", "sums_differ"]),
        ([due("529.8700")], []),
        ([due("529.88")], []),  # a cent may be lost to rounding
        ([due("529.89")], ["sums_differ"]),
        ([(PREPAID, "<ram:TotalPrepaidAmount>100.00<")], ["sums_differ"]),
        ([(GROSS, GROSS.replace("529.87", "530.00")), due("530.00")], ["sums_differ"]),
        ([("<ram:LineTotalAmount>275.00<", "<ram:LineTotalAmount>275.02<")], ["sums_differ"]),
        ([("<ram:AllowanceTotalAmount>0.00<", "<ram:AllowanceTotalAmount>5.00<")], ["sums_differ"]),
        ([("<ram:CalculatedAmount>37.62<", "<ram:CalculatedAmount>37.00<")], ["sums_differ"]),
        ([("<ram:DuePayableAmount>529.87</ram:DuePayableAmount>", "")], ["amount_missing"]),
        ([("<ram:ID>471102</ram:ID>", "<ram:ID> </ram:ID>")], ["invoice_number_missing"]),
        ([("<ram:Name>Kunden AG Mitte</ram:Name>", "")], ["name_missing"]),
        ([(">EUR</ram:InvoiceCurrencyCode>", ">USD</ram:InvoiceCurrencyCode>")], ["currency_not_euro"]),
        ([("<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>", "")], ["currency_missing"]),
        ([(">20180305<", ">20180231<")], ["date_impossible"]),
        ([(">20190305<", ">05.03.2019 oder so<")], ["date_unreadable"]),
        ([(">20190305<", ">19700305<")], ["date_implausible"]),
        ([("<ram:TypeCode>380<", "<ram:Name>STORNO</ram:Name><ram:TypeCode>380<")], ["corrected_invoice"]),
        ([("gemäß Bestellung vom 01.03.2018.", "wurde bereits bezahlt.")], ["already_settled"]),
        ([("Kunden AG Mitte", "LIEFERANT GMBH")], ["invoice_to_sender"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_invoice_keeps_it_from_being_a_claim(tmp_path, changes, expected):
    _, codes = told(tmp_path, changed(CII, *changes))
    assert codes == expected


def test_an_amount_that_cannot_be_read_is_absent_and_not_zero(tmp_path):
    document, _ = told(tmp_path, changed(CII, due("viel")))
    assert document["row"]["amount"] is None
    assert document["row"]["invoice_number"] == "471102"


def test_what_was_paid_before_is_not_claimed_again(tmp_path):
    document, codes = told(
        tmp_path, changed(CII, due("429.87"), (PREPAID, "<ram:TotalPrepaidAmount>100.00<"))
    )
    assert (document["row"]["amount"], codes) == ("429.87", [])


def test_a_part_that_is_said_twice_makes_the_file_unreadable(tmp_path):
    twice = (
        "<ram:DuePayableAmount>529.87</ram:DuePayableAmount><ram:DuePayableAmount>9.87</ram:DuePayableAmount>"
    )
    changes = ("<ram:DuePayableAmount>529.87</ram:DuePayableAmount>", twice)
    (document,) = read_bytes(tmp_path, changed(CII, changes))
    assert document["kind"] == "unreadable"
    assert [problem["code"] for problem in document["problems"]] == ["damaged"]


def test_amounts_in_two_currencies_are_not_taken(tmp_path):
    mixed = ('<cbc:PayableAmount currencyID="EUR">', '<cbc:PayableAmount currencyID="CHF">')
    document, codes = told(tmp_path, changed(UBL, mixed))
    assert codes == ["currency_not_euro"]
    assert document["problems"][0]["value"] == "CHF / EUR"


def test_a_second_tax_sum_in_the_currency_of_the_tax_office_is_passed_over(tmp_path):
    foreign = '<ram:TaxTotalAmount currencyID="DKK">424.00</ram:TaxTotalAmount><ram:GrandTotalAmount>'
    _, codes = told(tmp_path, changed(CII, ("<ram:GrandTotalAmount>", foreign)))
    assert codes == []


def test_an_order_is_told_to_be_none(tmp_path):
    name = "SCRDMCCBDACIOMessageStructure"
    content = f'<r:{name} xmlns:r="urn:un:unece:uncefact:data:{name}:100"><r:A/></r:{name}>'.encode()
    document, codes = told(tmp_path, content)
    assert "no_invoice" in codes
    assert document["row"] is None


def test_an_invoice_to_the_account_itself_is_no_claim_of_it(tmp_path):
    _, codes = told(tmp_path, changed(CII), creditor="Kunden AG Mitte")
    assert codes == ["invoice_to_sender"]


def test_an_invoice_of_another_seller_is_taken_with_a_warning(tmp_path):
    document, codes = told(tmp_path, changed(CII), creditor="Ganz anders GmbH")
    assert codes == []
    assert [warning["code"] for warning in document["row"]["warnings"]] == ["seller_differs"]
    assert document["seller"] == "Lieferant GmbH"


@pytest.mark.parametrize(
    "name", ["Lieferant GmbH", "LIEFERANT", "Lieferant GmbH & Co. KG", "Lieferrant GmbH"]
)
def test_the_account_may_write_its_name_in_its_own_way(tmp_path, name):
    document, codes = told(tmp_path, changed(CII), creditor=name)
    assert (codes, document["row"]["warnings"]) == ([], [])
