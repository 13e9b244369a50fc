import pytest

from parsers.sheets.fields import Field
from parsers.sheets.known_producers import producer_of, producers
from parsers.sheets.names import normalise
from tests.parsers.sources import read_lines


@pytest.mark.parametrize("producer", producers(), ids=lambda one: one.name)
def test_a_producer_is_known_by_each_of_its_headers_and_by_no_other(producer):
    for headers in producer.headers:
        assert len(headers) >= 3
        assert producer_of(headers) == producer


@pytest.mark.parametrize("producer", producers(), ids=lambda one: one.name)
def test_a_producers_headers_are_written_as_they_are_compared(producer):
    assert all(header == normalise(header) for header in producer.columns)


def test_an_ordinary_header_is_of_no_producer():
    assert producer_of(["Name", "Rechnungsnummer", "Fälligkeit", "Offen"]) is None


def test_what_a_name_leaves_open_the_producer_decides(tmp_path):
    document = read_lines(
        tmp_path,
        "Konto;Belegfeld 1;Belegfeld 2;Datum;Name;Saldo",
        "10001;RE-1;31.03.2025;01.03.2025;Müller GmbH;100,00",
    )
    assert document["producer"] == "DATEV OPOS"
    row = document["accepted"][0]
    assert (row["debtor"]["number"], row["invoice_number"]) == ("10001", "RE-1")
    assert (row["due_date"], row["invoice_date"]) == ("2025-03-31", "2025-03-01")


def test_the_reference_is_the_invoice_number_of_sap_and_the_posting_is_not(tmp_path):
    document = read_lines(
        tmp_path,
        "KUNNR;NAME1;BELNR;XBLNR;BLDAT;DMBTR;SHKZG",
        "1;Müller GmbH;900001;RE-1;20250301;100,00;S",
        "1;Müller GmbH;900002;RE-2;20250301;50,00;H",
    )
    assert [row["invoice_number"] for row in document["accepted"]] == ["RE-1"]
    assert document["rejected"][0]["problems"][0]["code"] == "amount_negative"


def test_a_producer_is_not_believed_against_the_values(tmp_path):
    document = read_lines(
        tmp_path,
        "Konto;Belegfeld 1;Belegfeld 2;Name;Fälligkeit;Saldo",
        "10001;RE-1;Kostenstelle Nord;Müller GmbH;31.03.2025;100,00",
        "10002;RE-2;Kostenstelle Süd;Meier GmbH;31.03.2025;50,00",
        "10003;RE-3;Kostenstelle Ost;Klein GmbH;31.03.2025;70,00",
    )
    assert document["columns"][Field.DUE_DATE.value] == "Fälligkeit"
