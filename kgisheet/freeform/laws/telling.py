"""The wording for a figure that a law of its table shows to be wrong."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from ...check.finding import Finding
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ..read import stages
from ..read.figures import Figure
from ..rules import following, telling, verdicts, working
from ..rules.cells import Cells
from ..rules.relation import FAILS, HOLDS, QUOTIENT, Relation
from ..rules.relation import SUM as SUMMED
from .law import CARRIED, COMPOUND, GROWN, MEAN, MULTIPLE, OFF, PRODUCT, PROGRESS, RATIO, RETAINED, SAME, SUM, Case
from .tables import COUNT, MONEY, PERCENT, Value


def relation(cells: Mapping[str, Cells], case: Case) -> Relation:
    """Return a case as the relation that it is, with its way in words."""
    result, *operands = (_figure(cells[each.sheet], each) for each in case.cells)
    if case.kind == SUM:
        operands = [
            each if sign > 0 else each._replace(value=-(each.value or Fraction(0)))
            for sign, each in zip(case.signs, operands, strict=True)
        ]
    way, formula = _way(case, result, operands)
    state = FAILS if case.strict or case.follows() == OFF else HOLDS
    return Relation(SUMMED if case.kind == SUM else QUOTIENT, result, tuple(operands), case.exact, state, way, formula)


def _figure(cells: Cells, value: Value) -> Figure:
    """Return the figure of a cell as it is told of: with its line and its column, or what a remark says."""
    if value.name:
        return cells.said(value.spot, value.exact, _KINDS[value.kind], value.name)
    if value.at in cells.amounts:
        return cells.figure(value.spot, of_column=True)
    where = (cells.page.title, *value.at)
    return next((each for each in cells.page.figures if each.where == where), None) or cells.said(value.spot, value.exact)


_KINDS = {PERCENT: stages.RATE_OF, MONEY: stages.AMOUNT_OF, COUNT: stages.OPEN}


def _way(case: Case, result: Figure, operands: list[Figure]) -> tuple[Phrase, str]:
    if case.kind == SUM and case.signs == (100, -100):
        return working.each_of(operands), f"=({operands[0].cell}-{operands[1].cell})*100"
    if case.kind == SUM and any(abs(each) != 1 for each in case.signs):
        first, last = operands[0], operands[-1]
        return Phrase("freeform.way.weighted", first=first.cell, last=last.cell), _weighted(case, operands)
    if case.kind == SUM and len(operands) == 1 and case.signs == (1,):
        return working.product(result, operands, Fraction(1))  # the same in another unit
    if case.kind == SUM:
        return working.added(operands, result.where[0], case.signs)
    first = operands[0]
    if case.kind == RETAINED:
        parts = [
            each if sign > 0 else each._replace(value=-(each.value or Fraction(0)))
            for sign, each in zip(case.signs, operands, strict=True)
            if sign
        ]
        way, formula = working.added(parts, result.where[0], [sign for sign in case.signs if sign])
        return Phrase("freeform.way.retained", sum=way, base=_of(first)), f"=({formula.removeprefix('=')})/{first.cell}"
    if case.kind == MEAN:
        last = operands[-1]
        return Phrase("freeform.way.mean", first=first.cell, last=last.cell), f"=AVERAGE({first.cell}:{last.cell})"
    if case.kind in (SAME, CARRIED):
        return _elsewhere(first, result, "=MAX(0,-{})" if case.kind == CARRIED else "={}")
    if case.kind == PRODUCT:
        return working.product(result, operands, case.by)
    if case.kind == RATIO:
        return working.quotient(operands, [each.value or Fraction(0) for each in operands])
    if case.kind == PROGRESS:
        now, base, goal = operands
        formula = f"=({now.cell}-{base.cell})/({goal.cell}-{base.cell})"
        return Phrase("freeform.way.progress", now=_of(now), base=_of(base), goal=_of(goal)), formula
    if case.kind in (GROWN, COMPOUND):
        one, other = (_of(each) for each in operands)
        sign, key = ("+", "freeform.way.grown") if case.by > 0 else ("-", "freeform.way.less")
        power = f"^{case.by}" if case.kind == COMPOUND else ""
        way = (
            Phrase("freeform.way.compound", one=one, other=other, years=int(case.by))
            if power
            else Phrase(key, one=one, other=other)
        )
        return way, f"={first.cell}*(1{sign}{working.in_formula(operands[1], result.where[0])}){power}"
    way, formula = _times(first, case.by)
    scale = working.units_between(first, result)
    return way, formula if scale == 1 else _times(first, case.by * scale)[1]


def _weighted(case: Case, operands: list[Figure]) -> str:
    return "=" + "+".join(
        f"{each.cell}*{working.typed(Fraction(sign))}" for each, sign in zip(operands, case.signs, strict=True)
    )


def _of(figure: Figure) -> Phrase:
    return Phrase("freeform.way.figure", label=telling.label(figure), value=telling.value(figure, figure.value or Fraction(0)))


def _times(figure: Figure, by: Fraction) -> tuple[Phrase, str]:
    """Return a figure times a number that is said, or divided by it where that is the rounder one."""
    if by < 1 and (1 / by).denominator == 1:
        return Phrase("freeform.way.per", one=_of(figure), by=telling.plain(1 / by)), f"={figure.cell}/{working.typed(1 / by)}"
    if by > 1 and by.denominator != 1:
        said = telling.plain(100 / by)
        return Phrase("freeform.way.per", one=_of(figure), by=f"{said}%"), f"={figure.cell}/{said}%"
    said = f"{telling.plain(by * 100)}%" if by < 1 else telling.plain(by)
    return Phrase(
        "freeform.way.times_number", one=_of(figure), by=said
    ), f"={figure.cell}*{said if by < 1 else working.typed(by)}"


def finding(cells: Mapping[str, Cells], case: Case, where: Where) -> Finding:
    """Return the finding at a cell of a case that fails."""
    tied = relation(cells, case)
    at = next(index for index, each in enumerate(case.cells) if each.where == where)
    figure, value = tied.cells[at], case.cells[at]
    needed = case.solved(value) or Fraction(0)  # a law is told only at a cell that can make it hold
    if case.kind == SUM and at:
        figure = figure._replace(value=abs(figure.value or Fraction(0))) if case.signs[at - 1] < 0 else figure
        return verdicts.part(figure, tied, needed)
    expected = _rounded(needed, value)
    way, formula = (tied.way, tied.formula) if not at else _turned(case, tied, at)
    code, what = following.edited(figure)
    fix = following.fix_of(figure)
    is_counted = case.kind != SUM or not any(map(telling.is_uncounted, tied.cells))
    return following.does_not_follow(
        figure, expected, way, (fix, formula), code=code, what=what, made=NOTHING, is_counted=is_counted
    )


def _rounded(needed: Fraction, value: Value) -> Fraction:
    """Return a figure as it would be typed: a count whole, a rate to the digits that it has."""
    step = Fraction(value.step).limit_denominator(10**8)
    if step <= 0 or value.step < 1e-8:
        return needed
    if value.kind == PERCENT:
        # So fine that the other figures follow from it: 12.5 %, where 15 % was typed.
        steps = (step, step / 10, step / 100)
        made = (round(needed / each) * each for each in steps)
        return next((each for each in made if abs(each - needed) <= abs(needed) / _CLOSE), needed)
    return math.ceil(needed / step - Fraction(1, 10**6)) * step


_CLOSE = 40


def _turned(case: Case, tied: Relation, at: int) -> tuple[Phrase, str]:
    """Return how an operand follows from the result and the others."""
    result, operands = tied.result, tied.operands
    now = result.value or Fraction(0)
    if case.kind == PRODUCT:
        others = [each for index, each in enumerate(operands, start=1) if index != at]
        values = [now, *(each.value or Fraction(1) for each in others)]
        way, formula = working.quotient([result, *others], values, tied.cells[at])
        return way, formula if case.by == 1 else ""
    if case.kind == PROGRESS:
        return tied.way, ""
    if case.kind == RATIO and at == 1:
        return working.product(tied.cells[at], [operands[1], result], Fraction(1))
    if case.kind == RATIO:
        return working.quotient([operands[0], result], [operands[0].value or Fraction(0), now])
    if case.kind == COMPOUND:
        other = operands[2 - at]
        years = int(case.by)
        key = "freeform.way.yearly" if at == 2 else "freeform.way.years_before"
        formula = f"=({result.cell}/{other.cell})^(1/{years})-1" if at == 2 else f"={result.cell}/(1+{other.cell})^{years}"
        return Phrase(key, one=_of(result), other=_of(other), years=years), formula
    if case.kind == GROWN and case.by < 0:
        other = operands[2 - at]
        key = "freeform.way.decline" if at == 2 else "freeform.way.before_decline"
        formula = f"=1-{result.cell}/{other.cell}" if at == 2 else f"={result.cell}/(1-{other.cell})"
        return Phrase(key, one=_of(result), other=_of(other)), formula
    if case.kind == GROWN:
        other = operands[2 - at]
        key = "freeform.way.growth" if at == 2 else "freeform.way.shrunk"
        formula = f"={result.cell}/{other.cell}-1" if at == 2 else f"={result.cell}/(1+{other.cell})"
        return Phrase(key, one=_of(result), other=_of(other)), formula
    if case.kind == MULTIPLE:
        return _times(result, 1 / case.by)
    return _elsewhere(result, operands[0], "=-{}" if case.kind == CARRIED else "={}")


def _elsewhere(figure: Figure, to: Figure, form: str) -> tuple[Phrase, str]:
    """Return another cell, on its sheet, that says what a figure is, and the formula that takes it from there."""
    cell = working.reference(figure, to.where[0])
    return Phrase("freeform.way.elsewhere", cell=cell, value=telling.value(figure, figure.value or Fraction(0))), form.format(
        cell
    )
