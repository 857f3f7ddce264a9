"""Tree → value, over whatever tells the values of cells and names."""

from __future__ import annotations

from typing import Protocol

from .functions import (
    DIVISION_ERROR,
    FUNCTIONS,
    Argument,
    FailedError,
    Range,
    Value,
    compare,
    number,
    power,
    single,
    text,
    truth,
)
from .nodes import Area, Binary, Call, Cell, ErrorValue, Literal, Name, Tree, Unary, Unknown

MAX_AREA = 100_000  # cells; a whole column is no sum of a goal sheet


class NotEvaluatedError(Exception):
    """A formula that this reader does not evaluate, and what in it; never taken for sound."""


class Grid(Protocol):
    """What the cells and names hold, as a formula on one sheet sees them."""

    def cell(self, sheet: str | None, row: int, col: int) -> Value: ...

    def area(self, area: Area) -> Range: ...

    def name(self, name: str) -> Argument: ...


def evaluate(node: Tree, grid: Grid) -> Value:
    """The value of a formula; an error value where Excel would show one. Raises NotEvaluatedError."""
    try:
        value = single(_value(node, grid))
    except FailedError as failed:
        return failed.error
    # A formula that only refers to an empty cell shows 0.
    return number(None) if value is None else value


def _value(node: Tree, grid: Grid) -> Argument:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, ErrorValue):
        return node
    if isinstance(node, Cell):
        return grid.cell(node.sheet, node.row, node.col)
    if isinstance(node, Area):
        if (node.last_row - node.row + 1) * (node.last_col - node.col + 1) > MAX_AREA:
            raise NotEvaluatedError("an area of more than 100,000 cells")
        return grid.area(node)
    if isinstance(node, Name):
        return grid.name(node.name)
    if isinstance(node, Unknown):
        raise NotEvaluatedError(node.text)
    if isinstance(node, Unary):
        operand = number(_scalar(node.operand, grid))
        return -operand if node.op == "-" else operand / 100 if node.op == "%" else operand
    if isinstance(node, Binary):
        return _binary(node, grid)
    return _call(node, grid)


def _scalar(node: Tree, grid: Grid) -> Value:
    value = single(_value(node, grid))
    if isinstance(value, ErrorValue):
        raise FailedError(value)
    return value


def _binary(node: Binary, grid: Grid) -> Value:
    left, right = _scalar(node.left, grid), _scalar(node.right, grid)
    if node.op in ("=", "<>", "<", "<=", ">", ">="):
        return compare(node.op, left, right)
    if node.op == "&":
        return text(left) + text(right)
    a, b = number(left), number(right)
    if node.op == "+":
        return a + b
    if node.op == "-":
        return a - b
    if node.op == "*":
        return a * b
    if node.op == "^":
        return power(a, b)
    if b == 0:
        raise FailedError(DIVISION_ERROR)
    return a / b


def _call(node: Call, grid: Grid) -> Argument:
    args = node.args
    if node.function == "IF":
        return _if(args, grid)
    if node.function in ("AND", "OR"):
        return _logical(node, grid)
    if node.function in ("IFERROR", "IFNA"):
        return _caught(node, grid)
    function = FUNCTIONS.get(node.function)
    if function is None:
        raise NotEvaluatedError(f"{node.function}()")
    values = [None if arg is None else _argument(arg, grid) for arg in args]
    try:
        return function(*values)
    except TypeError:
        raise NotEvaluatedError(f"{node.function}() with {len(args)} arguments") from None


def _argument(node: Tree, grid: Grid) -> Argument:
    """An argument's value; an error is a value here, for ISERROR and COUNT to look at."""
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


def _logical(node: Call, grid: Grid) -> Value:
    found: list[bool] = []
    for arg in node.args:
        if arg is None:
            continue
        value = _value(arg, grid)
        cells = list(value.cells()) if isinstance(value, Range) else [value]
        for each in cells:
            if isinstance(each, ErrorValue):
                raise FailedError(each)
            if isinstance(value, Range) and (each is None or isinstance(each, str)):
                continue
            found.append(truth(each))
    return all(found) if node.function == "AND" else any(found)


def _caught(node: Call, grid: Grid) -> Argument:
    if len(node.args) != 2 or node.args[0] is None:
        raise NotEvaluatedError(f"{node.function}() with {len(node.args)} arguments")
    value = _argument(node.args[0], grid)
    if not isinstance(value, ErrorValue) or (node.function == "IFNA" and value.text != "#N/A"):
        return value
    return number(None) if node.args[1] is None else _value(node.args[1], grid)
