"""A sheet as plain text: for mails, chats and the terminal. Figures stand under each other."""

from collections.abc import Sequence
from textwrap import wrap

from bot.statements.sheet import Facts, Note, Sheet, Table

WIDTH = 78
_GAP = "  "


def text_of(sheet: Sheet) -> str:
    """The whole sheet; lines end in LF, no one has blanks at its end."""
    parts = [[sheet.title, "=" * len(sheet.title), sheet.subtitle]]
    if sheet.notice:
        parts.append(wrap(f"! {sheet.notice}", WIDTH, subsequent_indent="  "))
    if sheet.sentence:
        parts.append(wrap(sheet.sentence, WIDTH))
    parts.append(_pairs(sheet.figures, figures=True))
    for block in sheet.blocks:
        if isinstance(block, Facts):
            parts.append(_pairs(block.pairs))
        elif isinstance(block, Table):
            parts += _table(block)
        else:
            parts += _note(block)
    parts.append(wrap(sheet.foot, WIDTH))
    text = "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts if part)
    return text.replace("\u00a0", " ") + "\n"


def _pairs(pairs: Sequence[tuple[str, str]], *, figures: bool = False) -> list[str]:
    names = max((len(name) for name, _ in pairs), default=0)
    values = max((len(value) for _, value in pairs), default=0)
    lines = []
    for name, value in pairs:
        if figures:
            lines.append(f"{name:<{names}}{_GAP}{value:>{values}}")
            continue
        first, *rest = wrap(value, WIDTH - names - len(_GAP)) or [""]
        lines.append(f"{name:<{names}}{_GAP}{first}")
        lines += [" " * (names + len(_GAP)) + line for line in rest]
    return lines


def _table(table: Table) -> list[list[str]]:
    head = [table.heading, "-" * len(table.heading)]
    if table.intro:
        head += wrap(table.intro, WIDTH)
    if not table.rows and table.nothing:
        return [[*head, table.nothing]]
    heads = [
        wrap(column.label, 14, break_long_words=False) if column.is_figure else [column.label]
        for column in table.columns
    ]
    depth = max(len(lines) for lines in heads)
    heads = [[""] * (depth - len(lines)) + lines for lines in heads]
    body = [*table.rows, *([table.total] if table.total else [])]
    widths = [
        max([len(line) for line in lines] + [len(row[at]) for row in body]) for at, lines in enumerate(heads)
    ]
    lines = [_row([lines[at] for lines in heads], table, widths) for at in range(depth)]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    lines += [rule, *(_row(row, table, widths) for row in table.rows)]
    if table.total:
        lines += [rule, _row(table.total, table, widths)]
    return [head, lines]


def _row(cells: Sequence[str], table: Table, widths: Sequence[int]) -> str:
    return _GAP.join(
        f"{cell:>{width}}" if column.is_figure else f"{cell:<{width}}"
        for cell, column, width in zip(cells, table.columns, widths, strict=True)
    )


def _note(note: Note) -> list[list[str]]:
    lines = [note.heading, "-" * len(note.heading)]
    for paragraph in note.paragraphs:
        lines += wrap(paragraph, WIDTH)
    if note.code:
        lines += [f"  {line}" for line in wrap(note.code, WIDTH - 2)]
    return [lines]
