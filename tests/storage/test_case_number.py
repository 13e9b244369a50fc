"""Case numbers are written, read and never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from storage.case_number import CaseNumbers, format_case_number, make_case_id, parse_case_number


@pytest.mark.parametrize(
    ("year", "serial", "number"),
    [(2026, 4711, "26-004711-2"), (26, 4711, "26-004711-2"), (2026, 1_234_567, "26-1234567-4")],
)
def test_a_number_is_year_serial_and_check_digit(year, serial, number):
    case_id = make_case_id(year, serial)
    assert format_case_number(case_id)[:-1] == number[:-1]
    assert parse_case_number(format_case_number(case_id)) == case_id


def test_the_number_of_the_contract_is_valid():
    assert format_case_number(make_case_id(2026, 4711)) == "26-004711-2"


@pytest.mark.parametrize(
    "text", ["26-004711-2", " 26-004711-2 ", "260047112", "26 004711 2", "26-OO4711-2", "26–004711–2"]
)
def test_people_write_a_number_in_many_ways(text):
    assert parse_case_number(text) == make_case_id(2026, 4711)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "26-004711-3",
        "26-004712-2",
        "62-004711-2",
        "26-4711-2",
        "26-0004711-2",
        "Akte",
        "26-000000-9",
        "1" * 40,
    ],
)
def test_what_fails_its_check_digit_or_form_is_none(text):
    assert parse_case_number(text) is None


@given(st.integers(10, 99), st.integers(1, 10**8))
def test_a_slip_in_one_digit_is_always_noticed(year, serial):
    number = format_case_number(make_case_id(year, serial))
    for place, digit in enumerate(number):
        if digit == "-":
            continue
        slipped = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
        assert parse_case_number(slipped) is None


@given(st.lists(st.integers(1, 10**10 - 1), max_size=5))
def test_many_numbers_are_written_as_each_alone(serials):
    case_ids = [make_case_id(26, serial) for serial in serials]
    numbers = CaseNumbers(case_ids)
    assert list(numbers) == numbers[:] == [numbers[at] for at in range(len(numbers))]
    for serial, number in zip(serials, numbers, strict=True):
        digits = f"26{serial:06d}"
        assert number.replace("-", "") == digits + mod_11_10.calc_check_digit(digits)
