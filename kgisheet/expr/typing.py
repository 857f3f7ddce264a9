"""Static checks of an expression: the names exist, the units fit, and each part is allowed in its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ..language.text import Text
from ..language.words import MARKS
from ..values import units
from .functions import TABLE
from .nodes import (
    AMOUNT_UNITS,
    ARITHMETIC,
    BLANK,
    COMPARISON,
    CONSTANTS,
    ROW,
    SPOKEN,
    Binary,
    Call,
    Name,
    Negative,
    Node,
    Number,
    Word,
)
from .parser import ExpressionError

_LOGICAL = ("and", "or", "not")


class Declared(NamedTuple):
    """The declaration of a cell, as far as an expression needs it: its unit, and its table (None: a single cell)."""

    unit: str
    table: str | None


class Scope:
    """The names and words an expression may use, and the table to whose row it belongs.

    ``around`` are tables of which that row knows its own row as well: for a channel's month, the month and the channel.
    ``units`` caches what was inferred: an operand is asked for several times, and cells share parts.
    """

    __slots__ = ("around", "cells", "table", "units", "words")

    def __init__(
        self, cells: Mapping[str, Declared], words: Mapping[str, Text], table: str | None, around: tuple[str, ...] = ()
    ) -> None:
        self.cells = cells
        self.words = words
        self.table = table
        self.around = around
        self.units: dict[Node, str] = {}


def infer(node: Node, scope: Scope) -> str:
    """Return the unit of ``node``; raise ExpressionError if something doesn't fit."""
    known = scope.units.get(node)
    if known is None:
        known = scope.units[node] = _inferred(node, scope)
    return known


def _inferred(node: Node, scope: Scope) -> str:
    if isinstance(node, Number):
        return units.NUMBER
    if isinstance(node, Word):
        if node.key not in scope.words:
            raise ExpressionError(
                Text(f"言葉 '{node.key}' が [words] にありません", f"the word '{node.key}' is not in [words]"), node.at
            )
        # A mark stands where a figure would, and says why there is none.
        return units.BLANK if node.key in MARKS else units.TEXT
    if isinstance(node, Name):
        return _name(node, scope)
    if isinstance(node, Negative):
        return _numeric(node.operand, scope)
    if isinstance(node, Binary):
        return _binary(node, scope)
    assert isinstance(node, Call)
    return _call(node, scope)


def _name(node: Name, scope: Scope) -> str:
    if node.id == BLANK:
        return units.BLANK
    if node.id == ROW:
        return units.NUMBER
    declared = _declared(node, scope)
    if declared.table not in (None, scope.table, *scope.around):
        raise ExpressionError(
            Text(
                f"{node.id} は表の列です。1つの値が必要なところでは sum({node.id}) のようにまとめてください",
                f"{node.id} is a table column; where one value is needed, sum({node.id}) or the like makes one",
            ),
            node.at,
        )
    return declared.unit


def _declared(node: Name, scope: Scope) -> Declared:
    declared = scope.cells.get(node.id)
    if declared is None:
        near = _nearest(node.id, scope.cells)
        hint = Text(f"({near} のことですか)", f" (do you mean {near}?)") if near else Text("", "")
        raise ExpressionError(
            Text(f"{node.id} という名前のセルはありません{hint.ja}", f"there is no cell named {node.id}{hint.en}"), node.at
        )
    return declared


def _nearest(name: str, cells: Mapping[str, Declared]) -> str | None:
    from difflib import get_close_matches

    found = get_close_matches(name, list(cells), 1)
    return found[0] if found else None


def _numeric(node: Node, scope: Scope) -> str:
    """Return the unit of an operand of arithmetic: a number, and not a choice, which might be blank."""
    if isinstance(node, Call) and (node.function == "if" or node.function in _LOGICAL):
        raise ExpressionError(
            Text(
                f"計算の中に {node.function} は書けません。if を外側にしてください",
                f"{node.function} is not allowed inside arithmetic; put the if outside",
            ),
            node.at,
        )
    unit = infer(node, scope)
    if unit not in units.NUMERIC:
        raise ExpressionError(Text(f"数値が必要なところに「{unit}」があります", f"a number is needed, not “{unit}”"), node.at)
    return unit


def _binary(node: Binary, scope: Scope) -> str:
    if node.op == "&":
        for side in (node.left, node.right):
            if infer(side, scope) != units.TEXT:
                raise ExpressionError(Text("& でつなげるのは文字だけです", "only texts can be joined with &"), side.at)
        return units.TEXT
    if node.op in COMPARISON:
        left, right = infer(node.left, scope), infer(node.right, scope)
        # Zero is zero of anything: a surplus in yen may be compared with 0.
        if _is_zero(node.right):
            right = left
        if units.common(left, right) is None or units.BLANK in (left, right):
            raise _mismatch(node, left, right)
        if units.TEXT in (left, right) and node.op not in ("=", "<>"):
            raise _mismatch(node, left, right)
        if left == units.TEXT and not isinstance(node.left, Word) and not isinstance(node.right, Word):
            raise ExpressionError(
                Text("文字は '言葉' とだけ比べられます", "a text can only be compared with a 'word'"), node.at
            )
        if left in units.NUMERIC:
            _numeric(node.left, scope)
            _numeric(node.right, scope)
        return units.TRUTH
    left, right = _numeric(node.left, scope), _numeric(node.right, scope)
    if node.op == "/" and _is_zero(node.right):
        raise ExpressionError(Text("0で割ることはできません", "nothing can be divided by 0"), node.right.at)
    if node.op not in ARITHMETIC:
        raise AssertionError(node.op)
    if node.op == "*":
        made = units.product(left, right)
    elif node.op == "/":
        made = units.quotient(left, right)
    else:
        made = units.common(left, right)
    if made is None:
        raise _mismatch(node, left, right)
    return made


