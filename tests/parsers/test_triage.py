from datetime import date

import pytest

from parsers.problems import Code, make_problem
from parsers.sheets.triage import Advice, advice_for, advice_text
from storage.money import Money
from storage.records import CreditorCost, Debtor, DocumentHead, Kind, Row

TODAY = date(2026, 4, 20)
HEAD = DocumentHead(kind=Kind.CLAIMS, name="op.csv")
FEE = CreditorCost(kind="dunning_fee", amount=Money(250))


def row(due=date(2026, 1, 15), *codes, **fields):
    return Row(
        row=2,
        debtor=Debtor(name="Müller"),
        amount=Money(1000),
        due_date=due,
        warnings=tuple(make_problem(code, "de", until="31.12.2025") for code in codes),
        **fields,
    )


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        (row(), Advice.TAKEN),
        (row(date(2022, 1, 1), Code.TIME_BARRED, Code.MISSING_GROUND), Advice.TIME_BARRED),
        (row(date(2026, 5, 1), Code.NOT_YET_DUE), Advice.NOT_DUE),
        (row(date(2026, 3, 21)), Advice.REMIND),
        (row(date(2026, 3, 20)), Advice.TAKEN),
        (row(None), Advice.REMIND),
        (row(date(2026, 4, 1), creditor_costs=(FEE,)), Advice.TAKEN),
        (row(date(2026, 4, 1), default_since=date(2026, 4, 10)), Advice.TAKEN),
        (row(date(2026, 1, 15), Code.MISSING_ADDRESS), Advice.COMPLETE),
    ],
)
def test_a_row_gets_the_most_pressing_advice(given, advice):
    assert advice_for(given, HEAD, TODAY) is advice


def test_what_the_whole_list_lacks_counts_for_each_private_row():
    head = DocumentHead(
        kind=Kind.CLAIMS, name="op.csv", problems=(make_problem(Code.MISSING_GROUND, "de", field="ground"),)
    )
    assert advice_for(row(), head, TODAY) is Advice.COMPLETE


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("advice", Advice)
def test_every_advice_has_words(advice, language):
    assert advice_text(advice, language)
