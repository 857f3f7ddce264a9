"""What a hand may do to a formula: every small edit of a tree, written out again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from kgisheet.formula.nodes import Area, Binary, Call, Cell, ErrorValue, Literal, Name, Tree, Unary, Unknown
from kgisheet.values.a1 import address, quoted_sheet


class Mutant(NamedTuple):
    kind: str
    text: str


ROUNDERS = ("ROUNDUP", "ROUND", "ROUNDDOWN")
LOOSEST = {**dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), 1), "&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5}
COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}


def written(node: Tree) -> str:
    """The text of a tree, without its ``=``."""
    match node:
        case Literal(bool() as value):
            return str(value).upper()
        case Literal(str() as value):
            return '"' + value.replace('"', '""') + '"'
        case Literal(value):
            assert isinstance(value, Fraction)
            return str(value.numerator) if value.denominator == 1 else repr(float(value))
        case Cell(sheet, row, col):
            return (f"{quoted_sheet(sheet)}!" if sheet else "") + address(row, col)
        case Area(sheet, row, col, last_row, last_col):
            return (f"{quoted_sheet(sheet)}!" if sheet else "") + f"{address(row, col)}:{address(last_row, last_col)}"
        case Name(name):
            return name
        case Unary("%", operand):
            return f"({written(operand)})%"
        case Unary(op, operand):
            return f"{op}({written(operand)})"
        case Binary(op, left, right):
            return f"{_bracketed(left, LOOSEST[op])}{op}{_bracketed(right, LOOSEST[op] + 1)}"
        case Call(function, args):
            return f"{function}({','.join('' if arg is None else written(arg) for arg in args)})"
        case ErrorValue(text) | Unknown(text):
            return text


def _bracketed(node: Tree, least: int) -> str:
    inside = isinstance(node, Binary) and LOOSEST[node.op] < least
    return f"({written(node)})" if inside else written(node)


Replace = Callable[[Tree], Tree]


def _spots(node: Tree, put: Replace) -> Iterator[tuple[Tree, Replace]]:
    """Every part of a tree, with the function that puts another in its place."""
    yield node, put
    match node:
        case Unary(op, operand):
            yield from _spots(operand, lambda new: put(Unary(op, new)))
        case Binary(op, left, right):
            yield from _spots(left, lambda new: put(Binary(op, new, right)))
            yield from _spots(right, lambda new: put(Binary(op, left, new)))
        case Call(function, args):
            for index, arg in enumerate(args):
                if arg is not None:
                    yield from _spots(
                        arg, lambda new, index=index: put(Call(function, (*args[:index], new, *args[index + 1 :])))
                    )  # type: ignore[misc]


Alike = Callable[[Tree], list[Tree]]
"""The references that a hand may take for another: neighbours, and what is of like unit."""


def mutants(tree: Tree, alike: Alike) -> Iterator[Mutant]:
    """Every small edit of a formula; each text once."""
    seen = {written(tree)}
    for part, put in _spots(tree, lambda new: new):
        for kind, new in _edits(part, alike):
            text = written(put(new))
            if text not in seen:
                seen.add(text)
                yield Mutant(kind, "=" + text)


def _edits(node: Tree, alike: Alike) -> Iterator[tuple[str, Tree]]:
    match node:
        case Literal(str() as value):
            yield "a text changed", Literal(value + "。" if value else "―")
        case Literal(value) if not isinstance(value, bool):
            for new in dict.fromkeys((value + 1, value - 1, value * 10)):
                yield "a constant changed", Literal(new)
        case Cell() | Name() | Area():
            for other in alike(node):
                yield f"another {type(node).__name__.lower()}", other
        case Binary(op, left, right):
            yield from _operators(op, left, right)
        case Call(function, args) if None not in args:
            yield from _calls(function, args)  # type: ignore[arg-type]


def _operators(op: str, left: Tree, right: Tree) -> Iterator[tuple[str, Tree]]:
    if op in COMPARED:
        yield "a comparison", Binary(COMPARED[op], left, right)
        if op in ("<", "<=", ">", ">="):
            yield "a comparison turned", Binary(op.translate(str.maketrans("<>", "><")), left, right)
    if op in "+-":
        yield "sign flipped", Binary("-" if op == "+" else "+", left, right)
        yield "term doubled", Binary(op, left, Binary("*", Literal(Fraction(2)), right))
        yield "term dropped", left
        if op == "+":
            yield "first term dropped", right
    if op in "*/":
        yield "× and ÷", Binary("/" if op == "*" else "*", left, right)
        yield "factor dropped", left
        if op == "*":
            yield "first factor dropped", right
    if op == "&":
        yield "a text dropped", left


def _calls(function: str, args: tuple[Tree, ...]) -> Iterator[tuple[str, Tree]]:
    if function in ROUNDERS:
        for other in ROUNDERS:
            if other != function:
                yield "another rounding", Call(other, args)
        yield "INT for a rounding", Call("INT", args[:1])
        yield "CEILING for a rounding", Call("CEILING", (args[0], Literal(Fraction(1))))
        yield "rounding dropped", args[0]
    if function in ("MAX", "MIN"):
        yield "MAX and MIN", Call("MIN" if function == "MAX" else "MAX", args)
        if len(args) > 1:
            yield from ((f"{function} dropped", each) for each in args)
    if function in ("AND", "OR"):
        yield "AND and OR", Call("OR" if function == "AND" else "AND", args)
        for index in range(len(args)):
            kept = args[:index] + args[index + 1 :]
            if kept:
                yield "a condition dropped", Call(function, kept)
    if function == "IF" and len(args) == 3:
        yield "guard dropped", args[1]
        yield "branches swapped", Call("IF", (args[0], args[2], args[1]))
        if args[2] != Literal(""):
            yield "the other branch", args[2]
    if function in ("SUM", "COUNT") and len(args) == 1 and isinstance(args[0], Area):
        area = args[0]
        if area.last_row > area.row:
            yield "range shortened", Call(function, (area._replace(last_row=area.last_row - 1),))
            yield "range begins later", Call(function, (area._replace(row=area.row + 1),))
        yield "range lengthened", Call(function, (area._replace(last_row=area.last_row + 1),))
    if function in ("COUNT", "SUM") and len(args) > 1:
        for index in range(len(args)):
            yield "an argument dropped", Call(function, args[:index] + args[index + 1 :])
    if function == "NOT":
        yield "NOT dropped", args[0]
    if function == "COUNT":
        yield "COUNTA for COUNT", Call("COUNTA", args)
    if function == "SUMIF" and len(args) == 3:
        yield "SUMIF made SUM", Call("SUM", args[2:])
