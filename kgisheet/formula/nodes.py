"""The tree of an Excel formula. Rows and columns count from 0; ``$`` is not kept: it means nothing to a value."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple


class Literal(NamedTuple):
    """A number (exact, as written), a text, TRUE or FALSE."""

    value: Fraction | str | bool


class ErrorValue(NamedTuple):
    """``#REF!`` and its like: a value of a cell, and a literal of a broken formula."""

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


class Name(NamedTuple):
    """A defined name, in lower case: names don't tell cases apart."""

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
    """What this reader does not evaluate: another workbook, an array, a table's column."""

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
    """Return the node with each part that it is applied to made anew; of a leaf, the leaf itself."""
    if isinstance(node, Unary):
        return Unary(node.op, made(node.operand))
    if isinstance(node, Binary):
        return Binary(node.op, made(node.left), made(node.right))
    if isinstance(node, Call):
        return Call(node.function, tuple(None if arg is None else made(arg) for arg in node.args))
    return node


def walk(node: Tree) -> list[Tree]:
    """Return the node and all below it."""
    found: list[Tree] = []
    rest: list[Tree] = [node]
    while rest:
        each = rest.pop()
        found.append(each)
        rest.extend(children(each))
    return found
