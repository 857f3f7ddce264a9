"""Solver: template × inputs → every figure of the worksheet, exact."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, cast

from ..errors import PlanError, Problem
from ..expr.nodes import names
from ..expr.render.figures import EPOCH, Value, day_of
from ..expr.render.value import evaluate
from ..language.text import Text, lowered
from ..plan.inputs import Input
from ..template import tables
from ..template.model import EXACT, Cell, Check, Template
from ..template.roles import Roles
from ..values.amounts import MAX_COUNT
from ..values.recent import Recent
from ..values.rounding import LARGEST
from ..values.units import COUNT, DATE, MONTH

Held = Value | datetime.date
"""The content of a cell: an exact number, a text in the workbook's language, a date, or None."""


_OF_DAYS = (MONTH, DATE)
_LARGEST = int(LARGEST)


class Solution(NamedTuple):
    """All values by cell name; for a table column, a list with a value per row."""

    template: Template
    lang: str
    rows: dict[str, int]
    values: dict[str, Held | list[Held]]

    @property
    def roles(self) -> Roles:
        """The names of the cells that the program looks for."""
        return self.template.roles

    def at(self, name: str, row: int | None = None) -> Held:
        """Return the value of a cell, or of row ``row`` (from 0) of a column."""
        value = self.values[name]
        return value[cast(int, row)] if isinstance(value, list) else value

    def advice(self, check: Check) -> Text:
        """Return what a check that fails says to do, in both languages."""
        said, words = self.at(check.advice, None), self.template.words
        return next((word for word in words.values() if said in word), words[check.advice])

    def exact(self, name: str, row: int | None) -> Fraction | None:
        """Return the quotient before rounding, if the cell has one."""
        companion = self.template.companion(name, EXACT)
        if companion is None:
            return None
        value = self.at(companion, row)
        return value if isinstance(value, Fraction) else None


def sizes(template: Template, filled: int) -> dict[str, int]:
    """Return how many rows each table gets for so many channels, spare ones included."""
    return {
        **tables.rows(template.channel_rows(filled), template.is_monthly),
        **tables.own(template.tables),
    }


class _Values(dict[str, Held | list[Held]]):
    """Values by name; a result is computed when it is first asked for.

    From the ``last`` solution that was like it, what follows from the same figures is taken over.
    """

    def __init__(self, template: Template, lang: str, rows: dict[str, int], last: _Last | None = None) -> None:
        super().__init__()
        self._of = template, lang, rows
        self._last = last
        self._alike: dict[str, bool] = {}

    def __missing__(self, name: str) -> Held | list[Held]:
        solution = Solution(*self._of, self)  # made anew: one that was kept would hold itself
        cell = solution.template.cells[name]
        if cell.formula is None:
            raise KeyError(name)
        if self._last is not None and name in self._last.values and all(map(self._is_alike, self._last.sources(cell))):
            self._alike[name] = True
            self[name] = found = self._last.values[name]
            return found
        if cell.table is None:
            self[name] = _as_declared(cell, evaluate(cell.formula, View(solution, None, 0)))
            return self[name]
        # Filled row by row: a row may look back at those before it.
        column: list[Held] = []
        self[name] = column
        for row in range(solution.rows[cell.table]):
            column.append(_as_declared(cell, evaluate(cell.formula, View(solution, cell.table, row))))
        return column

    def _is_alike(self, name: str) -> bool:
        """Return whether a cell, with all its rows, has the value that it had in the last solution."""
        assert self._last is not None
        if name not in self._alike:
            now, then = self[name], self._last.values[name]
            # True is 1 in Python, and in no spreadsheet.
            self._alike[name] = now == then and _kinds(now) == _kinds(then)
        return self._alike[name]


def _kinds(value: Held | list[Held]) -> list[type]:
    return [type(each) for each in value] if isinstance(value, list) else [type(value)]


class _Last:
    """The last values that were worked out with a template in a language, for so many rows."""

    def __init__(self, template: Template) -> None:
        self.template = template
        self.values: Mapping[str, Held | list[Held]] = {}
        self._sources: dict[str, tuple[str, ...]] = {}

    def sources(self, cell: Cell) -> tuple[str, ...]:
        """Return the cells that a result's value is made of, without itself."""
        found = self._sources.get(cell.name)
        if found is None:
            assert cell.formula is not None
            members = {member for name in names(cell.formula) for member in self.template.blocks.get(name, (name,))}
            found = self._sources[cell.name] = tuple(members - {cell.name})
        return found


_LAST: Recent[_Last] = Recent(4)


