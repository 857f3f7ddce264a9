"""Tree → value, in rational arithmetic: 21 ÷ 0.35 is 60, not 60.00000000000001.

A value is a Fraction (numbers), a str (texts) or None (blank). A comparison
with a blank is false; arithmetic with a blank, or by a divisor that is not
above zero, is blank: the same questions as in the formula (``guard``).
"""

from __future__ import annotations

import calendar
import datetime
import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from ...values import budget
from ...values.rounding import half_up, whole
from ..guard import needs
from ..nodes import AMOUNT_UNITS, BLANK, COMPARISON, ROW, Binary, Call, Name, Negative, Node, Number, Word
from . import written
from .figures import EPOCH, Figures, Value, day_of

# The class of a number is asked for by its type: `isinstance` takes ten times as long to deny it of what is blank,
# since Fraction is an abstract class's, and half of a sheet is.


def evaluate(node: Node, figures: Figures) -> Value:
    """Return the value of ``node``, blank if any operand is missing."""
    while isinstance(node, Call) and node.function == "if":
        node = node.args[1 if _truth(node.args[0], figures) else 2]
    if isinstance(node, Name):
        return None if node.id == BLANK else _name(node, figures)
    if isinstance(node, Word):
        return figures.word(node.key)
    return _plain(node, figures) if _present(node, figures) else None


def _name(node: Name, figures: Figures) -> Value:
    return Fraction(figures.row()) if node.id == ROW else figures.cell(node.id)


def _present(node: Node, figures: Figures) -> bool:
    asked = needs(node)
    for name in asked.cells:
        if type(figures.cell(name)) is not Fraction:
            return False
    for name in asked.columns:
        if not _numbers(figures.column(name)):
            return False
    for call in asked.parts:
        if not _numbers(_rows(call, figures)):
            return False
    # A divisor may itself be a quotient: the innermost first.
    return all(_number(part, figures).numerator > 0 for part in reversed(asked.positive))


def _rows(node: Call, figures: Figures) -> Sequence[Value]:
    """Return the rows that a call over part of a column covers."""
    column = _column(node)
    if node.function != "recent_mean":
        return figures.part(column)
    return figures.down_to_here(column)[-int(_number(node.args[1], figures)) :]


def _truth(node: Node, figures: Figures) -> bool:
    if isinstance(node, Call):
        if node.function == "and":
            return _truth(node.args[0], figures) and _truth(node.args[1], figures)
        if node.function == "or":
            return _truth(node.args[0], figures) or _truth(node.args[1], figures)
        if node.function == "not":
            return not _truth(node.args[0], figures)
        return _plain(node.args[0], figures) in (None, "")  # is_blank
    assert isinstance(node, Binary)
    left, right = evaluate(node.left, figures), evaluate(node.right, figures)
    if type(left) is Fraction and type(right) is Fraction:
        return COMPARE[node.op](left, right)
    if type(left) is Fraction or type(right) is Fraction:
        return False  # a number against nothing, or against a text
    if node.op == "=":
        return (left or "") == (right or "") and isinstance(left or right or "", str)
    if node.op == "<>":
        return isinstance(left, str) != isinstance(right, str) or (isinstance(left, str) and left != right)
    return False


COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _numbers(values: Sequence[Value]) -> list[Fraction]:
    return [value for value in values if type(value) is Fraction]


def _number(node: Node, figures: Figures) -> Fraction:
    value = _plain(node, figures)
    assert type(value) is Fraction, node
    return value


def _plain(node: Node, figures: Figures) -> Value:
    """Return the value without guards: `_present` has checked them."""
    if isinstance(node, Name):
        return _name(node, figures)
    if isinstance(node, Binary):
        return _calculated(node, figures)
    if isinstance(node, Call):
        return CALLS[node.function](node, figures)
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Word):
        return figures.word(node.key)
    assert isinstance(node, Negative)
    return -_number(node.operand, figures)


def _calculated(node: Binary, figures: Figures) -> Value:
    op = node.op
    if op == "&":
        made = f"{_plain(node.left, figures) or ''}{_plain(node.right, figures) or ''}"
        if len(made) > _FREE_TEXT:
            budget.spend(budget.CHARACTERS, len(made))
        return made
    assert op not in COMPARISON, "a condition is not a value"
    left, right = _number(node.left, figures), _number(node.right, figures)
    found = left / right if op == "/" else left * right if op == "*" else left + right if op == "+" else left - right
    # A template comes with a workbook, from anywhere: a chain of squares has twice as many digits in each cell.
    if (bits := found.numerator.bit_length() + found.denominator.bit_length()) > budget.FREE_BITS:
        budget.of_digits(bits)
    return found


_FREE_TEXT = 1000
"""Characters of a text that costs nothing: no sentence of ours is as long."""


def _mode(figures: Figures) -> str:
    said = figures.cell("rounding")
    for mode in ("down", "nearest", "none"):
        if said == figures.word(mode):
            return mode
    return "up"


