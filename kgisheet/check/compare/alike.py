"""Equivalence of two formulas, whatever their cells hold.

Respellings by programs and people are recognised by their effect, without a list of
respellings: ``$`` and spaces, another order of terms or of branches, ``a+b`` for ``SUM(a,b)``,
a block for its name, CEILING for ROUNDUP, IFERROR around what makes no error. Each cell that
either formula refers to is given values that it could hold: of its unit, the numbers and texts
that the formulas compare with, equal ones, zero and blank. Two formulas are alike if they
agree in every trial, and each condition that only one of them tests was seen both to hold and not
to hold; nothing is claimed of the rest. A cell outside the template keeps its value, or is recalculated.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from ...expr import nodes as declared
from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, Where, held
from ...formula.nodes import Area, Binary, Call, ErrorValue, Literal, Name, Tree, Unary, children, mapped, walk
from ...formula.nodes import Cell as CellRef
from ...formula.parser import FormulaError
from ...formula.values import Argument, NotEvaluatedError, Range, Value, pay
from ...template.model import Cell
from ...values.a1 import Place
from ...values.units import COUNT, CURRENCY, DATE, MONTH, RATE
from ...worksheet.shown import is_blank, same
from ..subject import Subject
from .context import area_of, block_of, outside
from .spelling import is_made, normal

TURNS = 280
_FIGURES = ("any", "near", "round", "ties", "few", "zeros", "mixed")
"""The kinds of numbers in trials: any, near those that occur in the formulas, round ones and the next ones to them, equal ones, 0 to 2."""
_BLANKS = ("none", "sparse", "cells", "none", "columns", "lone")
"""Which cells of a trial are blank: none, here and there a column or single cells, every other column, nearly all."""
_COLUMNS, _CELLS = {"sparse": 0.15, "columns": 0.5}, {"cells": 0.3, "lone": 0.8}
_NOISE = Fraction(1, 10**9)
"""As what binary arithmetic leaves of a quotient: the formulas' inner ROUND is there for it."""
_FEW_TURNS = 48
_PER_TURN = 20
"""Steps of a turn besides those of the two formulas: its figures are drawn for it."""

_PER_PAIR = 200
"""Steps of a comparison besides those of its turns: what only one of the two asks is looked for."""

_MOST_CELLS = 2000
_GUARD = 4  # digits that no reader sees of a count
_AMPLE = 150  # pairs of formulas that get all the turns; a workbook with more of them was edited as a whole


class Alike(NamedTuple):
    """The result of a comparison. ``always``: they agree in every trial, and the trials exercised every condition.

    ``but_blank``: they differ only where the second shows nothing.
    """

    always: bool
    but_blank: bool


