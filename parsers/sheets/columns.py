"""Which column is what: names first, checked against the values below them.

A header that its values contradict is not believed. Where two columns are equally good for one
field they are kept as rivals: if they differ anywhere in the file, the sender is asked.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from parsers.sheets.fields import Field, Type, type_of
from parsers.sheets.hints import hinted_meaning
from parsers.sheets.known_producers import Producer
from parsers.sheets.names import Meaning, exact_meanings, is_in_cents, near_meanings
from parsers.sheets.profile import MOST, Profile
from storage.identity import fold

# Of phones and addresses for mail any of the debtor's own is right.
_MUST_BE_ONE = frozenset(
    field for field in Field if not field.startswith("_") and field not in (Field.PHONE, Field.EMAIL)
) | {Field.GROSS}
_TELLING_ONLY = frozenset({Field.BANK, Field.PAYABLE, Field.KNOWN})  # never read, so of any type
_SAYS_NOTHING = frozenset({Field.BANK})
_OPEN = re.compile(
    r"(?i)offen|\brest|\bopen|outstanding|unpaid|unbezahlt|\bowed|\bowing|\bdue\b|schuld|noch zu|zu zahlen|"
    r"remain|residual|verbleib|ausstehend|gutschrift|guthaben|\bcredit\b|abschlag|anzahlung|teilzahlung|"
    r"minderung|storno"
)
_DAYS = re.compile(r"(?i)\bseit\b|\btage?\b|\bdays?\b|\bsince\b|datum|\bdate\b")
_MONEY = re.compile(r"(?i)betrag|summe|saldo|balance|amount|total|forderung|zahl(?!ungs)|paid|€|\beuro?\b")
_HARMLESS = re.compile(
    r"(?i)netto|\bnet\b|steuer|mwst|\bust\b|\btax|\bvat\b|skonto|discount|rabatt|zins|interest|gebühr|gebuehr|"
    r"\bfees?\b|kosten|\bcosts?\b|spesen|porto|versand|shipping|satz\b|\brate\b|prozent|percent|%|menge|"
    r"quantity|qty|stunden|hours|einzelpreis|unit price|kurs|gewicht|weight|provision"
)
_NUMBERED = re.compile(
    r"(?i)kunde|debitor|customer|client|debtor|mitglied|patient|mieter|schuldner|partner|empf|kontakt|contact"
)
_NUMBERS = frozenset({"nr", "no", "nummer", "number", "hnr", "hsnr", "hausnr"})
_CERTAIN = 0.8
_FEW_CODES = 0.2
_OWN_ROWS_MIN, _OWN_NAMES_MIN = 4, 3
_SIGN_RANK = 5  # under a header that is not known: nothing but S and H
_CONTACT_RANK = 3  # a person to talk to: the debtor only where nobody else can be
# Under a plain header these may be written like a day (17.02.845) or an amount (352.52).
_ANY_WRITING = frozenset({Field.INVOICE_NUMBER, Field.FLAG})
_BANK_COLUMNS_MIN = 2
_PAID_SHARE = 0.8
_FEW = 3


class Mapping(msgspec.Struct, frozen=True):
    """Field → column index; `rivals` are all equally good columns of a field, the chosen one first."""

    columns: dict[Field, int]
    rivals: dict[Field, tuple[int, ...]]
    says_open: bool  # the amount's column is named for what is still open
    # Beside a gross amount: columns that may say what is open of it, and if whole numbers there are money.
    doubtful: dict[int, bool]
    beside: dict[Field, int]  # debit and credit beside a column that says what is open
    looks_like: str | None  # bank | payments | payables: surely no list of claims


class _Candidate(msgspec.Struct, frozen=True):
    index: int
    rank: int
    is_filled: bool


def map_columns(
    texts: Sequence[str], profiles: Sequence[Profile], producer: Producer | None = None
) -> Mapping:
    """The meaning of every column that has one; a known producer's own names count before all others."""
    candidates: defaultdict[Field, list[_Candidate]] = defaultdict(list)
    unclear: dict[int, bool] = {}
    for index, (text, profile) in enumerate(zip(texts, profiles, strict=True)):
        meaning = _meaning(text, profile, producer)
        if index and _is_house_number(texts[index - 1], text, profile):
            meaning = Meaning(Field.HOUSE_NUMBER, 0)
        if meaning is None and profile.filled and profile.flags == 1:
            meaning = Meaning(Field.SIGN, _SIGN_RANK)
        if (meaning is None or meaning.field in _SAYS_NOTHING) and may_say_open(text, profile):
            unclear[index] = sounds_of_money(text)
        if meaning is not None:
            candidates[meaning.field].append(_Candidate(index, meaning.rank, profile.filled > 0))
    columns: dict[Field, int] = {}
    rivals: dict[Field, tuple[int, ...]] = {}
    for field, found in candidates.items():
        best = min((not one.is_filled, one.rank) for one in found)
        indexes = tuple(one.index for one in found if (not one.is_filled, one.rank) == best)
        columns[field] = indexes[0]
        if len(indexes) > 1 and field in _MUST_BE_ONE:
            rivals[field] = indexes
    _doubt_own_company(candidates, columns, rivals, profiles)
    _doubt_contact(candidates, columns, rivals, texts, profiles)
    looks_like = _looks_like(candidates, columns, profiles)
    says_open = Field.AMOUNT in columns
    beside: dict[Field, int] = {
        field: columns[field] for field in (Field.DEBIT, Field.CREDIT) if field in columns
    }
    _settle_amount(columns, rivals)
    settled = {columns.get(Field.AMOUNT), *rivals.get(Field.AMOUNT, ())}
    unclear |= {one.index: True for one in candidates[Field.GROSS] if one.index not in settled}
    doubtful = unclear if Field.AMOUNT in columns and not says_open else {}
    return Mapping(columns, rivals, says_open, doubtful, beside, looks_like)


