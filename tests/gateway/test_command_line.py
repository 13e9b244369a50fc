import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gateway.commands.printing import plain, print_json
from gateway.commands.session import Session, parse_moment
from storage.engine.database import Database
from storage.errors import ConfigError
from storage.intake.tasks import open_task
from tests.conftest import CORPUS

EMAIL = "buchhaltung@muster.example"
REHEARSAL = '[store]\nurl = "sqlite:///var/inkasso.db"\nrehearsal = true\n'
LIST = (
    "Rechnungsnummer;Nachname;Vorname;Straße;PLZ;Ort;Betrag;Fällig am\r\n"
    "R-1;Muster;Erika;Am Weg 1;04109;Leipzig;1.234,50;01.03.2026\r\n"
    "R-2;Muster;Erika;Am Weg 1;04109;Leipzig;20,00;01.04.2026\r\n"
    "R-3;Beispiel;Hans;Am Weg 2;04109;Leipzig;abc;01.04.2026\r\n"
)


@pytest.fixture
def creditor(inkasso):
    """The document of an account that was just added."""
    return inkasso("creditor", "add", "--email", EMAIL, "--name", "Muster Handels GmbH", "--json").document


@pytest.fixture
def csv_file(tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_an_account_is_added_approved_in_test_mode_with_its_folders(inkasso, creditor):
    folder = Path(creditor["drop_folder"])

    assert (creditor["email"], creditor["mode"], creditor["status"]) == (EMAIL, "test", "approved")
    assert len(creditor["smtp_password"]) >= 20
    assert {room.name for room in folder.iterdir()} == {"in", "done", "failed", "out"}
    assert folder.is_absolute()


def test_a_mail_password_is_shown_once(inkasso, creditor):
    shown = inkasso("creditor", "show", "--email", EMAIL, "--json").document
    renewed = inkasso("creditor", "token", "--email", EMAIL, "--json").document

    assert "smtp_password" not in shown
    assert renewed["smtp_password"] != creditor["smtp_password"]
    assert creditor == renewed | {"smtp_password": creditor["smtp_password"]}


def test_an_address_owns_one_account(inkasso, creditor):
    again = inkasso("creditor", "add", "--email", EMAIL.upper(), "--name", "Another", "--json")

    assert (again.code, again.out) == (1, "")
    assert again.err.startswith("inkasso: ")
    assert "owns an account already" in again.err
    assert "Traceback" not in again.err


def test_a_live_account_needs_its_power_of_attorney(inkasso, tmp_path):
    add = ("creditor", "add", "--email", EMAIL, "--name", "Muster", "--live")

    refused = inkasso(*add)
    (tmp_path / "vollmacht.pdf").write_bytes(b"%PDF-1.7")
    added = inkasso(*add, "--authority", "vollmacht.pdf", "--json").document

    assert refused.code == 1
    assert "--authority" in refused.err
    assert added["mode"] == "live"


def test_accounts_are_listed_for_people_and_for_programs(inkasso, creditor):
    listed = inkasso("creditor", "list", "--json").document

    assert [one["email"] for one in listed["creditors"]] == [EMAIL]
    assert "smtp_password" not in listed["creditors"][0]
    assert EMAIL in inkasso("creditor", "list").out


def test_verifying_and_approving_are_idempotent(inkasso, creditor):
    for step in ("verify", "approve"):
        assert inkasso("creditor", step, "--email", EMAIL, "--json").document["status"] == "approved"


def test_a_file_is_read_without_a_store(inkasso, csv_file, tmp_path):
    document = inkasso("read", csv_file.name, "--today", "2026-05-01", "--json").document

    (one,) = document["documents"]
    assert document["source"] == "liste.csv"
    assert (one["kind"], one["rows_total"]) == ("claims", 3)
    assert [row["amount"] for row in one["accepted"]] == ["1234.50", "20.00"]
    assert [row["row"] for row in one["rejected"]] == [4]
    assert not (tmp_path / "var").exists()


def test_reading_is_shown_to_people(inkasso, csv_file):
    shown = inkasso("read", csv_file.name)

    assert shown.code == 0
    assert "Muster, Erika" in shown.out
    assert "1234.50 EUR" in shown.out


def test_an_invoice_is_shown_to_people(inkasso):
    shown = inkasso("read", str(CORPUS / "einvoice" / "corpus" / "EN16931_Gutschrift.cii.xml"))
    assert shown.code == 0
    assert "Kunden AG Mitte" in shown.out
    assert "529.87" in shown.out


def test_a_typed_message_is_read(inkasso):
    claim = "Bitte ziehen Sie 250,00 € von Max Müller, Hauptstr. 3, 01067 Dresden ein, Rechnung RE-17."
    (document,) = inkasso("read", "--text", claim, "--json").document["documents"]
    assert (document["kind"], document["row"]["amount"]) == ("invoice", "250.00")
    (document,) = inkasso("read", "--text", "Guten Morgen!", "--json").document["documents"]
    assert (document["kind"], document["intent"], document["choices"]) == ("question", "other", [])


def test_the_questions_of_a_typed_message_are_read(inkasso):
    asked = "Stand in Az. 26-004711-2? Und bitte alle Akten in MONITORING über 500 € seit Februar"
    read = inkasso("read", "--text", asked, "--today", "2026-04-20", "--json").document["documents"]
    parts = ("kind", "intent", "cases", "references", "debtor", "filter", "from", "to")
    assert [tuple(one[part] for part in parts) for one in read] == [
        ("question", "case_status", ["26-004711-2"], [], None, None, None, None),
        ("question", "cases_list", [], [], None, "MONITORING", "2026-02-01", None),
    ]
    assert read[1]["amount"] == {"low": "500.00", "high": None, "holds_ends": False}
    assert "Akten im Status MONITORING" in inkasso("read", "--text", asked, "--today", "2026-04-20").out


def test_a_typed_payment_notice_is_read(inkasso):
    said = "Az. 26-004711-2: Kunde hat gestern direkt bezahlt, 250,00 €"
    (document,) = inkasso("read", "--text", said, "--today", "2026-04-20", "--json").document["documents"]
    payment = {
        "case": "26-004711-2",
        "reference": None,
        "debtor": None,
        "amount": "250.00",
        "currency": "EUR",
        "paid_on": "2026-04-19",
        "covers": "unknown",
        "timing": "unknown",
    }
    assert (document["kind"], document["payments"]) == ("payment_notice", [payment])
    assert (document["must_ask"], document["ask"]) == (False, [])

    (document,) = inkasso("read", "--text", "Gutschrift über 30,00 €", "--json").document["documents"]
    assert (document["payments"], document["must_ask"]) == ([], True)
    assert "Gutschrift" in inkasso("read", "--text", "Gutschrift über 30,00 €").out


def test_reading_wants_a_file_or_a_text(inkasso, csv_file):
    assert inkasso("read").code == 2
    assert inkasso("read", str(csv_file), "--text", "x").code == 2


def test_content_that_cannot_be_read_is_no_failure(inkasso, tmp_path):
    (tmp_path / "bad.xlsx").write_bytes(b"PK\x03\x04 and no more")

    document = inkasso("read", "bad.xlsx", "--json").document

    assert document["documents"][-1]["kind"] == "unreadable"
    assert document["documents"][-1]["problems"][0]["fix"]


def test_a_file_goes_down_the_whole_road(inkasso, creditor, csv_file):
    planned = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--dry-run", "--json").document
    done = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document
    again = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document

    counts = ("rows_total", "new", "unchanged", "changed", "rejected", "skipped", "plan")
    assert [planned[name] for name in counts] == [done[name] for name in counts]
    assert (done["rows_total"], done["new"], done["rejected"]) == (3, 2, 1)
    assert len(done["cases"]) == 1
    assert done["cases"][0] in done["reply"]
    assert (again["new"], again["unchanged"]) == (0, 2)
    assert inkasso("verify", "--json").document == {"ok": True, "findings": [], "pending": 0}


def test_a_head_that_somebody_kept_is_looked_for_in_its_account_s_chain(inkasso, creditor):
    held = inkasso("verify", "--anchor", f"{EMAIL}={'00' * 32}", "--json")
    lost = inkasso("verify", "--anchor", f"{EMAIL}={'00' * 32}", "--anchor", f"{EMAIL}={'ab' * 32}", "--json")

    assert (held.code, held.document["ok"]) == (0, True)
    assert (lost.code, [one["check"] for one in json.loads(lost.out)["findings"]]) == (1, ["books.anchor"])


@pytest.mark.parametrize("anchor", ["ab12", f"{EMAIL}=xyz", f"nobody@nowhere.example={'ab' * 32}"])
def test_an_anchor_that_names_no_head_or_nobody_is_refused_with_a_sentence(inkasso, creditor, anchor):
    refused = inkasso("verify", "--anchor", anchor)

    assert refused.code != 0
    assert refused.out == ""
    assert "anchor" in refused.err or "no account" in refused.err


def test_a_submission_is_shown_and_taken_back(inkasso, creditor, csv_file):
    done = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document

    shown = inkasso("submission", "show", done["submission"], "--json").document
    withdrawn = inkasso("submission", "withdraw", done["submission"], "--json").document
    twice = inkasso("submission", "withdraw", done["submission"], "--json")
    again = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document

    assert (shown["state"], shown["new"], shown["rejected"]) == ("done", 2, 1)
    assert [problem["row"] for problem in shown["problems"]] == [4]
    assert [(case["claims"], case["principal"]) for case in shown["cases"]] == [(2, "1254.50")]
    assert (withdrawn["recalled"], withdrawn["claims"]) == ([shown["cases"][0]["number"]], 2)
    assert (twice.code, twice.out) == (1, "")
    assert again["new"] == 2


def test_a_case_is_shown_with_its_claims_and_history(inkasso, creditor, csv_file):
    (number,) = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document["cases"]

    case = inkasso("case", "show", number, "--json").document

    assert (case["number"], case["status"], case["mode"]) == (number, "VALIDATION", "test")
    assert case["creditor"] == EMAIL
    assert case["debtor"]["name"] == "Muster"
    assert [(one["invoice_number"], one["principal"], one["due_date"]) for one in case["claims"]] == [
        ("R-1", "1234.50", "2026-03-01"),
        ("R-2", "20.00", "2026-04-01"),
    ]
    owed = case["owed"]
    assert (owed["principal"], owed["creditor_costs"], owed["fee"]) == ("1254.50", "0.00", "0.00")
    assert [event["to"] for event in case["events"]] == ["VALIDATION"]
    assert "Erika" in inkasso("case", "show", number).out


def test_a_case_number_with_a_slip_is_never_guessed(inkasso):
    for number in ("26-004711-3", "4711", "abc"):
        assert inkasso("case", "show", number).code == 2
    assert inkasso("case", "show", "26-004711-2").code == 2


def test_cases_are_exported_as_csv_and_as_workbook(inkasso, creditor, csv_file, tmp_path):
    from openpyxl import load_workbook

    (number,) = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document["cases"]

    exported = inkasso("export", "cases", "--creditor", EMAIL, "-o", "cases.csv", "--json").document
    inkasso("export", "cases", "--creditor", EMAIL, "-o", "cases.xlsx", "--json")

    header, *rows = (tmp_path / "cases.csv").read_text(encoding="utf-8-sig").splitlines()
    assert (exported["rows"], len(rows)) == (1, 1)
    assert header.startswith("Aktenzeichen;")
    assert rows[0].startswith(f"{number};")
    assert ";1254,50;" in rows[0]
    sheet = load_workbook(tmp_path / "cases.xlsx").active
    assert sheet["A2"].value == number
    assert 1254.5 in [cell.value for cell in sheet[2]]


def test_an_export_of_nothing_has_its_header(inkasso, creditor, tmp_path):
    done = inkasso("export", "cases", "--creditor", EMAIL, "--status", "CLEARED", "-o", "none.csv", "--json")

    assert done.document["rows"] == 0
    assert len((tmp_path / "none.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_the_queue_is_empty_when_nothing_waits(inkasso):
    assert inkasso("queue", "list", "--json").document == {"queue": []}
    assert inkasso("queue", "show", "7").code == 2


def test_a_task_is_shown_by_its_submission_and_resolved_once(inkasso, creditor, csv_file, tmp_path):
    label = inkasso("submit", csv_file.name, "--creditor", EMAIL, "--json").document["submission"]
    with (
        closing(Database.open(f"sqlite:///{tmp_path}/var/inkasso.db")) as database,
        database.write() as connection,
    ):
        task = {"kind": "change_request", "account_id": 1, "submission_id": 1, "detail": {"row": 2}}
        open_task(connection, **task, now=datetime(2026, 3, 1, tzinfo=UTC))

    (listed,) = inkasso("queue", "list", "--json").document["queue"]
    shown = inkasso("queue", "show", label, "--json").document
    retried = inkasso("queue", "retry", label)
    resolved = inkasso(
        "queue", "resolve", str(listed["id"]), "--reason", "agreed by phone", "--json"
    ).document

    assert (listed["kind"], listed["creditor"], listed["submission"]) == ("change_request", EMAIL, label)
    assert shown == listed
    assert retried.code == 1
    assert (resolved["state"], resolved["resolution"]) == ("resolved", "agreed by phone")
    assert inkasso("queue", "resolve", str(listed["id"])).code == 1
    assert inkasso("queue", "list").out == "Nothing waits.\n"


def test_an_unknown_creditor_is_told_in_one_sentence(inkasso, csv_file):
    refused = inkasso("submit", csv_file.name, "--creditor", "nobody@nowhere.example", "--json")

    assert (refused.code, refused.out) == (2, "")
    assert refused.err.count("\n") == 1
    assert "nobody@nowhere.example" in refused.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "none.csv"),
        ("submit", "none.csv", "--creditor", EMAIL),
        ("read",),
        ("submit", "--dry-run"),
        ("no-such-command",),
        ("creditor", "add", "--email", EMAIL),
        ("--config", "none.toml", "creditor", "list"),
        ("--now", "yesterday", "creditor", "list"),
        ("--now", "2026-03-01", "creditor", "list"),
        ("submission", "show", "X"),
        ("submission", "show", "S-000099"),
        ("read", ".", "--json"),
        ("export", "cases", "--creditor", EMAIL, "--status", "LOST", "-o", "cases.csv"),
    ],
)
def test_a_command_put_wrongly_ends_with_two(inkasso, arguments):
    done = inkasso(*arguments)

    assert (done.code, done.out) == (2, "")
    assert "Traceback" not in done.err


