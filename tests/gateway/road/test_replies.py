"""What is asked is answered by a reply, and the answer holds for the next list of the same report."""

from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from gateway.road.answers import Answers
from gateway.road.documents import DocumentRead
from gateway.road.replies import Replies
from storage.intake.questions import AskedQuestion, hold, put_questions
from storage.records import DocumentHead, Kind
from tests.gateway.test_road import MUELLER, NOWAK, write_list
from tests.peers.gateway import OWNER, RunningGateway
from tests.storage.road import end, new_account, start

UNDECIDED = [
    "K1;Müller;Jörg;Hauptstraße 3;01067;Dresden;RE-1;02.01.2026;16.01.2026;1.234",
    "K2;Nowak;Zofia;Hafenstr. 1;18055;Rostock;RE-3;05.01.2026;19.01.2026;2.345",
]


def reply(gateway: RunningGateway, answer: EmailMessage, *lines: str) -> EmailMessage:
    """Reply to an answer as a mail program does, quoting it; returns what comes back."""
    message = EmailMessage()
    message["From"], message["To"] = OWNER, "inkasso@inkasso.example"
    message["Subject"] = f"Re: {answer['Subject']}"
    message["Message-ID"] = f"<reply-{abs(hash(lines))}-{len(gateway.answers())}@muster.example>"
    message["In-Reply-To"] = answer["Message-ID"]
    message["References"] = f"{answer['References']} {answer['Message-ID']}"
    quoted = "".join(f"> {line}\n" for line in answer.get_body(("plain",)).get_content().splitlines())
    message.set_content(
        "\n".join(lines) + f"\n\nAm 3. Mai 2026 um 10:00 schrieb Inkasso <x@y.example>:\n{quoted}"
    )
    gateway.send(message)
    return gateway.answer_to(message["Message-ID"])


def text_of(answer: EmailMessage) -> str:
    return " ".join(answer.get_body(("plain",)).get_content().split())


def test_a_reply_decides_what_the_list_left_open_once_for_all(gateway: RunningGateway, tmp_path: Path):
    sent = gateway.mail(write_list(tmp_path / "op.csv", *UNDECIDED))
    asked = gateway.answer_to(sent["message_id"])
    assert "1.234" in text_of(asked)
    assert gateway.run("submission", "show", "S-000001")["new"] == 0

    unclear = reply(gateway, asked, "weiß ich leider nicht")
    done = reply(gateway, asked, "Hallo,", "das ist das Komma.")

    assert "nicht sicher verstanden" in text_of(unclear)
    assert "DANKE FÜR IHRE ANTWORT" in text_of(done)
    shown = gateway.run("submission", "show", "S-000003")
    assert (shown["new"], shown["reply_to"]) == (2, "S-000001")
    case = gateway.run("case", "show", shown["cases"][0]["number"])
    assert case["owed"]["principal"] == "1234.00"

    later = gateway.mail(
        write_list(tmp_path / "neu.csv", UNDECIDED[0].replace("RE-1", "RE-9").replace("1.234", "3.456"))
    )
    gateway.answer_to(later["message_id"])
    remembered = gateway.run("submission", "show", "S-000004")
    assert remembered["new"] == 1
    assert not [one for one in remembered["questions"] if one["id"].startswith("decimal_mark")]
    assert gateway.run("verify")["ok"]


def test_a_text_file_in_the_folder_answers_too(gateway: RunningGateway, tmp_path: Path):
    out = gateway.folders[OWNER] / "out"
    gateway.drop_file(write_list(tmp_path / "op.csv", *UNDECIDED))
    gateway.wait_until((out / "op.csv.outcome.json").exists, 30, "an outcome")
    answer = tmp_path / "S-000001.txt"
    answer.write_text("Komma\n", encoding="utf-8")

    gateway.drop_file(answer)

    gateway.wait_until((out / "S-000001.txt.outcome.json").exists, 30, "an outcome")
    assert gateway.run("submission", "show", "S-000002")["new"] == 2


def test_the_operator_answers_for_a_creditor(gateway: RunningGateway, tmp_path: Path):
    file = write_list(tmp_path / "op.csv", *UNDECIDED)
    outcome = gateway.run("submit", str(file), "--creditor", OWNER)
    assert (outcome["new"], outcome["rejected"]) == (0, 2)

    done = gateway.run("submission", "answer", "S-000001", "Komma")

    assert (done["new"], done["needs_answer"]) == (2, [])
    assert gateway.run("case", "show", done["cases"][0])["owed"]["principal"] == "1234.00"


