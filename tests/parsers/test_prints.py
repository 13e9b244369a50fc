"""Prints: columns that only blanks keep apart, with page heads, with amounts in cents, with no header."""

import pytest

from parsers.sheets.texts import fixed_columns, gaps_without_header
from tests.parsers.sources import read_bytes, read_lines

HEAD = "Kd-Nr   Name                          Rechnung    Fällig        Offen"
LINES = (
    "10001   Müller GmbH                   RE-1        01.03.2025            10,00",
    "10002   Verlag Groß & Söhne           RE-2        02.03.2025         1.234,56",
    "10003   Weiß, Eva                     RE-3        03.03.2025           950,00",
    "10004   Kowalczyk                     RE-4        04.03.2025            20,00",
)


def taken(document):
    return [(row["debtor"]["number"], row["amount"]) for row in document["accepted"]]


def read_print(folder, *lines):
    (document,) = read_bytes(folder, "\r\n".join([*lines, ""]).encode("cp850"))
    return document


def test_figures_may_stand_right_of_their_header(tmp_path):
    document = read_print(tmp_path, HEAD, *LINES)
    assert taken(document) == [
        ("10001", "10.00"), ("10002", "1234.56"), ("10003", "950.00"), ("10004", "20.00")
    ]  # fmt: skip


def test_figures_right_of_two_headers_belong_to_neither():
    head = "Rechnung   Fällig      Betrag                   Offen"
    line = "RE-1       01.03.2025               10,00            "
    assert fixed_columns([head, line, line]) is None


def test_carry_overs_and_heads_of_pages_are_passed_over(tmp_path):
    document = read_print(
        tmp_path,
        "OP-Liste Muster GmbH                  Seite 1",
        HEAD,
        *LINES[:2],
        "        Übertrag                                                     1.244,56",
        "",
        "OP-Liste Muster GmbH                  Seite 2",
        HEAD,
        "        Übertrag                                                     1.244,56",
        *LINES[2:],
        "        Übertrag Logistik GmbH        RE-5        05.03.2025             7,00",
    )
    assert [row["row"] for row in document["accepted"]] == [3, 4, 10, 11, 12]
    assert not document["rejected"]


def test_a_long_name_may_reach_into_the_blanks_beside_it(tmp_path):
    others = [LINES[3].replace("1000", "2000").replace("RE-4", f"RE-{n}") for n in range(20, 40)]
    long = "10009   Januar Druckerei AG & Co. KG  RE-9        05.03.2025             7,00"
    document = read_print(tmp_path, HEAD, *others, long)
    assert document["accepted"][-1]["debtor"]["company"] == "Januar Druckerei AG & Co. KG"


CENTS = (
    "29628  Eva Meyer      RE-34714  20231020 20231027 000000089416",
    "29629  Zoe Ort        RE-34716  20250312 20250319 000000000394",
    "29630  Nina Rest      RE-34719  20250130 20250301 000000009543",
    "29631  Uwe Fischer    RE-34721  20240318 20240417 000000001779",
)


def test_a_print_without_a_header_is_asked_and_read_as_it_is_answered(tmp_path):
    content = "\r\n".join([*CENTS, ""]).encode()
    (document,) = read_bytes(tmp_path, content)
    question = document["needs_answer"][0]
    assert not document["accepted"]
    assert question["choices"][0].endswith("offener Betrag in Cent")
    (document,) = read_bytes(tmp_path, content, answers={question["id"]: question["choices"][0]})
    assert [row["amount"] for row in document["accepted"]] == ["894.16", "3.94", "95.43", "17.79"]
    assert document["accepted"][0]["due_date"] == "2023-10-27"
    assert document["accepted"][0]["debtor"]["name"] == "Eva Meyer"


@pytest.mark.parametrize(
    "lines",
    [
        ("Sehr geehrte Damen und Herren,", "anbei die Liste der offenen Posten.", "Mit besten", "Grüßen"),
        ("a;b  ;c", "d;e  ;f", "g;h  ;i", "j;k  ;l"),
        CENTS[:3],
    ],
)
def test_other_lines_show_no_columns(lines):
    assert gaps_without_header(lines) is None


def test_amounts_in_cents_are_read_as_cents(tmp_path):
    document = read_lines(
        tmp_path,
        "Name;Rechnung;Betrag in Cent;Offen (ct);Mahngebühr",
        "M GmbH;R1;123456;1234;2,50",
        "N GmbH;R2;5;5;",
    )
    assert [row["amount"] for row in document["accepted"]] == ["12.34", "0.05"]
    assert document["accepted"][0]["creditor_costs"] == [{"kind": "dunning_fee", "amount": "2.50"}]


@pytest.mark.parametrize("amount", ["12,34", "1.234", "12.5"])
def test_what_cannot_be_whole_cents_is_not_taken(tmp_path, amount):
    lines = ["Name;Rechnung;Offen in Cent", *(f"M GmbH;R{n};{n}00" for n in range(9)), f"N GmbH;R99;{amount}"]
    (document,) = read_bytes(tmp_path, "\r\n".join([*lines, ""]).encode())
    assert all(row["debtor"]["company"] == "M GmbH" for row in document.get("accepted", ()))
