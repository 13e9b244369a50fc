"""Soft checks of what a debtor's cells say; a failed one is a warning, never a lost row."""

import re

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[^@\s.,;<>]+\.)+[^\W\d]{2,24}")
_IBAN = re.compile(r"([A-Z]{2})(\d{2})([A-Z0-9]{10,30})")
_IBAN_LENGTHS = {
    "DE": 22,
    "AT": 20,
    "CH": 21,
    "FR": 27,
    "NL": 18,
    "BE": 16,
    "LU": 20,
    "LI": 21,
    "PL": 28,
    "IT": 27,
    "ES": 24,
}
_GERMAN_POSTCODE = re.compile(r"(?!00)\d{5}")
_FOUR_DIGITS = re.compile(r"[1-9]\d{3}")
_FOUR_DIGIT_COUNTRIES = frozenset({"AT", "CH", "LI", "LU", "BE", "DK", "HU", "SI", "NO", "BG"})
_CITIES_ABROAD = (
    "wien|vienna|graz|linz|salzburg|innsbruck|klagenfurt|villach|wels|bregenz|dornbirn|zürich|"
    "zuerich|bern|basel|genf|genève|lausanne|luzern|winterthur|lugano|vaduz|luxemburg|luxembourg|"
    "brüssel|bruxelles|antwerpen|kopenhagen|københavn|budapest|ljubljana"
)
_NEIGHBOUR_CITIES = frozenset(_CITIES_ABROAD.split("|"))
_ANY_POSTCODE = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,9}", re.IGNORECASE)


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def is_iban(compact: str) -> bool:
    """Whether a text without blanks is an IBAN: form, length by country, ISO 7064 MOD 97-10.

    Written out here because a library's call costs more than all the rest of a row.
    """
    match = _IBAN.fullmatch(compact)
    if match is None or _IBAN_LENGTHS.get(match[1], len(compact)) != len(compact):
        return False
    digits = "".join(
        char if char.isdigit() else str(ord(char) - 55) for char in match[3] + match[1] + match[2]
    )
    return int(digits) % 97 == 1


def looks_like_iban(text: str) -> bool:
    """Whether a text has the form of an IBAN, right or wrong."""
    return _IBAN.fullmatch(text.replace(" ", "").upper()) is not None


def is_postcode(text: str, country: str | None) -> bool:
    """Whether a postcode can exist in its country; without one it is Germany's."""
    if country in (None, "DE"):
        return _GERMAN_POSTCODE.fullmatch(text) is not None
    if country in _FOUR_DIGIT_COUNTRIES:
        return _FOUR_DIGITS.fullmatch(text) is not None
    return _ANY_POSTCODE.fullmatch(text) is not None


def has_lost_zero(text: str, country: str | None, city: str | None) -> bool:
    """Whether a German postcode has four digits because a spreadsheet took it for a number.

    No German postcode begins with 05; a well-known city of a neighbour keeps its four digits.
    """
    if country is None and city and city.casefold().split()[0].strip(",") in _NEIGHBOUR_CITIES:
        return False
    return country in (None, "DE") and _FOUR_DIGITS.fullmatch(text) is not None and text[0] != "5"
