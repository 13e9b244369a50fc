"""Invoices on the road: one becomes one case, a wrong or plain one is told of, and nothing is taken twice."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.composition import Gateway, open_gateway
from gateway.config import Config
from gateway.reading.limits import Limits
from gateway.reading.pool import ReaderDiedError, ReaderPool
from gateway.reading.wire import Copy, Job
from gateway.road.submit import submit_file
from gateway.road.travel import job_of
from storage.accounts import account_by_email
from storage.cases.cases import show_case
from storage.intake import inbox
from storage.verify import verify
from tests.conftest import CORPUS, NOW
from tests.parsers.invoices.pdfs import many_pages, swelling_page, text_pdf
from tests.parsers.invoices.samples import CII, changed, due, kind
from tests.parsers.invoices.test_plain import LETTER
from tests.storage import road as store

OWNER = "post@lieferant.example"
PDF = CORPUS / "einvoice" / "corpus" / "EN16931_Einfach_DueDate.pdf"
FIVE = ("new", "unchanged", "changed", "rejected", "skipped")


class Desk:
    """Hands files in, each by a command of its own, as `inkasso submit` does."""

    def __init__(self, path: Path) -> None:
        self._config = Config(store={"url": f"sqlite:///{path}"})
        with self.gateway() as gateway:
            store.new_account(gateway.database, NOW, OWNER, name="Lieferant GmbH")

    def gateway(self) -> AbstractContextManager[Gateway]:
        return open_gateway(self._config, lambda: datetime.now(UTC))

    def submit(self, path: Path, *, dry_run: bool = False) -> tuple[dict, dict]:
        with self.gateway() as gateway:
            outcome = submit_file(gateway, path, OWNER, dry_run=dry_run)
        counts = {name: outcome[name] for name in FIVE if outcome[name]}
        assert outcome["rows_total"] == sum(counts.values())
        return outcome, counts


@pytest.fixture
def desk(sqlite_path: Path) -> Desk:
    return Desk(sqlite_path)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_e_invoice_becomes_one_case_and_is_known_when_it_comes_again(desk, tmp_path):
    outcome, counts = desk.submit(PDF)
    assert counts == {"new": 1}
    (number,) = outcome["cases"]
    assert "Ihre Rechnung ist übernommen." in outcome["reply"]
    assert "Zeile" not in outcome["reply"]
    with desk.gateway() as gateway, gateway.database.read() as connection:
        case = show_case(connection, number)
        assert (str(case.handed_over.total), case.claims[0].invoice_number) == ("529.87", "471102")
        pieces = inbox.content_pieces(connection, 1, int(outcome["submission"].removeprefix("S-")))
        assert b"".join(pieces) == PDF.read_bytes()  # the invoice itself is kept
        assert [(one.kind, one.name) for one in case.evidence] == [("invoice", PDF.name)]

    again, counts = desk.submit(PDF)
    assert (counts, list(again["cases"])) == ({"unchanged": 1}, [number])
    xml, counts = desk.submit(CII)
    assert (counts, list(xml["cases"])) == ({"unchanged": 1}, [number])  # the same invoice, whatever its form

    prepaid = (">0.00</ram:TotalPrepaidAmount>", ">100.00</ram:TotalPrepaidAmount>")
    paid, counts = desk.submit(written(tmp_path / "teil.xml", changed(CII, due("429.87"), prepaid)))
    assert (counts, list(paid["cases"])) == ({"changed": 1}, [number])
    with desk.gateway() as gateway, gateway.database.read() as connection:
        assert not verify(connection).findings


def test_an_e_invoice_is_the_claim_that_a_list_without_customer_numbers_has_told(desk, tmp_path):
    header = "Firma;PLZ;Rechnungsnummer;Fälligkeit;Offen"
    lines = (header, "Kunden AG Mitte;69876;471102;05.03.2019;529,87", "Laden;01067;9;05.03.2019;9,00")
    items = written(tmp_path / "op.csv", "\r\n".join(lines).encode())
    told, counts = desk.submit(items)
    assert counts == {"new": 2}

    dry, _ = desk.submit(CII, dry_run=True)
    outcome, counts = desk.submit(CII)

    assert (counts, list(outcome["cases"])) == ({"changed": 1}, told["cases"][:1])
    assert outcome["plan"] == dry["plan"]
    with desk.gateway() as gateway, gateway.database.read() as connection:
        case = show_case(connection, told["cases"][0])
        assert (len(case.claims), case.debtor["number"]) == (1, "GE2020211")
        assert not verify(connection).findings


@pytest.mark.parametrize("code", ["381", "384", "386", "389", "220"])
def test_what_is_no_claim_counts_as_one_rejected_row(desk, tmp_path, code):
    outcome, counts = desk.submit(written(tmp_path / "g.xml", changed(CII, kind(code))))
    assert (counts, list(outcome["cases"])) == ({"rejected": 1}, [])
    assert len(outcome["problems"]) == 1
    assert "Diese Rechnung konnten wir nicht übernehmen." in outcome["reply"]
    assert outcome["problems"][0]["message"] in outcome["reply"]


def test_a_dry_run_says_what_the_submission_will_say(desk):
    dry, counts = desk.submit(PDF, dry_run=True)
    assert (counts, list(dry["cases"])) == ({"new": 1}, [])
    outcome, _ = desk.submit(PDF)
    assert outcome["plan"] == dry["plan"]


def test_a_plain_invoice_waits_until_its_table_comes_back(desk, tmp_path):
    path = written(tmp_path / "RE-17.pdf", text_pdf(*LETTER))
    outcome, counts = desk.submit(path)
    assert (counts, list(outcome["cases"])) == ({"rejected": 1}, [])
    assert next(question["id"] for question in outcome["needs_answer"]).startswith("confirm_invoice:")
    assert "RE-17 (bitte prüfen).xlsx" in outcome["reply"]

    with desk.gateway() as gateway:
        with gateway.database.read() as connection:
            account = account_by_email(connection, OWNER)
        job = job_of(path, path.name, account=account, now=NOW, rows_max=10, is_mail=False, answers={})
        (copy,) = [frame for frame in gateway.pool.read(job) if isinstance(frame, Copy)]
    _, counts = desk.submit(written(tmp_path / copy.name, copy.content))
    assert counts == {"new": 1}


def test_a_document_that_names_a_case_is_its_evidence(desk, tmp_path):
    outcome, _ = desk.submit(PDF)
    (number,) = outcome["cases"]
    desk.submit(written(tmp_path / "vertrag.pdf", text_pdf("Kaufvertrag", f"Aktenzeichen {number}")))
    desk.submit(written(tmp_path / f"Lieferschein {number}.pdf", many_pages(1)))
    desk.submit(written(tmp_path / "anderes.pdf", text_pdf("Kaufvertrag")))
    with desk.gateway() as gateway, gateway.database.read() as connection:
        names = [one.name for one in show_case(connection, number).evidence]
    assert names == [PDF.name, "vertrag.pdf", f"Lieferschein {number}.pdf"]


def test_a_scan_is_kept_and_its_sender_told_what_would_help(desk, tmp_path):
    outcome, counts = desk.submit(written(tmp_path / "scan.pdf", many_pages(2)))
    assert counts == {}
    assert "E-Rechnung" in outcome["reply"]


def test_a_pdf_whose_page_swells_kills_its_reader_alone(tmp_path):
    path = written(tmp_path / "b.pdf", swelling_page(600 << 20))
    pool = ReaderPool(Limits(memory_bytes=512 << 20), ready=0)
    job = Job(
        path=str(path), name="b.pdf", scratch=str(tmp_path), is_mail=False, language="de", today=NOW.date(),
        rows_max=10,
    )  # fmt: skip
    with pytest.raises(ReaderDiedError):
        list(pool.read(job))
    pool.close()
