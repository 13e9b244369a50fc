import csv
import io
import os
from datetime import date
from pathlib import Path

import msgspec
import pypdfium2
import pytest

from bot.cells import csv_bytes
from bot.statements.account import account_sheet
from bot.statements.as_page import page_of
from bot.statements.as_pdf import pdf_of
from bot.statements.as_text import text_of
from bot.statements.final import final_header, final_lines, final_sheet
from bot.statements.running import running_cells, running_header, running_sheet
from storage.money import Money
from tests.bot.documents import HEAD, RECIPIENT, account, amounts, line, listed, overpaid, settled, statement
from tests.bot.test_answer import HOSTILE, Page

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("de", "en")
DAY = date(2026, 7, 20)


def final(told=None, language="de", *, credited="262.40", **rest):
    return final_sheet(told or statement(), RECIPIENT, language, credited=Money.of(credited), **rest)


def running(language="de", *, since=None):
    cases = [listed(), listed(number="26-000002-3", category="other", statement=None, paid_out=None)]
    return running_sheet(cases, RECIPIENT, language, since, date(2026, 7, 31))


def sheets(language):
    test = msgspec.structs.replace(RECIPIENT, is_test=True)
    return {
        "statement": final(language=language),
        "statement_settled": final(settled(), language, credited="-37.60"),
        "statement_overpaid": final(overpaid(), language),
        "statement_reopened": final(language=language, stands=False),
        "statement_list": running(language, since=date(2026, 7, 1)),
        "statement_list_empty": running_sheet([], test, language, None, DAY),
        "balance": account_sheet(account(), RECIPIENT, language),
        "balance_owing": account_sheet(
            account(balance=Money(-5_418), payout=None, payout_on=None, entries=account().entries[:3]),
            test,
            language,
        ),
        "balance_empty": account_sheet(
            account(balance=Money(0), payout=None, payout_on=None, entries=()), RECIPIENT, language
        ),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(sheets("de")))
def test_a_sheet_reads_word_for_word_as_its_golden_file(name, language):
    golden = GOLDEN / f"{name}.{language}.txt"
    written = text_of(sheets(language)[name])
    if os.environ.get("GOLDEN"):
        golden.write_text(written, encoding="utf-8")
    assert written == golden.read_text(encoding="utf-8")


def pdf_text(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(sheets("de")))
def test_page_and_pdf_say_all_that_the_text_says(name, language):
    sheet = sheets(language)[name]
    page = Page(page_of(sheet)).text
    pdf = " ".join(pdf_text(pdf_of(sheet, DAY)))
    words = {word for word in text_of(sheet).split() if not set(word) <= set("-=!")}
    assert [word for word in sorted(words) if word not in page] == []
    assert [word for word in sorted(words) if word not in pdf] == []


def test_a_statement_of_two_payments_is_one_page():
    (page,) = pdf_text(pdf_of(final(), DAY))
    assert "Müßig, Zoë" in page
    assert "262,40 €" in page
    assert page.endswith("Seite 1 von 1")


def test_a_long_statement_has_its_head_on_every_page_and_breaks_no_figure():
    many = [line(date(2026, 1, 5), "agency", "1234567.89", "1234567.89", "0.00", principal="1234567.89")] * 90
    costs = amounts(
        **dict.fromkeys(("creditor_costs", "interest", "court_costs", "fee", "expenses", "vat"), "98765.43")
    )
    pages = pdf_text(pdf_of(final(statement(lines=many, charged=costs)), DAY))
    assert len(pages) > 3
    assert pages[1].startswith("Wertstellung an die Agentur")
    assert sum(page.count("1.234.567,89") for page in pages) == 2 * 90 + 180
    assert "111.111.110,10" in " ".join(pages)  # 90 times as much


def test_the_same_statement_gives_the_same_pdf():
    assert pdf_of(final(), DAY) == pdf_of(final(), DAY)


def test_nothing_that_was_sent_becomes_layout():
    hostile = statement(debtor=HOSTILE, invoices=[HOSTILE], creditor_references=[HOSTILE])
    sheet = final(hostile)
    page = Page(page_of(sheet))
    assert "script" not in [tag for tag, _ in page.tags]
    assert "{{7*7}}" in page.text
    assert not [text for text in (text_of(sheet),) if "\x00" in text or "\u202e" in text]
    assert "\nBcc" not in text_of(sheet)
    assert pdf_of(sheet, DAY).startswith(b"%PDF-")


def test_a_page_loads_nothing_and_runs_nothing():
    page = page_of(final())
    assert not {"script", "link", "img", "iframe", "form"} & {tag for tag, _ in Page(page).tags}
    assert "http" not in page
    assert "url(" not in page


def test_a_statement_that_no_longer_stands_says_so_before_all_else():
    page = Page(page_of(final(stands=False))).text
    assert page.index("gilt nicht mehr") < page.index("Eingegangen")
    assert "Die Akte ist abgeschlossen" not in page


def test_hundreds_of_invoices_are_told_in_a_line():
    told = text_of(final(statement(invoices=[f"R-{n}" for n in range(300)])))
    assert "R-11 und 288 weitere" in " ".join(told.split())


def test_letters_of_all_europe_are_in_the_fonts(caplog):
    pdf_of(final(statement(debtor="Łukasz Çelik Ștefan Ελλάδα Дмитро Ærø Ďáblice ẞ")), DAY)
    assert not caplog.records


def rows_of(content):
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_lines_of_a_statement_are_what_was_charged_and_each_payment():
    charged, first, second = rows_of(csv_bytes(final_header("de"), final_lines(statement(), "de")))
    assert (charged["Zeile"], charged["Summe"], charged["Wertstellung"]) == ("berechnet", "318,02", "")
    assert (first["Wertstellung"], first["an die Agentur"]) == ("10.04.2026", "100,00")
    assert first["an den Gläubiger"] == "0,00"
    assert (second["Hauptforderung"], second["Zinsen"]) == ("214,27", "3,75")
    assert (second["Ihr Anteil"], second["Anteil der Agentur"]) == ("162,40", "55,62")


def test_a_formula_in_a_statement_is_defused():
    (charged, *_) = rows_of(csv_bytes(final_header("de"), final_lines(statement(debtor="=1+1"), "de")))
    assert charged["Kunde"] == "'=1+1"


def test_what_is_charged_less_what_is_waived_is_what_was_paid():
    charged, waived, only = rows_of(csv_bytes(final_header("de"), final_lines(settled(), "de")))
    assert (charged["Summe"], waived["Summe"], only["Summe"]) == ("310,00", "10,00", "300,00")


def test_the_running_list_leaves_open_what_is_not_known():
    (row,) = rows_of(csv_bytes(running_header("de"), [running_cells(listed(paid_out=None), "de")]))
    assert (row["Davon ausgezahlt"], row["Ihr Anteil"]) == ("", "262,40")


def test_the_check_value_is_whole():
    assert HEAD in text_of(final()).replace(" ", "").replace("\n", "")
