"""The questions name what was understood and ask for exactly what is missing."""

import pytest

from parsers.notices.doubts import Why
from parsers.notices.notice import read_notice
from parsers.notices.texts import TEXTS
from tests.parsers.notices.told import TODAY


def asked(text, language="de"):
    return list(read_notice(text, TODAY, language=language).ask)


def test_nothing_is_asked_where_all_is_certain():
    assert asked("26-004711-2: 250,00 € am 12.03.2026 bezahlt") == []


def test_what_is_missing_is_asked_once_beside_what_was_understood():
    assert asked("26-004711-2: Teilzahlung 250,00 €") == [
        "Verstanden haben wir: 250,00 € zu Akte 26-004711-2 (Teilzahlung).",
        "An welchem Tag ist das Geld bei Ihnen eingegangen?",
        "Gebucht ist noch nichts; sobald Sie geantwortet haben, geht es weiter.",
    ]


def test_of_several_payments_those_are_named_that_lack_something():
    first, day, _ = asked("26-004711-2: 45,00 € am 12.03.2026\n26-010233-0: 80,50 € bezahlt", "en")

    assert first.startswith(
        "This is what we understood: 45.00 EUR on 12 March 2026 for file 26-004711-2; 80.50 EUR"
    )
    assert day == "On which day did the money arrive (80.50 EUR for file 26-010233-0)?"


def test_a_wrong_check_digit_is_said_to_be_one():
    assert any("„26-004711-3“" in one for one in asked("Az. 26-004711-3: 250,00 € am 12.03.2026 bezahlt"))


@pytest.mark.parametrize("why", list(Why))
def test_every_doubt_has_a_question_in_both_languages(why):
    german, english = TEXTS[why]

    assert german.count("?") or "Bitte senden" in german
    assert english.count("?") or "Please send" in english
    assert german != english
