"""Loaded by the fork server alone: reads a few tiny files, so that its children need not learn to read.

What reading loads when it first needs it (libmagic's database, compiled patterns, folded column
names) is then in memory before the first fork, and a child begins in a few milliseconds.
"""

import tempfile
from datetime import date
from pathlib import Path

from gateway.garbage import collect_rarely
from gateway.reading.child import frames_of
from gateway.reading.wire import Job

SAMPLE = (
    "Kundennummer;Name;Vorname;Straße;PLZ;Ort;Rechnungsnummer;Rechnungsdatum;Fällig am;Offener Betrag\r\n"
    "K1;Müller;Jörg;Hauptstraße 3;01067;Dresden;RE-1;02.01.2026;16.01.2026;1.234,56\r\n"
    "K2;Weiß;Anna;Am Markt 1;04109;Leipzig;RE-2;03.01.2026;17.01.2026;99,00\r\n"
)
INVOICE = (
    '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"><ID>1</ID>'
    "<LegalMonetaryTotal><PayableAmount>1</PayableAmount></LegalMonetaryTotal></Invoice>"
)
TORSO = "%PDF-1.7\n"
MAIL = "From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n"


def read_once() -> None:
    """Read the samples and forget them."""
    with tempfile.TemporaryDirectory(prefix="inkasso-warm-") as scratch:
        for name, text in (
            ("sample.csv", SAMPLE),
            ("sample.eml", MAIL),
            ("sample.xml", INVOICE),
            ("sample.pdf", TORSO),
        ):
            path = Path(scratch) / name
            path.write_bytes(text.encode("cp1252"))
            job = Job(
                path=str(path),
                name=name,
                scratch=scratch,
                is_mail=name.endswith(".eml"),
                language="de",
                today=date(2026, 4, 20),
                rows_max=100,
            )
            for _ in frames_of(job):
                pass


read_once()
collect_rarely()  # and a child does not copy what is here now by looking at it
