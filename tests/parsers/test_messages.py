"""A mail without attachments whose own words tell a payment is a payment notice."""

from email.message import EmailMessage

from parsers.messages import written_on
from tests.parsers.sources import TODAY, read_bytes


def mail(said, **headers):
    message = EmailMessage()
    message["From"] = "buchhaltung@example.org"
    for name, value in headers.items():
        message[name] = value
    message.set_content(said)
    return message


def documents(folder, message):
    return read_bytes(folder, message.as_bytes(), is_mail=True)


def test_a_mail_that_tells_a_payment_is_a_notice_and_its_subject_names_the_case(tmp_path):
    said = "Guten Tag,\n\ngestern sind 50,00 € eingegangen.\n\nViele Grüße\nEva Klein"

    (document,) = documents(tmp_path, mail(said, Subject="Direktzahlung 26-004711-2"))

    assert (document["kind"], document["must_ask"]) == ("payment_notice", False)
    (payment,) = document["payments"]
    assert (payment["case"], payment["amount"], payment["paid_on"]) == ("26-004711-2", "50.00", "2026-04-19")


def test_yesterday_is_the_day_before_the_mail_was_written(tmp_path):
    message = mail("26-004711-2: gestern 50,00 € bezahlt", Date="Fri, 17 Apr 2026 18:00:00 +0200")

    (document,) = documents(tmp_path, message)

    assert document["payments"][0]["paid_on"] == "2026-04-16"


def test_a_mail_is_not_believed_to_be_from_the_future_or_long_ago():
    assert written_on(mail("", Date="Wed, 22 Apr 2026 18:00:00 +0200"), TODAY) == TODAY
    assert written_on(mail("", Date="Mon, 2 Mar 2026 18:00:00 +0200"), TODAY) == TODAY
    assert written_on(mail("", Date="soon"), TODAY) == TODAY
    assert written_on(mail(""), TODAY) == TODAY


def test_what_is_quoted_in_a_mail_is_no_payment(tmp_path):
    said = "Danke.\n\nAm 01.04.2026 schrieb Inkasso:\n> 26-004711-2: 50,00 € am 01.04.2026 bezahlt"

    (document,) = documents(tmp_path, mail(said))

    assert document["kind"] == "unreadable"
