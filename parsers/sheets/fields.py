"""What a column of a list of claims can be; the values are paths in ROW where there is one."""

from enum import Enum, StrEnum


class Field(StrEnum):
    """One meaning of a column. A leading underscore: used while reading, not in ROW itself."""

    CREDITOR_REFERENCE = "creditor_reference"
    NUMBER = "debtor.number"
    KIND = "debtor.kind"
    NAME = "debtor.name"
    FIRST_NAME = "debtor.first_name"
    COMPANY = "debtor.company"
    STREET = "debtor.street"
    POSTCODE = "debtor.postcode"
    CITY = "debtor.city"
    COUNTRY = "debtor.country"
    EMAIL = "debtor.email"
    PHONE = "debtor.phone"
    BIRTH_DATE = "debtor.birth_date"
    IBAN = "debtor.iban"
    INVOICE_NUMBER = "invoice_number"
    INVOICE_DATE = "invoice_date"
    DUE_DATE = "due_date"
    AMOUNT = "amount"
    CURRENCY = "currency"
    GROUND = "ground"
    CONTRACT_DATE = "contract_date"
    DEFAULT_SINCE = "default_since"
    DEFAULT_REASON = "default_reason"
    DUNNING_FEE = "creditor_costs[dunning_fee]"
    BANK_RETURN_FEE = "creditor_costs[bank_return_fee]"

    HOUSE_NUMBER = "_house_number"
    SALUTATION = "_salutation"
    TERMS = "_payment_terms"
    GROSS = "_gross"
    DEBIT = "_debit"
    CREDIT = "_credit"
    SIGN = "_sign"
    STATUS = "_status"
    FLAG = "_flag"
    OPEN_FLAG = "_open_flag"
    DOCUMENT_TYPE = "_document_type"
    PAID_AMOUNT = "_paid_amount"
    PAID_ON = "_paid_on"
    BANK = "_bank"
    PAYABLE = "_payable"
    KNOWN = "_known"


class Type(Enum):
    """What the values of a column look like."""

    TEXT = "text"
    MONEY = "money"
    DATE = "date"
    IBAN = "iban"
    EMAIL = "email"


MONEY_FIELDS = frozenset(
    {
        Field.AMOUNT,
        Field.GROSS,
        Field.DEBIT,
        Field.CREDIT,
        Field.PAID_AMOUNT,
        Field.DUNNING_FEE,
        Field.BANK_RETURN_FEE,
    }
)
DATE_FIELDS = frozenset(
    {
        Field.INVOICE_DATE,
        Field.DUE_DATE,
        Field.CONTRACT_DATE,
        Field.DEFAULT_SINCE,
        Field.BIRTH_DATE,
        Field.PAID_ON,
    }
)
COST_FIELDS = {Field.DUNNING_FEE: "dunning_fee", Field.BANK_RETURN_FEE: "bank_return_fee"}

# What a problem with a column beside ROW is about, as a path in ROW.
ROW_PATHS = {
    Field.HOUSE_NUMBER: "debtor.street",
    Field.SALUTATION: "debtor.kind",
    Field.TERMS: "due_date",
    Field.GROSS: "amount",
    Field.DEBIT: "amount",
    Field.CREDIT: "amount",
    Field.SIGN: "amount",
    Field.STATUS: "amount",
    Field.FLAG: "amount",
    Field.OPEN_FLAG: "amount",
    Field.DOCUMENT_TYPE: "amount",
    Field.PAID_AMOUNT: "amount",
    Field.PAID_ON: "amount",
}

# Of these a second column that says something else makes a question; of the others none is taken.
DECISIVE_FIELDS = frozenset(
    {
        Field.AMOUNT,
        Field.GROSS,
        Field.CURRENCY,
        Field.DUE_DATE,
        Field.INVOICE_NUMBER,
        Field.NUMBER,
        Field.NAME,
        Field.COMPANY,
    }
)


# An empty cell of these says nothing of the claim itself, so a line may end before them.
MAY_BE_CUT_OFF = frozenset(
    {
        Field.EMAIL,
        Field.PHONE,
        Field.BIRTH_DATE,
        Field.IBAN,
        Field.GROUND,
        Field.CONTRACT_DATE,
        Field.DEFAULT_SINCE,
        Field.DEFAULT_REASON,
        Field.CREDITOR_REFERENCE,
        Field.KNOWN,
        Field.BANK,
    }
)


def type_of(field: Field) -> Type:
    """What the values of a field must look like."""
    if field in MONEY_FIELDS:
        return Type.MONEY
    if field in DATE_FIELDS:
        return Type.DATE
    return {Field.IBAN: Type.IBAN, Field.EMAIL: Type.EMAIL}.get(field, Type.TEXT)
