"""A header that no list of names knows, understood by a word in it and by what its column holds.

Only both together count: `Fällig.-Datum` over days is the due date, over words it is nothing.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from parsers.sheets.fields import Field
from parsers.sheets.names import Meaning, is_in_other_units
from parsers.sheets.profile import Profile

RANK = 3  # after every name that is known, so that it never makes a rival
_MOSTLY = 0.8
_HEADER_CHARACTERS_MAX = 60


class _Hint(NamedTuple):
    field: Field
    word: re.Pattern[str]
    against: re.Pattern[str]
    holds: Callable[[Profile], bool]


def _hint(field: Field, word: str, against: str, holds: Callable[[Profile], bool]) -> _Hint:
    return _Hint(field, re.compile(word, re.IGNORECASE), re.compile(against, re.IGNORECASE), holds)


def _are_numbers(profile: Profile) -> bool:
    return max(profile.digits, profile.codes) >= _MOSTLY and profile.cents == 0


_HINTS = (
    _hint(
        Field.DUE_DATE,
        r"fäll|faell|zahl\w*(?:ziel|frist|termin)|zahl\w* bis|\bdue\b|payable|zahlbar",
        r"mahn|skonto|letzte|gemahnt|eingang|seit wann|reminder|last",
        lambda profile: profile.dates >= _MOSTLY,
    ),
    _hint(
        Field.INVOICE_DATE,
        r"rechn|\brg\b|\bre\b|fakt|invoice|\bissued?\b|ausgestellt",
        r"fäll|zahl|due|mahn|liefer|leistung|paid|bezahlt|storn|eingang|period|von|bis",
        lambda profile: profile.dates >= _MOSTLY,
    ),
    _hint(
        Field.AMOUNT,
        r"offen|rückst|rueckst|unbezahlt|ausstehend|restbetr|restford|outstanding|unpaid|arrear|overdue",
        r"netto|\bnet\b|steuer|tax|skonto|gebühr|fee|zins|bezahlt(?<!unbezahlt)|anzahl|tage|days|seit",
        lambda profile: profile.money >= _MOSTLY and profile.cents > 0,
    ),
    _hint(  # the unit alone
        Field.GROSS,
        r"^\W*(?:in )?(?:eur|euro|€)\W*$",
        r"^$",
        lambda profile: profile.money >= _MOSTLY and profile.cents > 0,
    ),
    _hint(
        Field.INVOICE_NUMBER,
        r"(?:rechn|\brg|\bre\b|fakt|invoice|\binv|bill).*(?:\bn|nr|no\b|num|#|id\b)",
        r"datum|date|betrag|amount|kund|custom|auftrag|order|storno|position",
        _are_numbers,
    ),
    _hint(
        Field.NUMBER,
        r"(?:kund|debitor|cust|mitgl|mandat|client|patient|mieter).*(?:\bn|nr|no\b|num|#|konto|account|id\b)",
        r"datum|date|betrag|amount|rechn|invoice|auftrag|order|telefon|phone|ust|vat",
        _are_numbers,
    ),
    _hint(
        Field.POSTCODE,
        r"plz|postleit|\bzip|postal|postcode",
        r"liefer|shipping|delivery|versand",
        lambda profile: max(profile.digits, profile.places) >= _MOSTLY,
    ),
)


def hinted_meaning(header: str, profile: Profile) -> Meaning | None:
    """What a header and its column say together; None where they do not agree on one thing."""
    if not header or len(header) > _HEADER_CHARACTERS_MAX or is_in_other_units(header) or not profile.filled:
        return None
    found = [
        hint.field
        for hint in _HINTS
        if hint.word.search(header) and not hint.against.search(header) and hint.holds(profile)
    ]
    return Meaning(found[0], RANK, is_near=True) if len(found) == 1 else None
