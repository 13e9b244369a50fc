import openpyxl
import pytest

from parsers.questions import is_kept
from parsers.sheets.answers import fingerprint_of, letters
from tests.parsers.sources import read, read_lines


def answered(folder, *lines, language="de"):
    """The document before the answer and, for each choice of its one question, after it."""
    asked = read_lines(folder, *lines, language=language)
    (question,) = asked["needs_answer"]
    assert not asked["accepted"]
    after = [
        read_lines(folder, *lines, language=language, answers={question["id"]: choice})
        for choice in question["choices"]
    ]
    return asked, after


def amounts(document):
    return [row["amount"] for row in document["accepted"]]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_answer_on_a_decimal_mark_is_applied_and_not_asked_again(tmp_path, language):
    asked, (comma, point) = answered(
        tmp_path, "Name;Rechnungsnummer;Offen", "M GmbH;1;1.234", "N GmbH;2;12.500", language=language
    )
    assert asked["needs_answer"][0]["id"] == "decimal_mark:offen"
    assert (amounts(comma), comma["decimal_mark"]) == (["1234.00", "12500.00"], ",")
    assert point["needs_answer"] == []
    assert [row["problems"][0]["code"] for row in point["rejected"]] == ["amount_decimals"] * 2


def test_the_answer_on_the_order_of_dates_is_applied(tmp_path):
    asked, (day_first, month_first) = answered(
        tmp_path, "Name;Rechnungsnummer;Fällig am;Offen", "M GmbH;1;03/04/2025;10,00"
    )
    assert asked["needs_answer"][0]["id"] == "date_order:faelligam"
    assert day_first["accepted"][0]["due_date"] == "2025-04-03"
    assert (month_first["accepted"][0]["due_date"], month_first["date_order"]) == ("2025-03-04", "mdy")


def test_the_answer_on_which_column_is_the_amount_is_applied(tmp_path):
    asked, (first, second) = answered(
        tmp_path, "Name;Rechnungsnummer;Offen;Restbetrag", "M GmbH;1;10,00;9,00"
    )
    assert asked["needs_answer"][0]["id"] == "which_column:amount"
    assert (amounts(first), amounts(second)) == (["10.00"], ["9.00"])
    assert (first["columns"]["amount"], second["columns"]["amount"]) == ("Offen", "Restbetrag")


def test_two_columns_of_one_name_are_told_apart_by_their_letters(tmp_path):
    asked, (first, second) = answered(tmp_path, "Name;Rechnungsnummer;Offen;Offen", "M GmbH;1;10,00;9,00")
    assert asked["needs_answer"][0]["choices"] == ["Offen (C)", "Offen (D)"]
    assert (amounts(first), amounts(second)) == (["10.00"], ["9.00"])


def test_an_amount_beside_money_that_was_not_understood_is_taken_as_answered(tmp_path):
    _, (gross, other) = answered(
        tmp_path, "Name;Rechnungsnummer;Betrag;davon strittig", "M GmbH;1;100,00;60,00"
    )
    assert (amounts(gross), amounts(other)) == (["100.00"], ["60.00"])


def test_debit_alone_or_less_credit(tmp_path):
    _, (debit, less) = answered(
        tmp_path,
        "Konto;Name;Rechnungsnummer;Soll;Haben",
        "1;M GmbH;1;100,00;0,00",
        "2;N GmbH;2;200,00;50,00",
    )
    assert amounts(debit) == ["100.00", "200.00"]
    assert amounts(less) == ["100.00", "150.00"]


def test_what_was_paid_is_taken_off_only_by_the_senders_word(tmp_path):
    _, (done, still) = answered(
        tmp_path, "Name;Rechnungsnummer;Betrag;Bezahlt", "M;1;100,00;40,00", "N;2;200,00;", "O;3;5,00;5,00"
    )
    assert amounts(done) == ["100.00", "200.00", "5.00"]
    assert amounts(still) == ["60.00", "200.00"]
    assert still["rejected"][0]["problems"][0]["code"] == "amount_zero"


def test_a_payment_with_a_sign_of_its_own_is_not_taken_off(tmp_path):
    _, (_, still) = answered(tmp_path, "Name;Rechnungsnummer;Betrag;Bezahlt", "M;1;100,00;-40,00")
    assert still["rejected"][0]["problems"][0]["code"] == "amount_negative"


def test_how_payments_are_written_is_asked_once_they_are_to_be_taken_off(tmp_path):
    document = read_lines(
        tmp_path,
        "Name;Rechnungsnummer;Betrag;Bezahlt",
        "M;1;2.100,00;1.234",
        answers={"paid_amount:bezahlt": "noch abzuziehen"},
    )
    assert [one["id"] for one in document["needs_answer"]] == ["decimal_mark:bezahlt"]
    assert not document["accepted"]


def test_a_table_without_a_header_offers_headers_and_is_read_by_the_one_chosen(tmp_path):
    lines = (
        "10021;Müller;Hans;RE-1;01.03.2025;15.03.2025;10,00",
        "10022;Meier;Ute;RE-2;02.03.2025;16.03.2025;20,00",
    )
    asked, (chosen, *_, unsure) = answered(tmp_path, *lines)
    assert asked["needs_answer"][0]["choices"] == [
        "Kundennummer; Name; Vorname; Rechnungsnummer; Rechnungsdatum; Fälligkeit; offener Betrag",
        "ich sende sie mit Kopfzeile",
    ]
    row = chosen["accepted"][0]
    assert (row["row"], row["amount"], row["due_date"]) == (1, "10.00", "2025-03-15")
    assert (row["debtor"]["number"], row["debtor"]["first_name"]) == ("10021", "Hans")
    assert unsure["needs_answer"] == asked["needs_answer"]


