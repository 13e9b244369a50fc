"""What the columns of a table without a header most likely hold: whole header rows to choose from."""

import re
from collections.abc import Callable, Sequence
from itertools import islice, product

from parsers.grids.cells import Cell, text_of
from parsers.problems import field_label
from parsers.sheets.analysis import Analysis
from parsers.sheets.checks import is_postcode
from parsers.sheets.columns import map_columns, missing_fields
from parsers.sheets.debtors import country_code
from parsers.sheets.fields import Field
from parsers.sheets.profile import MOST, Profile, are_compact_days, are_padded

SEPARATOR = "; "
_CHOICES_MAX = 4
_NOTHING = "-"
_INVOICE = re.compile(r"(?i)(?:re|rg|rnr|r|inv|ar|rech)[ ./_-]?\d[\w/.-]*")
_STREET = re.compile(r"[^\W\d_].*\d+ ?[a-zA-Z]?(?: ?[-/] ?\d+ ?[a-zA-Z]?)?")
_EURO = re.compile(r"(?i)eur|euro|€")
_SALUTATION = re.compile(r"(?i)herrn?|frau|firma|mrs?\.?|ms\.?|divers")

Roles = dict[int, Field]


def guessed_headers(analysis: Analysis, language: str) -> tuple[str, ...]:
    """Header rows that would make a list of claims of the table, the likeliest first."""
    profiles, rows = analysis.profiles, analysis.first_rows
    padded = [index for index in range(len(profiles)) if are_padded(_texts(rows, index))]
    days = [
        index
        for index, one in enumerate(profiles)
        if one.dates > MOST or are_compact_days(_texts(rows, index))
    ]
    amounts = [index for index, one in enumerate(profiles) if one.cents > MOST and one.negative <= MOST]
    in_cents = padded if not amounts else []
    amounts = amounts or padded or _whole_amounts(profiles, _certain(profiles, rows, days))
    headers: dict[str, None] = {}
    for amount, dated in product(amounts, _dated(days)):
        roles = _certain(profiles, rows, [*days, *([amount] if amount in padded else ())])
        roles |= dated | {amount: Field.AMOUNT}
        texts = [
            _label(roles[index], language, in_cents=index == amount and index in in_cents)
            if index in roles
            else _NOTHING
            for index in range(len(profiles))
        ]
        if not missing_fields(map_columns(texts, profiles).columns):
            headers[SEPARATOR.join(texts)] = None
    return tuple(islice(headers, _CHOICES_MAX))


def _label(field: Field, language: str, *, in_cents: bool) -> str:
    label = field_label(field.value, language)
    if not in_cents:
        return label
    return f"{label} in cents" if language == "en" else f"{label} in Cent"


def _certain(profiles: Sequence[Profile], rows: Sequence[Sequence[Cell]], taken: Sequence[int]) -> Roles:
    """What is plain from a column's own values and its neighbours; names and numbers come last."""
    roles: Roles = {}
    for index, profile in enumerate(profiles):
        if index in taken:
            continue
        field = _by_itself(profile, _texts(rows, index))
        if field is Field.POSTCODE and not any(map(_is_words, profiles[:index])):
            continue  # five digits before every name are the customer's number
        if field is not None and field not in roles.values():
            roles[index] = field
    for index in [at for at, field in roles.items() if field is Field.POSTCODE]:
        if index + 1 < len(profiles) and _is_words(profiles[index + 1]):
            roles.setdefault(index + 1, Field.CITY)
    return _named(_numbered(roles, profiles, rows, taken), profiles)


def _by_itself(profile: Profile, texts: Sequence[str]) -> Field | None:  # noqa: PLR0911 - a list of signs
    if profile.ibans > MOST:
        return Field.IBAN
    if profile.emails > MOST:
        return Field.EMAIL
    if not texts or profile.dates > MOST or profile.cents > MOST:
        return None
    if profile.places > MOST or _all(texts, lambda text: len(text) == 5 and is_postcode(text, None)):
        return Field.POSTCODE
    if _all(texts, _INVOICE.fullmatch):
        return Field.INVOICE_NUMBER
    if _all(texts, _EURO.fullmatch):
        return Field.CURRENCY
    if _all(texts, _SALUTATION.fullmatch):
        return Field.SALUTATION
    if _all(texts, lambda text: len(text) <= 3 and country_code(text)):
        return Field.COUNTRY
    if profile.letters > MOST and profile.codes <= MOST and _all(texts, _STREET.fullmatch):
        return Field.STREET
    return None


def _numbered(
    roles: Roles, profiles: Sequence[Profile], rows: Sequence[Sequence[Cell]], taken: Sequence[int]
) -> Roles:
    """Numbers: one that differs in every row is the invoice's, another the customer's."""
    free = [
        index
        for index, one in enumerate(profiles)
        if index not in roles
        and index not in taken
        and one.cents <= MOST
        and one.dates <= MOST
        and max(one.digits, one.codes) > MOST
    ]
    differing = [index for index in free if len(set(_texts(rows, index))) == len(_texts(rows, index))]
    if Field.INVOICE_NUMBER not in roles.values() and differing:
        roles[differing[-1]] = Field.INVOICE_NUMBER
    number = next((index for index in free if index not in roles), None)
    if number is not None:
        roles[number] = Field.NUMBER
    return roles


def _named(roles: Roles, profiles: Sequence[Profile]) -> Roles:
    """The first words are the name; the words just after it the first name."""
    words = [index for index, one in enumerate(profiles) if index not in roles and _is_words(one)]
    if words:
        roles[words[0]] = Field.NAME
        if words[0] + 1 in words:
            roles[words[0] + 1] = Field.FIRST_NAME
    return roles


def _dated(days: Sequence[int]) -> list[Roles]:
    """One day may be the invoice's or that it fell due on; of two the later one is the latter."""
    if len(days) == 1:
        return [{days[0]: Field.DUE_DATE}, {days[0]: Field.INVOICE_DATE}]
    return [
        {first: Field.INVOICE_DATE, second: Field.DUE_DATE}
        for first in days
        for second in days
        if first < second
    ] or [{}]


def _whole_amounts(profiles: Sequence[Profile], certain: Roles) -> list[int]:
    return [index for index, one in enumerate(profiles) if index not in certain and one.money > MOST]


def _is_words(profile: Profile) -> bool:
    return profile.words > MOST and profile.letters > MOST


def _texts(rows: Sequence[Sequence[Cell]], index: int) -> list[str]:
    return [text for row in rows if index < len(row) and (text := text_of(row[index]))]


def _all(texts: Sequence[str], test: Callable[[str], object]) -> bool:
    return all(test(text) for text in texts)