def test_a_refused_config_tells_all_its_faults_to_check(inkasso, tmp_path):
    (tmp_path / "config.toml").write_text('[smtp]\nlisten = "x"\n[http]\nlisten = "y"\n')

    other = inkasso("creditor", "list", "--json")
    checked = inkasso("check", "--json")

    assert (other.code, other.out) == (2, "")
    assert "smtp.listen" in other.err
    assert "http.listen" in other.err
    assert checked.code == 2
    told = json.loads(checked.out)
    assert not told["ok"]
    assert [fault["key"] for fault in told["faults"]] == ["smtp.listen", "http.listen"]
    assert all(fault["fix"] for fault in told["faults"])


def test_check_fails_on_what_the_configuration_cannot_know(inkasso, tmp_path):
    (tmp_path / "config.toml").write_text(
        '[smtp]\nlisten = ""\n[http]\nlisten = ""\n[drop]\nfolder = "config.toml/drop"\n'
    )

    checked = inkasso("check", "--json")

    assert checked.code == 1
    assert [fault["key"] for fault in json.loads(checked.out)["faults"]] == ["drop.folder"]


def test_now_sets_the_clock_in_a_rehearsal_store(inkasso, tmp_path, csv_file):
    (tmp_path / "config.toml").write_text(REHEARSAL)
    inkasso("creditor", "add", "--email", EMAIL, "--name", "Muster")

    at = ("--now", "2026-02-01T12:00")
    done = inkasso(*at, "submit", csv_file.name, "--creditor", EMAIL, "--json").document
    shown = inkasso("submission", "show", done["submission"], "--json").document

    assert shown["received_at"] == "2026-02-01T11:00:00Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-01T12:00", datetime(2026, 2, 1, 11, tzinfo=UTC)),
        ("2026-07-01 12:00:30", datetime(2026, 7, 1, 10, 0, 30, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("2026-07-01T12:00Z", datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("2026-07-01T12:00+05:00", datetime(2026, 7, 1, 7, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_zone_is_the_agencys(text, expected):
    assert expected == parse_moment(text)


def test_the_clock_of_a_command_stands_and_that_of_a_service_goes_on():
    session = Session(None, "2026-07-01T12:00")
    standing, running = session.clock(), session.running_clock()

    assert standing() == standing() == parse_moment("2026-07-01T12:00")
    assert timedelta() <= running() - standing() < timedelta(minutes=5)
    assert running().utcoffset() is not None


def test_now_is_refused_where_the_store_is_real(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(ConfigError, match="rehearsal"):
        Session(None, "2026-07-01").config()


def test_what_senders_wrote_cannot_steer_a_terminal():
    assert (
        plain("Erika\x1b[2J\x07 Müller\u202e\u00a0GmbH\n") == "Erika\ufffd[2J\ufffd Müller\ufffd\u00a0GmbH\n"
    )


def test_the_command_itself_starts_and_says_what_it_can(tmp_path):
    shown = subprocess.run(
        [sys.executable, "-W", "error", "-m", "gateway", "--help"],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )

    for name in "serve demo read submit creditor submission queue case export verify check".split():  # noqa: SIM905
        assert f"\n  {name} " in shown.stdout
    assert shown.stderr == ""


def test_a_file_name_that_is_no_utf8_is_still_one_document(capfdbinary):
    print_json({"source": os.fsdecode(b"m\xfcller.csv")})

    assert json.loads(capfdbinary.readouterr().out) == {"source": "m\udcfcller.csv"}


def test_progress_is_shown_where_a_person_looks_on(tmp_path, csv_file):
    person, program = os.openpty()
    with os.fdopen(person, "rb", buffering=0) as screen:
        done = subprocess.run(
            [sys.executable, "-m", "gateway", "read", csv_file.name, "--json"],
            check=True,
            stdout=subprocess.PIPE,
            stderr=program,
            cwd=tmp_path,
            env=os.environ | {"TERM": "xterm"},
        )
        os.close(program)
        shown = screen.read(4_096)

    assert json.loads(done.stdout)["documents"][0]["rows_total"] == 3
    assert b"Reading liste.csv" in shown


def test_dates_are_judged_by_the_day_that_is_given(inkasso, csv_file):
    early = inkasso("read", csv_file.name, "--today", "2025-01-01", "--json").document
    late = inkasso("read", csv_file.name, "--today", str(date(2026, 5, 1)), "--json").document

    assert early["documents"][0] != late["documents"][0]
