"""The lines of a list, a label and a figure each, with what their formulas do: products of cells, or cells added and taken off.

Where everything below a wrong formula follows from it no figure contradicts another one. What is left to go by is the formula
itself, the labels of the cells that it takes, and what the formulas around it do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from ...formula.grid import CircleError
from ...formula.nodes import Binary, Call, Cell, Literal, Tree, Unary
from ...formula.parser import FormulaError, parse
from ...formula.values import NotEvaluatedError
from ...values import budget
from ...values.regex import regex
from ..read.plane import Spot
from ..read.units import scale_abroad
from ..rules.cells import Cells
from .fills import HOLE, At, Filled
from .lists import AMOUNT, names
from .tables import COUNT, MONEY, PERCENT

_MOST = 60  # lines of a list; more are data
_MOST_CELLS = 8
_ROUNDING = frozenset(
    ("ROUND", "ROUNDUP", "ROUNDDOWN", "CEILING", "CEILING.MATH", "FLOOR", "FLOOR.MATH", "INT", "TRUNC", "IFERROR")
)
_COUNTED = regex(r"[件社人名台枚回]数|[(（][件社人名台枚回][)）]$|\b(?:number|count)\b|#")
BRACKETS = regex(r"[(（\[［].*?[)）\]］]")


class Line(NamedTuple):
    """One figure of a list: what its label says, and what its formula does."""

    at: At
    spot: Spot
    label: str
    """Without what is in brackets."""
    whole: str
    names: frozenset[str]
    kind: str
    formula: Filled | None
    factors: Mapping[At, int]
    """The powers of the cells that its formula multiplies or divides by; empty where it does anything else."""
    by: Fraction
    """The number by which the formula multiplies these."""
    terms: tuple[tuple[int, At], ...]
    """The cells that its formula adds, or takes off, with their signs; empty where it does anything else."""
    alone: bool

    @property
    def typed(self) -> bool:
        return self.formula is None


class Lists:
    """The lists of one sheet, by their columns, each from above; of a column with very many figures, none."""

    def __init__(self, cells: Cells, own: Mapping[At, str], filled: Mapping[At, Filled]) -> None:
        self.cells = cells
        self.title = cells.page.title
        self.own = own
        self.filled = filled
        self._found: dict[At, Line | None] = {}

    def __iter__(self) -> Iterator[dict[At, Line]]:
        yield from self._columns

    @cached_property
    def _columns(self) -> list[dict[At, Line]]:
        by_column: dict[int, list[At]] = {}
        with_formulas = {col for _, col in self.own}
        for at in self.cells.amounts:
            if at[1] in with_formulas:
                by_column.setdefault(at[1], []).append(at)
        found = []
        for places in by_column.values():
            if len(places) <= _MOST:
                budget.spend(budget.STEPS, len(places))
                found.append({at: each for at in sorted(places) if (each := self.get(at)) is not None and each.alone})
        return found

    def is_used(self, at: At) -> bool:
        """Return whether a formula of the workbook takes a cell."""
        return (self.title, *at) in self.cells.references.used

    def value(self, at: At) -> Fraction | None:
        """Return what a formula takes of a cell."""
        try:
            held = self.cells.sheets.value((self.title, *at))
        except (NotEvaluatedError, CircleError):
            return None
        return held if isinstance(held, Fraction) else None

    def get(self, at: At) -> Line | None:
        """Return the line of a figure, of a table, too; None of one without a label."""
        if at not in self._found:
            self._found[at] = self._line(at) if at in self.cells.amounts else None
        return self._found[at]

    def _is_alone(self, at: At, label: Spot) -> bool:
        """Return whether a figure is the only one between its label and the next text: it isn't of a table."""
        row, col = at
        return (row, col + 1) not in self.cells.amounts and not any(
            (row, place) in self.cells.amounts for place in range(label.last_col + 1, col)
        )

    def _line(self, at: At) -> Line | None:
        spot = self.cells.amounts[at][0]
        label = self.cells.label(spot)
        formula = self.filled.get(at)
        if label is None or (formula is None and at in self.own):
            return None
        tree = _tree(self.own[at]) if formula is not None and len(formula.cells) <= _MOST_CELLS else None
        made = _product(tree, self.title) if tree is not None else None
        by, factors = made if made is not None else (Fraction(1), {})
        added = tuple(_terms(tree, self.title, 1) or ()) if tree is not None and not factors else ()
        flat = BRACKETS.sub("", label.flat).strip() or label.flat
        alone = self._is_alone(at, label)
        return Line(at, spot, flat, label.flat, names(flat), self._kind(spot, label), formula, factors, by, added, alone)

    def _kind(self, spot: Spot, label: Spot) -> str:
        if self.cells.is_rate(spot) or self.cells.is_called_rate(spot):
            return PERCENT
        held = self.value((spot.row, spot.col))
        is_abroad = scale_abroad(label.flat) is not None
        if self.cells.money(spot) is not None or is_abroad or (AMOUNT.search(label.flat) and not _COUNTED.search(label.flat)):
            return MONEY
        is_part = self.cells.amount(spot).unit is None and held is not None and 0 < held < 1
        return PERCENT if is_part and (spot.row, spot.col) not in self.own else COUNT


