"""The files of an acknowledgement have names that are their own."""

import os

from gateway.road.folder_reply import apart


def test_copies_of_equal_names_are_numbered():
    wanted = ["a.xlsx", "A.xlsx", "a.xlsx", "b.csv"]
    assert apart(wanted, {"b.csv"}) == ["a.xlsx", "A (2).xlsx", "a (3).xlsx", "b (2).csv"]


def test_long_names_stay_names_that_files_can_have():
    first, second = apart(["ü" * 200 + ".xlsx"] * 2, ())
    assert first != second
    assert max(len(os.fsencode(name)) for name in (first, second)) <= 255
    assert second.endswith(" (2).xlsx")
