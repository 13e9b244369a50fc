"""Open items without names on the road: joined with customers sent along, or kept from last month."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.composition import open_gateway
from gateway.config import Config
from gateway.road.submit import submit_file
from storage.cases.cases import show_case
from storage.intake.withdraw import withdraw
from storage.verify import verify
from tests.conftest import NOW
from tests.parsers.masters.lists import CUSTOMERS, MASTER, OPOS, workbook, written
from tests.peers.gateway import OWNER, running
from tests.storage import road as store

FIVE = ("new", "unchanged", "changed", "rejected", "skipped")


class Desk:
    """Hands files in, each by a command of its own, as `inkasso submit` does."""

    def __init__(self, url: str, folder: Path) -> None:
        self._config = Config(store={"url": url})
        self._folder = folder
        with self.gateway() as gateway:
            store.new_account(gateway.database, NOW, OWNER)

    def gateway(self):
        return open_gateway(self._config, lambda: datetime.now(UTC))

    def submit(self, name: str, *lines: str, dry_run: bool = False) -> dict:
        return self.submit_file(written(self._folder / name, *lines), dry_run=dry_run)

    def submit_file(self, path: Path, *, dry_run: bool = False) -> dict:
        with self.gateway() as gateway:
            outcome = submit_file(gateway, path, OWNER, dry_run=dry_run)
        assert outcome["rows_total"] == sum(outcome[name] for name in FIVE)
        return outcome

    def debtors(self, outcome: dict) -> list[str]:
        with self.gateway() as gateway, gateway.database.read() as connection:
            assert verify(connection).findings == ()
            found = [show_case(connection, number).debtor for number in outcome["cases"]]
        return [one["company"] or f"{one['name']}, {one['first_name']}" for one in found]


@pytest.fixture
def desk(store_url: str, tmp_path: Path) -> Desk:
    return Desk(store_url, tmp_path)


def counts(outcome: dict) -> dict[str, int]:
    return {name: outcome[name] for name in FIVE if outcome[name]}


def test_a_customer_list_alone_is_thanked_for_and_kept_for_the_list_of_next_month(desk):
    master = desk.submit("Stammdaten.csv", *MASTER)

    assert (counts(master), list(master["cases"]), master["problems"]) == ({}, [], [])
    assert "Kundenliste: 3 Adressen übernommen." in master["reply"]

    outcome = desk.submit("OPOS.csv", *OPOS)

    assert counts(outcome) == {"new": 2, "rejected": 1, "skipped": 1}
    assert desk.debtors(outcome) == ["Muster GmbH", "Meier, Anna"]
    assert "Zu Kunde 10099 kennen wir weder Namen noch Anschrift." in outcome["reply"]
    assert counts(desk.submit("OPOS.csv", *OPOS)) == {"unchanged": 2, "rejected": 1, "skipped": 1}


def test_a_workbook_of_both_is_one_list_of_claims(desk, tmp_path):
    outcome = desk.submit_file(workbook(tmp_path / "export.xlsx", OPOS=OPOS, Debitoren=MASTER))

    assert counts(outcome) == {"new": 2, "rejected": 1, "skipped": 1}
    assert "Kundenliste: 3 Adressen übernommen." in outcome["reply"]
    assert desk.debtors(outcome) == ["Muster GmbH", "Meier, Anna"]


def test_a_dry_run_keeps_nothing_and_sees_what_is_kept(desk):
    assert "3 Adressen" in desk.submit("Stammdaten.csv", *MASTER, dry_run=True)["reply"]
    assert counts(desk.submit("OPOS.csv", *OPOS, dry_run=True)) == {"rejected": 3, "skipped": 1}

    desk.submit("Stammdaten.csv", *MASTER)
    dry = desk.submit("OPOS.csv", *OPOS, dry_run=True)
    outcome = desk.submit("OPOS.csv", *OPOS)

    assert counts(dry) == counts(outcome) == {"new": 2, "rejected": 1, "skipped": 1}
    assert dry["plan"] == outcome["plan"]


def test_the_latest_customer_list_wins_and_two_names_of_one_number_are_forgotten(desk):
    desk.submit("Stammdaten.csv", *MASTER)
    desk.submit("Stammdaten.csv", *MASTER[:2], "10021;Neu GmbH;;;;2;;;Weg 9;50667;Köln;DE;;;")
    twice = [f"10022;;{name};Anna;;1;;;Weg 3;20095;Hamburg;DE;;;" for name in ("Meier", "Schulz")]
    said = desk.submit("Stammdaten.csv", *MASTER[:2], *twice)

    outcome = desk.submit("OPOS.csv", *OPOS)

    assert [problem["code"] for problem in said["problems"]] == ["customers_undecided"]
    assert "verschiedene Namen oder Anschriften" in said["reply"]
    assert desk.debtors(outcome) == ["Neu GmbH"]
    assert counts(outcome) == {"new": 1, "rejected": 2, "skipped": 1}


def test_customers_of_a_withdrawn_submission_are_forgotten(desk):
    master = desk.submit("Stammdaten.csv", *MASTER)
    number = int(master["submission"].removeprefix("S-"))
    with desk.gateway() as gateway, gateway.database.write() as connection:
        withdraw(connection, number, "operator", datetime.now(UTC))

    assert counts(desk.submit("OPOS.csv", *OPOS)) == {"rejected": 3, "skipped": 1}


def test_of_another_account_nothing_is_known(desk):
    with desk.gateway() as gateway:
        store.new_account(gateway.database, NOW, "andere@laden.example", name="Andere")
    desk.submit("Stammdaten.csv", *MASTER)

    with desk.gateway() as gateway:
        path = written(desk._folder / "OPOS.csv", *OPOS)
        outcome = submit_file(gateway, path, "andere@laden.example", dry_run=False)

    assert counts(outcome) == {"rejected": 3, "skipped": 1}


def test_mail_and_folder_join_in_either_order_as_the_command_does(store_url, tmp_path):
    opos = written(tmp_path / "OPOS.csv", *OPOS)
    master = written(tmp_path / "Stammdaten.csv", *MASTER)
    items = written(tmp_path / "offen.csv", "Kundennummer;Rechnungsnummer;Offen", "K-1;R-9;12,00")
    with running(tmp_path, store_url) as gateway:
        sent = [gateway.mail(*files)["message_id"] for files in ((opos, master), (master, opos))]
        first, second = (gateway.answer_to(one).get_body(("plain",)).get_content() for one in sent)
        shown = [gateway.run("submission", "show", label) for label in ("S-000001", "S-000002")]

        gateway.drop_file(written(tmp_path / "Kunden.csv", *CUSTOMERS))
        out = gateway.folders[OWNER] / "out"
        gateway.wait_until((out / "Kunden.csv.outcome.json").exists, 30, "an outcome")
        gateway.drop_file(items)
        gateway.wait_until((out / "offen.csv.outcome.json").exists, 30, "an outcome")
        dropped = gateway.run("submission", "show", "S-000004")
        assert gateway.stop() == 0
        assert gateway.run("verify")["ok"]

    assert [one["new"] for one in shown] == [2, 0]
    assert shown[1]["unchanged"] == 2
    assert "Kundenliste: 3 Adressen übernommen." in first
    assert "Kundenliste: 3 Adressen übernommen." in second
    assert dropped["new"] == 1
    assert len(list((gateway.folders[OWNER] / "done").iterdir())) == 2
