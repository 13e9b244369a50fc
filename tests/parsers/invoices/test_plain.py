"""Plain invoices: only what is certain is read, and all of it is asked back."""

import pytest

from gateway.reading.child import frames_of
from gateway.reading.wire import Copy, Job
from parsers.invoices.prefilled import prefilled
from storage.money import Money
from storage.records import Debtor, Row
from tests.parsers.invoices.pdfs import text_pdf
from tests.parsers.sources import TODAY, read, read_bytes

LETTER = (
    "Bei Spiel GmbH · Ecke 12 · 12345 Stadthausen",
    "Herrn",
    "Max Müller",
    "Hauptstr. 3",
    "01067 Dresden",
    "Rechnung",
    "Rechnungsnummer: RE-17",
    "Rechnungsdatum: 03.02.2026",
    "Kundennummer: K-55",
    "Beratung 2 Std. 210,08 €",
    "Nettobetrag 210,08 €",
    "zzgl. 19 % MwSt. 39,92 €",
    "Gesamtbetrag: 250,00 €",
    "Bitte überweisen Sie den Betrag bis zum 17.02.2026.",
    "Bei Spiel GmbH",
    "Ecke 12",
    "12345 Stadthausen",
    "IBAN DE88 2008 0000 0970 3757 00",
)


def letter(*changes: tuple[str, str]) -> tuple[str, ...]:
    text = "\n".join(LETTER)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return tuple(text.splitlines())


def asked(tmp_path, *lines: str):
    (document,) = read_bytes(tmp_path, text_pdf(*lines))
    assert document["kind"] == "invoice"
    assert [problem["code"] for problem in document["problems"]] == ["awaits_answer"]
    return document


def test_a_plain_invoice_is_read_and_asked_about(tmp_path):
    document = asked(tmp_path, *LETTER)
    row = document["row"]
    assert document["format"] == "pdf"
    assert (row["invoice_number"], row["amount"], row["currency"]) == ("RE-17", "250.00", "EUR")
    assert (row["invoice_date"], row["due_date"]) == ("2026-02-03", "2026-02-17")
    debtor = {name: value for name, value in row["debtor"].items() if value}
    assert debtor == {
        "number": "K-55", "kind": "private", "name": "Max Müller", "street": "Hauptstr. 3",
        "postcode": "01067", "city": "Dresden",
    }  # fmt: skip
    (question,) = document["needs_answer"]
    assert "RE-17" in question["text"]
    assert "250,00" in question["text"]
    assert "Max Müller" in question["text"]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 1.250,00 €")], "amount", "1250.00"),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 250,00 €\nNoch offen: 100,00 €")], "amount", "100.00"),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 250,00 €\nGesamtbetrag: 260,00 €")], "amount", None),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 250,00 €\nabzgl. Anzahlung 50,00 €")], "amount", None),
        ([("€", "CHF")], "amount", None),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 1 250,00 €")], "amount", None),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: 1.250.00,00 €")], "amount", None),
        ([("Gesamtbetrag: 250,00 €", "Gesamtbetrag: EUR 1'250,00")], "amount", "1250.00"),
        ([("bis zum 17.02.2026", "sofort")], "due_date", None),
        ([("bis zum 17.02.2026", "innerhalb von 14 Tagen ohne Abzug")], "due_date", "2026-02-17"),
        ([("Rechnungsdatum: 03.02.2026", "Rechnungsdatum: 31.02.2026")], "invoice_date", None),
        ([("Rechnungsdatum: 03.02.2026", "Rechnung gemäß Bestellung vom 01.01.2026")], "invoice_date", None),
        ([("Rechnungsnummer: RE-17", "Rechnung Nr. 17/2026 vom 03.02.2026")], "invoice_number", "17/2026"),
    ],
)
def test_only_what_is_certain_is_read(tmp_path, changes, field, value):
    assert asked(tmp_path, *letter(*changes))["row"][field] == value


def test_what_is_not_certain_is_named_in_the_question(tmp_path):
    (question,) = asked(tmp_path, *letter(("bis zum 17.02.2026", "sofort")))["needs_answer"]
    assert question["id"].startswith("complete_invoice:")
    assert "Nicht sicher erkannt: fällig am" in question["text"]


def test_a_second_address_makes_the_addressee_uncertain(tmp_path):
    more = ("Lieferung an", "Petra Klein", "Nebenweg 8", "04109 Leipzig", "")
    assert asked(tmp_path, *LETTER[:5], *more, *LETTER[5:])["row"]["debtor"]["name"] is None


@pytest.mark.parametrize(
    "lines",
    [
        letter(("Rechnung\n", "Stornorechnung\n")),
        letter(("Rechnung\n", "Gutschrift Nr. 4\n")),
        letter(("Rechnung\n", "Angebot\n"), ("Rechnungsnummer", "Angebotsnummer")),
        letter(("Rechnungsnummer: RE-17", "Wir danken für Ihren Einkauf")),
        letter(("Rechnungsnummer: RE-17", "Rechnungsnummer: RE-17\nRechnungsnummer: RE-18")),
        ("Kaufvertrag", "Preis 250,00 €", "Rechnung folgt"),
        (),
    ],
)
def test_what_is_no_invoice_is_kept_as_evidence(tmp_path, lines):
    (document,) = read_bytes(tmp_path, text_pdf(*lines))
    assert document["kind"] == "evidence"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_table_to_send_back_is_a_list_that_is_taken(tmp_path, language):
    source = tmp_path / "RE-17.pdf"
    source.write_bytes(text_pdf(*LETTER))
    job = Job(
        path=str(source), name="RE-17.pdf", scratch=str(tmp_path), is_mail=False, language=language,
        today=TODAY, rows_max=100,
    )  # fmt: skip
    (copy,) = [frame for frame in frames_of(job) if isinstance(frame, Copy)]
    table = tmp_path / copy.name
    table.write_bytes(copy.content)

    (document,) = read(table)

    assert document["needs_answer"] == []
    (row,) = document["accepted"]
    assert (row["invoice_number"], row["amount"], row["due_date"]) == ("RE-17", "250.00", "2026-02-17")
    assert row["debtor"]["postcode"] == "01067"


def test_the_table_to_send_back_holds_no_formula(tmp_path):
    row = Row(
        row=1, debtor=Debtor(company="=1+1 GmbH", postcode="01067"), amount=Money(100), invoice_number="7"
    )
    name, content = prefilled("brief.pdf", row, "de")

    (document,) = read_bytes(tmp_path, content)

    assert name == "brief (bitte prüfen).xlsx"
    assert document["accepted"][0]["debtor"]["company"] == "=1+1 GmbH"
