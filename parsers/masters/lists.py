"""A list of customers: told from a list of claims by its columns, read into the address book."""

from collections.abc import Iterator

from parsers.documents import Piece, unreadable
from parsers.grids.cells import Grid
from parsers.masters.book import CUSTOMERS_MAX, AddressBook
from parsers.masters.rows import CustomerRows
from parsers.options import Options
from parsers.problems import Code
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import fingerprint_of
from parsers.sheets.columns import Mapping
from parsers.sheets.fields import Field
from parsers.sheets.layout import Layout
from parsers.sheets.names import exact_meanings
from parsers.sheets.survey import Survey
from storage.records import DocumentHead, Item, Kind

WHO = (
    Field.NUMBER, Field.KIND, Field.SALUTATION, Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET,
    Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY, Field.COUNTRY, Field.EMAIL, Field.PHONE,
    Field.BIRTH_DATE, Field.IBAN,
)  # fmt: skip
_NAMES = (Field.NAME, Field.COMPANY)
_PLACES = frozenset({Field.STREET, Field.POSTCODE, Field.CITY})
# A table with one of these speaks of invoices or of money, and is never taken for mere addresses.
_OF_CLAIMS = frozenset(
    {
        Field.AMOUNT, Field.GROSS, Field.DEBIT, Field.CREDIT, Field.SIGN, Field.PAID_AMOUNT, Field.PAID_ON,
        Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE, Field.PAYABLE, Field.DUNNING_FEE,
        Field.BANK_RETURN_FEE, Field.DEFAULT_SINCE,
    }
)  # fmt: skip


def is_master_list(analysis: Analysis) -> bool:
    """Whether a table says who customers are and nothing of what they owe."""
    columns = analysis.mapping.columns
    if analysis.header is None or Field.NUMBER not in columns or not set(_NAMES) & columns.keys():
        return False
    if analysis.writes == "master data":
        return True
    if _OF_CLAIMS & columns.keys() or analysis.mapping.looks_like is not None:
        return False
    return bool(_PLACES & columns.keys()) or _counts_customers(analysis.header.texts[columns[Field.NUMBER]])


def read_master_list(
    piece: Piece, grid: Grid, analysis: Analysis, options: Options, book: AddressBook
) -> Iterator[Item]:
    """The document of a list of customers, who are in the book afterwards.

    Raises csv.Error and ContainerError.
    """
    assert analysis.header is not None
    texts = analysis.header.texts
    mapping = analysis.mapping
    columns = {field: at for field, at in mapping.columns.items() if field in WHO}
    survey = Survey(_only(columns), texts, analysis.header_number)
    if not survey.run(grid, options.rows_max):
        yield from unreadable(piece, Code.TOO_MANY_ROWS, options.language, rows_max=options.rows_max)
        return
    if survey.last_number == analysis.header_number:
        yield from unreadable(piece, Code.NO_ROWS, options.language)
        return
    listed = CustomerRows(_layout(grid, analysis, columns, survey, options), mapping)
    if not listed.read(grid, CUSTOMERS_MAX - len(book)):
        shown = f"{CUSTOMERS_MAX:,}".replace(",", "." if options.language != "en" else ",")
        yield from unreadable(piece, Code.TOO_MANY_CUSTOMERS, options.language, customers_max=shown)
        return
    book.add(grid.sheet or piece.name, listed.customers)
    yield DocumentHead(
        kind=Kind.MASTER_DATA,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        columns={field.value: texts[at] for field, at in columns.items() if not field.startswith("_")},
        header_row=analysis.header_number,
        fingerprint=fingerprint_of(texts),
        producer=analysis.producer,
    )
    yield listed.tail()


def _only(columns: dict[Field, int]) -> Mapping:
    return Mapping(columns=columns, rivals={}, says_open=False, doubtful={}, beside={}, looks_like=None)


def _layout(
    grid: Grid, analysis: Analysis, columns: dict[Field, int], survey: Survey, options: Options
) -> Layout:
    assert analysis.header is not None
    return Layout(
        header=analysis.header.texts,
        header_number=analysis.header_number,
        columns=columns,
        marks={},
        orders=survey.orders,
        questions={},
        blocking=None,
        language=options.language,
        today=options.today,
        delimiter=grid.delimiter,
        epoch_1904=grid.epoch_1904,
        trims_rows=True,
        has_broken_characters=survey.has_broken_characters,
    )


def _counts_customers(header: str) -> bool:
    """Whether a header is a proper name for the number of a customer, not just any account."""
    return any(meaning.field is Field.NUMBER and meaning.rank == 0 for meaning in exact_meanings(header))
