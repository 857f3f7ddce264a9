"""Template × inputs → every figure of the worksheet, exact."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from .errors import PlanError, Problem, Text
from .expr.value import Value, evaluate
from .figures import MAX_COUNT
from .plan.load import Input
from .template.model import EXACT, Template
from .units import COUNT

Held = Value | datetime.date
"""What a cell holds: an exact number, a text in the workbook's language, a date, or None."""

SPARE_ROWS = 2
"""Empty rows that a table keeps at least, for channels to come."""


class Solution(NamedTuple):
    """Every cell's value by name; a list, a value per row, for a table column."""

    template: Template
    lang: str
    rows: dict[str, int]
    values: dict[str, Held | list[Held]]

    def at(self, name: str, row: int | None) -> Held:
        """The value of a cell; of a column, that of ``row`` (from 0)."""
        value = self.values[name]
        return value[cast(int, row)] if isinstance(value, list) else value

    def exact(self, name: str, row: int | None) -> Fraction | None:
        """The quotient before rounding, where the cell has one."""
        companion = self.template.companion(name, EXACT)
        if companion is None:
            return None
        value = self.at(companion, row)
        return value if isinstance(value, Fraction) else None


def solve(template: Template, inputs: Mapping[str, Input | list[Input]], filled_rows: int, lang: str) -> Solution:
    """Works out every result.

    ``inputs`` is as Plan.inputs; tables get ``filled_rows`` and some spare ones;
    ``lang`` is the workbook's language.
    """
    rows = {
        section.key: max(section.rows, filled_rows + SPARE_ROWS) for section in template.sections if section.kind == "table"
    }
    values: dict[str, Held | list[Held]] = {}
    for cell in template.inputs():
        given = inputs.get(cell.name)
        if cell.table is not None:
            filled = list(given) if isinstance(given, list) else []
            values[cell.name] = [*filled, *[None] * (rows[cell.table] - len(filled))]
        elif cell.choices is not None and isinstance(given, str):
            values[cell.name] = cell.choices[given].to(lang)
        else:
            assert not isinstance(given, list)
            values[cell.name] = given
    solution = Solution(template, lang, rows, values)
    for name in template.order:
        cell = template.cells[name]
        assert cell.formula is not None
        if cell.table is None:
            values[name] = evaluate(cell.formula, _View(solution, None))
        else:
            values[name] = [evaluate(cell.formula, _View(solution, row)) for row in range(rows[cell.table])]
    return solution


def limits(solution: Solution) -> None:
    """Raises PlanError where a count passes MAX_COUNT: programs would no longer agree on it."""
    problems: list[Problem] = []
    for cell in solution.template.cells.values():
        value = solution.values[cell.name]
        if cell.unit != COUNT or not cell.rounded:
            continue
        for row, each in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(each, Fraction) and abs(each) > MAX_COUNT:
                key = f"{cell.name}[{row + 1}]" if cell.table else cell.name
                problems.append(
                    Problem(
                        "too-large",
                        Text(
                            f"{cell.label.ja}が{float(each):,.0f}になり、1億を超えます",
                            f"the {cell.label.en.lower()} come to {float(each):,.0f}, above 100 million",
                        ),
                        Text("金額(円)と率を見直してください", "check the amounts (in yen) and the rates"),
                        None,
                        None,
                        key,
                    )
                )
    if problems:
        # Later stages only follow from the first that is too large.
        stage = str(problems[0].key).partition("[")[0]
        raise PlanError(*(each for each in problems if str(each.key).partition("[")[0] == stage))


class _View:
    """The figures as one cell sees them: its own row of its own table."""

    __slots__ = ("row", "solution")

    def __init__(self, solution: Solution, row: int | None) -> None:
        self.solution = solution
        self.row = row

    def cell(self, name: str) -> Value:
        return cast(Value, self.solution.at(name, self.row))

    def column(self, name: str) -> Sequence[Value]:
        block = self.solution.template.blocks.get(name)
        if block is not None:
            return [cast(Value, self.solution.values[member]) for member in block]
        return cast(list[Value], self.solution.values[name])

    def down_to_here(self, name: str) -> Sequence[Value]:
        return self.column(name)[: cast(int, self.row) + 1]

    def word(self, key: str) -> str:
        return self.solution.template.words[key].to(self.solution.lang)
