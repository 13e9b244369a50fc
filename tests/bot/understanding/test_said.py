from datetime import date

import pytest

from bot.understanding.request import Intent
from bot.understanding.said import in_words, named
from bot.understanding.understand import understand

TODAY = date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "german", "english"),
    [
        (
            "Akten in INSTALLMENT über 500 €",
            "Akten im Status INSTALLMENT, über 500,00\u00a0€",
            "Cases in status INSTALLMENT, over €500.00",
        ),
        (
            "Stand 26-004711-2 und 26-004711-3",
            "Sachstand, zu 26-004711-2, nicht erkannt: 26-004711-3",
            "Status, for 26-004711-2, not recognised: 26-004711-3",
        ),
        (
            "Abrechnungen Vergleich März",
            "Abrechnungen (Vergleich), 01.03.2026 bis 31.03.2026",
            "Statements (settlement), 1 March 2026 to 31 March 2026",
        ),
        (
            "alle offenen Akten von 100 bis 200 € als CSV",
            "Datei mit Akten als CSV, offen, 100,00\u00a0€ bis 200,00\u00a0€",
            "File of cases as CSV, open, €100.00 to €200.00",
        ),
        ("Gibts was neues zu Müller?", "Sachstand, Kunde „Müller“", "Status, customer “Müller”"),
        ("Warum 412,37 €?", "Wie ein Betrag entsteht, 412,37\u00a0€", "How an amount is made up, €412.37"),
        ("Guthaben zum 31.03.", "Guthaben, bis 31.03.2026", "Balance, until 31 March 2026"),
        ("Zahlungen gestern", "Zahlungseingänge, am 19.04.2026", "Payments received, on 19 April 2026"),
        (
            "Zahlungen seit Februar",
            "Zahlungseingänge, seit 01.02.2026",
            "Payments received, since 1 February 2026",
        ),
        (
            "nur Februar",
            "davon nur, 01.02.2026 bis 28.02.2026",
            "of these only, 1 February 2026 to 28 February 2026",
        ),
        ("die zweite", "Auswahl 2", "choice 2"),
        (
            "Was bedeutet MONITORING?",
            "Was ein Status bedeutet: MONITORING",
            "What a status means: MONITORING",
        ),
        ("Geld?", "Guthaben oder Auszahlungen", "Balance or Payouts"),
    ],
)
def test_a_question_is_said_back(text, german, english):
    (request,) = understand(text, TODAY)
    assert (in_words(request, "de"), in_words(request, "en")) == (german, english)


def test_every_intent_has_its_words():
    words = {named(intent, language) for intent in Intent for language in ("de", "en")}
    assert len(words) >= 2 * len(Intent) - 1  # Status is the same word in both


def test_a_long_name_is_cut():
    (request,) = understand(f"Stand bei Frau {'X' * 500}", TODAY)
    assert len(in_words(request, "de")) < 200