def _doubt_own_company(
    candidates: dict[Field, list[_Candidate]],
    columns: dict[Field, int],
    rivals: dict[Field, tuple[int, ...]],
    profiles: Sequence[Profile],
) -> None:
    """A company that is the same in every row, beside ever other names, may be the sender's own.

    Over some rows it surely is; in a few, or beside last names, the sender is asked.
    """
    if not {Field.COMPANY, Field.NAME} <= columns.keys():
        return
    company, name = profiles[columns[Field.COMPANY]], profiles[columns[Field.NAME]]
    if not (company.distinct == 1 and company.fill == 1 and name.fill > _CERTAIN and name.distinct > 1):
        return
    rank = next(one.rank for one in candidates[Field.NAME] if one.index == columns[Field.NAME])
    if rank >= _CONTACT_RANK:
        return
    if rank > 0 and company.filled >= _OWN_ROWS_MIN and name.distinct >= _OWN_NAMES_MIN:
        del columns[Field.COMPANY]
        rivals.pop(Field.COMPANY, None)
    else:
        rivals[Field.NAME] = (columns[Field.COMPANY], columns[Field.NAME])


def _doubt_contact(
    candidates: dict[Field, list[_Candidate]],
    columns: dict[Field, int],
    rivals: dict[Field, tuple[int, ...]],
    texts: Sequence[str],
    profiles: Sequence[Profile],
) -> None:
    """A contact person beside names that nobody understood: either may be the debtor."""
    if Field.NAME not in columns or Field.COMPANY in columns:
        return
    found = next(one for one in candidates[Field.NAME] if one.index == columns[Field.NAME])
    if found.rank < _CONTACT_RANK:
        return
    known = {one.index for field, meant in candidates.items() if field not in _SAYS_NOTHING for one in meant}
    others = [
        index
        for index, (text, profile) in enumerate(zip(texts, profiles, strict=True))
        if text
        and index not in known
        and profile.letters > MOST
        and profile.codes <= _FEW_CODES
        and max(profile.dates, profile.ibans, profile.emails, profile.places) <= MOST
    ]
    if others:
        rivals[Field.NAME] = (found.index, *others)


def may_say_open(text: str, profile: Profile) -> bool:
    """Whether a column that is not understood may hold what is left of an invoice's amount."""
    if sounds_open(text):
        return True
    if _HARMLESS.search(text):
        return False
    return not profile.filled or (profile.money > MOST and (profile.cents > 0 or sounds_of_money(text)))


