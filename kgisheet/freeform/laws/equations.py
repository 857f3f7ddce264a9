"""Equations that are laid out in cells: 90,000 | ÷ | 3,000 | → | 30, along a row or with the signs down a column of their own.

What comes of one line is carried to the next one that begins with the same label, or goes on where it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...values.regex import regex
from ..read.plane import Spot
from .judge import Law, parted, shared
from .law import PRODUCT, RATIO, SAME, SUM, Case
from .tables import Tables, Value

_SIGNS = {"×": "×", "✕": "×", "x": "×", "*": "×", "÷": "÷", "/": "÷", "+": "+", "-": "−", "−": "−", "–": "−"}
_MAKES = regex(r"[=→⇒➡➔▶►]|=>|->|=\s*→")
_COMES_OF = regex(r"[=←⇐]|<=|<-")
_TWO, _MOST = 2, 4


class _Equation(NamedTuple):
    """The case of some figures with signs between them, its first figure and its result."""

    case: Case
    first: Value
    result: Value


def equations(tables: Tables) -> Iterator[Law]:
    """Yield the equations of a sheet, and what is carried from one to the next; nothing where most don't hold."""
    every = [*_along_rows(tables), *_down_columns(tables)]
    cases = [each.case for each in every if not each.case.is_made_otherwise]
    held, failed = parted(cases)
    carried = parted(_carried(tables, every))
    # Two that fail, or one and what is carried on from it, are by the cell that they have in common.
    both = [*failed, *carried[1]]
    if len(held) > len(failed) or (held and len(failed) <= len(both) == _TWO and shared(both)):
        for kind, many in dict.fromkeys((each.kind, len(each.cells)) for each in cases):
            own = [tuple(each for each in some if (each.kind, len(each.cells)) == (kind, many)) for some in (held, failed)]
            yield Law(kind, *own)
        if carried[0] or len(carried[1]) == 1:
            yield Law(SAME, tuple(carried[0]), tuple(carried[1]))


def _along_rows(tables: Tables) -> Iterator[_Equation]:
    """Yield the equations along rows, each figure and each sign in a cell of its own."""
    rows = tables.cells.page.plane.rows
    for row, spots in rows.items():
        if any(each.flat in _SIGNS for each in spots if each.text):
            yield from _read([tables.values.get((row, each.col)) or each.flat for each in spots])
        above = [each for each in rows.get(row - 1, ()) if each.flat in _SIGNS or _MAKES.fullmatch(each.flat)]
        # 売上 | ＝ | 客数 | × | 単価, and below them the figures.
        if above and not any((row - 1, each.col) in tables.values for each in rows[row - 1]) and any(map(_is_sign, above)):
            own = {each.col: tables.values.get((row, each.col)) or each.flat for each in spots}
            tokens = {**{each.col: each.flat for each in above}, **own}
            yield from _read([tokens[col] for col in sorted(tokens)])


def _is_sign(spot: Spot) -> bool:
    return spot.flat in _SIGNS


def _down_columns(tables: Tables) -> Iterator[_Equation]:
    """Yield the equations down a column, whose signs are in the column before their figures."""
    signs: dict[int, int] = {}
    for row, col in tables.values:
        before = tables.texts.get((row, col - 1))
        if before is not None and before.flat in _SIGNS and (row, col - 2) not in tables.values:
            signs[col] = signs.get(col, 0) + 1
    for col, many in signs.items():
        tokens: list[Value | str] = []
        last = None
        for row, at in sorted(tables.values):
            if at != col or many < _TWO:
                continue
            before = tables.texts.get((row, col - 1))
            sign = before.flat if before is not None else ""
            if last is not None and row - last > _TWO:
                tokens.append("")
            tokens += [sign if sign in _SIGNS or _MAKES.fullmatch(sign) else "", tables.values[row, at]]
            last = row
        yield from _read(tokens)


def _read(tokens: Sequence[Value | str]) -> Iterator[_Equation]:
    """Yield the equations in a row of figures and signs: what one makes may begin the next one."""
    terms: list[Value] = []
    signs: list[str] = []
    made: Value | None = None  # of what follows: 20 ← 100 × 20 %
    waiting = ""
    for each in (*tokens, ""):
        if isinstance(each, Value):
            if waiting == "=":
                equation = _made(each, terms, signs)
                if equation is not None:
                    yield equation
                terms, signs = [each], []
            elif waiting and terms:
                terms.append(each)
                signs.append(waiting)
            else:
                terms, signs, made = [each], [], made if not terms else None
            waiting = ""
        elif each in _SIGNS and terms and not waiting:
            waiting = _SIGNS[each]
        elif len(terms) == 1 and not waiting and _COMES_OF.fullmatch(each):
            made, terms, signs = terms[0], [], []
        elif len(terms) > 1 and not waiting and _MAKES.fullmatch(each):
            waiting = "="
        else:
            equation = _made(made, terms, signs) if made is not None else None
            if equation is not None:
                yield equation
            terms, signs, made, waiting = [], [], None, ""


def _made(result: Value, terms: Sequence[Value], signs: Sequence[str]) -> _Equation | None:
    """Return the equation of some figures with signs between them; None where these mix sums with products."""
    if not 1 < len(terms) <= _MOST or not all(each.number for each in terms):
        return None
    if all(each == "×" for each in signs):
        case = Case(PRODUCT, result, tuple(terms))
    elif list(signs) == ["÷"]:
        case = Case(RATIO, result, tuple(terms))
    elif all(each in "+−" for each in signs):
        case = Case(SUM, result, tuple(terms), signs=(1, *(1 if each == "+" else -1 for each in signs)))
    else:
        return None
    return _Equation(case, terms[0], result)


def _carried(tables: Tables, every: Sequence[_Equation]) -> Iterator[Case]:
    """Yield what an equation begins with as the result of one before it that is called the same, or makes as a figure of that one."""
    for at, each in enumerate(every):
        for later, earlier in (
            (each.first, [one.result for one in every[:at]]),
            (each.result, [cell for one in every[:at] for cell in one.case.operands]),
        ):
            head = tables.cells.heading(later.spot)
            before = [one for one in earlier if _is_called_as(tables, one, later)]
            if head is not None and before and not later.uses:
                yield Case(SAME, later, (before[-1],))


def _is_called_as(tables: Tables, one: Value, other: Value) -> bool:
    """Return whether two figures have the same name over them, each its own: of two lines under one name neither is the other."""
    heads = [tables.cells.heading(each.spot) for each in (one, other)]
    return heads[0] is not heads[1] and None not in heads and len({each.flat for each in heads if each is not None}) == 1
