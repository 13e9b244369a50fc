"""What becomes of missing claims is taken only where every sentence of a reply is certain."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.replies.missing import Missing, Why, understand_missing

TODAY = date(2026, 4, 20)
NAMES = {"RE-1009": "Müller, Jörg", "RE-1010": "Nowak, Zofia", "RE-1011": "Bäcker Weber GmbH"}


def claims(*numbers, **more):
    return [
        Missing(
            invoice_number=number,
            cents=31_240,
            total_cents=more.get("total_cents", 31_240),
            debtor=NAMES.get(number, ""),
            is_answered=number in more.get("answered", ()),
        )
        for number in numbers
    ]


THREE = claims(*NAMES)


def told(said, missing=THREE, today=TODAY):
    """What was understood, as a bookkeeper notes it; the doubts where there is any."""
    understood = understand_missing(said, missing, today)
    if understood.doubts:
        return [(one.why, one.about) for one in understood.doubts]
    return [
        " ".join(
            str(part)
            for part in (missing[one.place].invoice_number, one.kind, one.paid_on, one.cents, one.covers)
            if part is not None
        )
        for one in understood.said
    ]


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        (
            "RE-1009 bezahlt am 3.2., RE-1010 storniert, Rest noch offen",
            ["RE-1009 paid 2026-02-03 31240 full", "RE-1010 cancelled", "RE-1011 open"],
        ),
        ("alle bezahlt am 1.4.2026", [f"{number} paid 2026-04-01 31240 full" for number in NAMES]),
        ("RE-1009: 12.03. 250,00 €", ["RE-1009 paid 2026-03-12 25000 partial"]),
        ("RE-1009 12.03. 20 €", ["RE-1009 paid 2026-03-12 2000 partial"]),
        ("alle noch offen", ["RE-1009 open", "RE-1010 open", "RE-1011 open"]),
        ("1009 paid 2026-04-01", ["RE-1009 paid 2026-04-01 31240 full"]),
        ("all claims are still open", ["RE-1009 open", "RE-1010 open", "RE-1011 open"]),
        (
            "RE-1009 paid in full 2026-04-01; the rest is still open",
            ["RE-1009 paid 2026-04-01 31240 full", "RE-1010 open", "RE-1011 open"],
        ),
        (
            "Am 3. Februar wurden RE-1009 und RE-1010 bezahlt.",
            ["RE-1009 paid 2026-02-03 31240 full", "RE-1010 paid 2026-02-03 31240 full"],
        ),
        ("re 1009 (Herr Müller) hat am 3.2. überwiesen", ["RE-1009 paid 2026-02-03 31240 full"]),
        ("RE1009: gestern eingegangen", ["RE-1009 paid 2026-04-19 31240 full"]),
        ("RE-1009 nicht bezahlt", ["RE-1009 open"]),
        ("Rechnung Nr. 1010 bitte stornieren, war ein Irrtum", ["RE-1010 cancelled"]),
        ("RE-1009 Teilzahlung 100 € am 3.2.26", ["RE-1009 paid 2026-02-03 10000 partial"]),
        (
            "RE-1009 am 3.2., RE-1010 am 4.2. bezahlt",
            ["RE-1009 paid 2026-02-03 31240 full", "RE-1010 paid 2026-02-04 31240 full"],
        ),
        ("Bezahlt am 3.2.: RE-1009", ["RE-1009 paid 2026-02-03 31240 full"]),
        ("RE-1009 wurde am 3.2.\nbezahlt", ["RE-1009 paid 2026-02-03 31240 full"]),
        ("RE-1009 am 31.12. bezahlt", ["RE-1009 paid 2025-12-31 31240 full"]),
        (
            "Hallo,\n\nRE-1010 storniert.\n\nViele Grüße\nErika Muster\nTel. 0351 123456",
            ["RE-1010 cancelled"],
        ),
        ("RE-1009 storniert\nRE-1009 storniert", ["RE-1009 cancelled"]),
        ("RE-1009 paid on March 3rd, 2026: €312.40", ["RE-1009 paid 2026-03-03 31240 full"]),
    ],
)
def test_what_is_certain_is_understood(said, noted):
    assert told(said) == noted


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ("keine Ahnung", [(Why.UNCLEAR, "keine Ahnung")]),
        ("Danke, schönen Tag", [(Why.NOTHING_SAID, "")]),
        ("", [(Why.NOTHING_SAID, "")]),
        ("RE-1009 bezahlt", [(Why.DATE_MISSING, "RE-1009")]),
        ("RE-1009 bezahlt am TT.MM.JJJJ", [(Why.UNCLEAR, "RE-1009 bezahlt am TT.MM.JJJJ")]),
        ("RE-1009 am 31.2. bezahlt", [(Why.DATE_IMPOSSIBLE, "RE-1009")]),
        ("RE-1009 bezahlt am 30.02.2026", [(Why.DATE_IMPOSSIBLE, "RE-1009")]),
        ("RE-1009 bezahlt am 1.1.2027", [(Why.DATE_FUTURE, "RE-1009")]),
        ("RE-1009 paid 3/4/2026", [(Why.DATE_UNCLEAR, "RE-1009")]),
        ("RE-1009 am 3.2. oder 4.2.", [(Why.UNCLEAR, "RE-1009 am 3.2. oder 4.2.")]),
        ("RE-1009 am 3.2. und 4.2. bezahlt", [(Why.CONTRADICTION, "RE-1009")]),
        ("RE-1009 400 € am 3.2.", [(Why.AMOUNT_TOO_HIGH, "RE-1009")]),
        ("RE-1009: 12.03. 2000 €", [(Why.AMOUNT_TOO_HIGH, "RE-1009")]),
        ("RE-1009 1.234 € am 3.2.", [(Why.AMOUNT_UNCLEAR, "RE-1009")]),
        ("RE-1009 -250,00 € am 3.2.", [(Why.AMOUNT_UNCLEAR, "RE-1009")]),
        ("RE-1009 teilweise bezahlt am 3.2.", [(Why.AMOUNT_MISSING, "RE-1009")]),
        ("RE-1009 vollständig bezahlt am 3.2., 100,00 €", [(Why.CONTRADICTION, "RE-1009")]),
        ("RE-1099 bezahlt am 3.2.", [(Why.UNKNOWN_INVOICE, "RE-1099")]),
        ("RE-1009-2 bezahlt am 3.2.", [(Why.UNKNOWN_INVOICE, "RE-1009-2")]),
        ("RE-1009 bezahlt am 3.2.\nRE-1009 storniert", [(Why.CONTRADICTION, "RE-1009")]),
        ("RE-1009 offen, 100 €", [(Why.UNCLEAR, "RE-1009 offen, 100 €")]),
    ],
)
def test_what_is_not_certain_is_asked_back_with_its_reason(said, doubts):
    assert told(said) == doubts


@pytest.mark.parametrize(
    "said",
    [
        "alle bezahlt am 1.4. außer RE-1010",
        "RE-1009 am 3.2., RE-1010 am 4.2. storniert",
        "beide bezahlt am 1.4.2026",
        "alle, RE-1009, bezahlt am 3.2.",
        "bezahlt am 3.2.",
        "RE-1009 bezahlt am 3.2.?",
        "RE-1009 am 3.2. bezahlt, aber zurückgebucht",
        "RE-1009 Kunde behauptet, am 3.2. bezahlt",
        "customer claims RE-1009 paid 2026-02-03",
        "RE-1009 nicht storniert",
        "RE-1009 nicht am 3.2. bezahlt",
        "RE-1009 vermutlich am 3.2. bezahlt",
        "RE-1009 bezahlt am 3.2., geplatzt",
        "Müller hat am 3.2. bezahlt",
        "RE-1009 bezahlt am 3.2.\nstimmt aber nicht",
        "RE-1010 storniert\nViele Grüße\nErika\nPS: RE-1009 doch bezahlt am 3.2.",
        "Storniert:\nRE-1009 3.2.",
        "RE-1009 und RE-1010 bezahlt am 3.2., 400 €",
        "RE-1009 (Nowak) bezahlt am 3.2.",
    ],
)
def test_a_sentence_that_could_mean_something_else_is_never_taken(said):
    assert understand_missing(said, THREE, TODAY).doubts


def test_one_claim_need_not_be_named():
    one = claims("RE-1009")
    assert told("bezahlt am 3.2.", one) == ["RE-1009 paid 2026-02-03 31240 full"]
    assert told("3.2.2026", one) == ["RE-1009 paid 2026-02-03 31240 full"]
    assert told("RE-1009 bezahlt am 3.2., Rest noch offen", one) == ["RE-1009 paid 2026-02-03 31240 full"]
    assert told("Schmidt hat am 3.2. bezahlt", one) == [(Why.UNCLEAR, "Schmidt hat am 3.2. bezahlt")]


def test_two_claims_with_one_number_are_never_told_apart():
    twins = claims("RE-1009", "RE 1009")
    assert told("RE-1009 bezahlt am 3.2.", twins) == [(Why.AMBIGUOUS_INVOICE, "RE-1009")]
    assert told("alle bezahlt am 3.2.", twins) == [
        "RE-1009 paid 2026-02-03 31240 full",
        "RE 1009 paid 2026-02-03 31240 full",
    ]
    short = claims("A-1009", "B-1009")
    assert told("1009 bezahlt am 3.2.", short) == [(Why.AMBIGUOUS_INVOICE, "1009")]


def test_what_was_answered_before_is_not_answered_again():
    missing = claims(*NAMES, answered=("RE-1009",))
    assert told("alle noch offen", missing) == ["RE-1010 open", "RE-1011 open"]
    assert told("RE-1009 storniert", missing) == [(Why.ALREADY_ANSWERED, "RE-1009")]


def test_costs_leave_open_what_a_payment_covers():
    one = claims("RE-1009", total_cents=31_740)
    assert told("bezahlt am 3.2.", one) == ["RE-1009 paid 2026-02-03 31240 unknown"]
    assert told("317,40 € am 3.2.", one) == ["RE-1009 paid 2026-02-03 31740 full"]
    assert told("312,40 € am 3.2.", one) == ["RE-1009 paid 2026-02-03 31240 unknown"]
    assert told("312,00 € am 3.2.", one) == ["RE-1009 paid 2026-02-03 31200 partial"]


def test_an_invoice_number_that_reads_like_a_day_is_not_taken_for_one():
    dated = claims("2026-04-01", "RE-1010")
    assert understand_missing("RE-1010 2026-04-01", dated, TODAY).doubts


@given(
    st.text(alphabet=st.sampled_from("RE-1009 alebzht.,;:\n€3/2026?"), max_size=60) | st.text(max_size=200)
)
def test_no_words_break_it_and_no_payment_lacks_a_day(said):
    for one in understand_missing(said, THREE, TODAY).said:
        assert one.kind != "paid" or (one.paid_on <= TODAY and 0 < one.cents <= 31_240)
