"""Tree → value, given any source of values for cells and names."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Protocol

from ..values import budget
from ..values.budget import SpentError
from .functions import FUNCTIONS
from .known import known
from .nodes import Area, Binary, Call, Cell, ErrorValue, Literal, Name, Tree, Unary, Unknown
from .values import (
    DIVISION_ERROR,
    NOT_AVAILABLE,
    VALUE_ERROR,
    Argument,
    FailedError,
    NotEvaluatedError,
    OverBudgetError,
    Range,
    TooDeepError,
    Value,
    compare,
    joined,
    kept,
    number,
    power,
    representable,
    single,
    truth,
)


class Grid(Protocol):
    """The values of cells and names, as a formula on one sheet sees them."""

    def cell(self, sheet: str | None, row: int, col: int) -> Value: ...

    def area(self, area: Area) -> Range: ...

    def name(self, name: str) -> Argument: ...


def evaluate(node: Tree, grid: Grid) -> Value:
    """Return the value of a formula; an error value where Excel would show one. Raise NotEvaluatedError, also where the budget is spent."""
    try:
        value = single(_value(node, grid))
    except FailedError as failed:
        return failed.error
    except SpentError as spent:
        raise OverBudgetError(str(spent)) from None
    except RecursionError:
        raise TooDeepError("nested too deeply") from None
    # A formula that only refers to an empty cell shows 0.
    return number(None) if value is None else _shown(value)


def _shown(value: Value) -> Value:
    """Return what a cell shows of a value: a number that is typed into the formula may be larger than any."""
    try:
        return representable(value) if type(value) is Fraction else value
    except FailedError as failed:
        return failed.error


def _value(node: Tree, grid: Grid) -> Argument:
    if isinstance(node, Cell):
        return grid.cell(node.sheet, node.row, node.col)
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Binary):
        return _operated(node.op, _scalar(node.left, grid), _scalar(node.right, grid))
    if isinstance(node, Call):
        return _call(node, grid)
    if isinstance(node, Area):
        return grid.area(node)
    if isinstance(node, Name):
        return grid.name(node.name)
    if isinstance(node, Unary):
        return _unary(node.op, _scalar(node.operand, grid))
    if isinstance(node, Unknown):
        raise NotEvaluatedError(node.text)
    return node


def _scalar(node: Tree, grid: Grid) -> Value:
    value = _value(node, grid)
    if type(value) is Fraction:  # mostly; and its class is an abstract one's, which is slow to deny
        return value
    value = single(value)
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    return value


def _unary(op: str, value: Value) -> Value:
    if op == "+":  # of a text it makes no number
        return value
    operand = number(value)
    return -operand if op == "-" else operand / 100


def _operated(op: str, left: Value, right: Value) -> Value:
    budget.current().step()
    if type(left) is Fraction and type(right) is Fraction and op in _ARITHMETIC:
        return representable(_calculated(op, left, right))
    for each in (left, right):
        if isinstance(each, ErrorValue):
            raise FailedError(each)
    if op in ("=", "<>", "<", "<=", ">", ">="):
        return compare(op, left, right)
    if op == "&":
        return joined((left, right))
    return representable(_calculated(op, number(left), number(right)))


_ARITHMETIC = frozenset("+-*/^")


def _calculated(op: str, a: Fraction, b: Fraction) -> Fraction:
    if op == "+":
        return a + b
    if op == "-":
        return a - b
    if op == "*":
        return a * b
    if op == "^":
        return power(a, b)
    if b == 0:
        raise FailedError(DIVISION_ERROR)
    return a / b


def _call(node: Call, grid: Grid) -> Argument:
    args = node.args
    budget.spend(budget.STEPS, 1 + len(args))
    if node.function == "IF":
        return _if(args, grid)
    if node.function in ("AND", "OR", "XOR"):
        return _logical(node, grid)
    if node.function in ("IFERROR", "IFNA"):
        return _caught(node, grid)
    if node.function in ("CHOOSE", "IFS", "SWITCH"):
        return _one_of(node, grid)
    if node.function == "SUMPRODUCT":
        return FUNCTIONS["SUMPRODUCT"](*(None if arg is None else _by_cell(arg, grid) for arg in args))
    function = FUNCTIONS.get(node.function)
    if function is None and node.function not in known():
        raise FailedError(ErrorValue("#NAME?"))
    if function is None:
        raise NotEvaluatedError(f"{node.function}()")
    values = [None if arg is None else _argument(arg, grid) for arg in args]
    try:
        made = function(*values)
        return representable(made) if isinstance(made, Fraction) else kept(made) if isinstance(made, str) else made
    except TypeError:
        raise NotEvaluatedError(f"{node.function}() with {len(args)} arguments") from None


def _argument(node: Tree, grid: Grid) -> Argument:
    """Return an argument's value; an error is a value here, for ISERROR and COUNT to look at."""
    if isinstance(node, Cell):
        # A reference is an area of one cell: SUM passes over the text in it.
        return Range(((grid.cell(node.sheet, node.row, node.col),),))
    try:
        return _value(node, grid)
    except FailedError as failed:
        return failed.error


