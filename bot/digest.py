"""What is alike in many rows, drawn together for an answer; memory does not grow with the rows."""

from collections.abc import Iterable

from bot.outcome import SkipReason, Warned
from storage.records import Problem

ROWS_SHOWN_MAX = 12


class _Kind:
    """One kind of warning while it is counted."""

    def __init__(self, row: int, problem: Problem) -> None:
        self.row, self.problem = row, problem
        self.count = 0
        self.rows: list[int] = []

    def add(self, row: int) -> None:
        self.count += 1
        if len(self.rows) < ROWS_SHOWN_MAX:
            self.rows.append(row)

    def warned(self, *, with_rows: bool) -> Warned:
        problem = self.problem
        quotes = problem.value is not None and problem.value in problem.message + problem.fix
        return Warned(
            message=problem.message,
            fix=problem.fix,
            count=self.count,
            rows=tuple(self.rows) if with_rows else (),
            example_row=self.row if quotes and with_rows else None,
        )


def warned_of(warnings: Iterable[tuple[int, Problem]], *, with_rows: bool = True) -> tuple[Warned, ...]:
    """Warnings of accepted rows (row, warning) by code and field, the most frequent first.

    `with_rows` is false where the rows are those of several documents: their numbers mean nothing then.
    """
    kinds: dict[tuple[str, str | None], _Kind] = {}
    for row, problem in warnings:
        key = (problem.code, problem.field)
        if key not in kinds:
            kinds[key] = _Kind(row, problem)
        kinds[key].add(row)
    ordered = sorted(kinds.values(), key=lambda kind: -kind.count)
    return tuple(kind.warned(with_rows=with_rows) for kind in ordered)


def skipped_of(skipped: Iterable[tuple[int, str]], *, with_rows: bool = True) -> tuple[SkipReason, ...]:
    """Skipped rows (row, reason) by reason, in the order in which they stand."""
    rows: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for row, reason in skipped:
        counts[reason] = counts.get(reason, 0) + 1
        shown = rows.setdefault(reason, [])
        if with_rows and len(shown) < ROWS_SHOWN_MAX:
            shown.append(row)
    return tuple(
        SkipReason(reason=reason, count=count, rows=tuple(rows[reason])) for reason, count in counts.items()
    )
