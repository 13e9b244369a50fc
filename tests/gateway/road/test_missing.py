"""Claims that are missing in the next list are asked about once, and the answer reaches the operator."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.gateway.road.test_replies import reply, text_of
from tests.gateway.test_road import write_list
from tests.peers.gateway import OWNER, RunningGateway

ROW = "K{0};Müller;Jörg;Hauptstraße {0};01067;Dresden;RE-{0};02.01.2026;16.01.2026;312,40"


def rows(*numbers: int) -> list[str]:
    return [ROW.format(number) for number in numbers]


def mail(gateway: RunningGateway, path: Path, *lines: str):
    return gateway.answer_to(gateway.mail(write_list(path, *lines))["message_id"])


def paid_days_ago(days: int) -> str:
    return (date.today() - timedelta(days)).strftime("%d.%m.%Y")  # noqa: DTZ011  the gateway's own today


@pytest.fixture
def asked(gateway: RunningGateway, tmp_path: Path):
    """The answer to a second list in which three claims of the first are missing."""
    mail(gateway, tmp_path / "op.csv", *rows(1007, 1008, 1009, 1010, 1011))
    return mail(gateway, tmp_path / "op2.csv", *rows(1007, 1008, 1012))


def test_missing_claims_are_asked_about_and_one_reply_answers(gateway: RunningGateway, asked):
    text = text_of(asked)
    assert "3 Forderungen aus Ihren früheren Listen fehlen jetzt." in text
    assert "RE-1009 (Müller, Jörg), 312,40 €" in text.replace("\u00a0", " ")
    assert "RE-1008 (" not in text

    day = paid_days_ago(10)
    told = reply(gateway, asked, "Hallo,", f"RE-1009 bezahlt am {day}, RE-1010 storniert, Rest noch offen")

    text = text_of(told).replace("\u00a0", " ")
    assert f"RE-1009 (Müller, Jörg): 312,40 € bezahlt am {day}" in text
    assert "RE-1010 (Müller, Jörg): storniert" in text
    assert "RE-1011 (Müller, Jörg): noch offen" in text
    queue = gateway.run("queue", "list")["queue"]
    assert [(one["kind"], one["submission"]) for one in queue] == [
        ("payment_notice", "S-000003"),
        ("cancellation_request", "S-000003"),
    ]
    notice = queue[0]
    assert notice["detail"] | {"paid_on": None} == {
        "case": notice["case"],
        "position": 1,
        "invoice_number": "RE-1009",
        "amount_cents": 31_240,
        "paid_on": None,
        "covers": "full",
        "said_by": "S-000003",
        "asked_by": "S-000002",
    }
    assert date.fromisoformat(notice["detail"]["paid_on"]).strftime("%d.%m.%Y") == day
    case = gateway.run("case", "show", notice["case"])
    last = case["events"][-1]
    assert (last["trigger"], last["from"], last["to"]) == ("payment_notice", "VALIDATION", "VALIDATION")
    assert case["owed"]["principal"] == "312.40"
    assert gateway.run("verify") == {"ok": True, "findings": [], "pending": 0}


def test_what_is_not_certain_is_asked_back_and_the_rejoinder_can_be_answered(gateway: RunningGateway, asked):
    back = reply(gateway, asked, "RE-1009 bezahlt am 31.2., RE-1010 storniert")

    text = text_of(back)
    assert "RE-1009: Diesen Tag gibt es nicht." in text
    assert "RE-1010 (Müller, Jörg): storniert" in text
    assert "Bisher haben wir davon nichts notiert" in text
    assert gateway.run("queue", "list")["queue"] == []

    part = reply(gateway, back, "RE-1010 storniert")
    assert "HIERZU FEHLT UNS NOCH IHRE ANTWORT" in text_of(part)
    assert "RE-1009 (Müller, Jörg), 312,40" in text_of(part).replace("\u00a0", " ")
    done = reply(gateway, part, f"alle bezahlt am {paid_days_ago(3)}")

    assert "RE-1010" not in text_of(done)
    kinds = [one["kind"] for one in gateway.run("queue", "list")["queue"]]
    assert kinds == ["cancellation_request", "payment_notice", "payment_notice"]
    (question,) = [
        one
        for one in gateway.run("submission", "show", "S-000002")["questions"]
        if one["id"].startswith("missing")
    ]
    assert question["choice"] == "all_said"
    assert gateway.run("verify")["ok"]


def test_nobody_is_asked_twice_before_a_claim_has_come_back(gateway: RunningGateway, asked, tmp_path: Path):
    reply(gateway, asked, "alle noch offen")

    mail(gateway, tmp_path / "3.csv", *rows(1007, 1008))
    third = gateway.run("submission", "show", "S-000004")
    assert "RE-1012" in str(third["questions"])
    assert "RE-1009" not in str(third["questions"])

    mail(gateway, tmp_path / "4.csv", *rows(1007, 1008, 1009))
    mail(gateway, tmp_path / "5.csv", *rows(1007, 1008))
    assert "RE-1009" in str(gateway.run("submission", "show", "S-000006")["questions"])


def test_a_list_whose_end_was_cut_off_asks_about_nothing(gateway: RunningGateway, tmp_path: Path):
    mail(gateway, tmp_path / "op.csv", *rows(1007, 1008, 1009, 1010, 1011))
    cut = write_list(tmp_path / "op2.csv", *rows(1007, 1008, 1009))
    cut.write_bytes(cut.read_bytes()[: -len(",40\r\n")])

    answer = text_of(gateway.answer_to(gateway.mail(cut)["message_id"]))

    assert "abgeschnitten" in answer
    assert "fehlen jetzt" not in answer
    assert "missing" not in str(gateway.run("submission", "show", "S-000002")["questions"])


def test_the_operator_reads_the_notices_in_words(gateway: RunningGateway, asked):
    gateway.run("submission", "answer", "S-000002", "RE-1009: 12.02.2026 250,00 €\nRest noch offen")

    (item,) = gateway.run("queue", "list")["queue"]
    assert item["says"] == "RE-1009: 250.00 EUR paid on 2026-02-12, a part of the claim"
    assert item["creditor"] == OWNER
