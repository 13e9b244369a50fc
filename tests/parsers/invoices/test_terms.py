from datetime import date

import pytest

from parsers.invoices.terms import due_by_terms, says_settled
from parsers.sheets.dates import DateReader, Order

ISSUED = date(2026, 3, 2)
READER = DateReader(Order.DMY, date(2026, 4, 20))


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        ("Zahlbar innerhalb 30 Tagen netto bis 04.04.2026, 3% Skonto bis 15.03.2026", "2026-04-04"),
        ("Bitte überweisen Sie bis zum 24.03.2026 auf das unten aufgeführte Konto.", "2026-03-24"),
        ("Bis zum 14.03.2026 ohne Abzug", "2026-03-14"),
        ("Fällig am 16.3.2026", "2026-03-16"),
        ("Due date: 2026-03-16", "2026-03-16"),
        ("Please pay by 2026-03-16", "2026-03-16"),
        ("14 Tage", "2026-03-16"),
        ("30 Tage netto", "2026-04-01"),
        ("14 Tage 2 % Skonto, 30 Tage netto", "2026-04-01"),
        ("10 Tage 2% Skonto; 30 Tage ohne Abzug", "2026-04-01"),
        ("Zahlbar innerhalb von 14 Tagen", "2026-03-16"),
        ("payable within 14 days", "2026-03-16"),
        # what leaves a choice
        ("Zahlbar sofort ohne Abzug.", None),
        ("Zahlbar 14 Tage nach Erhalt der Rechnung", None),
        ("Zahlbar 14 Tage nach Lieferung", None),
        ("Zahlbar in 10 Werktagen", None),
        ("30 Tage zum Monatsende", None),
        ("Bei Zahlungen binnen 14 Tagen, 2% Skonto", None),
        ("2% Skonto bis 12.03.2026", None),
        ("Der Betrag wird am 20.03.2026 von Ihrem Konto eingezogen.", None),
        ("Fällig am 16.03.2026 oder fällig am 30.03.2026", None),
        ("Erste Rate fällig am 16.03.2026, zweite Rate am 16.04.2026", None),
        ("Zahlbar innerhalb von 14 oder 30 Tagen, je nach Vertrag netto", None),
        ("14 Tage netto oder 30 Tage netto", None),
        ("Fällig am 31.02.2026", None),
        ("innerhalb von […] Tagen ohne Abzug", None),
        ("", None),
    ],
)  # fmt: skip
def test_terms_give_a_due_date_only_where_they_leave_no_choice(terms, expected):
    found = due_by_terms([terms], ISSUED, READER)
    assert expected == (None if found is None else found.isoformat())


def test_days_count_from_no_date_where_the_invoice_has_none():
    assert due_by_terms(["14 Tage netto"], None, READER) is None


def test_two_terms_that_say_the_same_agree():
    terms = ["Zahlbar bis 16.03.2026", "Bitte zahlen Sie bis zum 16.03.2026."]
    assert due_by_terms(terms, ISSUED, READER) == date(2026, 3, 16)


@pytest.mark.parametrize(
    "text",
    [
        "Der Rechnungsbetrag wurde bereits beglichen.",
        "Betrag dankend erhalten",
        "Dies ist keine Aufforderung zur Zahlung.",
        "Bitte nicht überweisen, wir buchen ab.",
        "This invoice has already been paid.",
        "Der Betrag wird Ihrem Kundenkonto gutgeschrieben.",
    ],
)
def test_an_invoice_that_says_it_is_paid_is_believed(text):
    assert says_settled([text]) == text


@pytest.mark.parametrize(
    "text",
    [
        "Bitte überweisen Sie den Betrag bis zum 16.03.2026.",
        "Zahlbar sofort ohne Abzug.",
        "Der Betrag wird am 20.03.2018 per SEPA-Lastschrift eingezogen.",
        "Falls Sie schon bezahlt haben, betrachten Sie diese Rechnung als erledigt.",
        "Sollten Sie den Betrag bereits beglichen haben, danken wir.",
        "Die Ware bleibt unser Eigentum, bis sie vollständig bezahlt ist.",
        "Wird nicht bezahlt, fallen Verzugszinsen an.",
    ],
)
def test_what_asks_for_money_says_nothing_of_being_paid(text):
    assert says_settled([text]) is None
