"""Whose a mail is."""

import msgspec
import pytest

from gateway.listeners.door import UNDECIDED, named_account, refused_sender, writable
from storage.accounts import Account


def account(number: int, status: str = "approved") -> Account:
    return Account(
        account_id=number,
        name=f"Firma {number}",
        street=None,
        postcode=None,
        city=None,
        country="DE",
        language="de",
        mode="test",
        status=status,
        email=f"{number}@shop.example",
        drop_folder=f"firma-{number}",
        vat_deduction=True,
        iban=None,
    )


ONE, TWO, CLOSED = account(1), account(2), account(3, "suspended")


@pytest.mark.parametrize(
    ("accounts", "recipients", "named"),
    [
        ([ONE], ["claims@i.example"], 1),
        ([ONE], ["claims+firma-2@i.example"], 1),
        ([ONE, TWO], ["claims@i.example"], UNDECIDED),
        ([ONE, TWO], ["claims+Firma-2@i.example"], 2),
        ([ONE, TWO], ["claims@i.example", "x+firma-1@i.example"], 1),
        ([ONE, TWO], ["x+firma-2@i.example", "x+firma-1@i.example"], UNDECIDED),
        ([ONE, TWO], ["claims+firma-9@i.example"], UNDECIDED),
    ],
)
def test_a_tag_names_the_account_only_where_there_is_a_choice(
    accounts: list[Account], recipients: list[str], named: int
):
    assert named_account(accounts, recipients) == named


@pytest.mark.parametrize(
    ("accounts", "proven", "status"),
    [
        ([], None, "nicht bekannt"),
        ([], [ONE], "nicht zu dem Konto"),
        ([TWO], [ONE], "nicht zu dem Konto"),
        ([ONE, TWO], [ONE], None),
        ([ONE], None, None),
        ([CLOSED], None, "gesperrt"),
        ([CLOSED], [CLOSED], "gesperrt"),
        ([CLOSED, ONE], None, None),
    ],
)
def test_a_sender_is_refused_with_the_reason_that_holds(
    accounts: list[Account], proven: list[Account] | None, status: str | None
):
    reply = refused_sender("a@b.example", accounts, proven)
    assert (reply is None) == (status is None)
    assert reply is None or (reply.code == 550 and status in " ".join(reply.lines))


def test_suspended_accounts_take_nothing():
    assert writable([ONE, CLOSED], None) == [ONE]
    assert writable([ONE, CLOSED], [CLOSED]) == []


def test_a_reply_is_ascii_whatever_the_sender_wrote():
    reply = refused_sender("mü\r\n250 ok\x00" + "x" * 500, [], None)
    assert reply is not None
    lines = reply.text.encode("ascii").split(b"\r\n")
    assert all(line.startswith(b"550") and len(line) < 510 for line in lines)
    assert msgspec.structs.asdict(reply)["hangs_up"] is False
