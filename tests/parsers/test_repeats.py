import pytest

from parsers.sheets.repeats import Repeats, Suspicion, is_set
from storage.money import Money
from storage.records import Debtor, Row
from tests.parsers.sources import read_lines

HEADER = "Kd-Nr;Name;Rechnungsnummer;Fälligkeit;Betrag"


def row(number, invoice="RE-1", cents=1000, debtor="1"):
    return Row(
        row=number, debtor=Debtor(number=debtor, name="M"), amount=Money(cents), invoice_number=invoice
    )


def test_only_rows_of_the_same_invoice_and_customer_are_suspected():
    suspicion = Suspicion()
    suspicion.add([2, 3, 4, 5], ["RE-1", "re 1", "RE-1", ""], ["7", "7", "8", ""])
    suspicion.add([6], [""], [""])
    bits = suspicion.rows()
    assert [number for number in range(1, 10) if is_set(bits, number)] == [2, 3]


def test_umlauts_and_numbers_are_folded_as_an_identity_folds_them():
    suspicion = Suspicion()
    suspicion.add([2, 3], ["MÜ-1", "mue1"], None)
    suspicion.add([4, 5], ["1001", 1001.0], None)
    assert [number for number in range(2, 6) if is_set(suspicion.rows(), number)] == [2, 3, 4, 5]


def test_equal_rows_are_repeats_and_unequal_ones_contradict():
    repeats = Repeats.among([row(2), row(3), row(4, "RE-2"), row(5, "RE-2", 1), row(6, "RE-2")])
    assert [repeats.other(number) for number in range(2, 7)] == [0, -2, 5, 4, 5]


def test_repeats_stay_known_when_there_are_very_many():
    rows = [row(number, f"RE-{number % 20_000}") for number in range(1, 40_001)]
    repeats = Repeats.among(rows)
    assert repeats.other(1) == 0
    assert repeats.other(20_001) == -1
    assert repeats.other(10**9) == 0


def test_long_numbers_that_begin_alike_are_not_the_same():
    rows = [row(number, f"RE-2025-0000000{number}", debtor=str(number)) for number in range(1, 500)]
    assert not Repeats.among(rows)


def test_both_of_two_contradicting_rows_are_rejected_and_name_each_other(tmp_path):
    document = read_lines(
        tmp_path, HEADER, "1;M GmbH;RE-1;01.03.2025;10,00", *_others(600), "1;M GmbH;RE-1;01.03.2025;11,00"
    )
    assert [rejected["row"] for rejected in document["rejected"]] == [2, 603]
    assert "Zeile 603" in document["rejected"][0]["problems"][0]["message"]
    assert "Zeile 2" in document["rejected"][1]["problems"][0]["message"]
    assert len(document["accepted"]) == 600


def test_an_equal_repeat_is_taken_with_a_warning(tmp_path):
    line = "1;M GmbH;RE-1;01.03.2025;10,00"
    document = read_lines(tmp_path, HEADER, line, line)
    codes = [[warning["code"] for warning in row["warnings"]] for row in document["accepted"]]
    assert ["repeated_row" in row for row in codes] == [False, True]


def test_a_row_that_is_rejected_anyway_contradicts_nobody(tmp_path):
    document = read_lines(
        tmp_path, HEADER, "1;M GmbH;RE-1;01.03.2025;10,00", "1;M GmbH;RE-1;31.02.2025;10,00"
    )
    assert [row["row"] for row in document["accepted"]] == [2]


@pytest.mark.parametrize("number", ["", "-"])
def test_rows_without_an_invoice_number_never_contradict(tmp_path, number):
    document = read_lines(
        tmp_path, HEADER, f"1;M GmbH;{number};01.03.2025;10,00", f"1;M GmbH;{number};01.03.2025;11,00"
    )
    assert len(document["accepted"]) == 2


def _others(count):
    return [f"{n};X GmbH;X-{n};01.03.2025;5,00" for n in range(count)]


def test_the_spelling_of_numbers_is_no_contradiction(tmp_path):
    document = read_lines(
        tmp_path,
        HEADER,
        "K 1;M GmbH;re 001;01.03.2025;10,00",
        "k-1;M GmbH;RE-001;01.03.2025;10,00",
    )
    assert [len(document["accepted"]), len(document["rejected"])] == [2, 0]
    assert "repeated_row" in [warning["code"] for warning in document["accepted"][1]["warnings"]]
