"""Tree → JavaScript, for the page that works out a plan before Python is there (web/page/exact.js, web/page/sheet.js).

The code asks the same questions as the formula and the exact value (``guard``), in whole fractions of BigInt: a figure on
the page is the one in the workbook. ``v`` is the sheet as one cell sees it, ``q`` the arithmetic.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from ..guard import needs
from ..nodes import BLANK, COMPARISON, ROW, Binary, Call, Name, Negative, Node, Number, Word


def code(node: Node) -> str:
    """Return an expression of JavaScript for the value of ``node``: a fraction, a text, or null."""
    if isinstance(node, Call) and node.function == "if":
        yes, no = (code(each) for each in node.args[1:])
        return f"({_truth(node.args[0])}?{yes}:{no})"
    if isinstance(node, Name):
        return "null" if node.id == BLANK else _name(node)
    if isinstance(node, Word):
        return _word(node)
    asked = _asked(node)
    return f"({'&&'.join(asked)}?{_plain(node)}:null)" if asked else _plain(node)


def _asked(node: Node) -> list[str]:
    """Return the conditions without which the value is blank, a divisor within a divisor first."""
    asked = needs(node)
    found = [f"v.has({','.join(map(_text, asked.cells))})"] if asked.cells else []
    found += [f"v.any({_text(name)})" for name in asked.columns]
    found += [f"q.filled({_rows(call)})" for call in asked.parts]
    return found + [f"q.above({_plain(part)})" for part in reversed(asked.positive)]


def _rows(node: Call) -> str:
    """Return the rows that a call over part of a column covers."""
    if node.function != "recent_mean":
        return f"v.part({_column(node)})"
    return f"v.recent({_column(node)},{_plain(node.args[1])})"


def _truth(node: Node) -> str:
    if isinstance(node, Call):
        if node.function in ("and", "or"):
            sign = "&&" if node.function == "and" else "||"
            return f"({_truth(node.args[0])}{sign}{_truth(node.args[1])})"
        if node.function == "not":
            return f"!{_truth(node.args[0])}"
        return f"q.isBlank({_plain(node.args[0])})"
    assert isinstance(node, Binary)
    return f"q.compare({_text(node.op)},{code(node.left)},{code(node.right)})"


_ARITHMETIC = {"+": "add", "-": "less", "*": "times", "/": "over", "&": "join"}


def _plain(node: Node) -> str:
    """Return the value without the questions."""
    if isinstance(node, Name):
        return _name(node)
    if isinstance(node, Binary):
        assert node.op not in COMPARISON, "a condition is not a value"
        return f"q.{_ARITHMETIC[node.op]}({_plain(node.left)},{_plain(node.right)})"
    if isinstance(node, Call):
        return CALLS[node.function](node)
    if isinstance(node, Number):
        below = f",{node.value.denominator}n" if node.value.denominator != 1 else ""
        return f"q.of({node.value.numerator}n{below})"
    if isinstance(node, Word):
        return _word(node)
    assert isinstance(node, Negative)
    return f"q.less(q.ZERO,{_plain(node.operand)})"


def _name(node: Name) -> str:
    return "v.row()" if node.id == ROW else f"v.cell({_text(node.id)})"


def _word(node: Word) -> str:
    return f"v.word({_text(node.key)})"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=True)


def _column(node: Call) -> str:
    """Return the column that a call is over: of several arguments the first one that names it."""
    return _text(next(arg.id for arg in node.args[node.function == "portion" :] if isinstance(arg, Name)))


def _argument(node: Call, at: int) -> str:
    return _plain(node.args[at])


def _named(node: Call) -> str:
    return ",".join(_text(arg.id) for arg in node.args if isinstance(arg, Name))


def _of_values(function: str) -> Callable[[Call], str]:
    return lambda node: f"q.{function}({','.join(map(_plain, node.args))})"


def _of_names(function: str) -> Callable[[Call], str]:
    """Return a call of the sheet with the names of columns and cells."""
    return lambda node: f"v.{function}({_named(node)})"


def _of_column(function: str) -> Callable[[Call], str]:
    """Return a call of the sheet with a column, and the values of the other arguments."""
    return lambda node: f"v.{function}({','.join([_column(node), *map(_plain, node.args[1:])])})"


def _over(function: str, where: str) -> Callable[[Call], str]:
    return lambda node: f"q.{function}(v.{where}({_column(node)}))"


def _condition(node: Call) -> str:
    raise AssertionError(f"{node.function} is a condition, no value")


CALLS: dict[str, Callable[[Call], str]] = {
    "if": code,
    "rounded": lambda node: f"q.rounded({_argument(node, 0)},v.mode())",
    "and": _condition,
    "or": _condition,
    "not": _condition,
    "is_blank": _condition,
    "sum": _over("sum", "column"),
    "tally": _over("tally", "column"),
    "filled": _over("typed", "column"),
    "sumproduct": _of_names("sumproduct"),
    "count_above": _of_column("countAbove"),
    "count_below": _of_column("countBelow"),
    "count_if": _of_column("countIf"),
    "sum_where": _of_names("sumWhere"),
    "spread": lambda node: f"v.spread({_argument(node, 0)},{_argument(node, 1)},{_text(_id(node.args[1]))})",
    "portion": lambda node: f"v.portion({_argument(node, 0)},{_column(node)},{_argument(node, 2)},{_argument(node, 3)})",
    "month_after": lambda node: f"q.monthAfter({_argument(node, 0)},v.row())",
    "later": _of_column("later"),
    "wrapped": _of_column("wrapped"),
    "at": _of_column("at"),
    "sum_to_here": _over("sum", "downToHere"),
    "tally_to_here": _over("tally", "downToHere"),
    "part_sum": lambda node: f"q.sum({_rows(node)})",
    "part_tally": lambda node: f"q.tally({_rows(node)})",
    "sum_earlier": _over("sum", "earlier"),
    "sum_before": _over("sum", "before"),
    "recent_mean": lambda node: f"q.mean({_rows(node)})",
    "sum_through": lambda node: f"q.sum(v.through({_column(node)},{_argument(node, 1)}))",
    "tally_through": lambda node: f"q.tally(v.through({_column(node)},{_argument(node, 1)}))",
    "largest": _over("largest", "column"),
    "stage_sum": _over("sum", "stages"),
    "sum_same": _of_names("sumSame"),
    "place_in": lambda node: f"v.placeIn({_argument(node, 0)},{_text(_id(node.args[1]))})",
    "where_largest": _over("whereLargest", "column"),
    "round": _of_values("round"),
    "min": _of_values("min"),
    "max": _of_values("max"),
    "abs": _of_values("abs"),
    "root": _of_values("root"),
    "exp": _of_values("exp"),
    "log10": _of_values("log10"),
    "money": lambda node: f"v.money({_argument(node, 0)})",
    "amount": lambda node: f"v.amount({_argument(node, 0)},{_argument(node, 1)})",
    "spoken": lambda node: f"v.spoken({_argument(node, 0)})",
    "worded": lambda node: f"q.number({_argument(node, 0)})",
    "figure": _of_values("figure"),
    "percent": _of_values("percent"),
    "listed": lambda node: f"v.listed({code(node.args[0])})",
    "decimals": _of_values("trimmed"),
}


def _id(node: Node) -> str:
    assert isinstance(node, Name)
    return node.id
