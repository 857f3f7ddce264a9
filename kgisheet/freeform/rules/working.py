"""How a result comes about: in words, 受注数10件÷受注率20%, and as Excel's formula, =C5/C6."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ...language.catalogue import Phrase
from ...language.text import Wording
from ...values.a1 import quoted_sheet
from ...values.units import CURRENCY, RATE
from ..read.figures import Figure
from . import telling


def quotient(choice: Sequence[Figure], values: Sequence[Fraction], result: Figure | None = None) -> tuple[Phrase, str]:
    """Return the first figure divided by all others, each taken for a value; the formula in the unit of the result's cell."""
    of = [_figure(each, value) for each, value in zip(choice, values, strict=True)]
    times = Fraction(_factor(choice[0]), math.prod(map(_factor, choice[1:]))) / _held(result) if result is not None else 1
    home = (result or choice[0]).where[0]
    taken = [each._replace(value=value) for each, value in zip(choice, values, strict=True)]
    formula = "=" + "/".join(in_formula(each, home) for each in taken) + _scale(Fraction(times))
    return Phrase("freeform.way.quotient", of=of), formula


def part(whole: Figure, share: Figure) -> tuple[Phrase, str]:
    """Return a share of a whole."""
    one, other = (_figure(each, each.value or Fraction(0)) for each in (whole, share))
    return Phrase("freeform.way.times", one=one, other=other), f"={whole.cell}*{in_formula(share, whole.where[0])}"


def product(result: Figure, factors: Sequence[Figure], by: Fraction) -> tuple[Phrase, str]:
    """Return figures multiplied; ``by`` is what their units make it be off, with a rate that a remark says."""
    of = [_figure(each, each.value or Fraction(0)) for each in factors]
    # Units differ by a thousand or more; what is between is the rate.
    rate = next((each for each in (by, by / _factor(result)) if Fraction(1, 1000) < each < 1), None)
    # In the cell the result is in its own unit.
    times = by * math.prod((_factor(each) for each in factors), start=Fraction(1)) / _held(result)
    taken = [in_formula(each, result.where[0]) for each in factors]
    formula = "=" + "*".join(taken) + (f"*{typed(times)}" if rate and times != 1 else _scale(times))
    if rate is not None:
        return Phrase("freeform.way.times_all", of=[*of, f"{telling.plain(rate * 100)}%"]), formula
    if len(of) == 2:
        return Phrase("freeform.way.times", one=of[0], other=of[1]), formula
    return Phrase("freeform.way.times_all", of=of), formula


def units_between(one: Figure, result: Figure) -> Fraction:
    """Return how many of a result's unit, as its cell holds it, one of another figure's is: a thousandth, of ones and thousands."""
    return _factor(one) / _held(result)


def _scale(times: Fraction) -> str:
    """Return what a formula ends in where the units of its cells make it be off by so many times."""
    return "" if times == 1 else f"*{typed(times)}" if times > 1 else f"/{typed(1 / times)}"


def in_formula(figure: Figure, home: str) -> str:
    """Return how a formula on a sheet, ``home``, refers to a cell as it is meant: 60 in a cell beside % is 60 %; what a text says is a number there."""
    if figure.typed is not None and figure.value is not None:
        return f"{typed(figure.value * 100)}%" if figure.kind == RATE else typed(figure.value / _factor(figure))
    cell = reference(figure, home)
    times = _in_whole(figure)
    return cell if times == 1 else f"({cell}/{times})"


def _in_whole(figure: Figure) -> int:
    """Return how many times a rate its cell holds: 100 of one in per cent, 60 for 60 %; 10 of one in tenths, 6割; 1 of any other."""
    value = figure.value or Fraction(0)
    if figure.kind != RATE or not isinstance(figure.raw, Fraction) or not value:
        return 1
    return next((times for times in (100, 10) if figure.raw == value * times), 1)


def _held(result: Figure) -> Fraction:
    """Return what one is of that a result's cell holds: 10,000 yen, or a hundredth."""
    times = _in_whole(result)
    return Fraction(_factor(result)) if times == 1 else Fraction(1, times)


def _factor(figure: Figure) -> int:
    """Return how many yen one of what the cell holds is: a format alone may show yen as thousands of them."""
    if figure.unit is None or figure.unit.kind != CURRENCY:
        return 1
    return 1 if isinstance(figure.raw, Fraction) and figure.raw == figure.value else figure.unit.factor


def typed(number: Fraction) -> str:
    """Return a number as it is typed into a formula: without signs between its thousands."""
    return f"{float(number):.12g}"


def reference(figure: Figure, home: str) -> str:
    """Return how a formula on a sheet, ``home``, refers to a figure."""
    return figure.cell if figure.where[0] == home else f"{quoted_sheet(figure.where[0])}!{figure.cell}"


def added(parts: Sequence[Figure], home: str, signs: Sequence[int | Fraction] = ()) -> tuple[Phrase, str]:
    """Return the sum of figures, for a cell of ``home``; cells of one line as an area, what is taken off with its sign."""
    signs = signs or [1] * len(parts)
    whole = _area(parts) if min(signs) > 0 and parts[0].where[0] == home else ""
    terms = [("-" if sign < 0 else "+") + reference(each, home) for each, sign in zip(parts, signs, strict=True)]
    formula = f"=SUM({whole})" if whole else "=" + "".join(terms).removeprefix("+")
    return sum_of(parts), formula


def sum_of(parts: Sequence[Figure]) -> Phrase:
    """Return the sum of figures in words: of many in a row by their first and last cell, C5〜C16の合計."""
    if len(parts) > _MANY and _area(parts):
        return Phrase("freeform.way.sum_of", first=parts[0].cell, last=parts[-1].cell)
    return each_of(parts)


def each_of(parts: Sequence[Figure]) -> Phrase:
    """Return the sum of figures in words, each with its value, all in one unit."""
    is_counted = not any(telling.is_uncounted(each) for each in parts)
    values = [telling.value(each, each.value or Fraction(0), is_counted=is_counted) for each in parts]
    return Phrase("freeform.way.sum", of=values)


_MANY, _SEVERAL = 4, 2


def _area(parts: Sequence[Figure]) -> str:
    """Return the area that some figures are, next to each other in one line; empty if they are none."""
    places = [each.at for each in parts]
    rows, cols = ({at[axis] for at in places} for axis in (0, 1))
    in_line = len({each.where[0] for each in parts}) == 1 and 1 in (len(rows), len(cols))
    size = (max(rows) - min(rows) + 1) * (max(cols) - min(cols) + 1)
    return f"{parts[0].cell}:{parts[-1].cell}" if in_line and len(parts) > _SEVERAL and size == len(parts) else ""


def _figure(figure: Figure, value: Fraction) -> Wording:
    label, said = telling.label(figure), telling.value(figure, value)
    if label.to("ja").lstrip(_ARROWS) == said.ja:
        return said  # ↓ 25 %
    return Phrase("freeform.way.figure", label=label, value=said)


_ARROWS = "↓↑→←▼▲⇒⇓×÷ 　"
