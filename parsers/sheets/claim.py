"""One row of a list read strictly: a claim, or everything that keeps it from being one."""

import re
from datetime import date, timedelta
from functools import lru_cache

from parsers.problems import Code
from parsers.sheets.amounts import Fault, parse_amount
from parsers.sheets.checks import has_lost_zero, is_email, is_iban, is_postcode
from parsers.sheets.dates import parse_days
from parsers.sheets.debtors import (
    Place,
    address_of,
    country_code,
    has_legal_form,
    kind_of_word,
    name_debtor,
    place_of,
)
from parsers.sheets.fields import COST_FIELDS, Field
from parsers.sheets.limitation import limitation_end, limitation_of
from parsers.sheets.rowcells import RowCells
from storage.identity import fold_number
from storage.money import Money, english, german
from storage.records import CreditorCost, Debtor, DebtorKind, Row

_REMEMBERED = 1_024
EURO_WORDS = frozenset({"eur", "€", "euro", "euros"})
DEBIT_WORDS = frozenset({"s", "soll", "d", "debit", "dr", "+"})
CREDIT_WORDS = frozenset({"h", "haben", "c", "credit", "cr", "-"})
_SETTLED_WORDS = frozenset({"ja", "yes", "x", "true", "wahr", "entwurf", "draft", "void", "credited"})
_SETTLED = re.compile(
    r"(?:be|ge)zahlt|beglichen|ausgeglichen|erledigt|stornier|storno|(?:ab)?geschlossen|gutgeschrieben|paid|settled|"
    r"cancel|closed|voided|refunded|written off|ausgebucht|abgeschrieben|verrechnet|eingegangen|aufgerechnet|"
    r"erlassen"
)
_UNSETTLED = re.compile(r"unbezahlt|nicht|unpaid|\bnot\b|offen\b|\bopen\b|nein")
_PARTLY = re.compile(r"teil|part")
_NO_WORDS = frozenset({"nein", "no", "n", "0", "false", "falsch", "-", "keine", "none", "nie"})
_CREDIT_TEXT = re.compile(
    r"(?i)(?:gutschrift(?!en?gebühr)|storno(?:rechnung)?\b|stornierung\b|"
    r"zahlung(?:seingang)?(?: (?:vom|am|von)|$)|zahlungseingang|"
    r"erstattung|rückzahlung|credit note|refund|payment received|cancellation of)"
)
# As SAP, DATEV and their like write them: credit memos, payments, cancellations.
_NO_CLAIM_CODES = frozenset(
    {"gs", "gu", "gut", "g", "gk", "dg", "dz", "ze", "za", "zp", "zg", "st", "sr", "rk", "cn", "cm", "pmt"}
)
_NO_CLAIM = re.compile(
    r"rechnungskorrektur|korrekturrechnung|gutschrift|storno|zahlung|erstattung|rückzahlung|lastschrift(?!rück)|credit|payment|receipt|refund|haben\b"
)


def read_claim(cells: RowCells) -> Row | None:
    """The claim of a row; None where `cells.problems` says why it is none."""
    debtor = debtor_of(cells)
    amount = _amount(cells)
    invoice_number = cells.identifier(Field.INVOICE_NUMBER)
    invoice_date = cells.date(Field.INVOICE_DATE)
    due_date = _due_date(cells, invoice_date)
    costs = _costs(cells)
    row = Row(
        row=cells.number,
        debtor=debtor,
        amount=Money(amount or 0),
        creditor_reference=cells.text(Field.CREDITOR_REFERENCE),
        invoice_number=invoice_number,
        invoice_date=invoice_date,
        due_date=due_date,
        ground=cells.text(Field.GROUND) or _ground_of_all(cells, debtor),
        contract_date=cells.date(Field.CONTRACT_DATE) or _contract_date_of_all(cells, debtor, invoice_date),
        default_since=cells.date(Field.DEFAULT_SINCE),
        default_reason=cells.text(Field.DEFAULT_REASON),
        creditor_costs=costs,
    )
    _require(cells, row)
    if cells.problems:
        return None
    _warn_of_gaps(cells, row)
    _warn_of_dates(cells, row)
    return row


@lru_cache(maxsize=_REMEMBERED)
def is_settled(status: str, *, says_open: bool) -> bool:
    """Whether a status says that a row is paid, cancelled or no invoice yet.

    What is paid in part is settled too, unless a column says how much is still open.
    """
    word = status.casefold()
    if _PARTLY.search(word) and says_open:
        return False
    return word in _SETTLED_WORDS or (_SETTLED.search(word) is not None and not _UNSETTLED.search(word))


