"""An answer is taken only where it means one choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.replies.choices import Posed, understand

MARK = Posed(number=1, question_id="decimal_mark:betrag", choices=("Komma", "Punkt"))
HIDDEN = Posed(number=1, question_id="hidden_rows:rows", choices=("ja", "nein"))
COLUMN = Posed(number=1, question_id="which_column:amount", choices=("Betrag", "Betrag offen", "Saldo"))
HEADER = Posed(number=1, question_id="no_header:header", choices=("ich sende sie mit Kopfzeile",))
INVOICE = Posed(number=1, question_id="confirm_invoice:1f", choices=("ja", "nein, ich berichtige es"))


@pytest.mark.parametrize(
    ("question", "said", "choice"),
    [
        (MARK, "Komma", "Komma"),
        (MARK, "komma!", "Komma"),
        (MARK, "a", "Komma"),
        (MARK, "b)", "Punkt"),
        (MARK, "1: Punkt", "Punkt"),
        (MARK, "1b", "Punkt"),
        (MARK, "Es ist das Komma.", "Komma"),
        (MARK, "Guten Tag,\ndas ist ein Komma.\nMit freundlichen Grüßen\nErika Punktmann", "Komma"),
        (HIDDEN, "Ja", "ja"),
        (HIDDEN, "JA!!!", "ja"),
        (HIDDEN, "ja bitte übernehmen", "ja"),
        (HIDDEN, "Yes", "ja"),
        (HIDDEN, "Nein, danke", "nein"),
        (HIDDEN, "bitte nicht übernehmen", "nein"),
        (HIDDEN, "Hallo,\n\nja.\n\nGruß", "ja"),
        (COLUMN, "Saldo", "Saldo"),
        (COLUMN, "die Spalte Betrag offen", "Betrag offen"),
        (COLUMN, "Spalte Saldo bitte", "Saldo"),
        (HEADER, "Name; Rechnungsnummer; Betrag; Fällig", "Name; Rechnungsnummer; Betrag; Fällig"),
        (INVOICE, "Ja, stimmt so.", "ja"),
        (INVOICE, "nein", "nein, ich berichtige es"),
    ],
)
def test_what_is_said_is_understood(question, said, choice):
    assert understand(said, [question]) == {1: choice}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (MARK, "Komma oder Punkt?"),
        (MARK, "kein Komma"),
        (MARK, "Komma\nPunkt"),
        (MARK, "ja"),
        (MARK, "c"),
        (MARK, "2: Komma"),
        (HIDDEN, "Ich weiß es nicht, ja?"),
        (HIDDEN, "ja, aber nicht alle"),
        (HIDDEN, "Danke für die Nachricht"),
        (HIDDEN, "ja\nnein"),
        (COLUMN, "Betrag oder Saldo"),
        (COLUMN, "nicht der Saldo"),
        (COLUMN, "Betrag und Saldo"),
        (INVOICE, "ja, aber der Betrag stimmt nicht"),
        (INVOICE, ""),
    ],
)
def test_what_is_in_doubt_is_not_taken(question, said):
    assert understand(said, [question]) == {}


def numbered(*questions):
    return [Posed(number=n, question_id=q.question_id, choices=q.choices) for n, q in enumerate(questions, 1)]


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        ("1: Komma\n2: ja", {1: "Komma", 2: "ja"}),
        ("1) Punkt, 2) ja", {1: "Punkt", 2: "ja"}),
        ("Frage 2: nein", {2: "nein"}),
        ("2 nein\n1 Punkt", {1: "Punkt", 2: "nein"}),
        ("1a\n2b", {1: "Komma", 2: "nein"}),
        ("Komma\nja", {1: "Komma", 2: "ja"}),
        ("ja", {2: "ja"}),
    ],
)
def test_several_answers_name_their_questions(said, chosen):
    assert understand(said, numbered(MARK, HIDDEN)) == chosen


def test_a_yes_to_several_questions_is_a_yes_to_none_unless_it_says_all():
    two = numbered(HIDDEN, INVOICE)
    assert understand("ja", two) == {}
    assert understand("ja zu allen", two) == {1: "ja", 2: "ja"}
    assert understand("2: ja", two) == {2: "ja"}


@given(st.text())
def test_whatever_is_said_only_an_offered_choice_comes_out(said):
    for question in (MARK, HIDDEN, COLUMN, INVOICE):
        assert set(understand(said, [question]).values()) <= set(question.choices)
