"""The tree of an Excel formula. Rows and columns count from 0; ``$`` is dropped, since it doesn't affect a value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple


class Literal(NamedTuple):
    """A number (exact, as written), a text, TRUE or FALSE."""

    value: Fraction | str | bool


class ErrorValue(NamedTuple):
    """An error such as ``#REF!``: a cell's value, and a literal in a broken formula."""

    text: str


class Cell(NamedTuple):
    """One cell; ``sheet`` is None where the formula names none."""

    sheet: str | None
    row: int
    col: int


class Area(NamedTuple):
    sheet: str | None
    row: int
    col: int
    last_row: int
    last_col: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        return (self.last_row - self.row + 1) * (self.last_col - self.col + 1)


class Name(NamedTuple):
    """A defined name, in lower case: names are case-insensitive."""

    name: str


class Unary(NamedTuple):
    """``-x``, ``+x`` or ``x%``."""

    op: str
    operand: Tree


class Binary(NamedTuple):
    op: str
    left: Tree
    right: Tree


class Call(NamedTuple):
    """A function in upper case; a missing argument is None."""

    function: str
    args: tuple[Tree | None, ...]


class Unknown(NamedTuple):
    """Syntax that this reader doesn't evaluate: another workbook, an array, a table's column."""

    text: str
    external: bool


Tree = Literal | ErrorValue | Cell | Area | Name | Unary | Binary | Call | Unknown


def children(node: Tree) -> tuple[Tree, ...]:
    if isinstance(node, Unary):
        return (node.operand,)
    if isinstance(node, Binary):
        return (node.left, node.right)
    if isinstance(node, Call):
        return tuple(arg for arg in node.args if arg is not None)
    return ()


def mapped(node: Tree, made: Callable[[Tree], Tree]) -> Tree:
    """Return the node with each child replaced by what the function returns for it; for a leaf, the leaf itself."""
    if isinstance(node, Unary):
        return Unary(node.op, made(node.operand))
    if isinstance(node, Binary):
        return Binary(node.op, made(node.left), made(node.right))
    if isinstance(node, Call):
        return Call(node.function, tuple(None if arg is None else made(arg) for arg in node.args))
    return node


def walk(node: Tree) -> list[Tree]:
    """Yield the node and all below it."""
    found: list[Tree] = []
    rest: list[Tree] = [node]
    while rest:
        each = rest.pop()
        found.append(each)
        rest.extend(children(each))
    return found


def depth(node: Tree) -> int:
    """Return how many levels a tree has."""
    level, most = [node], 0
    while level:
        most += 1
        level = [below for each in level for below in children(each)]
    return most
