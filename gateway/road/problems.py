"""A problem and its place, for people and for programs."""

from typing import Any

import msgspec

from bot.outcome import RowProblem
from gateway.road.documents import DocumentRead
from storage.records import Problem


def row_problem(document: DocumentRead, row: int, problem: Problem) -> RowProblem:
    """A problem with its column named as the sender named it."""
    return RowProblem(
        document=document.head.name,
        row=row,
        column=document.head.columns.get(problem.field or ""),
        value=problem.value,
        message=problem.message,
        fix=problem.fix,
    )


def problem_json(document: int, row: int | None, problem: Problem) -> dict[str, Any]:
    """A problem with its place; `row` is None where the whole document is meant."""
    return {"document": document, "row": row, **msgspec.structs.asdict(problem)}
