import io
import struct
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.grids.container import UsedRange, used_range
from parsers.reading import Options, read_source
from storage.records import DocumentHead, DocumentTail, Row
from tests.parsers.sources import TODAY, read, read_bytes, read_lines

LIST = "Name;Rechnungsnummer;Fälligkeit;Betrag\r\nMüller GmbH;RE-1;01.03.2025;10,00\r\n".encode()


def mail(*parts, **headers):
    message = EmailMessage()
    message["From"] = "buchhaltung@example.org"
    message["Subject"] = "Liste"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("anbei die Liste")
    for maintype, subtype, content, name in parts:
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message


def packed(**members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def kinds(documents):
    return [document["kind"] for document in documents]


def codes(documents):
    return [problem["code"] for document in documents for problem in document.get("problems", ())]


def test_the_content_decides_and_not_the_name(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(LIST)
    assert kinds(read(path)) == ["claims"]


def test_an_attached_list_is_read(tmp_path):
    documents = read_bytes(
        tmp_path, mail(("application", "octet-stream", LIST, "op.csv")).as_bytes(), is_mail=True
    )
    assert [(document["kind"], document["name"]) for document in documents] == [("claims", "op.csv")]


def test_a_mail_without_an_attachment_says_so(tmp_path):
    documents = read_bytes(tmp_path, mail().as_bytes(), is_mail=True)
    assert (kinds(documents), codes(documents)) == (["unreadable"], ["no_attachment"])


def test_logos_and_signatures_are_not_attachments(tmp_path):
    message = mail(("application", "pkcs7-signature", b"x", "smime.p7s"), ("text", "vcard", b"x", "me.vcf"))
    message.add_attachment(
        b"\x89PNG", maintype="image", subtype="png", disposition="inline", filename="image001.png"
    )
    assert codes(read_bytes(tmp_path, message.as_bytes(), is_mail=True)) == ["no_attachment"]


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto-reply"),
        ({"Auto_Submitted": "auto-generated; x=y"}, "auto-reply"),
        ({"Precedence": "bulk"}, "bulk"),
        ({"Precedence": "list"}, "mailing-list"),
        ({"List_Id": "<x.example.org>"}, "mailing-list"),
        ({"Return_Path": "<>"}, "delivery-report"),
    ],
)
def test_mail_from_machines_is_automatic_and_nothing_else_is_read(tmp_path, headers, reason):
    message = mail(("text", "csv", LIST, "op.csv"), **headers)
    (document,) = read_bytes(tmp_path, message.as_bytes(), is_mail=True)
    assert (document["kind"], document["reason"]) == ("automatic", reason)


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "no"}, {"X_Auto_Response_Suppress": "All"}])
def test_mail_from_people_is_not_automatic(tmp_path, headers):
    message = mail(("text", "csv", LIST, "op.csv"), **headers)
    assert kinds(read_bytes(tmp_path, message.as_bytes(), is_mail=True)) == ["claims"]


def test_a_forwarded_mail_is_opened(tmp_path):
    inner = mail(("text", "csv", LIST, "op.csv"), Auto_Submitted="auto-generated")
    outer = mail()
    outer.add_attachment(inner)
    assert kinds(read_bytes(tmp_path, outer.as_bytes(), is_mail=True)) == ["claims"]


def test_mails_in_mails_end_somewhere(tmp_path):
    message = mail(("text", "csv", LIST, "op.csv"))
    for _ in range(6):
        outer = mail()
        outer.add_attachment(message)
        message = outer
    assert codes(read_bytes(tmp_path, message.as_bytes(), is_mail=True)) == ["nested_too_deep"]


@pytest.mark.parametrize(
    "header",
    [b"Message-ID: <@[>", b"Content-Type: text/plain; charset=nonsense", b"Content-Disposition: ;;=\xff"],
)
def test_a_broken_header_does_not_break_the_reader(tmp_path, header):
    documents = read_bytes(tmp_path, b"From: a@b.de\r\n" + header + b"\r\n\r\nHallo", is_mail=True)
    assert codes(documents) == ["no_attachment"]


