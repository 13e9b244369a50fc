import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.defuse import defuse, undefuse


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-x",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "=",
        " =1+1",
        "＝1",
        "-1+1",
        "+49 170 12",
    ],
)
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert defuse(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "-12,50",
        "+12.50",
        "-1.234,56 €",
        "- 5",
        "-5%",
        "-€5",
        "-",
        "--",
        "+491701234567",
        "",
        "Müller",
        "a=1",
        "'x",
    ],
)
def test_numbers_and_plain_text_stay_as_they_are(text):
    assert defuse(text) == text


@given(st.text(alphabet="=+-@' \t\r\n1,5a€"))
def test_what_was_defused_comes_back_as_it_was(text):
    assert undefuse(defuse(text)) == text or text.startswith("'")


def test_an_apostrophe_of_the_sender_stays():
    assert undefuse("'s-Hertogenbosch") == "'s-Hertogenbosch"