def without(formula: Filled, cell: At) -> str | None:
    """Return a formula without the one cell by which it multiplies or divides; None where it can't be left out."""
    if formula.cells.count(cell) != 1:
        return None
    at = formula.cells.index(cell)
    parts = formula.bare.split(HOLE)
    if not parts[at].endswith(("*", "/")):
        return None
    parts[at : at + 2] = [parts[at][:-1] + parts[at + 1]]
    cells = [*formula.cells[:at], *formula.cells[at + 1 :]]
    fixed = (*formula.fixed[:at], *formula.fixed[at + 1 :])
    return formula._replace(bare=HOLE.join(parts), cells=tuple(cells), fixed=fixed).text(cells)


def replaced(formula: Filled, cell: At, by: At) -> str:
    """Return a formula with another cell for one."""
    return formula.text([by if each == cell else each for each in formula.cells])


def _tree(text: str) -> Tree | None:
    try:
        return parse(text)
    except FormulaError:
        return None


def product(formula: str, title: str) -> tuple[Fraction, dict[At, int]] | None:
    """Return the number and the powers of the cells that a formula multiplies; None where it does anything else."""
    tree = _tree(formula)
    return _product(tree, title) if tree is not None else None


def _product(tree: Tree, title: str) -> tuple[Fraction, dict[At, int]] | None:
    if isinstance(tree, Literal):
        number = tree.value
        return (number, {}) if isinstance(number, Fraction) and number > 0 else None
    if isinstance(tree, Cell):
        return (Fraction(1), {(tree.row, tree.col): 1}) if tree.sheet in (None, title) else None
    if isinstance(tree, Unary):
        inside = _product(tree.operand, title) if tree.op in ("+", "%") else None
        return (inside[0] / (100 if tree.op == "%" else 1), inside[1]) if inside is not None else None
    if isinstance(tree, Call):
        return _product(tree.args[0], title) if tree.function in _ROUNDING and tree.args and tree.args[0] is not None else None
    if not isinstance(tree, Binary) or tree.op not in ("*", "/"):
        return None
    left, right = _product(tree.left, title), _product(tree.right, title)
    if left is None or right is None:
        return None
    sign = 1 if tree.op == "*" else -1
    powers = dict(left[1])
    for cell, power in right[1].items():
        powers[cell] = powers.get(cell, 0) + sign * power
    return left[0] * right[0] ** sign, {cell: power for cell, power in powers.items() if power}


def _terms(tree: Tree, title: str, sign: int) -> list[tuple[int, At]] | None:
    if isinstance(tree, Cell):
        return [(sign, (tree.row, tree.col))] if tree.sheet in (None, title) else None
    if isinstance(tree, Unary) and tree.op in ("+", "-"):
        return _terms(tree.operand, title, sign if tree.op == "+" else -sign)
    if isinstance(tree, Binary) and tree.op in ("+", "-"):
        left, right = _terms(tree.left, title, sign), _terms(tree.right, title, sign if tree.op == "+" else -sign)
        return [*left, *right] if left is not None and right is not None else None
    if isinstance(tree, Call) and tree.function in _ROUNDING and tree.args and tree.args[0] is not None:
        return _terms(tree.args[0], title, sign)
    return None
