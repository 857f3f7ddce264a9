"""Formulas that break the pattern of their neighbours: a month typed over, a sum that leaves a cell out, another row's rate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ...check.finding import Finding
from ...formula.evaluate import evaluate
from ...formula.grid import CircleError, View, Where
from ...formula.nodes import Cell, walk
from ...formula.parser import FormulaError, parse
from ...formula.shift import shifted
from ...formula.values import NotEvaluatedError
from ...language.catalogue import Phrase
from ...values import budget
from ...values.regex import regex
from ..read import terms
from ..rules import following
from ..rules.cells import Cells
from .alike_all import added_twice, than_all_others
from .fills import all_parted, slipped
from .forgotten import Forgotten
from .formed import Lists
from .formulas import wrong
from .intended import is_changed_from_here, is_meant, is_of_results, is_said_of_another
from .kinds import are_of_another_kind, is_total, kind
from .linked import Linked
from .omitted import Omitted
from .pairs import unpaired
from .per import Per
from .ranked import other_ranks
from .search import NOT_ADDED
from .strays import (
    beside_an_idle_rate,
    from_another_column,
    of_other_months,
    typed_among_sums,
    with_a_number,
)
from .twins import Copied, twins
from .written import REFERENCE, Written

_FINE = Fraction(1, 10**9)


_STEPS, _LETTERS_A_STEP = 20, 4
"""Of the budget: what it takes to compare a formula with its neighbours, and what its length adds."""

_LIKE_BESIDE, _UNUSED, _TWELVE_MONTHS = "freeform.way.like_beside", "freeform.way.unused", "freeform.way.twelve_months"


class Odd(NamedTuple):
    """A cell that is unlike its neighbours: the formula that theirs is here, and what it gives."""

    where: Where
    formula: str
    value: Fraction
    way: str


def odd(cells: Cells) -> Iterator[Odd]:
    """Yield the cells between formulas of one pattern that have another formula, or a figure, and so another value."""
    title, formulas = cells.page.title, cells.sheets.formulas
    own = {(row, col): text for (sheet, row, col), text in formulas.items() if sheet == title}
    if not own:
        return
    budget.spend(budget.STEPS, len(own) * _STEPS + sum(map(len, own.values())) // _LETTERS_A_STEP)
    filled = all_parted(own)
    copied = Copied(filled)
    written = Written(cells, own, filled)
    lists = Lists(cells, own, filled)
    per, linked = Per(lists), Linked(cells, own)
    seen: set[tuple[int, int]] = set()
    found: list[Odd] = []

    def take(at: tuple[int, int], formula: str, way: str = _LIKE_BESIDE) -> None:
        if at not in own and (is_of_results(cells, at) or is_changed_from_here(cells, at, formula)):
            return
        if is_said_of_another(cells, at, formula):
            return
        unlike = _differing(cells, at, formula, way)
        if unlike is not None:
            seen.add(at)
            found.append(unlike)

    by_rank = list(other_ranks(cells, filled))
    ranked = {col for (_, col), _ in by_rank}
    rows, cols = {row for row, _ in own}, {col for _, col in own}
    for at in cells.amounts:
        row, col = at
        for down, right in ((0, 1), (1, 0)):
            if col not in cols if down else row not in rows:
                continue  # no formula is in line with it
            if down and col in ranked:
                continue  # what is next to it is of another rank
            formula = (
                written.pattern(at, down, right)
                or written.pattern(at, 2 * down, 2 * right)
                or written.at_end(cells.amounts, at, down, right)
            )
            if formula is None or formula == own.get(at) or at in seen or at in per.right:
                continue
            if (
                is_meant(cells, row)
                or _is_mean(cells, at, own.get(at), formula)
                or (is_total(cells, at, right == 1) and not _do_totals_follow(cells, written, at, right == 1, formula))
                or _is_of_its_line(cells, written, at, right, down)
                or (_SUMS.match(own.get(at, "")) and not _SUMS.match(formula))  # a subtotal between its items
                or _has_a_number_more(own.get(at, ""), formula)
                or are_of_another_kind(cells, filled, at, formula, (down, right))
                or linked.is_of_its_name(at, formula)
            ):
                continue
            take(at, formula)
    for at, formula, way in Omitted(own, cells):
        if at not in seen and not is_meant(cells, at[0]):
            take(at, formula, way)
    forgotten = Forgotten(cells, own, filled, copied)
    beside = (
        *slipped(own, filled, cells.amounts),
        *twins(filled, copied),
        *unpaired(filled, cells.amounts),
        *forgotten,
        *linked,
        *linked.of_another_line(),
        *by_rank,
        *from_another_column(filled, cells.amounts),
        *beside_an_idle_rate(cells, filled),
        *with_a_number(own, filled),
        *typed_among_sums(own, cells),
        *than_all_others(filled),
        *added_twice(own),
    )
    ways = ((beside, _LIKE_BESIDE), (forgotten.by_name(), _UNUSED), (of_other_months(cells, filled), _TWELVE_MONTHS))
    for at, formula, way in ((at, formula, way) for found_by, way in ways for at, formula in found_by):
        if (
            at not in seen
            and at in cells.amounts
            and not is_meant(cells, at[0])
            and not _is_mean(cells, at, own.get(at), formula)
            and not any(is_total(cells, at, across) for across in (True, False))
        ):
            take(at, formula, way)
    for at, formula, way in wrong(lists, per, own, filled):
        if at not in seen and at in cells.amounts and not is_meant(cells, at[0]):
            take(at, formula, way)
    formed = Counter(each.where[1] for each in found if each.where[1:] in own)
    # A line with several formulas of its own is another case: what was bought this year has no opening value.
    yield from (each for each in found if each.where[1:] not in own or formed[each.where[1]] == 1)


def _has_a_number_more(own: str, formula: str) -> bool:
    """Return whether a formula takes just the cells that another one does, with a number besides: out of ten, in thousands."""
    here, there = (sorted(REFERENCE.findall(each.replace("$", ""))) for each in (own, formula))
    return here == there and len(_LITERAL.findall(own)) > len(_LITERAL.findall(formula))


_LITERAL = regex(r"(?<![\w.$])\d+(?:\.\d+)?%?(?![\w.(])")


def _differing(cells: Cells, at: tuple[int, int], formula: str, way: str) -> Odd | None:
    """Return a cell as odd if another formula would give another value there."""
    if at not in cells.amounts:
        return None  # it shows no number, or one that nobody means
    where = (cells.page.title, *at)
    if _is_of_a_blank(cells, where, formula):
        return None
    value = _value(cells, where, formula)
    now = cells.amounts[at][1].number / (100 if cells.is_fraction(cells.amounts[at][0]) else 1)
    return (
        Odd(where, formula, value, way)
        if value is not None and abs(value - now) > _FINE * max(Fraction(1), abs(value))
        else None
    )


def _is_of_a_blank(cells: Cells, where: Where, formula: str) -> bool:
    """Return whether a formula would take a cell with nothing in it: the list begins anew there."""
    try:
        tree = parse(formula)
    except FormulaError:
        return False
    constants, formulas = cells.sheets.constants, cells.sheets.formulas
    single = [(each.sheet or where[0], each.row, each.col) for each in walk(tree) if isinstance(each, Cell)]
    return any(each not in formulas and constants.get(each) in (None, "") for each in single)


def _is_mean(cells: Cells, at: tuple[int, int], own: str | None, formula: str) -> bool:
    """Return whether a cell among sums is what isn't added up: a price, worked out of the sums beside it; or a mean, as it is called."""
    if own is not None and _AVERAGES.match(own) and "/" in formula:
        names = (cells.label(cells.amounts[at][0]), cells.heading(cells.amounts[at][0]))
        return any(each is not None and _MEAN.search(each.flat) for each in names)
    if not (_SUMS.match(formula) or _ADDED.match(formula)):
        return False
    names = (cells.label(cells.amounts[at][0]), cells.heading(cells.amounts[at][0]))
    if own is not None and not _SUMS.match(own) and ("/" in own or not _ADDED.match(formula)):
        return True
    return any(each is not None and NOT_ADDED.search(each.flat) and not _SO_FAR.search(each.flat) for each in names)


