from bot.digest import ROWS_SHOWN_MAX, skipped_of, warned_of
from parsers.problems import Code, make_problem


def test_warnings_of_one_kind_become_one_with_a_count_and_the_first_rows():
    warnings = [(row, make_problem(Code.MISSING_ADDRESS, "de")) for row in range(2, 102)]
    (one,) = warned_of(warnings)
    assert one.count == 100
    assert one.rows == tuple(range(2, 2 + ROWS_SHOWN_MAX))
    assert one.example_row is None


def test_a_warning_that_quotes_a_value_says_whose_value_it_is():
    warnings = [
        (row, make_problem(Code.IBAN_INVALID, "de", value=f"DE{row}", column="IBAN")) for row in (5, 6)
    ]
    (one,) = warned_of(warnings)
    assert (one.count, one.example_row) == (2, 5)
    assert "DE5" in one.message


def test_the_most_frequent_warning_comes_first_and_no_rows_are_named_over_several_files():
    warnings = [(2, make_problem(Code.MISSING_GROUND, "de"))]
    warnings += [(row, make_problem(Code.MISSING_ADDRESS, "de")) for row in (3, 4)]
    first, second = warned_of(warnings, with_rows=False)
    assert (first.count, first.rows, second.count) == (2, (), 1)


def test_skipped_rows_are_counted_by_reason():
    total, blank = skipped_of([(9, "Summenzeile"), (10, "leere Zeile"), (11, "leere Zeile")])
    assert (total.reason, total.rows, blank.count) == ("Summenzeile", (9,), 2)
