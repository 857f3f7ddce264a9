"""A formula in terms of names: unaffected by spaces, ``$``, inserted rows and other programs' spelling."""

from __future__ import annotations

from fractions import Fraction

from ...formula.nodes import Area, Binary, Call, Literal, Name, Tree, Unary, mapped
from ...formula.nodes import Cell as CellRef
from ...values.a1 import Place
from ..subject import Subject


def normal(node: Tree, subject: Subject, sheet: str) -> Tree:
    """Return the tree in terms of names: ``$D$7`` becomes ``won_deals``, a whole block its name."""
    if isinstance(node, CellRef):
        found = subject.where.get((node.sheet or sheet, node.row, node.col))
        if found is None:
            return CellRef(node.sheet or sheet, node.row, node.col)
        cell, row = found
        return Name(cell.name if row is None else f"{cell.name}[{row}]")
    if isinstance(node, Area):
        size = node.last_row - node.row + 1, node.last_col - node.col + 1
        name = subject.blocks.get(Place(node.sheet or sheet, node.row, node.col, *size))
        return Name(name) if name is not None else Area(node.sheet or sheet, *node[1:])
    if isinstance(node, Call) and node.function in _CONSTANTS and not node.args:
        return Literal(_CONSTANTS[node.function])  # LibreOffice writes FALSE()
    if (inner := _inner(node)) is not None:
        return normal(inner, subject, sheet)
    return mapped(node, lambda each: normal(each, subject, sheet))


def outermost(node: Tree) -> tuple[str, str, int]:
    """Return what the outermost part of a formula is in terms of names: formulas that are the same have it in common."""
    if (inner := _inner(node)) is not None:
        return outermost(inner)
    if isinstance(node, (CellRef, Area, Name)):
        return "place", "", 0
    if isinstance(node, Call) and not (node.function in _CONSTANTS and not node.args):
        return "call", node.function, len(node.args)
    return ("operator", node.op, 0) if isinstance(node, (Unary, Binary)) else ("literal", "", 0)


_CONSTANTS = {"TRUE": True, "FALSE": False}


def _inner(node: Tree) -> Tree | None:
    """Return what a formula gives that does nothing with it, whatever its cells hold: +x, IF(TRUE,x), and of a number x+0, x*1, --x."""
    if isinstance(node, Unary):
        if node.op == "+":
            return node.operand
        twice = node.op == "-" and isinstance(node.operand, Unary) and node.operand.op == "-"
        return node.operand.operand if twice and isinstance(node.operand, Unary) and _is_number(node.operand.operand) else None
    if isinstance(node, Call) and node.function == "IF" and len(node.args) > 1:
        asked = node.args[0]
        is_true = asked == Literal(True) or (isinstance(asked, Call) and asked.function == "TRUE")
        return node.args[1] if is_true else None
    if isinstance(node, Binary) and node.op in _NEUTRAL:
        neutral, either = _NEUTRAL[node.op]
        if _is(node.right, neutral) and _is_number(node.left):
            return node.left
        if either and _is(node.left, neutral) and _is_number(node.right):
            return node.right
    return None


_NEUTRAL = {"+": (0, True), "-": (0, False), "*": (1, True), "/": (1, False)}
"""What an operator does nothing with, on its right; and whether on its left, too."""

_NUMBERS = frozenset(["SUM", "ROUND", "ROUNDUP", "ROUNDDOWN", "COUNT", "COUNTA", "COUNTIF", "SUMIF", "SUMPRODUCT", "MAX", "MIN", "ABS", "INT"])  # fmt: skip
"""Functions that give a number or an error, whatever their cells hold."""


_MAKERS = _NUMBERS | {"AND", "OR", "NOT", "COUNTIFS", "SUMIFS", "ISNUMBER", "ISBLANK", "ISTEXT", "TEXT", "LEN"}
"""Functions that give no cell that they are given, but a value of their own."""


def is_made(node: Tree) -> bool:
    """Return whether a formula gives a value of its own, none of a cell that it refers to."""
    if isinstance(node, Unary):
        return node.op != "+" or is_made(node.operand)
    return isinstance(node, (Literal, Binary)) or (isinstance(node, Call) and node.function in _MAKERS)


def _is(node: Tree, number: int) -> bool:
    return isinstance(node, Literal) and type(node.value) is Fraction and node.value == number


def _is_number(node: Tree) -> bool:
    """Return whether a formula gives a number or an error: arithmetic with 0 or 1 then leaves it as it is, as it doesn't a text or a blank."""
    if isinstance(node, Literal):
        return type(node.value) is Fraction
    if isinstance(node, Unary):
        return node.op != "+" or _is_number(node.operand)
    if isinstance(node, Binary):
        return node.op in ("+", "-", "*", "/", "^")
    return isinstance(node, Call) and node.function in _NUMBERS
