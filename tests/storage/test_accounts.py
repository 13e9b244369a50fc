"""Accounts, their addresses and their secrets."""

from hashlib import sha256

import pytest
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from storage.accounts import (
    account_by_email,
    account_by_folder,
    account_by_id,
    accounts_of_address,
    add_account,
    add_address,
    all_accounts,
    approve_account,
    mail_password_accounts,
    renew_mail_password,
    verified_email,
    verify_account,
)
from storage.addresses import folder_name
from storage.engine import book_tables, schema
from storage.errors import RefusedError, UnknownError
from tests.storage.road import new_account

IBAN = "DE89370400440532013000"


def test_an_account_by_the_operator_is_approved_and_in_test_mode(database, now):
    account = new_account(
        database, now, "Post@Laden.Example", name="Müller & Söhne", iban=IBAN, postcode="04109"
    )
    assert (account.status, account.mode, account.email) == ("approved", "test", "post@laden.example")
    assert (account.drop_folder, account.iban, account.language) == ("mueller-und-soehne", IBAN, "de")
    with database.read() as connection:
        assert account_by_id(connection, account.account_id) == account
        assert account_by_folder(connection, "mueller-und-soehne") == account
        assert account_by_folder(connection, "nobody") is None
        assert all_accounts(connection) == [account]


def test_an_address_is_known_however_it_is_written(database, now):
    account = new_account(database, now, "Post@Laden.Example")
    with database.read() as connection:
        assert accounts_of_address(connection, " POST@laden.EXAMPLE ") == [account]
        assert accounts_of_address(connection, "other@laden.example") == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"email": "laden.example"}, "no mail address"),
        ({"email": "a b@laden.example"}, "no mail address"),
        ({"email": "a@b@laden.example"}, "no mail address"),
        ({"name": "  "}, "name"),
        ({"iban": "DE89370400440532013001"}, "no IBAN"),
        ({"postcode": "4109"}, "five digits"),
        ({"postcode": "٠٤١٠٩"}, "five digits"),
        ({"live": True}, "power of attorney"),
        ({"language": "fr"}, "de or en"),
    ],
)
def test_what_cannot_be_right_is_refused_with_the_reason(database, now, wrong, reason):
    asked = {"email": "post@laden.example", "name": "Laden"} | wrong
    with pytest.raises(RefusedError, match=reason), database.write() as connection:
        add_account(connection, now=now, **asked)
    with database.read() as connection:
        assert all_accounts(connection) == []


def test_an_address_owns_one_account(database, now):
    new_account(database, now)
    with pytest.raises(RefusedError, match="owns an account already"):
        new_account(database, now, "POST@laden.example", name="Noch ein Laden")


def test_two_creditors_of_one_name_have_two_folders(database, now):
    folders = [new_account(database, now, f"p{n}@laden.example", name="Laden").drop_folder for n in range(3)]
    assert folders == ["laden", "laden-2", "laden-3"]


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        ("Müller & Söhne GmbH", "mueller-und-soehne-gmbh"),
        ("../../etc/passwd", "etc-passwd"),
        ("Straße", "strasse"),
        ("Čapek", "capek"),
        ("日本", "konto"),
        ("...", "konto"),
        ("a" * 200, "a" * 40),
    ],
)
def test_a_folder_name_is_readable_and_harmless(name, folder):
    assert folder_name(name) == folder


def test_a_live_account_keeps_its_power_of_attorney(database, now):
    account = new_account(database, now, live=True, authority=b"%PDF")
    assert account.mode == "live"
    with database.read() as connection:
        kept = connection.execute(schema.authorities.select()).one()
    assert (bytes(kept.content), bytes(kept.sha256)) == (b"%PDF", sha256(b"%PDF").digest())


def test_a_tax_adviser_speaks_for_several_accounts(database, now):
    one, other = new_account(database, now, "a@laden.example"), new_account(database, now, "b@laden.example")
    with database.write() as connection:
        for account in (one, other):
            add_address(
                connection,
                account.account_id,
                email="Rat@Steuer.example",
                person="Rat",
                role="clerk",
                now=now,
            )
    with database.read() as connection:
        assert accounts_of_address(connection, "rat@steuer.example") == [one, other]
        with pytest.raises(RefusedError, match=r"several accounts.*a@laden.example, b@laden.example"):
            account_by_email(connection, "rat@steuer.example")
        assert account_by_email(connection, "b@laden.example") == other
        with pytest.raises(UnknownError):
            account_by_email(connection, "nobody@laden.example")


def test_answers_go_only_to_addresses_that_the_account_verified(database, now):
    account = new_account(database, now)
    with database.write() as connection:
        add_address(
            connection, account.account_id, email="eva@laden.example", person="Eva", role="clerk", now=now
        )
    with database.read() as connection:
        asked = [
            verified_email(connection, account.account_id, sender)
            for sender in ("Eva@Laden.example", "x@y.z", None)
        ]
    assert asked == ["eva@laden.example", "post@laden.example", "post@laden.example"]


def test_the_mail_password_is_kept_as_a_hash_and_renewed(database, now):
    with database.write() as connection:
        _, first = add_account(connection, email="post@laden.example", name="Laden", now=now)
        second = renew_mail_password(connection, "post@laden.example", now)
    with database.read() as connection:
        ((account, kept),) = mail_password_accounts(connection, "POST@laden.example")
    assert account.email == "post@laden.example"
    assert second not in kept
    assert PasswordHasher().verify(kept, second)
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(kept, first)


def test_an_account_is_approved_only_after_its_address_is_verified(database, now):
    account = new_account(database, now)
    with database.write() as connection:
        connection.execute(schema.accounts.update().values(status="registered", approved_at=None))
        connection.execute(schema.addresses.update().values(verified_at=None))
    with pytest.raises(RefusedError, match="not verified"), database.write() as connection:
        approve_account(connection, account.email, now)
    with database.write() as connection:
        assert verify_account(connection, account.email, now).status == "confirmed"
        assert approve_account(connection, account.email, now, b"%PDF").status == "approved"
        assert approve_account(connection, account.email, now, b"%PDF").status == "approved"


def test_an_iban_that_the_operator_records_is_verified_as_its_first_version(database, now):
    account = new_account(database, now, iban=IBAN)
    new_account(database, now, "ohne@laden.example")
    with database.read() as connection:
        (kept,) = connection.execute(book_tables.payout_ibans.select()).all()
    assert (kept.account_id, kept.version, kept.iban, kept.verified_by) == (
        account.account_id,
        1,
        IBAN,
        "operator",
    )
    assert kept.verified_at == kept.recorded_at
