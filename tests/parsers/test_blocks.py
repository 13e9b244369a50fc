import pytest

from tests.parsers.sources import read_lines

INVOICE = "R-2;03.01.2026;17.01.2026;50,00"
OTHER_INVOICE = "R-5;03.01.2026;17.01.2026;60,00"
HEADER = "Kundennr.;Name;Rechnung;Fälligkeit;Offen"


def named(document):
    return [(row["debtor"]["number"], row["debtor"]["company"]) for row in document["accepted"]]


def codes(document):
    return [one["code"] for one in document["problems"]]


def test_rows_below_a_debtor_who_is_named_once_are_his(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "1;Müller GmbH;RE-1;01.03.2025;10,00",
        ";;RE-2;02.03.2025;20,00",
        "2;Meier AG;RE-3;03.03.2025;30,00",
        ";;RE-4;04.03.2025;40,00",
    )
    assert named(document) == [("1", "Müller GmbH")] * 2 + [("2", "Meier AG")] * 2
    assert "debtor_from_above" in codes(document)


def test_a_row_that_merely_lacks_its_name_is_nobodys(tmp_path):
    rows = [f"{n};Müller{n} GmbH;RE-{n};01.03.2025;10,00" for n in range(10)]
    document = read_lines(tmp_path, HEADER, *rows, ";;RE-99;02.03.2025;20,00")
    assert len(document["accepted"]) == 10
    assert document["rejected"][0]["problems"][0]["code"] == "name_missing"


def test_in_a_list_that_repeats_names_a_blank_is_a_gap(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "1;Müller GmbH;RE-1;01.03.2025;10,00",
        "1;Müller GmbH;RE-2;02.03.2025;20,00",
        ";;RE-3;03.03.2025;30,00",
        ";;RE-4;04.03.2025;40,00",
    )
    assert len(document["accepted"]) == 2


def test_half_a_name_is_not_completed_from_above(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "1;Müller GmbH;RE-1;01.03.2025;10,00",
        "2;;RE-2;02.03.2025;20,00",
        ";;RE-3;03.03.2025;30,00",
        ";;RE-4;04.03.2025;40,00",
    )
    assert document["rejected"][0]["problems"][0]["code"] == "name_missing"


def test_a_total_ends_a_block(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "1;Müller GmbH;RE-1;01.03.2025;10,00",
        ";;RE-2;02.03.2025;20,00",
        ";;RE-3;02.03.2025;20,00",
        "Summe;;;;50,00",
        ";;RE-4;04.03.2025;40,00",
    )
    assert named(document) == [("1", "Müller GmbH")] * 3
    assert len(document["rejected"]) == 1


def test_invoices_below_a_line_with_the_debtor_are_his(tmp_path):
    document = read_lines(
        tmp_path,
        "Beleg;Belegdatum;Fälligkeit;Offen",
        "10001 Müller GmbH;;;",
        "RE-1;01.03.2025;15.03.2025;10,00",
        "Summe;;;10,00",
        "10002 1a Autoteile GmbH;;;",
        "RE-2;01.03.2025;15.03.2025;20,00",
    )
    assert named(document) == [("10001", "Müller GmbH"), ("10002", "1a Autoteile GmbH")]


def test_a_debtor_may_be_called_like_a_month(tmp_path):
    document = read_lines(
        tmp_path,
        "Beleg;Belegdatum;Fälligkeit;Offen",
        "10001;Januar, Eva;;",
        "RE-1;01.03.2025;15.03.2025;10,00",
        "10002 Mai Metallbau GmbH;;;",
        "RE-2;01.03.2025;15.03.2025;20,00",
    )
    assert [row["debtor"]["number"] for row in document["accepted"]] == ["10001", "10002"]
    assert (document["rejected"], len(document["skipped"])) == ([], 2)


def test_number_and_name_may_stand_in_a_row_of_their_own(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "1;Müller GmbH;;;",
        ";;RE-1;01.03.2025;10,00",
        ";;RE-2;02.03.2025;20,00",
        ";;Summe;;30,00",
        "2;Meier AG;;;",
        ";;RE-3;03.03.2025;30,00",
    )
    assert named(document) == [("1", "Müller GmbH")] * 2 + [("2", "Meier AG")]
    assert "debtor_from_above" in codes(document)
    assert document["rejected"] == []


@pytest.mark.parametrize(
    "doubtful",
    [
        ";Meier AG;;;",  # without his number it may be a remark, or another debtor
        "2;Meier AG;;;",  # two running: one may be the other's address
        "Filiale Nord;;;;",
        "3;Maas SE;RE-9;03.03.2025;30,00",
    ],
)
def test_a_row_that_leaves_in_doubt_whose_the_invoices_are_gives_them_to_nobody(tmp_path, doubtful):
    document = read_lines(
        tmp_path, HEADER, "1;Müller GmbH;;;", doubtful, ";;RE-1;01.03.2025;10,00", ";;RE-2;02.03.2025;20,00"
    )
    assert {row["invoice_number"] for row in document["accepted"]} <= {"RE-9"}


def test_where_one_invoice_has_no_line_above_it_none_is_taken(tmp_path):
    document = read_lines(
        tmp_path,
        "Beleg;Belegdatum;Fälligkeit;Offen",
        "RE-1;01.03.2025;15.03.2025;10,00",
        "10002 Meier GmbH;;;",
        "RE-2;01.03.2025;15.03.2025;20,00",
    )
    assert document["kind"] == "unreadable"


@pytest.mark.parametrize(
    "title",
    ["2025 Januar", "2025 April - Juni", "100 Filiale Nord", "8400 Erlöse 19 %", "Konto 1400 Forderungen"],
)
def test_a_group_that_is_no_debtor_gives_its_invoices_to_nobody(tmp_path, title):
    document = read_lines(tmp_path, "Rechnungsnummer;Datum;Fälligkeit;Saldo", title, INVOICE, OTHER_INVOICE)
    assert not document.get("accepted")


@pytest.mark.parametrize(
    "lines",
    [
        # An address below the name must not become the debtor.
        ("10021;Müller, Max", "Hauptstr. 3", "01067 Dresden", INVOICE, "10022;Weiß, Eva", OTHER_INVOICE),
        ("10021;Müller, Max", "01067 Dresden", INVOICE, "10022;Weiß, Eva", OTHER_INVOICE),
        # A debtor whose name is not understood must not leave his invoices to the one before.
        ("10021;Müller, Max", INVOICE, "10022;Ng, Li", OTHER_INVOICE),
        ("10021 Müller GmbH", INVOICE, "10022 BP AG", OTHER_INVOICE),
        ("10021 Müller GmbH", INVOICE, "10022;RE-18", OTHER_INVOICE),
        ("10021 Müller GmbH", INVOICE, "Weber KG", OTHER_INVOICE),
    ],
)
def test_a_line_that_leaves_in_doubt_whose_the_invoices_are_gives_them_to_nobody(tmp_path, lines):
    document = read_lines(tmp_path, "Rechnungsnummer;Datum;Fälligkeit;Saldo", *lines)
    assert not document.get("accepted")