@lru_cache(maxsize=_REMEMBERED)
def is_no_claim(document_type: str) -> bool:
    """Whether a row is a credit note or a payment by its own word, whatever the sign of its amount."""
    word = document_type.casefold().strip(" .")
    return word in _NO_CLAIM_CODES or _NO_CLAIM.search(word) is not None


def _check_marks(cells: RowCells) -> None:
    """What a row is marked as: cancelled, settled, not open, or a credit by its text."""
    flag, is_open = cells.shown(Field.FLAG), cells.shown(Field.OPEN_FLAG)
    if flag and not is_no(flag):
        cells.reject(Code.ALREADY_SETTLED, Field.FLAG)
    if is_open and is_no(is_open):
        cells.reject(Code.ALREADY_SETTLED, Field.OPEN_FLAG)
    if is_credit_text(cells.shown(Field.GROUND)):
        cells.reject(Code.AMOUNT_NEGATIVE, Field.GROUND)


@lru_cache(maxsize=_REMEMBERED)
def is_no(flag: str) -> bool:
    """Whether a mark such as `nein` or `0` says that something is not so."""
    return flag.casefold() in _NO_WORDS


def is_credit_text(text: str) -> bool:
    """Whether the text of a posting begins with what makes it a credit or a payment."""
    return _CREDIT_TEXT.match(text) is not None


def _ground_of_all(cells: RowCells, debtor: Debtor) -> str | None:
    return cells.layout.ground if debtor.kind is DebtorKind.PRIVATE else None


def _contract_date_of_all(cells: RowCells, debtor: Debtor, invoice_date: date | None) -> date | None:
    fills = cells.layout.dates_contract and debtor.kind is DebtorKind.PRIVATE
    return invoice_date if fills else None


def _require(cells: RowCells, row: Row) -> None:
    if not any(char.isalpha() for char in (row.debtor.company or row.debtor.name or "")):
        _reject_nameless(cells, row.debtor.number)
    dates_failed = any(problem.field == Field.DUE_DATE for problem in cells.problems)
    if row.due_date is None and row.invoice_number is None and not dates_failed:
        field = Field.DUE_DATE if cells.has(Field.DUE_DATE) else Field.INVOICE_NUMBER
        cells.reject(Code.DUE_AND_NUMBER_MISSING, field)


def _reject_nameless(cells: RowCells, number: str | None) -> None:
    """Nobody is named: by a number he might be known, without one the row itself must say who."""
    folded = fold_number(number) if cells.layout.names_by_number else ""
    if folded:
        code = Code.DEBTOR_UNDECIDED if folded in cells.layout.undecided else Code.DEBTOR_UNKNOWN
        cells.reject(code, Field.NUMBER, number=number)
    else:
        cells.reject(Code.NAME_MISSING, Field.NAME if cells.has(Field.NAME) else Field.COMPANY)


def _amount(cells: RowCells) -> int | None:
    """Cents above zero; every other amount rejects the row."""
    _check_currency(cells)
    _check_settled(cells)
    before = len(cells.problems)
    field = Field.AMOUNT if cells.has(Field.AMOUNT) else Field.DEBIT
    cents = _open_cents(cells, field)
    if len(cells.problems) > before:
        return None
    if cents is None:
        cells.reject(Code.AMOUNT_MISSING, field)
    elif cents == 0:
        cells.reject(Code.AMOUNT_ZERO, field)
    elif cents < 0 or _is_credit(cells):
        cells.reject(Code.AMOUNT_NEGATIVE, field)
    return cents


def _open_cents(cells: RowCells, field: Field) -> int | None:
    """What a row says is open: its amount, less what is still to be taken off it."""
    cents = cells.cents(field)
    if field is Field.DEBIT:
        taken_off = cells.cents(Field.CREDIT)
        cents = 0 if cents is None and taken_off is not None else cents
    else:
        taken_off = cells.cents(Field.PAID_AMOUNT) if cells.layout.deducts else None
        if taken_off is not None and taken_off < 0:  # money back, or a sign of its own: not ours to guess
            cells.reject(Code.AMOUNT_NEGATIVE, Field.PAID_AMOUNT)
    return cents if cents is None else cents - (taken_off or 0)


def _is_credit(cells: RowCells) -> bool:
    word = cells.shown(Field.SIGN).casefold()
    if word and word not in DEBIT_WORDS | CREDIT_WORDS:
        cells.reject(Code.SIGN_UNREADABLE, Field.SIGN)
    return word in CREDIT_WORDS


