"""The road from end to end: real clients, a real gateway process, both stores."""

import smtplib
import subprocess
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.benchmarks.lists import write_csv, write_xlsx
from tests.conftest import CORPUS
from tests.peers.gateway import OWNER, RunningGateway
from tests.peers.installed import needed

HEADER = "Kundennummer;Name;Vorname;Straße;PLZ;Ort;Rechnungsnummer;Rechnungsdatum;Fällig am;Offen"
MUELLER = "K1;Müller;Jörg;Hauptstraße 3;01067;Dresden;RE-1;02.01.2026;16.01.2026;1.234,56"
MUELLER_TWO = "K1;Müller;Jörg;Hauptstraße 3;01067;Dresden;RE-2;02.02.2026;16.02.2026;99,00"
NOWAK = "K2;Nowak;Zofia;Hafenstr. 1;18055;Rostock;RE-3;05.01.2026;19.01.2026;45,10"


def write_list(path: Path, *rows: str) -> Path:
    path.write_bytes("\r\n".join((HEADER, *rows, "")).encode("cp1252"))
    return path


def test_a_mailed_workbook_becomes_cases_and_one_threaded_answer(gateway: RunningGateway, tmp_path: Path):
    sent = gateway.mail(write_xlsx(tmp_path / "Offene Posten.xlsx", 100))

    answer = gateway.answer_to(sent["message_id"])

    assert answer["To"] == OWNER
    assert answer["Auto-Submitted"] == "auto-replied"
    assert answer["References"] == sent["message_id"]
    assert "S-000001" in answer["Subject"]
    assert "100" in answer.get_body(("plain",)).get_content()
    shown = gateway.run("submission", "show", "S-000001")
    assert (shown["new"], shown["rows_total"]) == (100, 100)
    assert gateway.run("case", "show", shown["cases"][0]["number"])["status"] == "VALIDATION"
    assert gateway.stop() == 0
    assert gateway.run("verify") == {"ok": True, "findings": [], "pending": 0}


def test_a_mailed_e_invoice_becomes_a_case_with_its_proof(gateway: RunningGateway):
    invoice = CORPUS / "einvoice" / "corpus" / "EN16931_Einfach.pdf"
    sent = gateway.mail(invoice)

    answer = gateway.answer_to(sent["message_id"])

    assert "Ihre Rechnung ist übernommen." in answer.get_body(("plain",)).get_content()
    (case,) = gateway.run("submission", "show", "S-000001")["cases"]
    shown = gateway.run("case", "show", case["number"])
    assert shown["claims"][0]["principal"] == "529.87"
    assert [(one["kind"], one["name"]) for one in shown["evidence"]] == [("invoice", invoice.name)]


