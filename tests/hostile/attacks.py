"""Files that are made to harm their reader: each is written by a function, `scale` makes it larger.

At scale 1 a file is small enough for every test run; the full size is run by `python -m tests.hostile`.
"""

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import xlwt

from tests.parsers.books import Sheet, write_book

LIST = "Name;Rechnungsnummer;Fälligkeit;Betrag\r\nMüller GmbH;RE-1;01.03.2025;10,00\r\n".encode()
ROWS = [["Name", "Rechnungsnummer", "Fälligkeit", "Betrag"], ["Müller GmbH", "RE-1", "01.03.2025", 10.0]]
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
_OUTSIDE = '<!ENTITY l9 SYSTEM "file:///etc/passwd">'
_BLOCK = bytes(1 << 20)

Attack = Callable[[Path, int], None]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def book(kind: str, path: Path) -> bytes:
    """A workbook with one claim."""
    return write_book(kind, path.with_suffix(".book"), Sheet(rows=ROWS)).read_bytes()


def replaced(container: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A container with its members changed."""
    with zipfile.ZipFile(io.BytesIO(container)) as source:
        return zipped({info.filename: change(info.filename, source.read(info)) for info in source.infolist()})


def flat_bomb(path: Path, scale: int) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("list.csv", "w", force_zip64=True) as member,
    ):
        for _ in range(64 * scale):
            member.write(_BLOCK)


def nested_bomb(path: Path, scale: int) -> None:
    content = zipped({"list.csv": _BLOCK * 4})
    for _ in range(3):
        content = zipped({f"{number}.zip": content for number in range(8 * scale)})
    path.write_bytes(content)


def endless_nesting(path: Path, scale: int) -> None:
    """What a zip that unpacks to itself looks like to a reader."""
    content = zipped({"list.csv": LIST})
    for _ in range(50 * scale):
        content = zipped({"again.zip": content}, zipfile.ZIP_STORED)
    path.write_bytes(content)


def overlapping_members(path: Path, scale: int) -> None:
    """Many names in the directory of an archive for the one member that it holds."""
    content = zipped({"0.csv": _BLOCK * 4})
    start = content.index(b"PK\x01\x02")
    end = content.index(b"PK\x05\x06")
    count = 1_000 * scale
    entries = content[start:end] * count
    count = min(count, 0xFFFF)
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entries), start, 0)
    path.write_bytes(content[:start] + entries + tail)


def many_members(path: Path, scale: int) -> None:
    path.write_bytes(zipped({f"{number}.csv": b"" for number in range(3_000 * scale)}, zipfile.ZIP_STORED))


def endless_inner_names(path: Path, scale: int) -> None:
    path.write_bytes(
        zipped({"../" * 300 + "etc/passwd": LIST, "/etc/" + "x" * 300: LIST, "a\0b.csv": LIST, "CON": LIST})
    )


def _entities(name: str, inside: str, entities: str) -> Callable[[str, bytes], bytes]:
    def change(member: str, content: bytes) -> bytes:
        if member != name:
            return content
        text = content.decode()
        _, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
        root = rest.lstrip()[1:].split(None, 1)[0].split(">")[0]
        rest = rest.replace(inside, "&l9;")
        return f'<?xml version="1.0"?><!DOCTYPE {root} [{entities}]>{rest}'.encode()

    return change


def entity_bomb_xlsx(path: Path, scale: int) -> None:
    path.write_bytes(replaced(book("xlsx", path), _entities("xl/worksheets/sheet1.xml", "RE-1", _LAUGHS)))


def entity_bomb_in_a_workbooks_parts(path: Path, scale: int) -> None:
    content = book("xlsx", path)
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"):
        content = replaced(content, _entities(name, "Liste", _LAUGHS))
    path.write_bytes(content)


def outside_entity_xlsx(path: Path, scale: int) -> None:
    path.write_bytes(replaced(book("xlsx", path), _entities("xl/worksheets/sheet1.xml", "RE-1", _OUTSIDE)))


def entity_bomb_ods(path: Path, scale: int) -> None:
    path.write_bytes(replaced(book("ods", path), _entities("content.xml", "RE-1", _LAUGHS)))


def outside_entity_ods(path: Path, scale: int) -> None:
    path.write_bytes(replaced(book("ods", path), _entities("content.xml", "RE-1", _OUTSIDE)))


def sparse_xlsx(path: Path, scale: int) -> None:
    made = openpyxl.Workbook()
    made.active["A1"] = made.active["XFD1048576"] = 1
    made.save(path)


def sparse_xlsx_without_places(path: Path, scale: int) -> None:
    """A wide row and many narrow ones whose cells do not say where they are."""
    wide = "<row>" + "<c><v>1</v></c>" * 20_000 * scale + "</row>"
    sheet = f"<sheetData>{wide}{'<row><c><v>1</v></c></row>' * 100_000 * scale}</sheetData>"

    def change(member: str, content: bytes) -> bytes:
        if not member.startswith("xl/worksheets/"):
            return content
        before, _, rest = content.decode().partition("<sheetData>")
        return (before + sheet + rest.partition("</sheetData>")[2]).encode()

    path.write_bytes(replaced(book("xlsx", path), change))


def sparse_xls(path: Path, scale: int) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("Liste")
    sheet.write(0, 0, 1)
    sheet.write(65_535, 255, 1)
    made.save(str(path))


def sparse_xlsb(path: Path, scale: int) -> None:
    content = book("xlsb", path)
    far = bytes([5, 16]) + struct.pack("<IId", 16_383, 0, 1.0)
    row = bytes([0, 17]) + struct.pack("<IIHBBBI", 1_048_575, 0, 300, 0, 0, 0, 0)

    def change(member: str, parts: bytes) -> bytes:
        return parts.replace(b"\x92\x01\x00", row + far + b"\x92\x01\x00") if "sheet1" in member else parts

    path.write_bytes(replaced(content, change))


def sparse_ods(path: Path, scale: int) -> None:
    def change(member: str, content: bytes) -> bytes:
        cell = b'<table:table-row table:number-rows-repeated="1048575">'
        cell += b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float" '
        cell += b'office:value="1"/></table:table-row></table:table>'
        return content.replace(b"</table:table>", cell) if member == "content.xml" else content

    path.write_bytes(replaced(book("ods", path), change))


def million_columns_csv(path: Path, scale: int) -> None:
    path.write_bytes(LIST[:-2] + b";x" * 100_000 * scale + b"\r\n" + b"1;" * 100_000 * scale)


def million_columns_header_csv(path: Path, scale: int) -> None:
    path.write_bytes(b"Name;Rechnungsnummer;Betrag" + b";x" * 100_000 * scale + b"\r\nM GmbH;1;10,00\r\n")


def million_columns_xlsx(path: Path, scale: int) -> None:
    cells = "".join(f'<c r="{_letters(number)}1"><v>1</v></c>' for number in range(100_000 * scale))

    def change(member: str, content: bytes) -> bytes:
        if not member.startswith("xl/worksheets/"):
            return content
        before, _, rest = content.decode().partition("<sheetData>")
        return (
            f'{before}<sheetData><row r="1">{cells}</row></sheetData>' + rest.partition("</sheetData>")[2]
        ).encode()

    path.write_bytes(replaced(book("xlsx", path), change))


def million_names(path: Path, scale: int) -> None:
    lines = b"Firma=M GmbH\nRechnungsNr=1\nBetrag=10,00\n" * 200
    path.write_bytes(lines + b"".join(b"Feld%d=x\n" % number for number in range(100_000 * scale)))


def blank_lines(path: Path, scale: int) -> None:
    with path.open("wb") as file:
        for _ in range(8 * scale):
            file.write(b"\r\n" * (1 << 19))


def blank_lines_in_a_list(path: Path, scale: int) -> None:
    with path.open("wb") as file:
        file.write(LIST)
        for _ in range(8 * scale):
            file.write(b"\r\n" * (1 << 19))
        file.write(LIST)


def one_line_without_end(path: Path, scale: int) -> None:
    with path.open("wb") as file:
        file.write(LIST)
        for _ in range(8 * scale):
            file.write(b"x " * (1 << 19))


def quote_without_end(path: Path, scale: int) -> None:
    path.write_bytes(LIST + b'"' + b"M GmbH;RE-2;01.03.2025;10,00\r\n" * 50_000 * scale)


def one_fixed_line_without_end(path: Path, scale: int) -> None:
    head = "Name         Rechnung     Betrag\n" + "Müller GmbH  RE-1          10,00\n" * 400
    path.write_bytes(head.encode() * 24 + b"x " * (1 << 20) * 4 * scale)


def long_blanks(path: Path, scale: int) -> None:
    """Lines of blanks and signs that make a careless pattern work for ever."""
    path.write_bytes(
        b"Name   Betrag   " + b" " * 100_000 * scale + b"-\n" + b"- " * 50_000 * scale + b"=\n" * 50
    )


def nul_bytes(path: Path, scale: int) -> None:
    path.write_bytes(LIST + b"\0" * (1 << 20) * scale + LIST)


def encrypted_xls(path: Path, scale: int) -> None:
    content = book("xls", path)
    at = content.index(struct.pack("<HH", 0x42, 2))
    path.write_bytes(content[:at] + struct.pack("<HHH", 0x2F, 2, 0) + content[at + 6 :])


def encrypted_ods(path: Path, scale: int) -> None:
    def change(member: str, content: bytes) -> bytes:
        inside = b"<manifest:encryption-data/></manifest:manifest>"
        return (
            content.replace(b"</manifest:manifest>", inside) if member.endswith("manifest.xml") else content
        )

    path.write_bytes(replaced(book("ods", path), change))


def pdf_before_a_zip(path: Path, scale: int) -> None:
    path.write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n" + zipped({"list.csv": LIST}))


def zip_before_a_pdf(path: Path, scale: int) -> None:
    path.write_bytes(zipped({"list.csv": LIST}) + b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n")


def list_that_begins_like_a_pdf(path: Path, scale: int) -> None:
    path.write_bytes(b"%PDF\r\n" + LIST)


def workbook_with_more_behind_it(path: Path, scale: int) -> None:
    path.write_bytes(book("xlsx", path) + b"x" * 1_000)


def workbook_with_more_before_it(path: Path, scale: int) -> None:
    path.write_bytes(b"MZ" + b"x" * 1_000 + book("xlsx", path))


def html_for_a_workbook(path: Path, scale: int) -> None:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(f"<html><body><table>{cells}</table></body></html>")


def nested_tables(path: Path, scale: int) -> None:
    path.write_bytes(b"<html>" + b"<table><tr><td>" * 5_000 * scale + b"x")


def spans_without_end(path: Path, scale: int) -> None:
    wide = "<tr>" + '<td colspan="1000" rowspan="65534">x</td>' + "</tr>"
    text = "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    path.write_text(text + wide + "<tr><td>y</td></tr>" * 1_000 * scale, encoding="utf-8")


def million_columns_html(path: Path, scale: int) -> None:
    path.write_text("<table><tr>" + "<td>x</td>" * 100_000 * scale, encoding="utf-8")


def entity_bomb_in_the_xml_of_excel(path: Path, scale: int) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = [["Name", "Rechnungsnummer", "Betrag"], ["&l9;", "RE-1", "10,00"]]
    cells = "".join(
        f"<Row>{''.join(f'<Cell><Data>{value}</Data></Cell>' for value in row)}</Row>" for row in rows
    )
    text = f'<Workbook xmlns="{space}"><Worksheet><Table>{cells}</Table></Worksheet></Workbook>'
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE Workbook [{_LAUGHS}]>{text}', encoding="utf-8")


def circle_in_a_compound_file(path: Path, scale: int) -> None:
    """An old workbook whose sectors are chained in a circle."""
    content = bytearray(book("xls", path))
    (table,) = struct.unpack_from("<I", content, 76)
    for number in range(4):
        struct.pack_into("<I", content, (table + 1) * 512 + 4 * number, (number + 1) % 4)
    path.write_bytes(content)


def claimed_dimensions_xls(path: Path, scale: int) -> None:
    """A small sheet that claims to be a giant: a reader sets aside memory for what it claims."""
    content = book("xls", path)
    at = content.index(struct.pack("<HH", 0x200, 14)) + 4
    path.write_bytes(content[:at] + struct.pack("<IIHHH", 0, 65_536, 0, 3_000, 0) + content[at + 14 :])


def workbook_named_csv(path: Path, scale: int) -> None:
    path.write_bytes(book("xlsx", path))


ATTACKS: dict[str, tuple[str, Attack]] = {
    attack.__name__: (ending, attack)
    for ending, attacks in {
        "zip": (flat_bomb, nested_bomb, endless_nesting, overlapping_members, many_members,
                endless_inner_names, zip_before_a_pdf),
        "xlsx": (entity_bomb_xlsx, entity_bomb_in_a_workbooks_parts, outside_entity_xlsx, sparse_xlsx,
                 sparse_xlsx_without_places, million_columns_xlsx, workbook_with_more_behind_it,
                 workbook_with_more_before_it),
        "xls": (sparse_xls, claimed_dimensions_xls, encrypted_xls, circle_in_a_compound_file,
                html_for_a_workbook, nested_tables, spans_without_end, million_columns_html,
                entity_bomb_in_the_xml_of_excel),
        "xlsb": (sparse_xlsb,),
        "ods": (entity_bomb_ods, outside_entity_ods, sparse_ods, encrypted_ods),
        "csv": (million_columns_csv, million_columns_header_csv, blank_lines, blank_lines_in_a_list,
                one_line_without_end, quote_without_end, nul_bytes, list_that_begins_like_a_pdf,
                workbook_named_csv),
        "txt": (million_names, one_fixed_line_without_end, long_blanks),
        "pdf": (pdf_before_a_zip,),
    }.items()
    for attack in attacks
}  # fmt: skip


def _letters(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