SOON = (date.today() + timedelta(60)).strftime("%d.%m.%Y")  # noqa: DTZ011  the gateway's own today
EARLY = [row.replace("16.01.2026", SOON).replace("19.01.2026", SOON) for row in (MUELLER, NOWAK)]


@pytest.mark.parametrize(
    ("word", "held", "status"), [("Ja bitte", None, "VALIDATION"), ("Nein", "not_yet_due", "RECALLED")]
)
def test_cases_that_come_too_early_wait_for_a_yes(
    gateway: RunningGateway, tmp_path: Path, word, held, status
):
    sent = gateway.mail(write_list(tmp_path / "op.csv", *EARLY))
    asked = gateway.answer_to(sent["message_id"])
    assert "noch nicht fällig" in text_of(asked)
    before = gateway.run("submission", "show", "S-000001")
    assert (before["new"], before["held"]) == (2, "not_yet_due")
    number = next(one["number"] for one in before["questions"] if one["id"].startswith("not_yet_due"))

    told = reply(gateway, asked, f"{number}: {word}" if len(before["questions"]) > 1 else word)

    assert ("freigegeben" in text_of(told)) is (held is None)
    assert ("zurückgenommen" in text_of(told)) is (held is not None)
    after = gateway.run("submission", "show", "S-000001")
    assert after["held"] == held
    assert gateway.run("case", "show", after["cases"][0]["number"])["status"] == status
    assert gateway.run("verify")["ok"]


def test_a_corrected_list_is_bound_to_the_one_that_it_corrects(gateway: RunningGateway, tmp_path: Path):
    wrong = write_list(tmp_path / "op.csv", MUELLER, NOWAK.replace("45,10", "fünf"))
    answer = gateway.answer_to(gateway.mail(wrong)["message_id"])
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = OWNER, "x@inkasso.example", "korrigiert"
    message["Message-ID"], message["In-Reply-To"] = "<fixed@muster.example>", answer["Message-ID"]
    message.set_content("anbei")
    content = write_list(tmp_path / "op2.csv", MUELLER, NOWAK).read_bytes()
    message.add_attachment(content, maintype="text", subtype="csv", filename="op2.csv")

    gateway.send(message)
    gateway.answer_to("<fixed@muster.example>")

    shown = gateway.run("submission", "show", "S-000002")
    assert (shown["reply_to"], shown["new"], shown["unchanged"]) == ("S-000001", 1, 1)


def test_a_no_that_comes_too_late_releases_nothing_and_goes_to_the_operator(
    gateway: RunningGateway, tmp_path: Path
):
    asked = gateway.answer_to(gateway.mail(write_list(tmp_path / "op.csv", *EARLY))["message_id"])
    questions = gateway.run("submission", "show", "S-000001")["questions"]
    number = next(one["number"] for one in questions if one["id"].startswith("not_yet_due"))
    gateway.run("submission", "withdraw", "S-000001")

    told = reply(gateway, asked, f"{number}: Nein" if len(questions) > 1 else "Nein")

    assert "Freigegeben haben wir nichts" in text_of(told)
    assert "withdrawal_request" in str(gateway.run("queue", "list"))


class Dying:
    """Answers of a gateway that is killed before it can say anything."""

    def tell_hold_answered(self, *_):
        raise SystemExit


def test_a_yes_that_was_acted_on_before_the_gateway_died_is_answered_as_one(database, now):
    account = new_account(database, now)
    first = start(database, account, now)
    question = AskedQuestion(number=1, question_id="not_yet_due:submission", text="?", choices=("ja", "nein"))
    with database.write() as connection:
        put_questions(connection, first, [question])
        hold(connection, first, "not_yet_due")
    end(database, first, now)
    work = start(database, account, now, content=b"From: a@b.example\r\n\r\nJA")
    said = [DocumentRead(head=DocumentHead(kind=Kind.UNREADABLE, name="x.txt", said="JA"))]
    clock = lambda: now  # noqa: E731
    with pytest.raises(SystemExit):
        Replies(database, clock, Dying()).take(work, first.submission_id, said)

    answers = Answers(database, clock, domain="x.example", sender="i@x.example")
    told = Replies(database, clock, answers).take(work, first.submission_id, said)

    assert "freigegeben" in told.text