_MEAN, _AVERAGES = terms.of("mean"), regex(r"=?\s*AVERAGE\(", re.IGNORECASE)
_SO_FAR = terms.of("so_far")
"""What is added up over lines, though not over months."""

_SUMS = regex(r"=?\s*SUM\(", re.IGNORECASE)
_ADDED = regex(r"=?\s*\$?[A-Z]{1,3}\$?\d+(?:\+\$?[A-Z]{1,3}\$?\d+)+$")


_FAR, _LINE = 30, 3


def _do_totals_follow(cells: Cells, written: Written, at: tuple[int, int], across: bool, formula: str) -> bool:
    """Return whether the other totals of the line have its pattern, too: growth on last year of months and quarters."""
    own = kind(cells, at, across)
    others = [
        place
        for steps in (*range(-_FAR, 0), *range(1, _FAR + 1))
        if (place := (at[0], at[1] + steps) if across else (at[0] + steps, at[1])) in written.own
        and kind(cells, place, across) == own
    ]
    like = [place for place in others if shifted(formula, place[0] - at[0], place[1] - at[1]) == written.own[place]]
    return len(like) > 1 and len(like) == len(others)


def _is_of_its_line(cells: Cells, written: Written, at: tuple[int, int], down: int, right: int) -> bool:
    """Return whether a cell is as its neighbours in the other direction: a column of quarters, a month's actual figures."""
    row, col = at
    own = written.own
    near = ((row + steps * down, col + steps * right) for steps in (*range(-_LINE, 0), *range(1, _LINE + 1)))
    if sum(written.are_copies(at, each) for each in near) > 1:
        return True
    for steps in (-1, 1):
        beside = (row + steps * down, col + steps * right)
        if beside not in cells.amounts or written.pattern(beside, right, down) == (own.get(beside) or ""):
            continue  # what is beside it is as its own neighbours are
        if (at not in own and beside not in own and written.pattern(beside, right, down) is not None) or written.are_copies(
            at, beside
        ):
            return True
    return False


def _value(cells: Cells, where: Where, formula: str) -> Fraction | None:
    try:
        value = evaluate(parse(formula), View(cells.sheets, where[0]))
    except (FormulaError, NotEvaluatedError, CircleError, RecursionError):
        return None
    return value if isinstance(value, Fraction) else None


def findings(cells: Cells, found: list[Odd]) -> Iterator[Finding]:
    """Report the cells that are unlike their neighbours."""
    for each in found:
        figure = cells.figure(cells.amounts[each.where[1:]][0], of_column=True)
        factor = (figure.value or Fraction(0)) / cells.amounts[each.where[1:]][1].number if figure.value else Fraction(1)
        code, what = following.edited(figure)
        expected = each.value * (1 if cells.is_fraction(cells.amounts[each.where[1:]][0]) else factor)
        way = Phrase(each.way, formula=f"={each.formula.removeprefix('=')}")
        fix = (following.FIX_FORMULA, f"={each.formula.removeprefix('=')}")
        yield following.does_not_follow(figure, expected, way, fix, code=code, what=what)
