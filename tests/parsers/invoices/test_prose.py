"""Claims typed in a message: one that is told in full is asked back, everything else is no claim."""

from email.message import EmailMessage

import pytest

from parsers.invoices.prose import read_prose
from parsers.options import Options
from tests.parsers.sources import TODAY, read_bytes

CLAIM = (
    "Bitte ziehen Sie 250,00 € von Max Müller, Hauptstr. 3, 01067 Dresden ein, "
    "Rechnung RE-17 vom 3.2.2026, fällig am 17.2.2026."
)
WITHOUT_YEAR = CLAIM.replace("am 17.2.2026", "17.2.")
HANDOVER = (
    "Wir übergeben Ihnen eine Forderung gegen Frau Petra Klein, Am Markt 5a, 04109 Leipzig über 1.234,56 EUR "
    "aus Rechnung Nr. 2026/77 vom 01.02.2026, zahlbar bis 15.02.2026. Sie hat nicht bezahlt."
)
ENGLISH = (
    "Please collect EUR 99.50 from Miller Ltd, Hauptstr. 3, 01067 Dresden, "
    "invoice INV-9 of 2026-01-02, due 2026-01-16"
)


def told(text):
    row = read_prose(text, Options(today=TODAY))
    if row is None:
        return None
    dates = (row.invoice_date, row.due_date)
    days = [None if day is None else day.isoformat() for day in dates]
    return (row.invoice_number, str(row.amount), *days, row.debtor.label, row.debtor.postcode)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CLAIM, ("RE-17", "250.00", "2026-02-03", "2026-02-17", "Max Müller", "01067")),
        (WITHOUT_YEAR, ("RE-17", "250.00", "2026-02-03", None, "Max Müller", "01067")),
        (HANDOVER, ("2026/77", "1234.56", "2026-02-01", "2026-02-15", "Petra Klein", "04109")),
        (ENGLISH, ("INV-9", "99.50", "2026-01-02", "2026-01-16", "Miller Ltd", "01067")),
        (f"{CLAIM}\n\nMit freundlichen Grüßen\nA. Beispiel, 01067 Dresden", told(CLAIM)),
        (f"{CLAIM}\n> 99,00 € von Eva Muster, Nebenstr. 1, 01067 Dresden", told(CLAIM)),
    ],
)  # fmt: skip
def test_a_claim_told_in_full_is_understood(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wie ist der Stand der Forderung gegen Max Müller?",
        CLAIM.replace("Bitte ziehen Sie", "Eingegangen sind"),
        CLAIM.replace("ein,", "ein, die er schon bezahlt hat,"),
        CLAIM.replace("250,00 €", "250,00 € und 40,00 €"),
        CLAIM.replace("250,00 €", "1.234 €"),  # thousands or cents: not certain
        CLAIM.replace("Hauptstr. 3, 01067 Dresden ", ""),
        CLAIM.replace("01067", "00000"),
        CLAIM.replace("Rechnung RE-17 vom 3.2.2026, ", ""),
        CLAIM + " Ebenso Rechnung RE-18.",
        CLAIM + " Zu Az. 26-004711-2.",
        "Az. 26-004711-2: Kunde hat am 12.03. direkt bezahlt, 250,00 €",
        "Gutschrift über 30,00 € (Retoure), bitte Forderung reduzieren",
    ],
)
def test_what_is_not_certainly_one_claim_is_none(text):
    assert told(text) is None


def test_a_claim_in_the_words_of_a_mail_is_asked_back(tmp_path):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "Neuer Fall"
    mail.set_content(CLAIM, cte="quoted-printable")

    (document,) = read_bytes(tmp_path, mail.as_bytes(), is_mail=True)

    assert (document["kind"], document["format"]) == ("invoice", "text")
    assert [problem["code"] for problem in document["problems"]] == ["awaits_answer"]
    assert document["row"]["amount"] == "250.00"
    assert document["needs_answer"]


def test_a_mail_without_a_claim_is_still_told_what_to_attach(tmp_path):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@b.example", "Frage"
    mail.set_content("Haben Sie meine Liste bekommen?")
    (document,) = read_bytes(tmp_path, mail.as_bytes(), is_mail=True)
    assert [problem["code"] for problem in document["problems"]] == ["no_attachment"]