def _is_zero(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 0


def _mismatch(node: Binary | Call, left: str, right: str) -> ExpressionError:
    joint = node.op if isinstance(node, Binary) else node.function
    return ExpressionError(
        Text(f"単位が合いません: {left} {joint} {right}", f"units don't fit: {left} {joint} {right}"), node.at
    )


def _call(node: Call, scope: Scope) -> str:
    for kind, arg in zip(TABLE[node.function].params, node.args, strict=True):
        _argument(node, kind, arg, scope)
    first = node.args[0]
    if node.function in ("and", "or", "not", "is_blank"):
        return units.TRUTH
    if node.function == "if":
        return _choice(node, scope)
    if node.function in ("money", "figure", "decimals", "percent", "listed"):
        return units.TEXT
    if node.function in SPOKEN:
        for needed in AMOUNT_UNITS:
            _declared(Name(needed, node.at), scope)
        return units.TEXT
    if node.function == "worded":
        return units.BLANK  # it is of whatever unit is asked for
    if node.function in _COUNTING:
        return units.NUMBER
    if node.function == "month_after":
        return units.MONTH
    if node.function == "sumproduct":
        pair = [_declared(arg, scope).unit for arg in node.args if isinstance(arg, Name)]
        made = units.product(*pair)
        if made is None:
            raise _mismatch(node, *pair)
        return made
    if node.function in ("min", "max"):
        left, right = (units.BLANK if _is_zero(arg) else _numeric(arg, scope) for arg in node.args)
        made = units.common(left, right)
        if made is None:
            raise _mismatch(node, left, right)
        return made
    if node.function in _AS_FIRST:
        assert isinstance(first, Name)
        return _declared(first, scope).unit
    return _numeric(first, scope)  # round, abs


def _choice(node: Call, scope: Scope) -> str:
    # Zero is zero of anything.
    left, right = (units.BLANK if _is_zero(arg) else infer(arg, scope) for arg in node.args[1:])
    made = units.common(left, right)
    if made is None:
        raise _mismatch(node, left, right)
    return made


def _argument(node: Call, kind: str, arg: Node, scope: Scope) -> None:
    ok = True
    if kind == "column":
        ok = isinstance(arg, Name) and arg.id not in CONSTANTS and _declared(arg, scope).table is not None
        if ok and node.function == "spread":
            assert isinstance(arg, Name)
            ok = _declared(arg, scope).table == scope.table
    elif kind == "cell":
        ok = isinstance(arg, Name) and arg.id not in CONSTANTS and bool(infer(arg, scope))
        if ok and node.function != "is_blank":
            _numeric(arg, scope)
    elif kind == "cell_of_any":
        ok = isinstance(arg, Name) and arg.id not in CONSTANTS and bool(infer(arg, scope))
    elif kind == "month":
        ok = isinstance(arg, Name) and _declared(arg, scope).unit == units.MONTH
    elif kind == "truth":
        ok = infer(arg, scope) == units.TRUTH
    elif kind == "word":
        ok = isinstance(arg, Word) and infer(arg, scope) == units.TEXT
    elif kind == "digits":
        ok = isinstance(arg, Number) and arg.value.denominator == 1 and 0 <= arg.value <= 9
    elif kind == "literal":
        ok = isinstance(arg, Number)
    elif kind == "number":
        _numeric(arg, scope)
    else:
        ok = infer(arg, scope) != units.TRUTH
    if not ok:
        raise ExpressionError(
            Text(
                f"{node.function} の引数には{_KIND[kind].ja}が要ります",
                f"{node.function} needs {_KIND[kind].en} here",
            ),
            arg.at,
        )


# Functions whose answer is a plain number, and those whose answer has the unit of their first argument.
_COUNTING = (
    "tally", "filled", "count_if", "count_above", "count_below", "log10",
    "tally_to_here", "part_tally", "tally_through", "where_largest", "place_in", "exp",
)  # fmt: skip
_AS_FIRST = (
    "sum", "sum_where", "spread", "rounded", "portion", "later", "wrapped", "at", "sum_to_here",
    "part_sum", "stage_sum", "sum_same", "sum_earlier", "sum_before", "recent_mean", "sum_through", "largest",
)  # fmt: skip

_KIND = {
    "month": Text("月のセルの名前", "the name of a cell with a month"),
    "column": Text("表の列の名前", "the name of a table column"),
    "cell_of_any": Text("セルの名前", "the name of a cell"),
    "cell": Text("セルの名前", "the name of a cell"),
    "truth": Text("条件", "a condition"),
    "word": Text("'言葉'", "a 'word'"),
    "digits": Text("0から9の整数", "a whole number from 0 to 9"),
    "literal": Text("数そのもの", "a number, written out"),
    "number": Text("数値", "a number"),
    "any": Text("値", "a value"),
}
