"""Court dunning: fees by value and courts by seat."""

from datetime import date

import pytest

from storage.errors import RefusedError, StatutoryDataMissingError
from storage.law.courts import competent_court, court_fee, courts
from storage.money import Money

FILED = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("value", "fee"),
    [
        ("0.01", "38.00"),
        ("500.00", "38.00"),
        ("1000.00", "38.00"),
        ("1500.00", "41.00"),
        ("2000.00", "51.50"),
        ("3000.00", "62.75"),
        ("4000.00", "74.00"),
        ("5000.00", "85.25"),
        ("6000.00", "96.50"),
        ("7000.00", "107.75"),
        ("8000.00", "119.00"),
        ("9000.00", "130.25"),
        ("10000.00", "141.50"),
        ("13000.00", "156.75"),
        ("16000.00", "172.00"),
        ("19000.00", "187.25"),
        ("22000.00", "202.50"),
        ("25000.00", "217.75"),
        ("30000.00", "238.00"),
        ("35000.00", "258.25"),
        ("40000.00", "278.50"),
        ("45000.00", "298.75"),
        ("50000.00", "319.00"),
        ("50000.01", "389.00"),
        ("500000.01", "2174.00"),
    ],
)
def test_the_fee_of_an_application(value, fee):
    assert court_fee(Money.of(value), FILED).fee == Money.of(fee)


def test_the_minimum_is_told():
    assert court_fee(Money.of("1000.00"), FILED).minimum_applied
    assert not court_fee(Money.of("1000.01"), FILED).minimum_applied


def test_an_application_before_the_first_table_is_refused():
    with pytest.raises(StatutoryDataMissingError, match=r"court fee table .* 2025-05-31.*courts\.toml"):
        court_fee(Money.of("100.00"), date(2025, 5, 31))


@pytest.mark.parametrize(
    ("states", "court"),
    [
        ("BW", "AG Stuttgart"),
        ("BY", "AG Coburg"),
        ("BE BB", "AG Wedding"),
        ("HB", "AG Bremen"),
        ("HH MV", "AG Hamburg-Altona"),
        ("HE", "AG Hünfeld"),
        ("NI", "AG Uelzen"),
        ("RP SL", "AG Mayen"),
        ("SN ST TH", "AG Aschersleben (Staßfurt)"),
        ("SH", "AG Schleswig"),
    ],
)
def test_the_creditors_seat_decides_the_court(states, court):
    assert {competent_court(state=state).name for state in states.split()} == {court}


@pytest.mark.parametrize(
    ("higher_court", "court"), [("Hamm", "AG Hagen"), ("Düsseldorf", "AG Hagen"), ("Köln", "AG Euskirchen")]
)
def test_in_north_rhine_westphalia_the_higher_court_decides(higher_court, court):
    assert competent_court(state="NW", higher_court=higher_court).name == court


@pytest.mark.parametrize("higher_court", [None, "", "Celle"])
def test_without_its_higher_court_no_court_is_guessed(higher_court):
    with pytest.raises(RefusedError, match="Düsseldorf, Hamm, Köln"):
        competent_court(state="NW", higher_court=higher_court)


@pytest.mark.parametrize("state", [None, "", "XX", "Bayern"])
def test_without_a_state_no_court_is_guessed(state):
    with pytest.raises(RefusedError, match="decides the court"):
        competent_court(state=state)


def test_a_creditor_abroad_goes_to_wedding():
    assert competent_court(country="AT", state=None).name == "AG Wedding"


def test_every_state_has_its_court():
    states = "BW BY BE BB HB HH HE MV NI NW RP SL SN ST SH TH"
    assert {state for court in courts() for state in court.states} == set(states.split())
