"""A list that counts its debtors is joined with what names them, in whatever order it comes."""

import io
import zipfile
from email.message import EmailMessage
from itertools import permutations

import pytest

from parsers.masters.kept import write_customers
from storage.records import Customer, Debtor, DebtorKind
from tests.parsers.masters.lists import (
    CUSTOMERS,
    MASTER,
    OPOS,
    OPOS_HEADER,
    refused,
    taken,
    text,
    workbook,
    written,
)
from tests.parsers.sources import read

GMBH = ("Muster GmbH", "Hauptstr. 1", "10115", "Berlin")
MEIER = ("Meier, Anna", "Weg 3", "20095", "Hamburg")
HEADER = "Kundennummer;Name;Straße;PLZ;Ort;Rechnungsnummer;Fälligkeit;Offen"


def zipped(*members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, lines in members:
            archive.writestr(name, text(*lines))
    return buffer.getvalue()


def mailed(*attached):
    message = EmailMessage()
    message["From"] = "buchhaltung@example.org"
    message.set_content("anbei")
    for name, lines in attached:
        message.add_attachment(text(*lines), maintype="text", subtype="csv", filename=name)
    return message.as_bytes()


def claims(documents):
    (found,) = [document for document in documents if document["kind"] == "claims"]
    return found


def joined(folder, items, master, **options):
    """The list of claims, sent with a list of customers."""
    path = folder / "source.zip"
    path.write_bytes(zipped(("op.csv", items), ("kunden.csv", master)))
    return claims(read(path, **options))


def kept(folder, *customers):
    path = folder / "customers"
    assert write_customers(path, customers)
    return path


@pytest.mark.parametrize("files", list(permutations((("OPOS.csv", OPOS), ("Stamm.csv", MASTER)))))
@pytest.mark.parametrize("way", ["mail", "archive"])
def test_two_files_are_joined_in_either_order(tmp_path, files, way):
    path = tmp_path / "source"
    path.write_bytes(mailed(*files) if way == "mail" else zipped(*files))

    documents = read(path, is_mail=way == "mail")

    found = claims(documents)
    assert taken(found) == {2: GMBH, 3: MEIER}
    assert refused(found) == {4: ["debtor_unknown"]}
    assert [row["row"] for row in found["skipped"]] == [5]
    assert found["columns"]["debtor.name"] == "Name (Stammdaten)"
    (master,) = [document for document in documents if document["kind"] == "master_data"]
    assert (master["rows_total"], master["kept"], master["skipped"]) == (3, 3, [])
    assert master["producer"] == "DATEV Debitoren/Kreditoren"


@pytest.mark.parametrize("titles", [("OPOS", "Debitoren"), ("Debitoren", "OPOS")])
def test_two_sheets_of_a_workbook_are_joined(tmp_path, titles):
    lists = {"OPOS": OPOS, "Debitoren": MASTER}
    path = workbook(tmp_path / "export.xlsx", **{title: lists[title] for title in titles})

    assert taken(claims(read(path))) == {2: GMBH, 3: MEIER}


def test_a_list_is_joined_with_what_was_kept_and_its_own_source_counts_before(tmp_path):
    old = Debtor(
        kind=DebtorKind.COMPANY, company="Alt GmbH", street="Gasse 1", postcode="80331", city="München"
    )
    file = kept(
        tmp_path,
        Customer(circle="account", number="10021", debtor=old),
        Customer(circle="account", number="10099", debtor=old),
    )
    alt = ("Alt GmbH", "Gasse 1", "80331", "München")

    alone = claims(read(written(tmp_path / "OPOS.csv", *OPOS), customers=file))
    together = joined(tmp_path, OPOS, MASTER, customers=file)

    assert (taken(alone), refused(alone)) == ({2: alt, 4: alt}, {3: ["debtor_unknown"]})
    assert taken(together) == {2: GMBH, 3: MEIER, 4: alt}


def test_where_names_come_from_is_said_once_for_the_list(tmp_path):
    old = Debtor(kind=DebtorKind.COMPANY, company="Alt GmbH")
    file = kept(tmp_path, Customer(circle="account", number="10099", debtor=old))

    def sources(document):
        said = [one["message"] for one in document["problems"] if one["code"] == "debtors_joined"]
        return [message.partition(" stammen aus ")[2].partition(", über")[0] for message in said]

    assert sources(joined(tmp_path, OPOS, MASTER)) == ["„kunden.csv“"]
    assert sources(joined(tmp_path, OPOS, MASTER, customers=file)) == [
        "„kunden.csv“, Ihren früheren Kundenlisten"
    ]
    alone = claims(read(written(tmp_path / "OPOS.csv", *OPOS), customers=file))
    assert sources(alone) == ["Ihren früheren Kundenlisten"]
    assert sources(claims(read(written(tmp_path / "OPOS.csv", *OPOS)))) == []


def test_without_any_master_data_every_row_says_what_to_send(tmp_path):
    document = claims(read(written(tmp_path / "OPOS.csv", *OPOS)))

    assert refused(document) == {row: ["debtor_unknown"] for row in (2, 3, 4)}
    problem = document["rejected"][0]["problems"][0]
    assert problem["message"] == "Zu Kunde 10021 kennen wir weder Namen noch Anschrift."
    assert "Kundenliste (Stammdaten)" in problem["fix"]
    assert "debtor.name" not in document["columns"]


def test_a_number_that_the_master_list_gives_two_names_decides_nothing(tmp_path):
    twice = (*MASTER, "10021;Andere AG;;;;2;;;Allee 9;50667;Köln;DE;;;")
    old = Debtor(kind=DebtorKind.COMPANY, company="Alt GmbH")
    file = kept(tmp_path, Customer(circle="account", number="10021", debtor=old))

    document = joined(tmp_path, OPOS, twice, customers=file)

    assert taken(document) == {3: MEIER}
    assert refused(document) == {2: ["debtor_undecided"], 4: ["debtor_unknown"]}


def test_two_master_lists_that_differ_decide_nothing_either(tmp_path):
    other = (*MASTER[:2], "10021;Andere AG;;;;2;;;Allee 9;50667;Köln;DE;;;")
    path = tmp_path / "source.zip"
    path.write_bytes(zipped(("a.csv", MASTER), ("op.csv", OPOS), ("b.csv", other)))

    assert refused(claims(read(path)))[2] == ["debtor_undecided"]


def test_a_customer_is_no_account_though_the_numbers_are_alike(tmp_path):
    customers = ("Kundennummer;Name;Straße;PLZ;Ort", "10021;Falsch;Weg 1;10115;Berlin")

    assert refused(joined(tmp_path, OPOS, customers)) == {row: ["debtor_unknown"] for row in (2, 3, 4)}


def test_numbers_agree_however_they_are_spelled(tmp_path):
    items = ("Kunden-Nr.;Rechnungsnummer;Fälligkeit;Offen", "k 1;R-1;16.01.2026;10,00")

    assert taken(joined(tmp_path, items, CUSTOMERS)) == {
        2: ("Müller, Jörg", "Hauptstraße 3", "01067", "Dresden")
    }


def test_what_a_row_says_wins_and_its_gaps_are_filled_where_the_name_agrees(tmp_path):
    items = (
        HEADER,
        "K-1;Jörg Müller;;;;R-1;16.01.2026;10,00",  # no address: all of it
        "K-1;Schmidt;;;;R-2;16.01.2026;10,00",  # somebody else: nothing
        "K-1;Müller;Neue Str. 9;;;R-3;16.01.2026;10,00",  # has moved: no town of the old address
        "K-1;Müller;Hauptstr. 3;01067;;R-4;16.01.2026;10,00",  # the same address: its town
        "K-2;;;;;R-5;16.01.2026;10,00",
        ";Ohne;;;;R-6;16.01.2026;10,00",
    )

    assert taken(joined(tmp_path, items, CUSTOMERS)) == {
        2: ("Jörg Müller", "Hauptstraße 3", "01067", "Dresden"),
        3: ("Schmidt", None, None, None),
        4: ("Müller, Jörg", "Neue Str. 9", None, None),
        5: ("Müller, Jörg", "Hauptstr. 3", "01067", "Dresden"),
        6: ("Nowak, Zofia", "Hafenstr. 1", "18055", "Rostock"),
        7: ("Ohne", None, None, None),
    }


def test_a_batch_of_postings_is_never_joined(tmp_path):
    postings = (
        "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;Konto;Belegfeld 1;Belegdatum",
        "119,00;S;10021;R-1;0201",
    )
    path = tmp_path / "source.zip"
    path.write_bytes(zipped(("EXTF.csv", postings), ("Stamm.csv", MASTER)))

    assert [document["kind"] for document in read(path)] == ["archive", "master_data", "unreadable"]


def test_a_list_with_names_that_are_not_understood_is_not_joined(tmp_path):
    items = ("Kundennummer;Name;Rechnungsnummer;Offen", "K-1;A77;R-1;10,00", "K-2;B78;R-2;10,00")
    path = tmp_path / "source.zip"
    path.write_bytes(zipped(("op.csv", items), ("kunden.csv", CUSTOMERS)))

    assert [document["kind"] for document in read(path)] == ["archive", "master_data", "unreadable"]


def test_a_broken_line_stays_broken(tmp_path):
    items = (OPOS_HEADER, "10021;R-1;02.01.2026", "16.01.2026;119,00;;119,00", *OPOS[1:3])

    document = joined(tmp_path, items, MASTER)

    assert sorted(taken(document)) == [4, 5]
    assert refused(document) == {2: ["cells_too_few"], 3: ["cells_too_few"]}


def test_a_last_line_that_no_master_data_fills_is_not_taken_for_cut_off(tmp_path):
    items = [f"K-1;Müller;R-{number};0{number}.01.2026;119,00" for number in range(1, 6)]
    lines = ("Kundennummer;Name;Rechnungsnummer;Fälligkeit;Offen", *items, "K-9;Moser;R-6;06.01.2026;45,10")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("op.csv", text(*lines).rstrip())
        archive.writestr("kunden.csv", text(*CUSTOMERS))
    path = tmp_path / "source.zip"
    path.write_bytes(buffer.getvalue())

    document = claims(read(path))

    assert taken(document)[6] == ("Müller, Jörg", "Hauptstraße 3", "01067", "Dresden")
    assert taken(document)[7] == ("Moser", None, None, None)


def test_many_joined_rows_are_read_the_fast_way_and_the_strict_one_alike(tmp_path):
    numbers = range(20_000, 21_000)
    master = (*CUSTOMERS[:1], *(f"{no};Name {no};Vor;Weg {no};10115;Berlin" for no in numbers))
    header = "Kundennummer;Rechnungsnummer;Rechnungsdatum;Fälligkeit;Offen"
    plain = (header, *(f"{no};R{no};02.01.2026;16.01.2026;10,00" for no in numbers))
    odd = (header, *(f" {no} ;R{no};02.01.2026;16.01.2026; 10,00 €" for no in numbers))

    def debtors(items):
        document = joined(tmp_path, items, master)
        return [row["debtor"] | {"number": None} for row in document["accepted"]]

    assert len(debtors(plain)) == len(numbers)
    assert debtors(plain) == debtors(odd)
