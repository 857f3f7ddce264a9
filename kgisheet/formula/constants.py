"""Defined names that hold a constant, ``=0.1`` or ``="FY26"``, and its value."""

from __future__ import annotations

from .nodes import ErrorValue, Literal, Unary
from .parser import FormulaError, parse
from .values import REFERENCE_ERROR, Value

_LONGEST = 300


def constant(text: str) -> Value:
    """Return the value of a name's text; None where it is more than a constant, #REF! where what it referred to is gone."""
    if "#REF!" in text:
        return REFERENCE_ERROR
    if len(text) > _LONGEST:
        return None
    try:
        node = parse(text)
    except FormulaError:
        return None
    sign = 1
    while isinstance(node, Unary) and node.op in "+-":
        sign, node = (-sign if node.op == "-" else sign), node.operand
    hundredth = isinstance(node, Unary) and node.op == "%"
    node = node.operand if isinstance(node, Unary) else node
    if isinstance(node, ErrorValue):
        return node
    if not isinstance(node, Literal):
        return None
    if isinstance(node.value, (str, bool)):
        return node.value if sign == 1 and not hundredth else None
    return sign * node.value / (100 if hundredth else 1)
