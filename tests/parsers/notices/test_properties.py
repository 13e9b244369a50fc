"""Whatever is written: nothing crashes, and no figure is read that does not stand in the text."""

import re
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from parsers.notices.notice import read_notice
from tests.accuracy.notices import NOTICES
from tests.parsers.notices.told import TODAY

TEXTS = [one["text"] for one in tomllib.loads(NOTICES.read_text(encoding="utf-8"))["notice"]]
PIECES = (
    *("26-004711-2", "26-010233-0", "26-004711-3", "RE-4711", "10021", "Az.", "Kd-Nr.", "250,00 €"),
    *("1.234,56", "1.500 €", "50", "EUR 99,-", "ca.", "am", "12.03.", "03.04.2026", "05/04/2026"),
    *("gestern", "am Freitag", "letzte Woche", "bezahlt", "überwiesen", "nicht", "paid", "received"),
    *("Rest", "offen", "zurück", "Gutschrift", "von", "statt", "und", ";", ",", "\n", ".", "?"),
    *("Müller", "Herr", "Hauptforderung", "komplett", "Teilzahlung", "vor Übergabe"),
)
_NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f\u2009]\d+)*")
_SEPARATORS = re.compile(r"[.,'\u00a0\u202f\u2009]")


def cents_in(text):
    """Every amount that any number of a text could stand for."""
    found = set()
    for written in _NUMBER.findall(text):
        digits = _SEPARATORS.sub("", written)
        found.add(int(digits) * 100)
        last = _SEPARATORS.split(written)[-1]
        if last != written and len(last) <= 2:
            found.add(int(digits) * 10 ** (2 - len(last)))
    return found


def check(text):
    notice = read_notice(text, TODAY)
    if notice is None:
        return
    digits = re.sub(r"\D", "", text.replace("O", "0").replace("o", "0"))
    for payment in notice.payments:
        assert payment.amount is None or payment.amount.cents in cents_in(text)
        assert payment.case is None or payment.case.replace("-", "") in digits
        assert payment.paid_on is None or payment.paid_on <= TODAY
        is_whole = payment.amount is not None and payment.paid_on is not None
        is_named = payment.case is not None or payment.reference is not None or payment.debtor is not None
        assert notice.must_ask or (is_whole and is_named)
    assert notice.must_ask or notice.payments


@given(st.text())
def test_any_text_is_read_without_a_fault(text):
    check(text)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_row_of_telling_pieces_gives_only_figures_that_stand_there(pieces):
    check(" ".join(pieces))


@given(st.sampled_from(TEXTS), st.data())
def test_a_notice_with_letters_changed_gives_only_figures_that_stand_there(text, data):
    at = data.draw(st.integers(0, len(text)))
    check(text[:at] + data.draw(st.text("0123456789.,-/ €abcdeinrt\n?", max_size=2)) + text[at + 1 :])


@given(st.lists(st.sampled_from(TEXTS), min_size=2, max_size=3))
def test_notices_that_were_joined_give_only_figures_that_stand_there(texts):
    check("\n".join(texts))