def _rounded(node: Call, figures: Figures) -> Value:
    value = _plain(node.args[0], figures)
    return whole(value, _mode(figures)) if isinstance(value, Fraction) else None


def _spread(node: Call, figures: Figures) -> Value:
    total, share = _number(node.args[0], figures), _number(node.args[1], figures)
    if _mode(figures) == "none":
        return total * share
    column = node.args[1]
    assert isinstance(column, Name)
    through = sum(_numbers(figures.down_to_here(column.id)), Fraction(0))
    return whole(total * through, "nearest") - whole(total * (through - share), "nearest")


def _portion(node: Call, figures: Figures) -> Value:
    column = _column(node)
    total, whole_, start = (_number(node.args[at], figures) for at in (0, 2, 3))
    weight = _as_number(figures.down_to_here(column)[-1])
    if _mode(figures) == "none":
        return total * weight / whole_
    through = sum(_numbers(figures.down_to_here(column)), Fraction(0))
    return whole(start + total * through / whole_, "nearest") - whole(start + total * (through - weight) / whole_, "nearest")


def _as_number(value: Value) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(0)


def _column(node: Call) -> str:
    return next(arg.id for arg in node.args[node.function == "portion" :] if isinstance(arg, Name))


def _rows_below(node: Call, figures: Figures) -> tuple[int, Sequence[Value]]:
    """Return how far below the first row a call looks, and the column."""
    return figures.row() - 1 + int(_number(node.args[1], figures)), figures.column(_column(node))


def _later(node: Call, figures: Figures) -> Value:
    at, values = _rows_below(node, figures)
    return _as_number(values[at]) if at < len(values) else Fraction(0)


def _wrapped(node: Call, figures: Figures) -> Value:
    at, values = _rows_below(node, figures)
    return _as_number(values[at % len(values)]) if at >= len(values) else Fraction(0)


def _at(node: Call, figures: Figures) -> Value:
    at, values = int(_number(node.args[1], figures)), figures.column(_column(node))
    return values[at - 1] if 1 <= at <= len(values) else None


def _month_after(node: Call, figures: Figures) -> Value:
    """Return the serial number of the same day so many months later."""
    start = day_of(_number(node.args[0], figures))
    if start is None:
        return None
    year, month = divmod(start.year * 12 + start.month - 1 + figures.row() - 1, 12)
    if year > datetime.MAXYEAR:
        return None  # nor has a spreadsheet such a date
    last = calendar.monthrange(year, month + 1)[1]
    return Fraction((datetime.date(year, month + 1, min(start.day, last)) - EPOCH).days)


def _sum_of(rows: Callable[[Call, Figures], Sequence[Value]]) -> Callable[[Call, Figures], Value]:
    return lambda node, figures: sum(_numbers(rows(node, figures)), Fraction(0))


def _tally_of(rows: Callable[[Call, Figures], Sequence[Value]]) -> Callable[[Call, Figures], Value]:
    return lambda node, figures: Fraction(len(_numbers(rows(node, figures))))


def _to_here(node: Call, figures: Figures) -> Sequence[Value]:
    return figures.down_to_here(_column(node))


def _through(node: Call, figures: Figures) -> Sequence[Value]:
    return figures.column(_column(node))[: max(0, int(_number(node.args[1], figures)))]


def _recent_mean(node: Call, figures: Figures) -> Value:
    values = _numbers(_rows(node, figures))
    return sum(values, Fraction(0)) / len(values)


def _where_largest(node: Call, figures: Figures) -> Value:
    values = list(figures.column(_column(node)))
    return Fraction(values.index(max(_numbers(values))) + 1)


def _sum_same(node: Call, figures: Figures) -> Value:
    summed, first, one, second, other = (arg.id for arg in node.args if isinstance(arg, Name))
    wanted = _folded(figures.cell(one)), _folded(figures.cell(other))
    rows = zip(figures.column(summed), figures.column(first), figures.column(second), strict=True)
    return sum(_numbers([each for each, a, b in rows if (_folded(a), _folded(b)) == wanted]), Fraction(0))


def _folded(value: Value) -> Value:
    """Return a text as spreadsheets compare it: ignoring case."""
    return value.casefold() if isinstance(value, str) else value


def _place_in(node: Call, figures: Figures) -> Value:
    own, column = _number(node.args[0], figures), node.args[1]
    assert isinstance(column, Name)
    return Fraction(1 + sum(each > own for each in _numbers(figures.column(column.id))))


def _columns(node: Call, figures: Figures) -> list[Sequence[Value]]:
    return [figures.column(arg.id) for arg in node.args if isinstance(arg, Name)]


def _sum(node: Call, figures: Figures) -> Value:
    return sum(_numbers(_columns(node, figures)[0]), Fraction(0))


def _sum_where(node: Call, figures: Figures) -> Value:
    summed, asked = _columns(node, figures)
    rows = zip(summed, asked, strict=True)
    return sum(_numbers([a for a, b in rows if isinstance(b, Fraction) and b > 0]), Fraction(0))


