"""A table without a header: what its columns may hold, by their content, and the question about it.

No value of such a table is certain enough to be taken unasked. The choices are whole header rows;
the one that is chosen, or any other that the sender writes, is read as if it stood on top.
"""

from collections.abc import Iterator

import msgspec

from parsers.documents import Piece, unreadable
from parsers.grids.cells import Grid, is_blank, text_of
from parsers.options import Options
from parsers.problems import Code
from parsers.questions import Ask, make_question, standing_choices
from parsers.sheets.analysis import Analysis, could_be_claims, headed_otherwise, looks_like_text
from parsers.sheets.answers import Answers, fingerprint_of
from parsers.sheets.columns import map_columns, missing_fields
from parsers.sheets.guesses import SEPARATOR, guessed_headers
from parsers.sheets.header import Header
from parsers.sheets.profile import MOST, Profile
from parsers.sheets.rowcells import awaiting
from parsers.sheets.survey import rows_below
from storage.records import DocumentHead, DocumentTail, Item, Kind, Question, RejectedRow

_EXAMPLE_CHARACTERS_MAX = 80
_NOTHING = frozenset({"-", "–", "?", ""})


def ask_for_header(piece: Piece, grid: Grid, analysis: Analysis, options: Options) -> Iterator[Item]:
    """The question what the columns hold, if this may be a list of claims at all."""
    language = options.language
    example = "; ".join(filter(None, map(text_of, analysis.first_rows[0] if analysis.first_rows else ())))
    example = example[:_EXAMPLE_CHARACTERS_MAX]
    if not analysis.first_rows:
        yield from unreadable(piece, Code.EMPTY_FILE, language)
        return
    otherwise = headed_otherwise(analysis.first_rows[0])
    if otherwise is not None:
        facts = {
            "looks_like": looks_like_text(otherwise, language),
            "missing": analysis.missing_text(language),
        }
        yield from unreadable(piece, Code.NOT_CLAIMS, language, found=example, **facts)
        return
    if not could_be_claims(analysis):
        yield from unreadable(piece, Code.NO_TABLE, language, found=example)
        return
    question = _question(analysis, language, example)
    yield DocumentHead(
        kind=Kind.CLAIMS,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        fingerprint=_fingerprint(analysis),
        needs_answer=(question,),
    )
    waiting = (awaiting(question, language),)
    count = 0
    for batch in rows_below(grid, 0):
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            if not is_blank(row):
                count += 1
                yield RejectedRow(row=number, problems=waiting)
    yield DocumentTail(rows_total=count)


def with_header_answered(analysis: Analysis, options: Options) -> Analysis | None:
    """The table with the header that its sender has written for it; None where there is none that fits."""
    said = Answers(options, _fingerprint(analysis)).said(_question(analysis, options.language, "").id)
    if said is None or SEPARATOR.strip() not in said:
        return None
    width = len(analysis.profiles)
    texts = ["" if text in _NOTHING else text for text in map(str.strip, said.split(SEPARATOR.strip()))]
    if len(texts) > width:
        return None
    texts += [""] * (width - len(texts))
    mapping = map_columns(texts, analysis.profiles)
    if mapping.looks_like is not None or missing_fields(mapping.columns):
        return None
    header = Header(index=-1, texts=tuple(texts), score=len(mapping.columns))
    return msgspec.structs.replace(analysis, header=header, header_number=0, mapping=mapping)


def _question(analysis: Analysis, language: str, example: str) -> Question:
    return make_question(
        Ask.NO_HEADER,
        language,
        about="header",
        example=example,
        choices=(*guessed_headers(analysis, language), *standing_choices(Ask.NO_HEADER, language)),
    )


def _fingerprint(analysis: Analysis) -> str:
    """Of a table without headers: what its columns are, as far as every month has it alike."""
    return fingerprint_of([_shape(profile) for profile in analysis.profiles])


def _shape(profile: Profile) -> str:
    shares = {
        "date": profile.dates,
        "money": profile.cents,
        "iban": profile.ibans,
        "email": profile.emails,
    }
    return next((name for name, share in shares.items() if share > MOST), "any")