def test_a_header_in_the_senders_own_words_is_taken_too(tmp_path):
    lines = ("Müller GmbH;RE-1;01.03.2025;10,00",)
    said = {"no_header:header": "Firma; Rechnungsnummer; fällig am; Offen"}
    assert amounts(read_lines(tmp_path, *lines, answers=said)) == ["10.00"]
    said = {"no_header:header": "Firma; Rechnungsnummer; Offen; fällig am"}
    assert read_lines(tmp_path, *lines, answers=said)["needs_answer"]


@pytest.mark.parametrize(("answer", "taken", "left"), [("ja", [2, 3], []), ("no", [2], [3])])
def test_hidden_rows_are_taken_or_passed_over_as_answered(tmp_path, answer, taken, left):
    book = openpyxl.Workbook()
    for row in (["Firma", "Rechnungsnummer", "Offen"], ["M GmbH", "RE-1", 10.5], ["N GmbH", "RE-2", 20.5]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "hidden.xlsx")
    (document,) = read(tmp_path / "hidden.xlsx", answers={"hidden_rows:rows": answer})
    assert document["needs_answer"] == []
    assert [row["row"] for row in document["accepted"]] == taken
    assert [row["row"] for row in document["skipped"]] == left


@pytest.mark.parametrize(
    ("answer", "read_from"), [("Mai", ["Mai"]), ("alle Blätter", ["April", "Mai"]), ("Juni", [None])]
)
def test_the_sheets_that_were_named_are_read(tmp_path, answer, read_from):
    book = openpyxl.Workbook()
    for number, name in enumerate(("April", "Mai")):
        sheet = book.create_sheet(name)
        sheet.append(["Firma", "Rechnungsnummer", "Offen"])
        sheet.append(["M GmbH", f"RE-{number}", 10.5])
    book.save(tmp_path / "two.xlsx")
    documents = read(tmp_path / "two.xlsx", answers={"which_sheet:sheet": answer})
    assert [document["sheet"] for document in documents] == read_from


PRIVATE = ("Name;Vorname;Rechnungsnummer;Rechnungsdatum;Offen", "Müller;Hans;1;01.03.2025;10,00")


def test_one_answer_gives_all_private_customers_a_ground_and_a_contract_date(tmp_path):
    lines = (*PRIVATE, "Meier GmbH;;2;02.03.2025;20,00")
    asked = read_lines(tmp_path, *lines)
    (offer,) = asked["offers"]
    assert (len(asked["accepted"]), asked["needs_answer"]) == (2, [])
    assert offer["id"] == "ground_and_contract_date:private"

    document = read_lines(tmp_path, *lines, answers={offer["id"]: "Kaufvertrag"})
    person, firm = document["accepted"]
    assert (person["ground"], person["contract_date"]) == ("Kaufvertrag", "2025-03-01")
    assert (firm["ground"], firm["contract_date"]) == (None, None)
    assert document["offers"] == []
    assert not {"missing_ground", "missing_contract_date"} & {one["code"] for one in document["problems"]}


def test_a_no_is_not_asked_again_and_the_gaps_stay(tmp_path):
    document = read_lines(tmp_path, *PRIVATE, answers={"ground_and_contract_date:private": "Nein"})
    assert document["offers"] == []
    assert {"missing_ground", "missing_contract_date"} <= {one["code"] for one in document["problems"]}


@pytest.mark.parametrize(
    ("column", "offer"),
    [(";Forderungsgrund", "contract_date:private"), (";Vertragsdatum", "ground:private")],
)
def test_only_what_is_missing_is_offered(tmp_path, column, offer):
    document = read_lines(tmp_path, PRIVATE[0] + column, PRIVATE[1] + ";")
    assert [one["id"] for one in document["offers"]] == [offer]


def test_an_answer_for_this_header_counts_before_one_for_all(tmp_path):
    lines = ("Name;Rechnungsnummer;Offen", "M GmbH;1;1.234")
    own = read_lines(tmp_path, *lines)["fingerprint"]
    given = {"decimal_mark:offen": "Punkt", f"{own}/decimal_mark:offen": "Komma"}
    assert amounts(read_lines(tmp_path, *lines, answers=given)) == ["1234.00"]
    given = {"decimal_mark:offen": "Komma", "0000/decimal_mark:offen": "Punkt"}
    assert amounts(read_lines(tmp_path, *lines, answers=given)) == ["1234.00"]


def test_an_answer_that_fits_no_choice_asks_again(tmp_path):
    document = read_lines(
        tmp_path, "Name;Rechnungsnummer;Offen", "M GmbH;1;1.234", answers={"decimal_mark:offen": "weiß nicht"}
    )
    assert document["needs_answer"]


def test_a_fingerprint_is_of_the_headers_as_they_are_read():
    assert fingerprint_of(["Kd.-Nr.", "Fällig am"]) == fingerprint_of(["KD NR", "faellig AM", "Fehler"])
    assert fingerprint_of(["Name", "Ort"]) != fingerprint_of(["Ort", "Name"])


def test_what_is_hidden_in_one_file_says_nothing_of_the_next():
    assert not is_kept("abc/hidden_rows:rows")
    assert is_kept("abc/decimal_mark:offen")


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [letters(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
