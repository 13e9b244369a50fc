"""The kinds of workbooks that are read, by the ending that their program gives them."""

from enum import StrEnum


class BookKind(StrEnum):
    """A format of workbooks; XLSM is XLSX, its macros are never looked at."""

    XLSX = "xlsx"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"


MEDIA_TYPES = {
    BookKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    BookKind.XLS: "application/vnd.ms-excel",
    BookKind.XLSB: "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    BookKind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
KINDS = {media_type: kind for kind, media_type in MEDIA_TYPES.items()}

# Tables in markup, which web shops and old programs call `.xls`.
HTML_TYPE = "text/html"
EXCEL_XML_TYPE = "application/xml+excel"
EXCEL_XML = b"urn:schemas-microsoft-com:office:spreadsheet"
MARKUP_TYPES = frozenset({HTML_TYPE, EXCEL_XML_TYPE})
