"""Days are read only where they can be no other."""

from datetime import date

import pytest

from tests.parsers.notices.told import told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("am 12.03.", "2026-03-12"),
        ("am 12.3", "2026-03-12"),
        ("am 12.03.26", "2026-03-12"),
        ("am 12. März 2026", "2026-03-12"),
        ("am 2026-03-12", "2026-03-12"),
        ("am 31.12.", "2025-12-31"),
        ("am 16/04/2026", "2026-04-16"),
        ("gestern", "2026-04-19"),
        ("heute morgen", "2026-04-20"),
        ("vorgestern", "2026-04-18"),
        ("vor 3 Tagen", "2026-04-17"),
        ("am Freitag", "2026-04-17"),
        ("am Freitag, 17.04.", "2026-04-17"),
        ("letzten Donnerstag", "2026-04-16"),
        ("on 12 March", "2026-03-12"),
        ("last friday", "2026-04-17"),
        ("the day before yesterday", "2026-04-18"),
    ],
)
def test_a_day_that_is_certain(text, day):
    assert told(f"26-004711-2: {text} 250,00 € bezahlt") == f"26-004711-2 250.00 {day}"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "am 05/04/2026",
            "am 31.02.",
            "am 12.05.2026",
            "am 25.4.",
            "letzte Woche",
            "im März",
            "Anfang April",
        ),
        *(
            "am Montag",
            "am Freitag, 16.04.",
            "am 12.03. oder 13.03.",
            "vor 2 Wochen",
            "am 12.03.2016",
            "April 26",
        ),
        *("am 12.", "kürzlich", "vor einer Woche"),
    ],
)
def test_a_day_that_could_be_another_is_asked(text):
    assert told(f"26-004711-2: {text} 250,00 € bezahlt") == "26-004711-2 250.00 and asked"


def test_the_last_friday_on_a_saturday_may_be_yesterday():
    saturday = date(2026, 4, 18)

    assert told("26-004711-2: am Freitag 50 € bezahlt", saturday) == "26-004711-2 50.00 2026-04-17"
    assert told("26-004711-2: letzten Freitag 50 € bezahlt", saturday) == "26-004711-2 50.00 and asked"


def test_the_day_of_a_letter_is_not_the_day_of_a_payment():
    asked = "26-004711-2 250.00 and asked"

    assert told("26-004711-2: Ihr Schreiben kam am 03.04., der Kunde hat 250,00 € bezahlt") == asked
    assert told("26-004711-2: 250,00 € bezahlt, fällig am 03.04.2026") == asked


def test_the_day_of_a_file_or_of_a_statement_of_affairs_is_not_the_day_of_a_payment():
    asked = "26-004711-2 250.00 and asked"

    assert told("Akte 26-004711-2 vom 12.03.2026: 250,00 € bezahlt") == asked
    assert told("26-004711-2, Stand heute: 250,00 € bezahlt") == asked
    assert told("Zahlung zu 26-004711-2 vom 12.03.2026: 250,00 €") == "26-004711-2 250.00 2026-03-12"


@pytest.mark.parametrize("text", ["heute gesehen", "heute melde ich", "am 12.03. erfahren", "Anruf gestern"])
def test_the_day_on_which_somebody_tells_is_not_the_day_of_a_payment(text):
    assert told(f"26-004711-2: {text}: Kunde hat 250,00 € bezahlt") == "26-004711-2 250.00 and asked"


def test_a_day_beside_the_handover_may_be_that_of_the_handover():
    asked = "26-004711-2 250.00 before_handover and asked"

    assert told("26-004711-2: vor der Übergabe am 03.04. hat er 250,00 € bezahlt") == asked
