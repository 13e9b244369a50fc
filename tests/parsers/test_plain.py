from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.grids.cells import Batch
from parsers.sheets.amounts import Mark
from parsers.sheets.dates import Order
from parsers.sheets.fields import Field
from parsers.sheets.layout import Layout
from parsers.sheets.plain import PlainRows
from parsers.sheets.repeats import Repeats
from parsers.sheets.rowcells import Table
from parsers.sheets.rows import StrictRows
from parsers.sheets.skips import Totals
from storage.records import Row

FIELDS = (
    Field.NUMBER, Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET, Field.POSTCODE, Field.CITY,
    Field.COUNTRY, Field.EMAIL, Field.PHONE, Field.IBAN, Field.BIRTH_DATE, Field.INVOICE_NUMBER,
    Field.INVOICE_DATE, Field.DUE_DATE, Field.AMOUNT, Field.GROSS, Field.CURRENCY, Field.DUNNING_FEE,
    Field.GROUND, Field.CONTRACT_DATE, Field.SALUTATION, Field.SIGN, Field.STATUS, Field.DEFAULT_SINCE,
    Field.DEFAULT_REASON, Field.CREDITOR_REFERENCE, Field.FLAG,
)  # fmt: skip
PLAIN = (
    "K1", "Müller", "Hans", "", "Ring 5", "01067", "Dresden", "DE", "a@example.org", "0351 12", "",
    "01.02.1980", "RE-1", "01.03.2025", "15.03.2025", "1.234,50", "2.000,00", "EUR", "2,50", "Kauf",
    "28.02.2025", "Herr", "S", "offen", "", "", "X1", "",
)  # fmt: skip
ODD = st.one_of(
    st.sampled_from(
        [
            "", " ", "-", "0", "12,5", "1067", "D-01067", "Müller GmbH", "Klein, Ute", "USD", "31.02.2025",
            "01.01.2030", "15.06.2023",
            "01.03.2022", "nein", "Storno 7", "H", "bezahlt", "Firma",
            "AT", "1,23E+15", "a@b", "DE89370400440532013000", "-5,00",
            "0,00", "Summe", "Frau Klein", "a  b", "x\ny", "=1+1", 12.5, 12.0, 1067.0, 50667.0, 2024.1,
            date(2025, 3, 1), 0.1 + 0.2,
        ]
    ),
    st.text(max_size=8),
    st.floats(allow_nan=True),
)  # fmt: skip


def layout(**given):
    columns = {field: index for index, field in enumerate(FIELDS)}
    fields = {
        "header": tuple(field.value for field in FIELDS),
        "header_number": 1,
        "columns": columns,
        "marks": dict.fromkeys((Field.AMOUNT, Field.GROSS, Field.DUNNING_FEE), Mark.COMMA),
        "orders": dict.fromkeys(
            (Field.BIRTH_DATE, Field.INVOICE_DATE, Field.DUE_DATE, Field.CONTRACT_DATE, Field.DEFAULT_SINCE),
            Order.DMY,
        ),
        "questions": {},
        "blocking": None,
        "language": "de",
        "today": date(2026, 4, 20),
        "delimiter": None,
        "epoch_1904": False,
        "trims_rows": False,
        "has_broken_characters": False,
        "says_open": True,
    }
    return Layout(**(fields | given))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.dictionaries(st.integers(0, len(FIELDS) - 1), ODD, max_size=3), min_size=1, max_size=4))
def test_a_plain_row_is_read_as_the_strict_reader_reads_it(changes):
    rows = [[change.get(index, cell) for index, cell in enumerate(PLAIN)] for change in changes]
    plain = PlainRows(Table(layout()), Repeats()).read(Batch(range(2, 2 + len(rows)), rows))
    strict = StrictRows(Table(layout()), Repeats(), Totals())

    for number, (row, cells) in enumerate(zip(plain, rows, strict=True), start=2):
        if row is not None:
            assert row == strict.read(number, cells)


def test_the_rows_of_an_ordinary_list_are_plain():
    (row,) = PlainRows(Table(layout()), Repeats()).read(Batch([2], [list(PLAIN)]))
    assert isinstance(row, Row)
    assert row.amount.cents == 123450
    assert row.creditor_costs[0].amount.cents == 250