def solve(
    template: Template, inputs: Mapping[str, Input | list[Input]], rows: Mapping[str, int], lang: str, at_once: bool = True
) -> Solution:
    """Compute every result.

    ``inputs`` is as Plan.inputs; ``rows`` says how many rows each table has;
    ``lang`` is the workbook's language. Without ``at_once``, a result is computed
    when it is asked for: code that looks at a few figures of many sets of inputs need not wait for all.
    """
    like_it = id(template), lang, frozenset(rows.items())
    last = _LAST.get(like_it, lambda: _Last(template)) if at_once else None  # keeps the template, so that its id stays its own
    of = template, lang, dict(rows)
    values = _Values(*of, last)
    for cell in template.inputs():
        given = inputs.get(cell.name)
        if cell.table is not None:
            filled = list(given) if isinstance(given, list) else []
            values[cell.name] = [*filled, *[None] * (rows[cell.table] - len(filled))][: rows[cell.table]]
        elif cell.choices is not None and isinstance(given, str):
            values[cell.name] = cell.choices[given].to(lang)
        else:
            assert not isinstance(given, list)
            values[cell.name] = given
    solution = Solution(*of, values)
    if last is not None:
        for name in template.order:
            values[name]  # asking is working out
        last.values = dict(values)
    return solution


def _as_declared(cell: Cell, value: Value) -> Held:
    """Return a result as it is shown: a date for its serial number; None if no program could show it."""
    if type(value) is not Fraction:
        return value
    if cell.unit in _OF_DAYS:
        return day_of(value)
    return value if abs(value.numerator) <= _LARGEST or abs(value) <= LARGEST else None


def limits(solution: Solution) -> None:
    """Raise PlanError if a count passes MAX_COUNT: programs would no longer agree on it."""
    problems: list[Problem] = []
    years = {f"year_{flow.name}_page" for flow in solution.template.flows}
    for cell in solution.template.cells.values():
        value = solution.values[cell.name]
        if cell.unit != COUNT or not (cell.rounded or cell.name in years):
            continue
        for row, each in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(each, Fraction) and abs(each) > MAX_COUNT:
                key = f"{cell.name}[{row + 1}]" if cell.table else cell.name
                problems.append(
                    Problem(
                        "too-large",
                        Text(
                            f"{cell.label.ja}が{float(each):,.0f}になり、1億を超えます",
                            f"the {lowered(cell.label.en)} come to {float(each):,.0f}, above 100 million",
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


class View:
    """The figures as one cell sees them: its own row of its own table."""

    __slots__ = ("channels", "index", "solution", "table")

    def __init__(self, solution: Solution, table: str | None, index: int) -> None:
        self.solution = solution
        self.table = table
        self.index = index
        self.channels = tables.across(solution.rows, table)

    def cell(self, name: str) -> Value:
        value = self.solution.values[name]
        if type(value) is list:
            value = value[self._beside(name)]
        return value if value is None or type(value) is Fraction else _number(cast(Held, value))

    def column(self, name: str) -> Sequence[Value]:
        template, values = self.solution.template, self.solution.values
        block = template.blocks.get(name)
        if block is not None:
            return [cast(Value, values[member]) for member in block]
        column = cast(list[Held], values[name])
        # Elsewhere there is no date to be turned into its number: the column as it is, which nobody here changes.
        return [_number(value) for value in column] if template.cells[name].unit in _OF_DAYS else cast(list[Value], column)

    def down_to_here(self, name: str) -> Sequence[Value]:
        return self.column(name)[: self._beside(name) + 1]

    def part(self, name: str) -> Sequence[Value]:
        rows = self.solution.rows
        own_rows = rows[self.table] if self.table else 1
        other = self._table(name)
        of = tables.part(self.table, self.index, own_rows, rows[other], self.channels)
        return self.column(name)[of.start : of.stop]

    def earlier(self, name: str) -> Sequence[Value]:
        return self.column(name)[: self.index][self.index % self.channels :: self.channels]

    def before(self, name: str) -> Sequence[Value]:
        return self.column(name)[self.index - self.index % self.channels : self.index]

    def stages(self, name: str) -> Sequence[Value]:
        return self.column(name)[self.index :: self.solution.rows[tables.STAGE]]

    def row(self) -> int:
        return tables.number(self.table, self.index, self.channels)

    def word(self, key: str) -> str:
        return self.solution.template.words[key].to(self.solution.lang)

    def _table(self, name: str) -> str:
        return cast(str, self.solution.template.cells[name].table)

    def _beside(self, name: str) -> int:
        other = self._table(name)
        return self.index if other == self.table else tables.aligned(self.table, self.index, other, self.channels)


def _number(value: Held) -> Value:
    """Return a value as arithmetic takes it: for a date, its serial number."""
    return Fraction((value - EPOCH).days) if isinstance(value, datetime.date) else value