def _if(args: tuple[Tree | None, ...], grid: Grid) -> Argument:
    if not 2 <= len(args) <= 3 or args[0] is None:
        raise NotEvaluatedError(f"IF() with {len(args)} arguments")
    if truth(_scalar(args[0], grid)):
        return number(None) if args[1] is None else _value(args[1], grid)
    if len(args) == 2:
        return False
    return number(None) if args[2] is None else _value(args[2], grid)


def _one_of(node: Call, grid: Grid) -> Argument:
    """Evaluate CHOOSE, IFS or SWITCH: only the chosen branch counts."""
    args = list(node.args)
    if None in args or not args:
        raise NotEvaluatedError(f"{node.function}() with an empty argument")
    parts = [each for each in args if each is not None]
    if node.function == "CHOOSE":
        at = int(number(_scalar(parts[0], grid)))
        if not 1 <= at < len(parts):
            raise FailedError(VALUE_ERROR)
        return _value(parts[at], grid)
    wanted = None
    if node.function == "SWITCH":
        wanted = _scalar(parts.pop(0), grid)
    while len(parts) > 1:
        asked, then = parts.pop(0), parts.pop(0)
        found = _scalar(asked, grid)
        if (compare("=", wanted, found)) if node.function == "SWITCH" else truth(found):
            return _value(then, grid)
    if parts and node.function == "SWITCH":
        return _value(parts[0], grid)
    raise FailedError(NOT_AVAILABLE)


def _by_cell(node: Tree, grid: Grid) -> Argument:
    """Return an argument of SUMPRODUCT, whose operators work cell by cell."""
    if isinstance(node, Unary):
        return _each(lambda value: _unary(node.op, value), _by_cell(node.operand, grid))
    if isinstance(node, Binary):
        left, right = _by_cell(node.left, grid), _by_cell(node.right, grid)
        return _each(lambda a, b: _operated(node.op, a, b), left, right)
    return _argument(node, grid)


_PER_CELL = 3
"""Steps of an operator that SUMPRODUCT works cell by cell: taken out of their areas, calculated, put into another."""


def _each(function: Callable[..., Value], *args: Argument) -> Argument:
    """Return a function applied to the cells of areas of one shape, pairing single values with each."""
    shapes = {(len(arg.rows), len(arg.rows[0])) for arg in args if isinstance(arg, Range)} - {(1, 1)}
    if not shapes:
        return function(*(single(arg) for arg in args))
    if len(shapes) > 1:
        raise NotEvaluatedError("areas of different shapes")
    rows, cols = shapes.pop()
    budget.spend(budget.STEPS, rows * cols * _PER_CELL)

    def at(arg: Argument, row: int, col: int) -> Value:
        return arg.rows[row][col] if isinstance(arg, Range) and (len(arg.rows), len(arg.rows[0])) != (1, 1) else single(arg)

    return Range(tuple(tuple(function(*(at(arg, row, col) for arg in args)) for col in range(cols)) for row in range(rows)))


def _logical(node: Call, grid: Grid) -> Value:
    found: list[bool] = []
    for arg in node.args:
        if arg is None:
            continue
        value = _argument(arg, grid)
        cells = list(value.cells()) if isinstance(value, Range) else [value]
        for each in cells:
            if isinstance(each, ErrorValue):
                raise FailedError(each)
            if isinstance(value, Range) and (each is None or isinstance(each, str)):
                continue
            found.append(truth(each))
    if not found:
        raise FailedError(VALUE_ERROR)
    return all(found) if node.function == "AND" else any(found) if node.function == "OR" else sum(found) % 2 == 1


def _caught(node: Call, grid: Grid) -> Argument:
    if len(node.args) != 2 or node.args[0] is None:
        raise NotEvaluatedError(f"{node.function}() with {len(node.args)} arguments")
    value = _argument(node.args[0], grid)
    if not isinstance(value, ErrorValue) or (node.function == "IFNA" and value.text != "#N/A"):
        return value
    return number(None) if node.args[1] is None else _value(node.args[1], grid)