class Respellings:
    """Comparison of a workbook's formulas; a pair that is filled down a column is compared once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._known: dict[str, Alike] = {}

    def compare(self, found: Tree, wanted: Tree, where: Where) -> Alike:
        """Return how ``found`` and ``wanted`` compare as formulas of the cell ``where``."""
        parts = list(self._parts(found, wanted, where[0]))
        if parts != [(found, wanted)] and all(self._compare(*each, where, exact=True).always for each in parts):
            return Alike(True, True)
        return self._compare(found, wanted, where)

    def _compare(self, found: Tree, wanted: Tree, where: Where, exact: bool = False) -> Alike:
        sheet = where[0]
        # As text: a name and a text of the same letters are equal as tuples.
        key = f"{exact} {sheet} {self._seen_from(found, where)} {self._seen_from(wanted, where)}"
        known = self._known.get(key)
        if known is None:
            turns = TURNS if len(self._known) < _AMPLE else _FEW_TURNS
            known = self._known[key] = self._compared(found, wanted, sheet, turns, exact)
        return known

    def _parts(self, one: Tree, other: Tree, sheet: str) -> Iterator[tuple[Tree, Tree]]:
        """Yield the parts in which two formulas differ, as small as they are; all around them is the same.

        A part makes a value of its own: of a cell, which may be blank, COUNT and ISNUMBER take more than what it shows.
        """
        its, own = children(one), children(other)
        if type(one) is type(other) and len(its) == len(own) and _head(one) == _head(other):
            pairs = [pair for pair in zip(its, own, strict=True) if len({*map(self._normal(sheet), pair)}) > 1]
            parts = [part for pair in pairs for part in self._parts(*pair, sheet)]
            if parts and all(is_made(each) for part in parts for each in part):
                yield from parts
                return
        yield one, other

    def _normal(self, sheet: str) -> Callable[[Tree], str]:
        """Return what makes a tree's text in terms of names: as text, for a name and a text of the same letters are equal as tuples."""
        return lambda tree: repr(normal(tree, self.subject, sheet))

    def _seen_from(self, node: Tree, where: Where) -> Tree:
        """Return a tree with the template's cells by their distance from a cell: the same for a filled-down formula."""
        sheet, row, col = where
        if isinstance(node, CellRef):
            if (node.sheet or sheet, node.row, node.col) not in self.subject.where:
                return Name(f"{node}")
            return CellRef(node.sheet, node.row - row, node.col - col)
        if isinstance(node, Area):
            corners = ((node.row, node.col), (node.last_row, node.last_col))
            if any((node.sheet or sheet, *each) not in self.subject.where for each in corners):
                return Name(f"{node}")
            return Area(node.sheet, node.row - row, node.col - col, node.last_row - row, node.last_col - col)
        return mapped(node, lambda each: self._seen_from(each, where))

    def _compared(self, found: Tree, wanted: Tree, sheet: str, turns: int, exact: bool) -> Alike:
        """Compare two formulas; ``exact``: what they give must be equal, as it is for a part, with which more may be done."""
        pay(_PER_PAIR)
        unseen = self._asked_by_one(found, wanted, sheet)
        said = _Said.of(found, wanted, self._suspects(found, wanted, list(unseen.values()), sheet))
        seen: dict[str, set[bool]] = {key: set() for key in unseen}
        always, but_blank = _keeps_guards(found, wanted), True
        try:
            for turn in range(turns):
                pay(_PER_TURN)
                free = Free(self.subject, said, sheet, turn)
                right = evaluate(wanted, free)
                if isinstance(right, ErrorValue):
                    continue  # no inputs lead there: what is declared makes no errors
                left = evaluate(found, free)
                if not (type(left) is type(right) and left == right if exact else same(left, right)):
                    always = False
                    but_blank = but_blank and is_blank(right)
                    if not but_blank:
                        break
                for key in list(unseen):
                    truth = evaluate(unseen[key], free)
                    if not isinstance(truth, ErrorValue):
                        seen[key].add(truth is True or (isinstance(truth, Fraction) and truth != 0))
                        if len(seen[key]) == 2:
                            del unseen[key]
        except (NotEvaluatedError, CircleError, FormulaError):
            return Alike(False, False)
        return Alike(always and not unseen, but_blank)

    def _asked_by_one(self, found: Tree, wanted: Tree, sheet: str) -> dict[str, Tree]:
        """Return the conditions that only one of the two tests, by their text in terms of names."""
        asked = [{repr(normal(each, self.subject, sheet)): each for each in _conditions(tree)} for tree in (found, wanted)]
        return {key: each for one, other in (asked, asked[::-1]) for key, each in one.items() if key not in other}

    def _suspects(self, found: Tree, wanted: Tree, asked: list[Tree], sheet: str) -> frozenset[Where]:
        """Return the cells that the two don't refer to equally often, or that a condition of only one refers to."""
        now, then = (Counter(self._cells(tree, sheet)) for tree in (found, wanted))
        parted = {where for where in now.keys() | then.keys() if now[where] != then[where]}
        return frozenset(parted | {where for each in asked for where in self._cells(each, sheet)})

    def _cells(self, tree: Tree, sheet: str) -> Iterator[Where]:
        """Yield the cells of the template that a formula refers to, once per reference."""
        for each in walk(tree):
            if isinstance(each, CellRef):
                yield each.sheet or sheet, each.row, each.col
            elif isinstance(each, Name) and (place := self.subject.book.names.get(each.name)) is not None:
                yield from (spot[:3] for spot in place.spots())
            elif isinstance(each, Area):
                place = Place(
                    each.sheet or sheet, each.row, each.col, each.last_row - each.row + 1, each.last_col - each.col + 1
                )
                yield from (place.spot(index)[:3] for index in range(min(place.size, _MOST_CELLS)))


