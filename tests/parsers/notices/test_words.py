"""Words that are misspelt are understood where nothing else can be meant."""

import pytest

from parsers.notices.doubts import Why
from parsers.notices.lexicon import meaning_of
from parsers.notices.senses import Sense


@pytest.mark.parametrize(
    ("word", "sense"),
    [
        ("bezalt", Sense.PAID),
        ("gezhalt", Sense.PAID),
        ("ueberwiesen", Sense.PAID),
        ("recieved", Sense.CAME),
        ("Teizlahlung", Sense.PARTIAL),
        ("hautpforderung", Sense.PRINCIPAL),
        ("überwisen", Sense.UNKNOWN),  # has been, or will be?
        ("zahltr", Sense.UNKNOWN),
        ("Stundung", Sense.DOUBT),
        ("unbeglichen", Sense.NO_PAYMENT),
    ],
)
def test_a_word_says_what_only_it_can_mean(word, sense):
    assert meaning_of(word)[0] is sense


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("Rücklastschrfit", Why.REVERSAL),
        ("refundet", Why.REFUND),
        ("Gutschrfit", Why.CREDIT_NOTE),
        ("Verrechnungsschek", Why.SET_OFF),
        ("Auszahlung", Why.NOT_TO_YOU),
        ("Buchungsfehler", Why.DISREGARD),
    ],
)
def test_what_is_no_payment_is_known_by_its_stem(word, why):
    assert meaning_of(word) == (Sense.NO_PAYMENT, why)