def _check_currency(cells: RowCells) -> None:
    currency = cells.text(Field.CURRENCY)
    if currency is not None and currency.casefold() not in EURO_WORDS:
        cells.reject(Code.CURRENCY_NOT_EURO, Field.CURRENCY)


def _check_settled(cells: RowCells) -> None:
    status, document_type = cells.shown(Field.STATUS), cells.shown(Field.DOCUMENT_TYPE)
    if status and is_settled(status, says_open=cells.layout.says_open):
        cells.reject(Code.ALREADY_SETTLED, Field.STATUS)
    if document_type and is_no_claim(document_type):
        cells.reject(Code.AMOUNT_NEGATIVE, Field.DOCUMENT_TYPE)
    _check_marks(cells)
    if cells.text(Field.PAID_ON) and not cells.layout.says_open:
        cells.reject(Code.ALREADY_SETTLED, Field.PAID_ON)


def _costs(cells: RowCells) -> tuple[CreditorCost, ...]:
    costs = []
    for field, kind in COST_FIELDS.items():
        cents = cells.cents(field)
        if cents is None or cents == 0:
            continue
        if cents < 0:
            cells.reject(Code.AMOUNT_NEGATIVE, field)
        costs.append(CreditorCost(kind=kind, amount=Money(cents)))
    return tuple(costs)


def _due_date(cells: RowCells, invoice_date: date | None) -> date | None:
    """The due date, or the invoice date and the days that were given for payment."""
    if cells.has(Field.DUE_DATE) and cells.shown(Field.DUE_DATE):
        return cells.date(Field.DUE_DATE)
    if cells.text(Field.TERMS) is None:
        return None
    days = parse_days(cells.cell(Field.TERMS))
    if days is None:
        return cells.date(Field.TERMS)
    return invoice_date + timedelta(days=days) if invoice_date else None


def debtor_of(cells: RowCells) -> Debtor:
    """Who owes, by the cells of a row; without a name where none is there."""
    said = _kind(cells)
    company = cells.text(Field.COMPANY)
    name = cells.text(Field.NAME)
    if company and not name and said is DebtorKind.PRIVATE and not has_legal_form(company):
        company, name = None, company
    named = name_debtor(name, cells.text(Field.FIRST_NAME), company, said)
    street, postcode, city, country = _address(cells)
    return Debtor(
        number=cells.identifier(Field.NUMBER),
        kind=DebtorKind.COMPANY if named.is_company else said or DebtorKind.PRIVATE,
        name=named.name,
        first_name=named.first_name,
        company=named.company,
        street=street,
        postcode=postcode,
        city=city,
        country=country,
        email=_email(cells),
        phone=_phone(cells),
        birth_date=cells.date(Field.BIRTH_DATE),
        iban=_iban(cells),
    )


def _kind(cells: RowCells) -> DebtorKind | None:
    for field in (Field.KIND, Field.SALUTATION):
        word = cells.text(field)
        kind = kind_of_word(word) if word else None
        if kind is not None:
            return kind
    return None


def _address(cells: RowCells) -> tuple[str | None, str | None, str | None, str | None]:
    """Street, postcode, city, country; cells that hold more than one of them are taken apart."""
    street, city, code = cells.text(Field.STREET), cells.text(Field.CITY), cells.text(Field.POSTCODE)
    house = cells.text(Field.HOUSE_NUMBER)
    if street and house:
        street = f"{street} {house}"
    place = place_of(code) if code else None
    if place is None and code is None and street and (whole := address_of(street)):
        street, place = whole
    if place is None and code is None and city:
        place, city = _place_in_city(city)
    if place is not None:
        code, city = place.postcode, city or place.city
    country = _country(cells, place)
    return street, _postcode(cells, code, country, city), city, country


def _place_in_city(city: str) -> tuple[Place | None, str | None]:
    place = place_of(city)
    return (place, None) if place is not None else (None, city)


def _country(cells: RowCells, place: Place | None) -> str | None:
    written = cells.text(Field.COUNTRY)
    if written is None:
        return place.country if place is not None else None
    code = country_code(written)
    if code is None:
        cells.warn(Code.COUNTRY_UNKNOWN, Field.COUNTRY)
        return written
    return code