def test_pictures_and_documents_are_evidence(tmp_path):
    (document,) = read_bytes(tmp_path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0")
    assert (document["kind"], document["media_type"], document["pages"], document["case"]) == (
        "evidence",
        "image/png",
        None,
        None,
    )


def test_a_list_that_mentions_pdf_is_still_a_list(tmp_path):
    documents = read_bytes(tmp_path, LIST + b'R-9;"siehe %PDF-1.4 im Anhang"')
    assert kinds(documents) == ["claims"]


def test_a_torso_of_a_pdf_is_called_damaged(tmp_path):
    documents = read_bytes(tmp_path, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
    assert (kinds(documents), codes(documents)) == (["unreadable"], ["damaged"])


def test_an_archive_is_opened_and_its_litter_passed_over(tmp_path):
    content = packed(a__csv=LIST, **{"__MACOSX/._a.csv": b"x", "inner.zip": packed(b__csv=LIST)})
    assert kinds(read_bytes(tmp_path, content)) == ["archive", "claims", "archive", "claims"]


def test_archives_in_archives_end_somewhere(tmp_path):
    content = packed(a__csv=LIST)
    for _ in range(6):
        content = packed(a__zip=content)
    documents = read_bytes(tmp_path, content)
    assert codes(documents) == ["nested_too_deep"]


def test_a_bomb_is_not_opened(tmp_path):
    documents = read_bytes(tmp_path, packed(a__csv=b"\0" * (40 << 20)))
    assert (kinds(documents), codes(documents)) == (["unreadable"], ["archive_bomb"])


def test_a_bomb_that_lies_about_its_size_is_stopped(tmp_path):
    content = packed(a__csv=bytes(range(256)) * 8_000)
    documents = read_bytes(tmp_path, content, expanded_bytes_max=1 << 20)
    assert codes(documents) == ["archive_bomb"]


def test_there_are_never_more_members_than_agreed(tmp_path):
    content = packed(**{f"{n}.csv": LIST for n in range(5)})
    documents = read_bytes(tmp_path, content, members_max=3)
    assert kinds(documents) == ["archive", "claims", "claims", "claims", "unreadable"]
    assert codes(documents)[-1] == "too_many_files"


def test_an_encrypted_member_is_named_and_the_others_are_read(tmp_path):
    content = bytearray(packed(a__csv=LIST, b__csv=LIST))
    first = content.index(b"PK\x01\x02")
    for at, offset in ((0, 6), (first, 8)):
        (flags,) = struct.unpack_from("<H", content, at + offset)
        struct.pack_into("<H", content, at + offset, flags | 1)
    documents = read_bytes(tmp_path, bytes(content))
    assert kinds(documents) == ["archive", "unreadable", "claims"]
    assert "encrypted" in codes(documents)


def test_two_far_cells_do_not_make_a_giant(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    path = tmp_path / "sparse.xlsx"
    book.save(path)
    documents = read(path)
    assert codes(documents) == ["sheet_too_large"]


def test_a_giant_is_seen_though_its_dimension_lies(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    path = tmp_path / "sparse.xlsx"
    book.save(path)
    lying = tmp_path / "lying.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(lying, "w") as target:
        for info in source.infolist():
            content = source.read(info).replace(b'ref="A1:XFD1048576"', b'ref="A1:A1"')
            target.writestr(info, content)
    assert codes(read(lying)) == ["sheet_too_large"]


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_a_sheet_of_many_pieces_is_as_large_as_its_cells_say(quote):
    rows = [
        b"<row r='%d'><c r='A%d'/><c r='AB%d'><v>:cd 1</v></c></row>" % (n, n, n) for n in range(1, 60_001)
    ]
    content = b"<sheetData>" + b"".join(rows).replace(b"'", quote) + b"</sheetData>"
    shown = []
    assert used_range(io.BytesIO(content), shown.append) == UsedRange(60_000, 28)
    assert len(shown) > 3


def test_cells_that_do_not_say_where_they_are_are_counted():
    row = b"<row>" + b"<c><v>1</v></c>" * 40 + b"</row>"
    assert used_range(io.BytesIO(b"<sheetData>" + row * 5_000)) == UsedRange(5_001, 40)


def test_a_list_on_a_hidden_sheet_alone_is_not_taken(tmp_path):
    book = openpyxl.Workbook()
    hidden = book.create_sheet("Liste")
    hidden.append(["Name", "Rechnungsnummer", "Betrag"])
    hidden.append(["Müller GmbH", "RE-1", 10])
    hidden.sheet_state = "hidden"
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    (document,) = read(path)
    assert (document["kind"], document["accepted"]) == ("claims", [])
    assert [one["id"] for one in document["needs_answer"]] == ["hidden_sheet:liste"]
    (document,) = read(path, answers={"hidden_sheet:liste": "nein"})
    assert (document["kind"], codes([document])) == ("unreadable", ["hidden_sheet"])
    (document,) = read(path, answers={"hidden_sheet:liste": "ja"})
    assert len(document["accepted"]) == 1


def test_a_source_with_too_many_rows_is_refused_whole(tmp_path):
    documents = read_bytes(tmp_path, LIST + b"M GmbH;RE-2;01.03.2025;1,00\r\n" * 5, rows_max=3)
    assert (kinds(documents), codes(documents)) == (["unreadable"], ["too_many_rows"])


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n  ", b"\0\0\0\0"])
def test_nothing_is_empty(tmp_path, content):
    documents = read_bytes(tmp_path, content)
    assert (kinds(documents), codes(documents)) == (["empty"], ["empty_file"])


def test_a_field_without_end_is_a_damaged_file(tmp_path):
    documents = read_bytes(tmp_path, LIST + b'"' + b"x" * 200_000)
    assert codes(documents)[-1] == "damaged"


def test_rows_come_before_the_whole_is_read(tmp_path):
    path = tmp_path / "op.csv"
    path.write_bytes(LIST + b"M GmbH;RE-2;01.03.2025;1,00\r\n" * 5_000)
    items = read_source(path, "op.csv", is_mail=False, options=Options(today=TODAY))
    assert isinstance(next(items), DocumentHead)
    assert isinstance(next(items), Row)
    items.close()


def test_the_pieces_of_a_mail_can_be_read_again_until_their_tail(tmp_path):
    path = tmp_path / "mail"
    path.write_bytes(mail(("text", "csv", LIST, "op.csv")).as_bytes())
    head = None
    for item in read_source(path, "mail", is_mail=True, options=Options(today=TODAY)):
        if isinstance(item, DocumentHead):
            head = item
        elif isinstance(item, DocumentTail):
            assert Path(head.path).read_bytes().splitlines() == LIST.splitlines()


def test_a_file_that_is_not_there_is_an_error_of_the_caller(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")


STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"From: a@b\nTo: c@d\n",
    b"\xff\xfe",
    LIST,
    b"%PDF",
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(STARTS), st.binary(max_size=400), st.booleans())
def test_no_bytes_break_the_reader(tmp_path_factory, start, rest, is_mail):
    path = tmp_path_factory.mktemp("bytes") / "file"
    path.write_bytes(start + rest)
    documents = read(path, is_mail=is_mail)
    assert documents
    assert not _own_mistakes(documents)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("Name;Betrag,Rechnungsnummer\r\n\"'1234567890.-€ \t|"), max_size=300))
def test_no_text_breaks_the_reader(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("text") / "file"
    path.write_bytes(LIST + text.encode())
    assert not _own_mistakes(read(path))


def _own_mistakes(documents):
    """Faults of ours that the guard would show as a damaged file."""
    ours = ("AssertionError", "TypeError", "KeyError", "AttributeError", "NameError", "UnboundLocalError")
    messages = [problem["message"] for document in documents for problem in document.get("problems", ())]
    return [message for message in messages if any(name in message for name in ours)]


def test_a_line_that_lacks_only_cells_that_nobody_reads_is_taken(tmp_path):
    document = read_lines(
        tmp_path,
        "Name;Rechnungsnummer;Betrag;Telefon;Abteilung;Fehler",
        "Müller GmbH;1;10,00;0301;;",
        "Meier GmbH;2;10,00",
        "Schulz GmbH;3",
    )
    assert [row["row"] for row in document["accepted"]] == [2, 3]
    assert document["rejected"][0]["problems"][0]["code"] == "cells_too_few"


def test_a_sheet_formatted_to_its_end_is_as_large_as_its_values(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Name", "Rechnungsnummer", "Betrag"], ["Müller GmbH", "RE-1", 10]):
        sheet.append(row)
    sheet.cell(1_048_576, 16_384).font = openpyxl.styles.Font(bold=True)
    path = tmp_path / "formatted.xlsx"
    book.save(path)
    (document,) = read(path)
    assert len(document["accepted"]) == 1
