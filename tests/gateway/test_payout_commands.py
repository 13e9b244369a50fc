"""`inkasso balance` and `inkasso payout`, from outside, in a rehearsal store."""

import json

import pytest

from tests.gateway.test_command_line import EMAIL, LIST, REHEARSAL

IBAN = "DE89370400440532013000"


@pytest.fixture
def books(inkasso, tmp_path):
    """A creditor with one payment of 100.50 in April."""
    (tmp_path / "config.toml").write_text(REHEARSAL)
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    april = ("--now", "2026-04-20T10:00")
    inkasso(*april, "creditor", "add", "--email", EMAIL, "--name", "=Muster GmbH", "--iban", IBAN, "--json")
    cases = inkasso(*april, "submit", "liste.csv", "--creditor", EMAIL, "--json").document["cases"]
    paid = ("--amount", "100.50", "--value-date", "2026-04-17", "--json")
    assert inkasso(*april, "payment", "book", cases[0], *paid).code == 0
    return cases[0]


def at(moment, inkasso, *arguments):
    return inkasso("--now", moment, *arguments, "--json")


def test_a_balance_is_told_with_its_entries_and_the_next_payout(inkasso, books):
    found = at("2026-04-25", inkasso, "balance", "--creditor", EMAIL).document
    assert found == {
        "balance": "100.50",
        "currency": "EUR",
        "as_of": "2026-04-25",
        "entries": [
            {
                "value_date": "2026-04-17",
                "booked_on": "2026-04-20",
                "kind": "receipt",
                "case": books,
                "amount": "100.50",
            }
        ],
        "next_payout": {"due_on": "2026-05-15", "amount": "100.50"},
    }


def test_a_balance_as_of_a_day_counts_what_was_booked_by_then(inkasso, books):
    before = at("2026-04-25", inkasso, "balance", "--creditor", EMAIL, "--as-of", "2026-04-19").document
    assert (before["balance"], before["entries"], before["as_of"]) == ("0.00", [], "2026-04-19")


def test_a_person_reads_the_balance_as_a_table(inkasso, books):
    shown = inkasso("--now", "2026-04-25", "balance", "--creditor", EMAIL).out
    assert "100.50 EUR" in shown
    assert "due on 2026-05-15" in shown
    assert books in shown


def test_a_month_is_prepared_listed_and_confirmed(inkasso, books, tmp_path):
    prepared = at(
        "2026-05-04", inkasso, "payout", "prepare", "--month", "2026-04", "-o", "april.csv"
    ).document
    assert (prepared["prepared"], prepared["due_on"]) == (1, "2026-05-15")
    assert prepared["total"] == {"live": "0.00", "test": "100.50"}
    header, line, rest = (tmp_path / "april.csv").read_bytes().decode("utf-8").split("\r\n")
    assert header.startswith("\ufeffAuszahlung;Gläubiger;")
    assert line.split(";")[1:8] == [
        "'=Muster GmbH",
        EMAIL,
        "Test, wird nicht überwiesen",
        "100,50",
        "EUR",
        IBAN,
        "15.05.2026",
    ]
    assert not rest

    confirmed = at("2026-05-04", inkasso, "payout", "confirm", "--month", "2026-04").document
    assert (confirmed["confirmed"], confirmed["payouts"][0]["state"]) == (1, "confirmed")
    found = at("2026-05-04", inkasso, "balance", "--creditor", EMAIL).document
    assert (found["balance"], found["next_payout"]) == ("0.00", None)
    assert [(one["kind"], one["case"], one["amount"]) for one in found["entries"]] == [
        ("receipt", books, "100.50"),
        ("payout", None, "-100.50"),
    ]
    assert at("2026-05-04", inkasso, "verify").document["ok"]


def test_a_person_reads_what_was_prepared_and_confirmed(inkasso, books):
    shown = inkasso("--now", "2026-05-04", "payout", "prepare", "--month", "2026-04").out
    assert "2026-05-15" in shown
    assert "100.50 EUR in test accounts" in shown
    shown = inkasso("--now", "2026-05-04", "payout", "confirm", "--month", "2026-04").out
    assert "confirmed" in shown


def test_a_payout_is_cancelled_and_prepared_anew(inkasso, books):
    at("2026-05-04", inkasso, "payout", "prepare", "--month", "2026-04")
    cancelled = at("2026-05-04", inkasso, "payout", "cancel", "--creditor", EMAIL).document
    assert (cancelled["state"], cancelled["amount"]) == ("cancelled", "100.50")
    again = at("2026-05-04", inkasso, "payout", "prepare", "--month", "2026-04").document
    assert again["prepared"] == 1


def test_a_file_without_a_payout_has_its_header(inkasso, books, tmp_path):
    at("2026-05-04", inkasso, "payout", "prepare", "--month", "2026-03", "-o", "march.csv")
    assert len((tmp_path / "march.csv").read_bytes().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("prepare", "--month", "2026-05"), 1, "has not ended yet"),
        (("prepare", "--month", "May"), 1, "is no month"),
        (("prepare",), 2, "name a month"),
        (("confirm", "--month", "2026-04", "--creditor", EMAIL), 2, "name a month"),
        (("prepare", "--creditor", EMAIL), 1, "paid out monthly"),
        (("cancel", "--creditor", EMAIL), 1, "no open payout"),
    ],
)
def test_what_cannot_be_paid_is_refused_with_a_sentence(inkasso, books, arguments, code, said):
    done = inkasso("--now", "2026-05-04", "payout", *arguments)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


def test_json_holds_all_entries_and_last_only_the_newest(inkasso, books):
    for amount in ("1.00", "2.00", "3.00"):
        paid = ("--amount", amount, "--value-date", "2026-04-20", "--json")
        inkasso("--now", "2026-04-21", "payment", "book", books, *paid)
    everything = at("2026-04-25", inkasso, "balance", "--creditor", EMAIL).document
    newest = json.loads(
        inkasso("--now", "2026-04-25", "balance", "--creditor", EMAIL, "--last", "2", "--json").out
    )
    assert [one["amount"] for one in everything["entries"]] == ["100.50", "1.00", "2.00", "3.00"]
    assert [one["amount"] for one in newest["entries"]] == ["2.00", "3.00"]
