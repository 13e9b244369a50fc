"""What no row of a table can have because there is no column for it: said once, or filled by one answer."""

import msgspec

from parsers.problems import Code, make_problem
from parsers.questions import GROUNDS, Ask
from parsers.sheets.analysis import Analysis
from parsers.sheets.answers import Answers
from parsers.sheets.fields import Field
from parsers.sheets.layout import Layout
from parsers.sheets.profile import MOST
from storage.records import Problem, Question

_FIELDS = {
    Code.MISSING_ADDRESS: "debtor.street",
    Code.MISSING_DUE_DATE: "due_date",
    Code.MISSING_INVOICE_NUMBER: "invoice_number",
    Code.MISSING_INVOICE_DATE: "invoice_date",
    Code.MISSING_CONTRACT_DATE: "contract_date",
    Code.MISSING_GROUND: "ground",
    Code.DEFAULT_WITHOUT_REASON: "default_reason",
}
_YES = 0


def gaps_of(columns: dict[Field, int], analysis: Analysis) -> frozenset[Code]:
    """What no row of the table can have, because there is no column for it."""
    gaps = {
        code
        for code, fields in (
            (Code.MISSING_DUE_DATE, {Field.DUE_DATE, Field.TERMS}),
            (Code.MISSING_INVOICE_NUMBER, {Field.INVOICE_NUMBER}),
            (Code.MISSING_INVOICE_DATE, {Field.INVOICE_DATE}),
            (Code.MISSING_CONTRACT_DATE, {Field.CONTRACT_DATE}),
            (Code.MISSING_GROUND, {Field.GROUND}),
        )
        if not fields & columns.keys()
    }
    if Field.DEFAULT_SINCE in columns and Field.DEFAULT_REASON not in columns:
        gaps.add(Code.DEFAULT_WITHOUT_REASON)
    if not _has_address(columns, analysis):
        gaps.add(Code.MISSING_ADDRESS)
    return frozenset(gaps)


def gap_warnings(layout: Layout) -> tuple[Problem, ...]:
    """What to say of the gaps, but for those that an answer has filled."""
    filled = set()
    if layout.ground is not None:
        filled.add(Code.MISSING_GROUND)
    if layout.dates_contract:
        filled.add(Code.MISSING_CONTRACT_DATE)
    return tuple(
        make_problem(code, layout.language, field=field)
        for code, field in _FIELDS.items()
        if code in layout.gaps and code not in filled
    )


def fill_gaps(layout: Layout, answers: Answers) -> tuple[Layout, tuple[Question, ...]]:
    """The layout with what one answer says of all private customers, or the question for it.

    No row waits for the answer: all are taken with a warning of what will stop later.
    """
    ask = _completing(layout)
    if ask is None or layout.blocking is not None:
        return layout, ()
    posed = answers.pose(ask, about="contract_date" if ask is Ask.CONTRACT_DATE else "ground", key="private")
    if posed.choice is None:
        return layout, (posed.question,)
    if ask is Ask.CONTRACT_DATE:
        return msgspec.structs.replace(layout, dates_contract=posed.choice == _YES), ()
    if posed.choice >= len(GROUNDS):
        return layout, ()
    dates = ask is Ask.GROUND_AND_CONTRACT_DATE
    return msgspec.structs.replace(layout, ground=GROUNDS[posed.choice], dates_contract=dates), ()


def _completing(layout: Layout) -> Ask | None:
    """Which question would complete the list for the first letter; None where none would."""
    lacks_ground = Code.MISSING_GROUND in layout.gaps
    lacks_date = Code.MISSING_CONTRACT_DATE in layout.gaps and Code.MISSING_INVOICE_DATE not in layout.gaps
    if lacks_ground and lacks_date:
        return Ask.GROUND_AND_CONTRACT_DATE
    if lacks_ground:
        return Ask.GROUND
    return Ask.CONTRACT_DATE if lacks_date else None


def _has_address(columns: dict[Field, int], analysis: Analysis) -> bool:
    if Field.STREET not in columns:
        return False
    if Field.POSTCODE not in columns:
        return Field.CITY not in columns  # then the street may hold the whole address
    return Field.CITY in columns or analysis.profiles[columns[Field.POSTCODE]].places > MOST