def sounds_open(text: str) -> bool:
    """Whether a header that is not understood speaks of what is open."""
    return _OPEN.search(text) is not None and not _DAYS.search(text)


def sounds_of_money(text: str) -> bool:
    """Whether a header that is not understood speaks of money."""
    return sounds_open(text) or _MONEY.search(text) is not None


def missing_fields(columns: dict[Field, int]) -> list[tuple[Field, ...]]:
    """What a list of claims needs and this one has not; each entry is a choice of fields."""
    missing: list[tuple[Field, ...]] = []
    if not {Field.NAME, Field.COMPANY} & columns.keys():
        missing.append((Field.NAME, Field.COMPANY))
    if not {Field.AMOUNT, Field.DEBIT} & columns.keys():
        missing.append((Field.AMOUNT,))
    has_terms = {Field.TERMS, Field.INVOICE_DATE} <= columns.keys()
    if not has_terms and not {Field.DUE_DATE, Field.INVOICE_NUMBER} & columns.keys():
        missing.append((Field.DUE_DATE, Field.INVOICE_NUMBER))
    return missing


def _is_house_number(before: str, text: str, profile: Profile) -> bool:
    """Whether a column of mere `Nr.` is the street's: it stands just right of it and holds nothing else."""
    is_street = any(meaning.field is Field.STREET for meaning in exact_meanings(before)[:1])
    return is_street and fold(text) in _NUMBERS and profile.houses > _CERTAIN


def _meaning(text: str, profile: Profile, producer: Producer | None) -> Meaning | None:
    own = producer.meaning(text) if producer is not None else None
    if own is not None:
        fitted = _fitted(own, profile, text)
        if fitted is not None:
            return fitted
    exact = exact_meanings(text)
    for meaning in sorted(exact, key=lambda one: type_of(one.field) is not Type.IBAN):
        fitted = _fitted(meaning, profile, text)
        if fitted is not None:
            return fitted
    if exact:
        return None
    for meaning in near_meanings(text):
        fitted = _fitted(meaning, profile, text)
        if fitted is not None and profile.speaks_for(type_of(fitted.field)):
            return fitted
    return hinted_meaning(text, profile)


def _fitted(meaning: Meaning, profile: Profile, text: str) -> Meaning | None:
    """A header's meaning in the light of its values: the same, a neighbouring one, or none."""
    if meaning.field in _TELLING_ONLY:
        return meaning
    field = _neighbour(meaning.field, meaning.rank, profile)
    if field is Field.NUMBER and meaning.field is Field.NAME and not _NUMBERED.search(text):
        return None  # codes under `Name` are the names of something else than a customer
    if field is None:
        return None
    rank = meaning.rank if field is meaning.field else max(1, meaning.rank)
    wanted = type_of(field)
    has_decimals = is_in_cents(text) and (wanted is not Type.MONEY or profile.cents > 0)
    if has_decimals or (profile.speaks_against(wanted) and not (field in _ANY_WRITING and meaning.rank <= 0)):
        return None
    if wanted in (Type.MONEY, Type.DATE) and rank != 0 and profile.is_wordy:
        return None
    return Meaning(field, rank, meaning.is_near)


def _neighbour(field: Field, rank: int, profile: Profile) -> Field | None:  # noqa: PLR0911 - a list of cases
    if field in (Field.FLAG, Field.CREDITOR_REFERENCE):
        return _flag(rank, profile) if field is Field.FLAG else _reference(rank, profile)
    if not profile.filled:
        return field
    if field in (Field.NUMBER, Field.NAME):
        return _number_or_name(field, rank, profile)
    if field is Field.CITY and profile.places > MOST:
        return Field.POSTCODE
    if field is Field.DUE_DATE and profile.days > (MOST if rank == 0 else 0):
        return None if rank == 0 else Field.TERMS  # `fällig seit: 20` counts days, and is no date
    if field in (Field.PAID_AMOUNT, Field.PAID_ON):
        return _paid(profile)
    if field is Field.AMOUNT and profile.words > MOST:
        return Field.OPEN_FLAG
    if field in (Field.FIRST_NAME, Field.COMPANY, Field.CITY, Field.GROUND) and profile.digits > MOST:
        return None
    if field in (Field.STATUS, Field.DOCUMENT_TYPE) and not profile.letters > MOST:
        return None
    return field