def _postcode(cells: RowCells, code: str | None, country: str | None, city: str | None) -> str | None:
    if code is None or is_postcode(code, country):
        return code
    if has_lost_zero(code, country, city):
        cells.warn(Code.POSTCODE_PADDED, Field.POSTCODE, value=code)
        return "0" + code
    cells.warn(Code.POSTCODE_INVALID, Field.POSTCODE, value=code)
    return code


def _email(cells: RowCells) -> str | None:
    email = cells.text(Field.EMAIL)
    if email is not None and not is_email(email):
        cells.warn(Code.EMAIL_INVALID, Field.EMAIL)
    return email


def _phone(cells: RowCells) -> str | None:
    before = len(cells.problems)
    phone = cells.identifier(Field.PHONE)
    if len(cells.problems) == before:
        return phone
    cells.warnings += cells.problems[before:]  # a lost phone number does not lose the row
    del cells.problems[before:]
    return None


def _iban(cells: RowCells) -> str | None:
    written = cells.text(Field.IBAN)
    if written is None:
        return None
    compact = written.replace(" ", "").upper()
    if not is_iban(compact):
        cells.warn(Code.IBAN_INVALID, Field.IBAN)
    return compact


def _warn_of_gaps(cells: RowCells, row: Row) -> None:
    """Warn of empty cells; a column that is missing altogether is one warning of the document."""
    debtor = row.debtor
    gaps = cells.layout.gaps
    if Code.MISSING_ADDRESS not in gaps and not (debtor.street and debtor.postcode and debtor.city):
        field = next(
            field
            for field, value in (
                (Field.STREET, debtor.street),
                (Field.POSTCODE, debtor.postcode),
                (Field.CITY, debtor.city),
            )
            if not value
        )
        cells.warn(Code.MISSING_ADDRESS, field, value=None)
    is_private = debtor.kind is DebtorKind.PRIVATE
    for code, field, is_missing in (
        (Code.MISSING_DUE_DATE, Field.DUE_DATE, row.due_date is None),
        (Code.MISSING_INVOICE_NUMBER, Field.INVOICE_NUMBER, row.invoice_number is None),
        (Code.MISSING_INVOICE_DATE, Field.INVOICE_DATE, row.invoice_date is None),
        (Code.MISSING_CONTRACT_DATE, Field.CONTRACT_DATE, is_private and row.contract_date is None),
        (Code.MISSING_GROUND, Field.GROUND, is_private and row.ground is None),
        (Code.MISSING_FIRST_NAME, Field.FIRST_NAME, is_private and _lacks_first_name(debtor)),
        (
            Code.DEFAULT_WITHOUT_REASON,
            Field.DEFAULT_REASON,
            bool(row.default_since and not row.default_reason),
        ),
    ):
        if is_missing and code not in gaps:
            cells.warn(code, field, value=None)


def _lacks_first_name(debtor: Debtor) -> bool:
    """Whether neither a first name nor a second word is known (`Hans Müller` in one cell has both)."""
    return not debtor.first_name and " " not in (debtor.name or "")


def _warn_of_limitation(cells: RowCells, row: Row) -> None:
    """§§ 195, 199 BGB: three years from the end of the year in which the claim fell due."""
    day = row.due_date or row.invoice_date
    code = limitation_of(day, cells.layout.today) if day is not None else None
    if day is not None and code is not None:
        field = Field.DUE_DATE if row.due_date else Field.INVOICE_DATE
        until = cells.table.day(limitation_end(day))
        cells.warn(code, field, value=cells.table.day(day), until=until)


def _warn_of_dates(cells: RowCells, row: Row) -> None:
    today = cells.layout.today
    if row.due_date and row.due_date > today:
        cells.warn(Code.NOT_YET_DUE, Field.DUE_DATE, value=cells.table.day(row.due_date))
    _warn_of_limitation(cells, row)
    if row.invoice_date and row.invoice_date > today:
        cells.warn(Code.INVOICE_IN_FUTURE, Field.INVOICE_DATE, value=cells.table.day(row.invoice_date))
    if row.due_date and row.invoice_date and row.due_date < row.invoice_date:
        cells.warn(Code.DUE_BEFORE_INVOICE, Field.DUE_DATE, value=cells.table.day(row.due_date))
    if cells.has(Field.GROSS):
        gross = parse_amount(cells.cell(Field.GROSS), cells.layout.mark(Field.GROSS))
        if gross is not None and not isinstance(gross, Fault) and 0 < gross < row.amount.cents:
            write = english if cells.layout.language == "en" else german
            cells.warn(Code.OPEN_EXCEEDS_TOTAL, Field.AMOUNT, value=write(row.amount.cents))
