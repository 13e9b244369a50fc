import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.problems import Code
from parsers.sheets.amounts import Fault, Mark, MarkEvidence, has_cents, looks_like_money, parse_amount
from storage.money import english, german

COMMA, POINT = Mark.COMMA, Mark.POINT


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1.234,56", 123456),
        ("1234,56", 123456),
        ("1.234.567,00", 123456700),
        ("1 234,50", 123450),
        ("1\u00a0234,50", 123450),
        ("62,3", 6230),
        (",50", 50),
        ("1.500", 150000),
        ("1500", 150000),
        ("12,-", 1200),
        ("12,-- €", 1200),
        ("€ 12,50", 1250),
        ("12,50 EUR", 1250),
        ("Euro 12,50", 1250),
        ("12,5000", 1250),
        ("-12,50", -1250),
        ("−12,50", -1250),
        ("12,50-", -1250),
        ("(12,50)", -1250),
        ("12,50 H", -1250),
        ("12,50 S", 1250),
        ("+12,50", 1250),
        ("0,00", 0),
        ("", None),
        (" - ", None),
    ],
)
def test_german_amounts_are_read(text, cents):
    assert parse_amount(text, COMMA) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,234.56", 123456),
        ("1'234.50", 123450),
        ("1,500", 150000),
        ("12.50", 1250),
        ("12.-", 1200),
        ("1234.5600", 123456),
        ("(1,000.00)", -100000),
    ],
)
def test_english_amounts_are_read(text, cents):
    assert parse_amount(text, POINT) == cents


@pytest.mark.parametrize(
    ("text", "mark", "code"),
    [
        ("12,345", COMMA, Code.AMOUNT_DECIMALS),
        ("1,230", COMMA, Code.AMOUNT_DECIMALS),
        ("12.345", POINT, Code.AMOUNT_DECIMALS),
        ("zwölf", COMMA, Code.AMOUNT_UNREADABLE),
        ("12.50", COMMA, Code.AMOUNT_UNREADABLE),
        ("12,50", POINT, Code.AMOUNT_UNREADABLE),
        ("1.23.456,00", COMMA, Code.AMOUNT_UNREADABLE),
        ("1,2E+03", COMMA, Code.AMOUNT_UNREADABLE),
        ("=12,50", COMMA, Code.AMOUNT_UNREADABLE),
        ("-12,50-", COMMA, Code.AMOUNT_UNREADABLE),
        ("12,50 USD", COMMA, Code.CURRENCY_NOT_EURO),
        ("$12.50", POINT, Code.CURRENCY_NOT_EURO),
        ("CHF 12.50", POINT, Code.CURRENCY_NOT_EURO),
        ("1.234", Mark.UNDECIDED, Code.AWAITS_ANSWER),
        ("12,50", Mark.CONTRADICTORY, Code.AWAITS_ANSWER),
        ("٣", COMMA, Code.AMOUNT_UNREADABLE),
        ("9" * 30, COMMA, Code.AMOUNT_UNREADABLE),
    ],
)
def test_what_is_no_certain_amount_is_refused(text, mark, code):
    assert parse_amount(text, mark) == Fault(code)


@pytest.mark.parametrize(
    ("number", "cents"),
    [
        (12.30, 1230),
        (12.299999999999999, 1230),
        (0.1 + 0.2, 30),
        (1234567.89 - 1234500.00, 6789),
        (1190, 119000),
        (9_999_999_999.99, 999_999_999_999),
        (-5.0, -500),
        (0.0, 0),
    ],
)
def test_a_number_cell_says_the_cents_that_it_shows(number, cents):
    assert parse_amount(number, Mark.UNDECIDED) == cents


@pytest.mark.parametrize("number", [12.345, 0.001, 33.333333333])
def test_a_number_cell_with_more_than_cents_is_refused(number):
    assert parse_amount(number, Mark.UNDECIDED) == Fault(Code.AMOUNT_DECIMALS)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e300, True])
def test_a_number_cell_that_is_no_money_is_refused(number):
    assert parse_amount(number, COMMA) == Fault(Code.AMOUNT_UNREADABLE)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_amounts_survive_german_and_english_writing(cents):
    assert parse_amount(german(cents), COMMA) == cents
    assert parse_amount(english(cents), POINT) == cents


@given(st.integers(min_value=0, max_value=10**11))
def test_every_number_of_whole_cents_is_those_cents(cents):
    assert parse_amount(cents / 100, Mark.UNDECIDED) == cents


@given(st.text(max_size=30), st.sampled_from(list(Mark)))
def test_no_text_breaks_the_reader(text, mark):
    looks_like_money(text)
    has_cents(text)
    evidence = MarkEvidence()
    evidence.add([text])
    read = parse_amount(text, evidence.mark)
    assert read is None or isinstance(read, Fault | int)
    parse_amount(text, mark)


@pytest.mark.parametrize(
    ("column", "mark"),
    [
        (["1.234", "2.500"], Mark.UNDECIDED),
        (["100", "200"], Mark.UNDECIDED),
        (["1.234", "12,50"], COMMA),
        (["1.234.567"], COMMA),
        (["1,234", "12.50"], POINT),
        (["1,234,567"], POINT),
        (["1234.5"], POINT),
        (["12,50", "12.50"], Mark.CONTRADICTORY),
        ([12.5, "1,50"], COMMA),
        (["€ 12,50-"], COMMA),
    ],
)
def test_the_whole_column_decides_the_mark(column, mark):
    evidence = MarkEvidence()
    evidence.add(column[:1])
    evidence.add(column[1:])
    assert evidence.mark == mark
