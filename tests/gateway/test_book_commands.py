"""The commands on a case's money: what they answer, and that what they refuse writes nothing."""

import json
import logging
import os
from contextlib import closing
from typing import NamedTuple

import pytest
import structlog

from gateway.command_line import main
from gateway.owner import name_of_this_person
from storage.engine.database import Database
from tests.storage.books.agreed import entries_booked

EMAIL = "buchhaltung@muster.example"
CONFIG = '[store]\nurl = "sqlite:///var/inkasso.db"\nrehearsal = true\n'
LIST = (
    "Rechnungsnummer;Nachname;Straße;PLZ;Ort;Betrag;Fällig am;Rechnungsdatum;Vertragsgegenstand;"
    "Vertragsdatum;Verzug ab;Verzugsgrund;Mahnkosten\r\n"
    "R-1;Muster;Am Weg 1;04109;Leipzig;250,00;10.01.2026;02.01.2026;Kaufvertrag;02.01.2026;16.01.2026;"
    "Mahnung vom 08.01.2026;5,00\r\n"
)
CASE = "26-000001-5"


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    """Runs one command on a day, in a folder with one case in AUTOCOLLECT since 2 February."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    handlers, level, mask = logging.root.handlers, logging.root.level, os.umask(0o022)

    def run_one(day, *arguments):
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main(["--now", f"2026-{day}T12:00", *arguments])
        return Done(left.value.code or 0, *capfd.readouterr())

    home = ("--street", "Weg 1", "--postcode", "50667", "--city", "Köln")
    assert run_one("02-01", "creditor", "add", "--email", EMAIL, "--name", "Muster GmbH", *home).code == 0
    assert run_one("02-01", "submit", "liste.csv", "--creditor", EMAIL).code == 0
    assert run_one("02-02", "tick").code == 0
    yield run_one
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.root.handlers = handlers
    logging.root.setLevel(level)
    os.umask(mask)


@pytest.fixture
def told(run):
    """The JSON document of a command that succeeds."""

    def tell(day, *arguments):
        done = run(day, *arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    return tell


def written(folder):
    with closing(Database.open(f"sqlite:///{folder}/var/inkasso.db")) as database:
        return entries_booked(database)


def test_a_plan_is_agreed_shown_and_paid(told):
    asked = ("--rate", "100.00", "--first", "2026-03-01", "--notice-given", "--text-form")
    agreed = told("02-10", "case", "plan", CASE, *asked)
    assert (agreed["status"], agreed["plan"]["total"]) == ("INSTALLMENT", "287.02")
    assert [one["amount"] for one in agreed["plan"]["rates"]] == ["100.00", "100.00", "87.02"]
    told("03-01", "payment", "book", CASE, "--amount", "100.00", "--value-date", "2026-03-01")
    shown = told("03-02", "case", "plan", CASE)["plan"]
    assert (shown["received"], shown["rates"][0]["paid"], shown["missed"]) == ("100.00", "100.00", 0)
    assert told("05-20", "tick")["done"]["plans_broken"] == 1


def test_a_settlement_within_the_limit_is_agreed_paid_and_returned(told):
    assert told("02-10", "creditor", "terms", "--email", EMAIL, "--settlement-percent", "50") == {
        "email": EMAIL,
        "settlement_percent": 50,
    }
    asked = ("--amount", "150.00", "--until", "2026-03-10", "--consent", "limit")
    assert told("02-10", "case", "settlement", CASE, *asked)["due_on"] == "2026-03-10"
    paid = told("03-01", "payment", "book", CASE, "--amount", "150.00", "--value-date", "2026-03-01")
    assert (paid["status"], paid["owed"], paid["receipt"]) == ("CLEARED", "0.00", 1)
    listed = told("03-01", "payment", "list", CASE)["payments"]
    assert [(one["receipt"], one["amount"], one["state"]) for one in listed] == [(1, "150.00", "booked")]
    gone = told("03-05", "payment", "return", "1", "--creditor", EMAIL, "--reason", "AC04", "--fee", "4.50")
    assert (gone["status"], gone["creditor_share"]) == ("AUTOCOLLECT", "0.00")
    assert told("03-05", "case", "show", CASE)["statement"] is None


def test_too_much_is_paid_back_and_a_fee_waived(told):
    told("02-10", "payment", "waive", CASE, "--of", "fee", "--reason", "Kulanz")
    paid = told("02-10", "payment", "book", CASE, "--amount", "300.00", "--value-date", "2026-02-10")
    assert (paid["status"], paid["surplus"]) == ("CLEARED", "38.73")
    asked = ("--amount", "38.73", "--creditor", EMAIL, "--reason", "zu viel")
    assert told("02-11", "payment", "refund", "1", *asked)["surplus"] == "0.00"


def test_nobody_is_their_own_second_person(run):
    assert run("02-10", "case", "move", CASE, "recalled", "--reason", "Kulanz").code == 0
    back = ("case", "move", CASE, "AUTOCOLLECT", "--reason", "Versehen", "--confirmed-by")
    done = run("02-11", *back, f" {name_of_this_person().upper()} ")
    assert (done.code, "second person" in done.err) == (1, True)


def test_a_case_is_moved_by_hand_and_back_by_two_persons(told):
    assert told("02-10", "case", "move", CASE, "recalled", "--reason", "Kulanz")["owed"] == "0.00"
    back = ("case", "move", CASE, "AUTOCOLLECT", "--reason", "Versehen", "--confirmed-by", "Frau Zwei")
    assert told("02-11", *back)["trigger"] == "correction"
    fee = told("02-11", "case", "fee", CASE, "--rate", "1.3", "--reason", "besonders umfangreich")
    assert fee["changed_by"] == "49.44"  # 66.95 and 13.39 instead of 25.75 and 5.15


def test_what_waits_for_a_decision_is_decided_and_not_only_closed(run, told):
    told("02-03", "payment", "book", CASE, "--amount", "50.00", "--value-date", "2026-02-03", "--direct")
    (task,) = told("02-03", "queue", "list")["queue"]
    refused = run("02-03", "queue", "resolve", str(task["id"]))
    assert (task["kind"], refused.code) == ("fee_review", 1)
    assert "inkasso case fee" in refused.err
    told("02-03", "case", "fee", CASE, "--rate", "none", "--reason", "vor Zugang gezahlt")
    assert told("02-03", "queue", "list")["queue"] == []


PAY = ("payment", "book", CASE, "--value-date", "2026-02-10", "--amount")
PLAN = ("case", "plan", CASE, "--first", "2026-03-01")
REFUSED = [
    # the command, its exit code, what its one sentence says
    ((*PAY, "0.00"), 1, "is no payment"),
    ((*PAY, "-5.00"), 1, "is no payment"),
    ((*PAY, "100.00 USD"), 1, "kept in EUR"),
    ((*PAY, "100,00"), 2, "write 1234.56"),
    (("payment", "book", CASE, "--value-date", "2026-02-11", "--amount", "1.00"), 1, "future"),
    (
        ("payment", "book", "26-000009-9", "--value-date", "2026-02-10", "--amount", "1.00"),
        2,
        "there is no case",
    ),
    (
        ("payment", "book", "26-000001-6", "--value-date", "2026-02-10", "--amount", "1.00"),
        2,
        "no case number",
    ),
    (("payment", "return", "7", "--creditor", EMAIL, "--reason", "AC04"), 2, "there is no receipt 7"),
    (("payment", "return", "7", "--creditor", "fremd@x.example", "--reason", "AC04"), 2, "no account"),
    (("case", "move", CASE, "UNFOUNDED", "--reason", "x"), 1, "No step leads"),
    (("case", "move", CASE, "COMMUNICATION", "--reason", "x"), 1, "only in writing"),
    ((*PLAN, "--rates", "3"), 1, "told beforehand"),
    (("case", "plan", CASE, "--rates", "3"), 2, "first rate"),
    (("case", "plan", CASE), 1, "has no plan"),
    (("case", "letter-again", CASE, "--reason", " "), 1, "reason"),
]


@pytest.mark.parametrize(("command", "code", "sentence"), REFUSED)
def test_what_is_refused_says_why_in_one_sentence_and_writes_nothing(run, tmp_path, command, code, sentence):
    before = written(tmp_path)
    refused = run("02-10", *command)
    assert (refused.code, refused.out) == (code, "")
    assert sentence in refused.err.replace("\n", " ")
    assert written(tmp_path) == before