def _sumproduct(node: Call, figures: Figures) -> Value:
    rows = zip(*_columns(node, figures), strict=True)
    return sum((a * b for a, b in rows if isinstance(a, Fraction) and isinstance(b, Fraction)), Fraction(0))


def _count_if(node: Call, figures: Figures) -> Value:
    wanted = _plain(node.args[1], figures)
    return Fraction(sum(value == wanted for value in _columns(node, figures)[0]))


def _money(node: Call, figures: Figures) -> Value:
    per = figures.cell("unit_yen")
    assert isinstance(per, Fraction)
    return written.money(_number(node.args[0], figures), per, str(figures.cell("display_unit") or ""), figures.word)


def _amount(node: Call, figures: Figures) -> Value:
    return written.amount(_number(node.args[0], figures), _number(node.args[1], figures), *_units(figures), figures.word)


def _spoken(node: Call, figures: Figures) -> Value:
    return written.spoken(_number(node.args[0], figures), *_units(figures), figures.word)


def _units(figures: Figures) -> tuple[written.SpokenUnit[Fraction], written.SpokenUnit[Fraction]]:
    large, small, large_name, small_name = (figures.cell(name) for name in AMOUNT_UNITS)
    assert isinstance(large, Fraction)
    assert isinstance(small, Fraction)
    return written.SpokenUnit(large, str(large_name)), written.SpokenUnit(small, str(small_name))


def _worded(node: Call, figures: Figures) -> Value:
    word = node.args[0]
    assert isinstance(word, Word)
    return Fraction(figures.word(word.key))


def _listed(node: Call, figures: Figures) -> Value:
    return written.listed(str(evaluate(node.args[0], figures) or ""), figures.word)


def _written(write: Callable[[Fraction], str]) -> Callable[[Call, Figures], Value]:
    return lambda node, figures: write(_number(node.args[0], figures))


def _over(above: bool) -> Callable[[Call, Figures], Value]:
    """Return how many numbers of a column are above, or below, a literal number."""

    def count(node: Call, figures: Figures) -> Value:
        bound = _number(node.args[1], figures)
        numbers = _numbers(_columns(node, figures)[0])
        return Fraction(sum(each > bound if above else each < bound for each in numbers))

    return count


def _log10(node: Call, figures: Figures) -> Value:
    return half_up(Fraction(math.log10(_number(node.args[0], figures))), 4)


def _round(node: Call, figures: Figures) -> Value:
    return half_up(_number(node.args[0], figures), int(_number(node.args[1], figures)))


def _condition(node: Call, _: Figures) -> Value:
    raise AssertionError(f"{node.function} is a condition, no value")


CALLS: dict[str, Callable[[Call, Figures], Value]] = {
    "if": evaluate,
    "rounded": _rounded,
    "and": _condition,
    "or": _condition,
    "not": _condition,
    "is_blank": _condition,
    "sum": _sum,
    "tally": lambda node, figures: Fraction(len(_numbers(_columns(node, figures)[0]))),
    "filled": lambda node, figures: Fraction(sum(each not in (None, "") for each in _columns(node, figures)[0])),
    "sumproduct": _sumproduct,
    "count_above": _over(True),
    "count_below": _over(False),
    "count_if": _count_if,
    "sum_where": _sum_where,
    "spread": _spread,
    "portion": _portion,
    "month_after": _month_after,
    "later": _later,
    "wrapped": _wrapped,
    "at": _at,
    "sum_to_here": _sum_of(_to_here),
    "tally_to_here": _tally_of(_to_here),
    "part_sum": _sum_of(_rows),
    "part_tally": _tally_of(_rows),
    "sum_earlier": _sum_of(lambda node, figures: figures.earlier(_column(node))),
    "sum_before": _sum_of(lambda node, figures: figures.before(_column(node))),
    "recent_mean": _recent_mean,
    "sum_through": _sum_of(_through),
    "tally_through": _tally_of(_through),
    "largest": lambda node, figures: max(_numbers(_columns(node, figures)[0])),
    "where_largest": _where_largest,
    "place_in": _place_in,
    "sum_same": _sum_same,
    "stage_sum": lambda node, figures: sum(_numbers(figures.stages(_column(node))), Fraction(0)),
    "round": _round,
    "min": lambda node, figures: min(_number(arg, figures) for arg in node.args),
    "max": lambda node, figures: max(_number(arg, figures) for arg in node.args),
    "abs": lambda node, figures: abs(_number(node.args[0], figures)),
    "log10": _log10,
    # Of these no program has more than binary digits either.
    "root": lambda node, figures: Fraction(math.sqrt(max(Fraction(0), _number(node.args[0], figures)))),
    "exp": lambda node, figures: Fraction(math.exp(min(Fraction(700), _number(node.args[0], figures)))),
    "money": _money,
    "amount": _amount,
    "spoken": _spoken,
    "worded": _worded,
    "figure": _written(written.figure),
    "percent": _written(written.percent),
    "listed": _listed,
    "decimals": _written(written.trimmed),
}