class _Said(NamedTuple):
    """The values to try on two formulas: the numbers and texts in them, and the cells in which they differ."""

    numbers: tuple[Fraction, ...]
    texts: tuple[str, ...]
    suspects: frozenset[Where]

    @classmethod
    def of(cls, found: Tree, wanted: Tree, suspects: frozenset[Where]) -> _Said:
        values = [each.value for tree in (found, wanted) for each in walk(tree) if isinstance(each, Literal)]
        numbers = dict.fromkeys(each for each in values if isinstance(each, Fraction))
        texts = dict.fromkeys(each for each in values if isinstance(each, str) and each and each[0] not in "<>=")
        return cls(tuple(numbers), tuple(texts), suspects)


class Free:
    """The cells' values in one trial: drawn when a formula first asks, the same on every machine."""

    def __init__(self, subject: Subject, said: _Said, sheet: str, turn: int) -> None:
        self.subject = subject
        self.said = said
        self.sheet = sheet
        self.figures, self.blanks = _FIGURES[turn % len(_FIGURES)], _BLANKS[turn % len(_BLANKS)]
        self.presses = turn % 4 < 2
        self.chance = random.Random(turn)  # noqa: S311  # the same trials everywhere, no secret
        self.values: dict[Where, Value] = {}
        self.emptied: dict[str, bool] = {}

    def cell(self, sheet: str | None, row: int, col: int) -> Value:
        where = (sheet or self.sheet, row, col)
        if where not in self.values:
            named = self.subject.where.get(where)
            self.values[where] = (
                self._drawn(named[0], where) if named is not None else outside(self, self.subject.book, self.values, where)
            )
        return self.values[where]

    def area(self, area: Area) -> Range:
        return area_of(self, area)

    def name(self, name: str) -> Argument:
        return block_of(self, self.subject.book.names.get(name))

    def _drawn(self, cell: Cell, where: Where) -> Value:
        chance = self.chance
        empty: Value = None if cell.formula is None else ""
        often = _COLUMNS.get(self.blanks, 0.0)
        if often and self.emptied.setdefault(cell.name, chance.random() < often):
            return empty
        if chance.random() < _CELLS.get(self.blanks, 0.25 if self.presses and where in self.said.suspects else 0.0):
            return empty
        if cell.choices is not None:
            return chance.choice(list(cell.choices.values())).to(self.subject.book.lang)
        if cell.unit not in (COUNT, CURRENCY, RATE, DATE, MONTH):
            return chance.choice((*self.said.texts, "名1", "名2")) if chance.random() < 0.8 else empty
        if cell.unit in (DATE, MONTH):
            return held(datetime.date(2026 + chance.randint(0, 1), chance.randint(1, 12), 1))
        return self._number(cell)

    def _number(self, cell: Cell) -> Fraction:
        chance, figures = self.chance, self.figures
        signed, least = _may_be_below_zero(cell), int(cell.positive)
        if figures in ("zeros", "mixed") and chance.random() < 0.3 and not cell.positive:
            return Fraction(0)
        if figures == "few":
            few = Fraction(chance.randint(least, 2))
            return few / 2 if cell.unit == RATE else few
        if figures in ("ties", "mixed") and chance.random() < 0.5:
            drawn = [each for each in self.values.values() if isinstance(each, Fraction) and (each > 0 or signed)]
            if drawn:
                return chance.choice(drawn)
        if figures in ("near", "mixed") and self.said.numbers and chance.random() < 0.6:
            near = chance.choice(self.said.numbers) + chance.choice((0, 0, 1, -1, Fraction(1, 1000), Fraction(-1, 1000)))
            if near >= least or signed:
                return near
        if figures == "round" and cell.unit != RATE:
            size = chance.randint(1, 3) * 10 ** chance.choice((0, 3, 4, 4, 6, 8))
            noise = 0 if cell.formula is None or cell.rounded else chance.choice((0, 0, _NOISE, -_NOISE))
            return max(Fraction(1), Fraction(size + chance.choice((0, 0, 1, -1)) + noise))
        sign = -1 if signed and chance.random() < 0.4 else 1
        return sign * self._size(cell)

    def _size(self, cell: Cell) -> Fraction:
        """Return a number of the cell's unit: small ones as often as large ones, for results often fractional."""
        chance = self.chance
        if cell.unit == RATE:
            return (
                Fraction(chance.randint(1, 100), 100) if chance.random() < 0.7 else Fraction(chance.randint(1, 30_000), 10_000)
            )
        if cell.unit == CURRENCY:
            return Fraction(chance.randint(1, 10 ** chance.randint(1, 10)))
        whole = Fraction(chance.randint(1, 12) if chance.random() < 0.5 else chance.randint(1, 10 ** chance.randint(2, 7)))
        if cell.formula is None or cell.rounded or chance.random() < 0.5:
            return whole
        return whole + Fraction(chance.randint(1, 999), chance.choice((1000, 1000, 7, 3)))


