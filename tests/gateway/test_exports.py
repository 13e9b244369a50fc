"""Exports and statements on the command line, over a year of a rehearsal store."""

import csv
import io
import json
from datetime import date, datetime

import pypdfium2
import pytest
from openpyxl import load_workbook

EMAIL = "kasse@blumen.example"
REHEARSAL = '[store]\nurl = "sqlite:///var/inkasso.db"\nrehearsal = true\n'
LIST = (
    "Kundennummer;Nachname;Vorname;Straße;PLZ;Ort;Rechnungsnummer;Rechnungsdatum;Fällig am;Betrag;Mahngebühr;"
    "Forderungsgrund;Vertragsdatum;In Verzug seit;Verzugsgrund\r\n"
    "10021;Müßig;Zoë;Am Weg 1;04109;Leipzig;RE-1;02.01.2026;10.01.2026;250,00;5,00;"
    "Kaufvertrag;02.01.2026;16.01.2026;Mahnung\r\n"
    "10023;=cmd();Hans;Gasse 3;04109;Leipzig;RE-3;02.01.2026;10.01.2026;80,00;0,00;"
    "Kaufvertrag;02.01.2026;16.01.2026;Mahnung\r\n"
)
FULL, OPEN = "26-000001-5", "26-000002-3"
AUGUST = "2026-08-01T09:00"


@pytest.fixture
def run(inkasso, tmp_path):
    """Runs one command at a time that is given; answers its exit code and what it printed."""
    (tmp_path / "config.toml").write_text(REHEARSAL)
    return lambda now, *arguments: inkasso("--now", now, *arguments)


@pytest.fixture
def shop(run, tmp_path):
    """Two cases: one paid in two payments, one paid in part to the creditor."""
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    address = ("--street", "Königstraße 12", "--postcode", "04109", "--city", "Leipzig")
    for now, *arguments in (
        ("2026-02-01T10:00", "creditor", "add", "--email", EMAIL, "--name", "Blumenhaus Größel", *address),
        ("2026-02-01T10:05", "submit", "liste.csv", "--creditor", EMAIL),
        ("2026-02-02T06:00", "tick"),
        ("2026-02-16T06:00", "tick"),
        ("2026-04-10T12:00", "payment", "book", FULL, "--amount", "100.00", "--value-date", "2026-04-10"),
        ("2026-06-01T12:00", "payment", "book", OPEN, "--amount", "20.00", "--value-date", "2026-06-01"),
        ("2026-07-20T12:00", "payment", "book", FULL, "--amount", "218.02", "--value-date", "2026-07-20"),
    ):
        code, _, err = run(now, *arguments, "--json")
        assert code == 0, err
    return run


