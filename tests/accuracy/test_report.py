"""The report's shares and goals."""

from rich.console import Console

from tests.accuracy.report import Report
from tests.accuracy.run import Example, Tally
from tests.accuracy.scoring import Outcome


def tally(**facts):
    return Tally(layout="one", traits=("CSV", "DATEV"), **facts)


def good():
    return tally(
        files=10, deciding=10, decided=100, decided_right=100, outcomes={"right": 100, "refused rightly": 5}
    )


def test_a_run_that_meets_all_goals_has_no_faults():
    report = Report([good()])
    assert report.faults == []
    assert (report.totals["rows"], report.totals["right_share"], report.totals["needless_share"]) == (
        105,
        1.0,
        0.0,
    )


def test_one_wrong_row_is_a_fault():
    report = Report(
        [tally(files=1, deciding=1, decided=1_000, decided_right=999, outcomes={"right": 999, "WRONG": 1})]
    )
    assert report.faults == ["1 rows are read wrongly; there must be none"]


def test_too_few_right_rows_and_too_many_questions_are_faults():
    report = Report(
        [
            tally(
                files=10,
                deciding=10,
                asked_needlessly=1,
                decided=100,
                decided_right=98,
                outcomes={"right": 98, "missed": 2},
            )
        ]
    )
    assert [fault.split()[0] for fault in report.faults] == ["98.00%", "10.00%"]


def test_a_layout_counts_for_each_of_its_traits():
    traits = Report([good(), tally(files=1, outcomes={"missed": 3})]).traits
    assert traits.loc["CSV", "files"] == traits.loc["DATEV", "files"] == 11
    assert traits.loc["DATEV", "missed"] == 3


def test_the_report_shows_and_writes_its_examples():
    example = Example(outcome=Outcome.MISSED, index=0, file="a.csv", row=3, reason="name_missing")
    report = Report([tally(files=1, decided=1, outcomes={"missed": 1}, examples=[example])])
    console = Console(record=True, width=200)
    report.show(console)
    assert "name_missing" in console.export_text()
    assert report.as_json()["examples"]["one"][0]["row"] == 3
