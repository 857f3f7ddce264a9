"""A formula in terms of names: unaffected by spaces, ``$``, inserted rows and other programs' spelling."""

from __future__ import annotations

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
    if isinstance(node, Unary) and node.op == "+":
        return normal(node.operand, subject, sheet)
    if isinstance(node, Call) and node.function in _CONSTANTS and not node.args:
        return Literal(_CONSTANTS[node.function])  # LibreOffice writes FALSE()
    return mapped(node, lambda each: normal(each, subject, sheet))


def outermost(node: Tree) -> tuple[str, str, int]:
    """Return what the outermost part of a formula is in terms of names: formulas that are the same have it in common."""
    if isinstance(node, Unary) and node.op == "+":
        return outermost(node.operand)
    if isinstance(node, (CellRef, Area, Name)):
        return "place", "", 0
    if isinstance(node, Call) and not (node.function in _CONSTANTS and not node.args):
        return "call", node.function, len(node.args)
    return ("operator", node.op, 0) if isinstance(node, (Unary, Binary)) else ("literal", "", 0)


_CONSTANTS = {"TRUE": True, "FALSE": False}