def exported(shop, tmp_path, what, *options):
    code, out, err = shop(
        AUGUST, "export", what, "--creditor", EMAIL, *options, "-o", f"{what}.csv", "--json"
    )
    assert code == 0, err
    content = (tmp_path / f"{what}.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert json.loads(out) == {"file": f"{what}.csv", "rows": len(rows)}
    return rows


def test_cases_are_exported_with_what_the_books_hold(shop, tmp_path):
    full, part = exported(shop, tmp_path, "cases")
    assert (full["Status"], full["Offen"], full["Gezahlt an die Agentur"]) == ("CLEARED", "0,00", "318,02")
    assert (full["Zinsen"], full["Inkassokosten"], full["Ihr Anteil"]) == ("7,40", "55,62", "262,40")
    assert (part["Kunde"], part["Letzter Schritt"]) == ("'=cmd(), Hans", "Zahlung eingegangen")
    assert part["Was Sie tun können"] == "nichts"
    code, out, _ = shop(AUGUST, "case", "show", OPEN, "--json")
    assert code == 0
    assert part["Offen"] == json.loads(out)["owed"]["total"].replace(".", ",")


def test_cases_are_exported_as_they_were_known_on_a_day(shop, tmp_path):
    full, part = exported(shop, tmp_path, "cases", "--as-of", "2026-04-10")
    assert (full["Status"], full["Offen"], part["Gezahlt an die Agentur"]) == (
        "AUTOCOLLECT",
        "214,27",
        "0,00",
    )


def test_the_running_list_is_exported_by_month_category_and_status(shop, tmp_path):
    assert [row["Aktenzeichen"] for row in exported(shop, tmp_path, "statements")] == [FULL, OPEN]
    (july,) = exported(shop, tmp_path, "statements", "--month", "2026-07")
    assert (july["Art der Zahlung"], july["Ihr Anteil"], july["Abrechnung"]) == (
        "Vollständige Zahlung",
        "162,40",
        "A-1-000001",
    )
    (part,) = exported(shop, tmp_path, "statements", "--category", "other")
    assert part["Aktenzeichen"] == OPEN
    (open_one,) = exported(shop, tmp_path, "statements", "--status", "AUTOCOLLECT")
    assert open_one["Aktenzeichen"] == OPEN
    assert exported(shop, tmp_path, "statements", "--as-of", "2026-04-09") == []


def test_bookings_are_exported_with_their_allocation(shop, tmp_path):
    rows = exported(shop, tmp_path, "transactions", "--from", "2026-04-01", "--to", "2026-06-30")
    assert [(row["Gebucht am"], row["Aktenzeichen"], row["an die Agentur"]) for row in rows] == [
        ("10.04.2026", FULL, "100,00"),
        ("01.06.2026", OPEN, "20,00"),
    ]
    assert rows[0]["Hauptforderung"] == "35,73"


def test_a_workbook_keeps_numbers_numbers_and_days_days(shop, tmp_path):
    code, _, err = shop(AUGUST, "export", "transactions", "--creditor", EMAIL, "-o", "t.xlsx")
    assert code == 0, err
    header, first, *_ = load_workbook(tmp_path / "t.xlsx").active.iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert (row["Gebucht am"], row["an die Agentur"]) == (datetime(2026, 4, 10), 100)  # noqa: DTZ001


@pytest.mark.parametrize("ending", ["txt", "html", "pdf"])
def test_the_running_list_is_written_to_be_read_too(shop, tmp_path, ending):
    code, _, err = shop(AUGUST, "export", "statements", "--creditor", EMAIL, "-o", f"liste.{ending}")
    assert code == 0, err
    content = (tmp_path / f"liste.{ending}").read_bytes()
    text = pdf_text(content) if ending == "pdf" else content.decode()
    assert "Abrechnungsliste" in text
    assert "282,40" in text  # 262.40 and 20.00


def test_a_statement_is_printed_and_written_in_each_form(shop, tmp_path):
    code, out, _ = shop(AUGUST, "case", "statement", FULL)
    assert code == 0
    assert out.startswith("Abrechnung A-1-000001\n")
    assert "Blumenhaus Größel, Königstraße 12, 04109 Leipzig" in " ".join(out.split())
    for ending in ("txt", "html", "pdf", "csv"):
        assert shop(AUGUST, "case", "statement", FULL, "-o", f"a.{ending}")[0] == 0
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == out
    assert "262,40 €" in pdf_text((tmp_path / "a.pdf").read_bytes())
    assert "<h1>Abrechnung A-1-000001</h1>" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()) == 4


def test_a_statement_as_json_is_its_record(shop):
    code, out, _ = shop(AUGUST, "case", "statement", FULL, "--json")
    document = json.loads(out)
    assert code == 0
    assert (document["number"], document["case"], document["state"]) == ("A-1-000001", FULL, "final")
    assert (document["creditor_share"], document["credited"], len(document["lines"])) == (
        "262.40",
        "262.40",
        2,
    )
    assert date.fromisoformat(document["closed_on"]) == date(2026, 7, 20)


def test_a_case_that_is_open_has_no_statement(shop):
    code, out, err = shop(AUGUST, "case", "statement", OPEN)
    assert (code, out) == (1, "")
    assert "has no statement" in err


WRONG = [
    ("case", "statement", "26-000001-6"),
    ("case", "statement", "26-000009-0"),
    ("case", "statement", FULL, "-o", "a.docx"),
    ("export", "statements", "--creditor", EMAIL, "--category", "gift", "-o", "x.csv"),
    ("export", "transactions", "--creditor", EMAIL, "--month", "2026-13", "-o", "x.csv"),
    ("export", "cases", "--creditor", EMAIL, "--month", "2026-02", "--from", "2026-02-01", "-o", "x.csv"),
    ("export", "transactions", "--creditor", EMAIL, "--status", "LOST", "-o", "x.csv"),
]


@pytest.mark.parametrize("arguments", WRONG)
def test_what_is_asked_wrongly_ends_with_two_and_writes_nothing(shop, tmp_path, arguments):
    code, out, err = shop(AUGUST, *arguments)
    assert (code, out) == (2, ""), err
    assert not (tmp_path / "x.csv").exists()


def pdf_text(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    finally:
        document.close()