def test_swaks_hands_a_csv_over_and_is_answered(gateway: RunningGateway, tmp_path: Path):
    swaks = needed("swaks")
    file = write_list(tmp_path / "op.csv", MUELLER, MUELLER_TWO, NOWAK)

    done = subprocess.run(
        [
            swaks, "--server", f"127.0.0.1:{gateway.smtp_port}", "--from", OWNER,
            "--to", "claims@inkasso.example",
            "--auth-user", OWNER, "--auth-password", gateway.passwords[OWNER],
            "--header", "Message-Id: <swaks@muster.example>", "--attach", f"@{file}",
        ],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
    assert "accepted as S-000001" in done.stdout
    gateway.answer_to("<swaks@muster.example>")
    shown = gateway.run("submission", "show", "S-000001")
    assert (shown["new"], len(shown["cases"])) == (3, 2)  # two claims of one debtor are one case


def test_a_dropped_file_ends_in_done_and_is_acknowledged_in_out(gateway: RunningGateway, tmp_path: Path):
    folder = gateway.folders[OWNER]

    gateway.drop_file(write_list(tmp_path / "Liste März.csv", MUELLER, "K3;Falsch;;;;;RE-9;;31.02.2026;5,00"))

    out = folder / "out"
    gateway.wait_until((out / "Liste März.csv.outcome.json").exists, 30, "an outcome")
    gateway.wait_until(lambda: not list((folder / "in").glob("[!.]*")), 10, "an empty in/")
    assert len(list((folder / "done").iterdir())) == 1
    names = {path.name for path in out.iterdir()}
    assert {"Liste März.csv.received.json", "Liste März.csv.outcome.csv"} <= names
    assert any(name.endswith("-Korrektur.csv") for name in names)
    table = (out / "Liste März.csv.outcome.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbf")
    assert "übernommen" in table.decode("utf-8-sig")
    assert not list(gateway.outbox.glob("*.eml")), "a folder is answered in the folder"


def test_the_same_file_by_mail_folder_and_command_is_one_set_of_cases(
    gateway: RunningGateway, tmp_path: Path
):
    file = write_list(tmp_path / "op.csv", MUELLER, MUELLER_TWO, NOWAK)

    gateway.answer_to(gateway.mail(file)["message_id"])
    gateway.drop_file(file)
    gateway.wait_until((gateway.folders[OWNER] / "out" / "op.csv.outcome.json").exists, 30, "an outcome")
    submitted = gateway.run("submit", str(file), "--creditor", OWNER)

    assert (submitted["unchanged"], submitted["new"], len(submitted["cases"])) == (3, 0, 2)
    assert len(gateway.run("submission", "show", "S-000001")["cases"]) == 2
    assert gateway.run("submission", "show", "S-000002")["unchanged"] == 3
    assert gateway.run("verify")["ok"]


def test_of_a_corrected_list_only_the_changed_rows_are_taken(gateway: RunningGateway, tmp_path: Path):
    first = write_list(
        tmp_path / "op.csv", MUELLER, NOWAK, "K3;Abel;Nils;;30159;Hannover;RE-4;;31.02.2026;8,00"
    )
    answer = gateway.answer_to(gateway.mail(first)["message_id"])
    (correction,) = [part for part in answer.iter_attachments() if "Korrektur" in part.get_filename()]
    assert "Fehler" in correction.get_payload(decode=True).decode("cp1252").splitlines()[0]

    mended = tmp_path / correction.get_filename()
    text = correction.get_payload(decode=True).decode("cp1252")
    mended.write_bytes(text.replace("31.02.2026", "28.02.2026").replace("45,10", "46,10").encode("cp1252"))
    gateway.answer_to(gateway.mail(mended)["message_id"])

    shown = gateway.run("submission", "show", "S-000002")
    assert (shown["new"], shown["changed"], shown["unchanged"], shown["rejected"]) == (1, 1, 1, 0)
    assert gateway.run("verify")["ok"]


def test_a_withdrawn_submission_can_be_sent_again_as_new(gateway: RunningGateway, tmp_path: Path):
    file = write_list(tmp_path / "op.csv", MUELLER, NOWAK)
    first = gateway.run("submit", str(file), "--creditor", OWNER)

    gateway.run("submission", "withdraw", first["submission"])

    assert gateway.run("case", "show", first["cases"][0])["status"] == "RECALLED"
    assert gateway.run("submit", str(file), "--creditor", OWNER)["new"] == 2
    assert gateway.run("verify")["ok"]


def test_an_unknown_sender_is_refused_at_the_door_with_the_way_in(gateway: RunningGateway):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "fremd@woanders.example", "claims@inkasso.example", "Hallo"
    mail.set_content("Hallo")

    with pytest.raises(smtplib.SMTPDataError) as refusal:
        gateway.send(mail, email=None, sender="fremd@woanders.example")

    assert refusal.value.smtp_code == 550
    assert b"unknown" in refusal.value.smtp_error.lower() or b"unbekannt" in refusal.value.smtp_error.lower()
    assert gateway.run("verify")["pending"] == 0
    assert not gateway.answers()


def test_a_known_sender_without_proof_changes_nothing_and_the_true_owner_is_told(
    gateway: RunningGateway, tmp_path: Path
):
    file = write_list(tmp_path / "op.csv", MUELLER)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OWNER, "claims@inkasso.example", "GEHEIM"
    mail.set_content("Anbei.")
    mail.add_attachment(file.read_bytes(), maintype="text", subtype="csv", filename="op.csv")

    gateway.send(mail, email=None, sender=OWNER)

    (answer,) = gateway.wait_until(gateway.answers, 30, "a notice")
    assert answer["To"] == OWNER
    assert "GEHEIM" not in answer.as_string()
    shown = gateway.run("submission", "show", "S-000001")
    assert (shown["state"], shown["rows_total"], shown["cases"]) == ("claimed", 0, [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leer.csv", b""),
        ("gedicht.txt", "Über allen Gipfeln\nist Ruh.\n".encode()),
        ("kaputt.xlsx", b"PK\x03\x04" + b"\x00" * 500),
        ("corpus", "hostile/poi/poc-xmlbomb.xlsx"),
        ("corpus", "sheets/calamine/pass_protected.xlsx"),
        ("corpus", "hostile/tika/testZipEncrypted.zip"),
        ("corpus", "hostile/tika/quine.gz"),
    ],
)
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_what_cannot_be_read_is_answered_with_the_reason(
    gateway: RunningGateway, tmp_path: Path, name: str, content: bytes | str
):
    file = CORPUS / content if isinstance(content, str) else tmp_path / name
    if isinstance(content, bytes):
        file.write_bytes(content)

    answer = gateway.answer_to(gateway.mail(file)["message_id"])

    assert "konnten wir nicht lesen" in answer.get_body(("plain",)).get_content()
    assert gateway.run("submission", "show", "S-000001")["cases"] == []
    assert gateway.run("verify")["ok"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_mail_without_a_list_is_answered_with_how_to_send_one(gateway: RunningGateway):
    answer = gateway.answer_to(gateway.mail()["message_id"])

    assert "Liste" in answer.get_body(("plain",)).get_content()


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_automatic_mail_is_stored_and_never_answered(gateway: RunningGateway):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OWNER, "claims@inkasso.example", "Abwesend"
    mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Ich bin im Urlaub.")

    gateway.send(mail)

    gateway.wait_until(lambda: gateway.run("verify")["pending"] == 0, 30, "an empty inbox")
    assert gateway.run("submission", "show", "S-000001")["state"] == "done"
    assert not gateway.answers()


def test_the_gateway_says_how_it_is(gateway: RunningGateway):
    assert gateway.http("/healthz")[0] == 200
    assert gateway.http("/readyz")[0] == 200
    assert "inkasso_queue_depth" in gateway.http("/metrics")[1]
    assert gateway.http("/")[0] == 200


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_dry_run_says_what_a_commit_then_does(gateway: RunningGateway, tmp_path: Path):
    file = write_csv(tmp_path / "op.csv", 2_500)
    before = gateway.run("submit", str(file), "--creditor", OWNER, "--dry-run")

    assert gateway.run("verify")["ok"]
    after = gateway.run("submit", str(file), "--creditor", OWNER)

    same = ("rows_total", "new", "unchanged", "changed", "rejected", "skipped", "problems", "plan")
    assert {name: before[name] for name in same} == {name: after[name] for name in same}
    assert (before["submission"], before["cases"]) == (None, [])