def _head(node: Tree) -> tuple[object, ...]:
    """Return what a part of a formula does with those in it."""
    if isinstance(node, Call):
        return node.function, *(each is None for each in node.args)
    return (node.op,) if isinstance(node, (Unary, Binary)) else (node,)


def _keeps_guards(found: Tree, wanted: Tree) -> bool:
    """Return whether the inner ROUNDs are all there: they guard against binary rounding errors, which exact trials can't show."""
    now, then = (Counter(_guards(tree)) for tree in (found, wanted))
    return now["ROUND"] >= then["ROUND"] and all(now[each] <= then[each] for each in ("ROUNDUP", "ROUNDDOWN"))


def _guards(tree: Tree) -> Iterator[str]:
    for each in walk(tree):
        if isinstance(each, Call) and each.function in ("ROUND", "ROUNDUP", "ROUNDDOWN") and len(each.args) == 2:
            digits = each.args[1]
            if isinstance(digits, Literal) and isinstance(digits.value, Fraction) and digits.value >= _GUARD:
                yield each.function


def _may_be_below_zero(cell: Cell) -> bool:
    """Return whether a result is declared as a difference: other figures of a goal sheet are never below zero."""
    if cell.signed or cell.formula is None:
        return cell.signed
    return any(isinstance(each, declared.Binary) and each.op == "-" for each in cell.formula.walk())


def _conditions(node: Tree) -> Iterator[Tree]:
    """Yield the conditions in a formula, if they depend on a cell."""
    asked: tuple[Tree | None, ...] = ()
    if isinstance(node, Call):
        asked = node.args[:1] if node.function == "IF" else node.args if node.function in ("AND", "OR", "NOT") else ()
    elif isinstance(node, Binary) and node.op in ("=", "<>", "<", "<=", ">", ">="):
        asked = (node,)
    yield from (each for each in asked if each is not None and _refers(each) and not isinstance(each, Area))
    for child in children(node):
        yield from _conditions(child)


def _refers(node: Tree) -> bool:
    return any(isinstance(each, (CellRef, Area, Name)) for each in walk(node))
