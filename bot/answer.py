"""Answers, rendered: a record in, subject, text and HTML out. No store and no clock is touched here.

The words of an answer are one template a language; its layout is one template a format. Every value
is folded to one line before a template sees it, and escaped by the HTML environment, so that no
value can become layout.
"""

import re
from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from bot import wording
from bot.outcome import (
    Claimed,
    Counts,
    HoldAnswered,
    MasterData,
    MissingAnswered,
    MissingUnclear,
    NoAttachment,
    NotUnderstood,
    Outcome,
    RowProblem,
    Sending,
    SetAside,
    Unreadable,
    WhichAccount,
    verdict,
)
from parsers.sheets.annotated import ROWS_WHOLE_MAX

if TYPE_CHECKING:
    from css_inline import CSSInliner
    from jinja2 import Environment

SUBJECT_LENGTH_MAX = 120

_TEMPLATES = Path(__file__).parent / "templates"
_REPLY_MARK = re.compile(r"^(?:(?:re|aw|antw|antwort|fwd?|wg|sv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_LABEL = re.compile(r"\s*\[S-\d+\]")
_BLANK_LINES = re.compile(r"\n{3,}")


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender gets to read; the subject holds the submission label."""

    subject: str
    text: str
    html: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake in words; column and value stand apart only where the words do not name them.

    The words are cut at the value that they quote, so that it can be set off.
    """

    rows: tuple[int, ...]
    column: str | None
    value: str | None
    words: str
    quoted: str
    words_after: str


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """Mistakes that are mended alike; `document` on the first of each, where there are several."""

    document: str | None
    lines: tuple[Line, ...]
    fix: str


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One block of a short answer: a paragraph, a heading or a list of lines."""

    kind: str  # paragraph | heading | list
    lines: tuple[str, ...]


def render_outcome(outcome: Outcome, language: str) -> Answer:
    """The answer to a submission that was worked on."""
    language = wording.known_language(language)
    clean = wording.with_folded_text(outcome)
    given = {
        "o": clean,
        "c": clean.counts,
        "verdict": verdict(clean).value,
        "counted": _counted(clean.counts),
        "mistakes": _mistakes(clean.problems, named=clean.of_invoices and clean.counts.rows_total > 1),
        "all_marked": _all_marked(clean),
        "words": _words_of(clean),
        "language": language,
    }
    return _laid_out("outcome", given, _subject(clean, _result(clean, language)))


def render_claimed(claimed: Claimed, language: str) -> Answer:
    """To the verified address: a message under it came without proof. None of its words is repeated."""
    return _render_notice("claimed", msgspec.structs.replace(claimed, subject=None, source=None), language)


def render_set_aside(set_aside: SetAside, language: str) -> Answer:
    """A submission is safe but could not be worked on; the operator looks at it."""
    return _render_notice("set_aside", set_aside, language)


def render_no_attachment(mail: NoAttachment, language: str) -> Answer:
    """A mail held nothing that could be a list."""
    return _render_notice("no_attachment", mail, language)


def render_unreadable(unreadable: Unreadable, language: str) -> Answer:
    """No document of a submission could be taken: each with the reason and the way out."""
    return _render_notice("unreadable", unreadable, language)


def render_master_data(master: MasterData, language: str) -> Answer:
    """Customers without claims: kept for the lists that will need them."""
    return _render_notice("master_data", master, language)


def render_which_account(which: WhichAccount, language: str) -> Answer:
    """The sender writes for several accounts and has to name one."""
    return _render_notice("which_account", which, language)


def render_not_understood(reply: NotUnderstood, language: str) -> Answer:
    """A reply from which no answer could be told."""
    return _render_notice("not_understood", reply, language)


def render_hold_answered(answered: HoldAnswered, language: str) -> Answer:
    """The creditor's word on a submission that was held has been acted on."""
    return _render_notice("hold_answered", answered, language)


def render_missing_answered(answered: MissingAnswered, language: str) -> Answer:
    """A reply about missing claims has been noted."""
    return _render_notice("missing_answered", answered, language)


def render_missing_unclear(reply: MissingUnclear, language: str) -> Answer:
    """A reply about missing claims of which something is not certain."""
    return _render_notice("missing_unclear", reply, language)


def _counted(counts: Counts) -> tuple[tuple[str, int], ...]:
    """The counts that are not zero, by the name that words and colours have for them."""
    all_of_them = (
        ("new", counts.new),
        ("changed", counts.changed - counts.under_review),
        ("review", counts.under_review),
        ("known", counts.unchanged),
        ("fix", counts.rejected - counts.awaiting),
        ("asked", counts.awaiting),
        ("skipped", counts.skipped),
    )
    return tuple((kind, count) for kind, count in all_of_them if count)


def _mistakes(problems: Sequence[RowProblem], *, named: bool) -> list[Mistake]:
    """Problems that are mended alike, drawn together in the order in which the first of each stands.

    `named`: each with its document, also where only one has any; several of them are named always.
    """
    documents: dict[str, dict[str, list[RowProblem]]] = {}
    for problem in problems:
        documents.setdefault(problem.document, {}).setdefault(problem.fix, []).append(problem)
    mistakes = []
    for document, alike in documents.items():
        heading = document if named or len(documents) > 1 else None
        for fix, of_kind in alike.items():
            mistakes.append(Mistake(document=heading, lines=_lines(of_kind), fix=fix))
            heading = None
    return mistakes


def _lines(problems: Sequence[RowProblem]) -> tuple[Line, ...]:
    """One line for all rows of which the same is said."""
    rows: dict[tuple[str | None, str | None, str], list[int]] = {}
    for problem in problems:
        rows.setdefault((problem.column, problem.value, problem.message), []).append(problem.row)
    return tuple(_line(tuple(of_line), *said) for said, of_line in rows.items())


def _line(rows: tuple[int, ...], column: str | None, value: str | None, message: str) -> Line:
    quotes = (f"„{value}“", f"“{value}”")
    quoted = next((quote for quote in quotes if value and quote in message), "")
    words, _, words_after = message.partition(quoted) if quoted else (message, "", "")
    return Line(
        rows=rows,
        column=None if column is None or column in message else column,
        value=None if value is None or value in message else value,
        words=words,
        quoted=quoted,
        words_after=words_after,
    )


def _all_marked(outcome: Outcome) -> bool:
    """Whether every mistake is in a list that goes back: very long ones hold the first rows only."""
    documents = {problem.document for problem in outcome.problems}
    return len(outcome.corrections) >= len(documents) and outcome.counts.rejected <= ROWS_WHOLE_MAX


def _words_of(outcome: Outcome) -> str:
    """Which words an outcome is told in: lists have rows, invoices have not."""
    return "invoices" if outcome.of_invoices else "outcome"


def _result(outcome: Outcome, language: str) -> str:
    words = _environment(language, html=False).get_template(f"{_words_of(outcome)}.{language}.j2").module
    return str(words.result(outcome, verdict(outcome).value))  # type: ignore[attr-defined]


def _render_notice(name: str, sending: Sending, language: str) -> Answer:
    language = wording.known_language(language)
    clean = wording.with_folded_text(sending)
    words = _environment(language, html=False).get_template(f"{name}.{language}.j2")
    headline, *blocks = _blocks(words.render(n=clean))
    given = {"headline": headline.lines[0], "blocks": blocks, "n": clean, "language": language}
    return _laid_out("notice", given, _subject(clean, headline.lines[0]))


def _laid_out(layout: str, given: dict[str, Any], subject: str) -> Answer:
    text = _environment(given["language"], html=False).get_template(f"{layout}.txt.j2").render(given)
    page = _environment(given["language"], html=True).get_template(f"{layout}.html.j2").render(given)
    return Answer(subject=subject, text=_tidy(text), html=_inliner().inline(page))


def _blocks(words: str) -> list[Block]:
    """The blocks of a short answer: parted by blank lines, `## ` heads, `- ` lists, else a paragraph."""
    blocks = []
    for block in re.split(r"\n\s*\n", words.strip()):
        lines = [line.strip() for line in block.splitlines()]
        if lines[0].startswith("## "):
            blocks.append(Block(kind="heading", lines=(lines[0][3:],)))
        elif lines[0].startswith("- "):
            blocks.append(Block(kind="list", lines=tuple(line[2:] for line in lines)))
        else:
            blocks.append(Block(kind="paragraph", lines=(" ".join(lines),)))
    return blocks


def _subject(sending: Sending, otherwise: str) -> str:
    """`Re: <their subject> [S-000042]`, or what the answer says where their mail had no subject."""
    label = f" [{sending.submission}]"
    theirs = _REPLY_MARK.sub("", _LABEL.sub("", sending.subject or "").strip()).strip()
    words = f"Re: {theirs}" if theirs else otherwise.rstrip(".")
    return wording.folded(words, SUBJECT_LENGTH_MAX - len(label)) + label


def _tidy(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return _BLANK_LINES.sub("\n\n", lines) + "\n"


@lru_cache(maxsize=4)
def _environment(language: str, *, html: bool) -> "Environment":
    """One environment a language and format, so that words shared by both are escaped where they must be."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=html,  # noqa: S701 - plain text is not escaped, HTML always
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"spans": wording.spans, "short": wording.short}
    formats: dict[str, Any] = {
        name: partial(getattr(wording, name), language=language)
        for name in ("number", "money", "sums", "moment", "day", "size")
    }
    environment.filters |= formats
    return environment


@lru_cache(maxsize=1)
def _inliner() -> "CSSInliner":
    """Style goes into the elements; what cannot (dark mode, narrow screens) stays in the head."""
    from css_inline import CSSInliner  # noqa: PLC0415 - only where an answer is rendered

    return CSSInliner(
        load_remote_stylesheets=False,
        keep_at_rules=True,
    )
