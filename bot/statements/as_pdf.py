"""A sheet as PDF on A4, with its fonts inside; the same sheet of the same day gives the same bytes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

from fpdf import FPDF

from bot.statements.sheet import Facts, Note, Sheet, Table

_FONTS = Path(__file__).parent / "fonts"
_FONT = "NotoSans"
_SIDE, _TOP, _BOTTOM, _GAP, _PAD = 20.0, 17.0, 18.0, 3.0, 0.9  # mm
_INK, _QUIET, _LINE, _SOFT = (27, 36, 48), (86, 99, 115), (214, 220, 227), (243, 245, 248)
_WARN, _WARN_INK = (255, 244, 214), (107, 71, 0)
_SIZE_MAX, _SIZE_MIN, _HEAD_LESS = 9.0, 6.0, 0.5  # letters of tables
_WHOLE_MAX = 110.0  # a table up to this height is not parted


def pdf_of(sheet: Sheet, made_on: date) -> bytes:
    """The whole document; made_on is named in it as its day."""
    paper = _Paper(sheet, made_on)
    paper.head()
    for block in sheet.blocks:
        if isinstance(block, Facts):
            paper.facts(block)
        elif isinstance(block, Table):
            paper.grid(block)
        else:
            paper.note(block)
    return bytes(paper.output())


class _Paper(FPDF):
    """The drawing of one sheet; sizes are in points, lengths in millimetres."""

    def __init__(self, sheet: Sheet, made_on: date) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        for style, name in (("", "Regular"), ("B", "Bold")):
            self.add_font(_FONT, style, _FONTS / f"NotoSans-{name}.ttf")
        self.set_margins(_SIDE, _TOP)
        self.set_auto_page_break(auto=True, margin=_BOTTOM)
        self.c_margin = 0
        self.set_title(sheet.title)
        self.set_lang(sheet.language)
        self.set_creation_date(datetime.combine(made_on, time(12), UTC))
        self.alias_nb_pages("{pages}")
        self.add_page()

    def footer(self) -> None:
        """The foot of each page, with its number."""
        self.set_y(-13)
        self._pen(7.5, _QUIET)
        self.cell(self.epw * 0.8, 4, self._sheet.foot)
        of_pages = self._sheet.page.replace("{page}", str(self.page_no()))
        # The count of pages is filled in last, so the place at the right is measured with one like it.
        width = self.get_string_width(of_pages.replace("{pages}", str(self.page_no())))
        self.set_x(self.l_margin + self.epw - width)
        self.cell(width, 4, of_pages)

    def head(self) -> None:
        """Title, what must be seen first, and the figures that matter most."""
        self._pen(20, _INK, bold=True)
        self._lines(self._sheet.title, 9)
        self._pen(10, _QUIET)
        self._lines(self._sheet.subtitle, 5.5)
        if self._sheet.notice:
            self.ln(4)
            self._pen(9.5, _WARN_INK, bold=True)
            self.set_fill_color(*_WARN)
            self.multi_cell(0, 7, f"  {self._sheet.notice}", fill=True, new_x="LMARGIN", new_y="NEXT")
        if self._sheet.sentence:
            self.ln(5)
            self._pen(11.5, _INK)
            self._lines(self._sheet.sentence, 6)
        self._figures()

    def facts(self, facts: Facts) -> None:
        """Names and values in two columns, read down the left one first."""
        self.ln(5)
        half = (len(facts.pairs) + 1) // 2
        width = (self.epw - 10) / 2
        top = lowest = self.get_y()
        for start, left in ((0, self.l_margin), (half, self.l_margin + width + 10)):
            self.set_y(top)
            for name, value in facts.pairs[start : start + half]:
                self.set_x(left)
                self._pen(8, _QUIET)
                self.cell(width, 4.2, name, new_x="LEFT", new_y="NEXT")
                self._pen(9.5, _INK)
                self.multi_cell(width, 4.8, value, align="L", new_x="LEFT", new_y="NEXT")
                self.ln(1.2)
            lowest = max(lowest, self.get_y())
        self.set_y(lowest)

    def grid(self, table: Table) -> None:
        """A table; its head is drawn again on each page."""
        whole = 34.0 + 7.0 * (len(table.rows) + 1)
        self._heading(table.heading, needs=whole if whole <= _WHOLE_MAX else 40.0)
        if table.intro:
            self._pen(8.5, _QUIET)
            self._lines(table.intro, 4.4)
        if not table.rows and table.nothing:
            self._pen(9.5, _INK)
            self._lines(table.nothing, 5)
            return
        self.ln(1.5)
        widths, size = self._fitted(table)
        self._head_row(table, widths, size)
        for at, row in enumerate(table.rows):
            is_last = at == len(table.rows) - 1
            self._row(table, row, widths, size, line=_LINE if not is_last else None)
        if table.total:
            self._rule(_QUIET)
            self._row(table, table.total, widths, size, bold=True)

    def note(self, note: Note) -> None:
        """Paragraphs, and a value to compare."""
        self._pen(9, _INK)
        lines = sum(len(self._split(paragraph, self.epw)) for paragraph in note.paragraphs)
        self._heading(note.heading, needs=14.0 + lines * 4.8 + (6.0 if note.code else 0.0))
        for paragraph in note.paragraphs:
            self._pen(9, _INK)
            self._lines(paragraph, 4.8)
            self.ln(0.8)
        if note.code:
            self._pen(8.5, _QUIET)
            self._lines(note.code, 4.6)

    def _figures(self) -> None:
        figures = self._sheet.figures
        if not figures:
            return
        self.ln(5)
        top, gap, height = self.get_y(), 4.0, 17.0
        boxes = max(len(figures), 3)
        width = (self.epw - gap * (boxes - 1)) / boxes
        self.set_fill_color(*_SOFT)
        for at, (name, value) in enumerate(figures):
            left = self.l_margin + at * (width + gap)
            self.rect(left, top, width, height, style="F", round_corners=True, corner_radius=1.6)
            self._pen(8, _QUIET)
            self.set_xy(left + 4, top + 3)
            self.cell(width - 8, 4, name)
            self._pen(14, _INK, bold=True)
            self.set_xy(left + 4, top + 7.5)
            self.cell(width - 8, 7, value)
        self.set_y(top + height)
        self.set_x(self.l_margin)

    def _heading(self, text: str, *, needs: float) -> None:
        """A heading that never stands alone at the end of a page."""
        if self.will_page_break(needs):
            self.add_page()
        else:
            self.ln(6)
        self._pen(11.5, _INK, bold=True)
        self._lines(text, 6.5)

    def _head_row(self, table: Table, widths: Sequence[float], size: float) -> None:
        self._row(table, [column.label for column in table.columns], widths, size - _HEAD_LESS, is_head=True)
        self._rule(_QUIET)

    def _row(
        self,
        table: Table,
        row: Sequence[str],
        widths: Sequence[float],
        size: float,
        *,
        bold: bool = False,
        is_head: bool = False,
        line: tuple[int, int, int] | None = None,
    ) -> None:
        self._pen(size, _QUIET if is_head else _INK, bold=bold)
        step = size * 0.5
        cells = [self._split(text, width) if text else [""] for text, width in zip(row, widths, strict=True)]
        depth = max(len(lines) for lines in cells)
        height = depth * step + 2 * _PAD
        if not is_head and self.will_page_break(height):
            self.add_page()
            self._head_row(table, widths, size)
            self._pen(size, _INK, bold=bold)
        top, left = self.get_y() + _PAD, self.l_margin
        for column, lines, width in zip(table.columns, cells, widths, strict=True):
            first = depth - len(lines) if is_head else 0  # heads stand on the line below them
            for at, text in enumerate(lines, first):
                self.set_xy(left, top + at * step)
                self.cell(width, step, text, align="R" if column.is_figure else "L")
            left += width + _GAP
        self.set_xy(self.l_margin, top - _PAD + height)
        if line is not None:
            self._rule(line)

    def _fitted(self, table: Table) -> tuple[list[float], float]:
        """The widths of the columns and the size of letters with which no figure is broken."""
        size = _SIZE_MAX
        wanted = self._wanted(table, size)
        room = self.epw - _GAP * (len(wanted) - 1)
        while sum(wanted) > room and size > _SIZE_MIN:
            size -= 0.5
            wanted = self._wanted(table, size)
        left = room - sum(wanted)
        if left < 0:
            return [width * room / sum(wanted) for width in wanted], size
        takers = [at for at, column in enumerate(table.columns) if column.wide]
        takers = takers or [at for at, column in enumerate(table.columns) if column.is_figure]
        return [width + (left / len(takers) if at in takers else 0) for at, width in enumerate(wanted)], size

    def _wanted(self, table: Table, size: float) -> list[float]:
        """As wide as each column's longest figure or word."""
        body = [*table.rows, *([table.total] if table.total else [])]
        self._pen(size, _INK, bold=True)
        cells = [
            [row[at] for row in body]
            if column.is_figure
            else [word for row in body for word in row[at].split(" ")]
            for at, column in enumerate(table.columns)
        ]
        wanted = [max(map(self.get_string_width, texts), default=0.0) for texts in cells]
        self._pen(size - _HEAD_LESS, _INK)
        heads = [max(map(self.get_string_width, column.label.split(" "))) for column in table.columns]
        return [max(pair) + 0.6 for pair in zip(wanted, heads, strict=True)]

    def _split(self, text: str, width: float) -> list[str]:
        lines = self.multi_cell(width, 1, text, dry_run=True, output="LINES")
        assert isinstance(lines, list), "it answers what it is asked for"
        return lines

    def _rule(self, color: tuple[int, int, int]) -> None:
        self.set_draw_color(*color)
        self.set_line_width(0.2)
        self.line(self.l_margin, self.get_y(), self.l_margin + self.epw, self.get_y())

    def _lines(self, text: str, height: float) -> None:
        self.multi_cell(0, height, text, align="L", new_x="LMARGIN", new_y="NEXT")

    def _pen(self, size: float, color: tuple[int, int, int], *, bold: bool = False) -> None:
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_text_color(*color)