def _number_or_name(field: Field, rank: int, profile: Profile) -> Field | None:
    """`Kunde`, `Debitor` and `Konto` may head numbers, names or IBANs."""
    if profile.ibans > MOST:
        return Field.IBAN
    if field is Field.NUMBER:
        is_named = profile.words > _CERTAIN or (profile.letters > _CERTAIN and profile.codes <= _FEW_CODES)
        return Field.NAME if rank != 0 and is_named else Field.NUMBER
    if profile.digits > MOST or profile.codes > MOST:
        return Field.NUMBER
    return Field.NAME if profile.numbered <= MOST else None


def _reference(rank: int, profile: Profile) -> Field:
    """`Vorgang: Gutschrift` names no reference but what a row is."""
    return Field.DOCUMENT_TYPE if rank > 0 and profile.words > _CERTAIN else Field.CREDITOR_REFERENCE


def _flag(rank: int, profile: Profile) -> Field | None:
    """`Storniert: ja` or the day on which it was; a column of amounts is none, nor what may be one."""
    if rank > 0:
        return Field.FLAG if profile.words > MOST else None
    return None if profile.money > MOST and not profile.is_mark else Field.FLAG


def _paid(profile: Profile) -> Field:
    if profile.dates > MOST:
        return Field.PAID_ON
    return Field.STATUS if profile.words > MOST else Field.PAID_AMOUNT


def _looks_like(
    candidates: dict[Field, list[_Candidate]], columns: dict[Field, int], profiles: Sequence[Profile]
) -> str | None:
    if _is_bank(candidates, columns, profiles):
        return "bank"
    if Field.PAYABLE in columns:
        return "payables"
    if Field.AMOUNT in columns or not {Field.PAID_ON, Field.PAID_AMOUNT} & columns.keys():
        return None
    if Field.GROSS not in columns and Field.DEBIT not in columns:
        return "payments"
    paid_on = columns.get(Field.PAID_ON)
    return "payments" if paid_on is not None and profiles[paid_on].fill >= _PAID_SHARE else None


def _is_bank(
    candidates: dict[Field, list[_Candidate]], columns: dict[Field, int], profiles: Sequence[Profile]
) -> bool:
    """An account statement: columns that only banks have, or amounts that mostly go out."""
    bank_columns = len(candidates.get(Field.BANK, ()))
    if bank_columns >= _BANK_COLUMNS_MIN:
        return True
    if bank_columns and not {Field.AMOUNT, Field.DUE_DATE} & columns.keys():
        return True
    amounts = [profiles[columns[field]] for field in (Field.AMOUNT, Field.GROSS) if field in columns]
    return any(_is_mostly_negative(profile) for profile in amounts)


def _is_mostly_negative(profile: Profile) -> bool:
    return profile.filled > _FEW and profile.negative > MOST


def _settle_amount(columns: dict[Field, int], rivals: dict[Field, tuple[int, ...]]) -> None:
    """The open amount is the claim; a gross amount only where no column says what is open."""
    if Field.AMOUNT in columns:
        for field in (Field.DEBIT, Field.CREDIT):
            columns.pop(field, None)
            rivals.pop(field, None)
        if rivals.pop(Field.GROSS, None):
            del columns[Field.GROSS]
        return
    if Field.GROSS in columns and Field.CREDIT not in columns:
        columns.pop(Field.DEBIT, None)
        columns[Field.AMOUNT] = columns.pop(Field.GROSS)
        if Field.GROSS in rivals:
            rivals[Field.AMOUNT] = rivals.pop(Field.GROSS)
    elif Field.CREDIT not in columns:
        if Field.DEBIT in columns:
            columns[Field.AMOUNT] = columns.pop(Field.DEBIT)
    elif Field.GROSS in columns:
        columns.setdefault(Field.DEBIT, columns.pop(Field.GROSS))
