import re

import pytest

from parsers.document_texts import DOCUMENT_TEXTS, FIELD_LABELS, SKIP_TEXTS
from parsers.invoice_texts import INVOICE_TEXTS, INVOICE_WORDS
from parsers.problem_texts import REJECTION_TEXTS
from parsers.problems import Code, Skip, field_label, make_invoice_problem, make_problem, skip_text
from parsers.questions import Ask, advice, make_question
from parsers.sheets.fields import Field
from parsers.warning_texts import WARNING_TEXTS

ROOMS = (REJECTION_TEXTS, WARNING_TEXTS, DOCUMENT_TEXTS, INVOICE_TEXTS)
TEXTS = {code: words for room in ROOMS for code, words in room.items()}
FACTS = {
    name: "x"
    for words in TEXTS.values()
    for pair in words
    for text in pair
    for name in re.findall(r"{(\w+)}", text)
} | {"column": "Spalte", "value": "Wert"}


def test_every_code_has_words_and_no_words_lack_a_code():
    assert {code.value for code in Code} == set(TEXTS)
    assert len(TEXTS) == sum(map(len, ROOMS))


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("language", ["de", "en"])
def test_a_problem_is_said_in_full_with_a_mending(code, language):
    facts = {name: fact for name, fact in FACTS.items() if name != "value"}
    problem = make_problem(code, language, field="amount", value="12,345", **facts)

    assert problem.message
    assert problem.fix
    assert "{" not in problem.message + problem.fix


@pytest.mark.parametrize("code", sorted(INVOICE_TEXTS | INVOICE_WORDS))
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_invoice_is_never_told_of_columns_or_rows_that_it_does_not_have(code, language):
    problem = make_invoice_problem(
        Code(code), language, field="amount", value="x", count=2, question="x", advice="x"
    )

    assert problem.message
    assert problem.fix
    assert "{" not in problem.message + problem.fix
    assert not re.search(r"(?i)spalte|column", problem.message + problem.fix)


def test_a_german_reader_is_never_told_of_a_schuldner():
    german = [text for words in (*TEXTS.values(), *INVOICE_WORDS.values()) for text in words[0]]
    assert not [text for text in german if "schuldner" in text.lower()]


def test_a_long_value_is_shortened():
    problem = make_problem(Code.AMOUNT_UNREADABLE, "de", field="amount", value="9" * 500)
    assert len(problem.value) == 120


def test_a_column_is_called_by_its_plain_name_where_the_sender_has_none():
    assert "„Fälligkeit“" in make_problem(Code.DATE_UNREADABLE, "de", field="due_date", value="x").message
    assert "“Due date”" in make_problem(Code.DATE_UNREADABLE, "en", field="due_date", value="x").message


def test_every_column_that_a_problem_can_name_has_a_label():
    paths = {field.value for field in Field if not field.value.startswith("_")}
    assert paths == set(FIELD_LABELS)
    assert field_label(None, "de") == ""


def test_every_skip_has_words():
    assert {skip.value for skip in Skip} == set(SKIP_TEXTS)
    assert skip_text(Skip.TOTAL, "en") == "row of totals"


@pytest.mark.parametrize("ask", Ask)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_question_is_asked_in_full(ask, language):
    named = (
        "example",
        "columns",
        "debit",
        "credit",
        "amount",
        "sheet",
        "sheets",
        "rows",
        "found",
        "missing",
        "new",
        "largest",
        "early",
        "count",
        "invoice",
    )
    facts = dict.fromkeys(named, "x")
    choices = ("a", "b") if ask in (Ask.WHICH_COLUMN, Ask.WHICH_SHEET) else None
    question = make_question(ask, language, about="amount", choices=choices, **facts)

    assert question.choices
    assert "{" not in question.text + "".join(question.choices)
    assert advice(question, language)
