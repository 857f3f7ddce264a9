"""How a result comes about: in words, 受注数10件÷受注率20%, and as Excel's formula, =C5/C6."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ...language.catalogue import Phrase
from ...values.units import CURRENCY
from ..read.figures import Figure
from . import telling


def quotient(choice: Sequence[Figure], values: Sequence[Fraction]) -> tuple[Phrase, str]:
    """Return the first figure divided by all others, each taken for a value."""
    of = [_figure(each, value) for each, value in zip(choice, values, strict=True)]
    return Phrase("freeform.way.quotient", of=of), "=" + "/".join(each.cell for each in choice)


def part(whole: Figure, share: Figure) -> tuple[Phrase, str]:
    """Return a share of a whole."""
    one, other = (_figure(each, each.value or Fraction(0)) for each in (whole, share))
    return Phrase("freeform.way.times", one=one, other=other), f"={whole.cell}*{share.cell}"


def product(result: Figure, factors: Sequence[Figure], by: Fraction) -> tuple[Phrase, str]:
    """Return figures multiplied; ``by`` is what their units make it be off, with a rate that a remark says."""
    of = [_figure(each, each.value or Fraction(0)) for each in factors]
    rate = by
    while rate >= 1:
        rate /= 10
    said = rate * 10 != 1 and by * 1000 % 1 == 0
    # In the cell the result is in its own unit.
    times = by * math.prod((_factor(each) for each in factors), start=Fraction(1)) / _factor(result)
    scale = "" if times == 1 else f"*{telling.plain(times)}" if times >= 1 or said else f"/{telling.plain(1 / times)}"
    formula = "=" + "*".join(each.cell for each in factors) + scale
    if said:
        return Phrase("freeform.way.times_all", of=[*of, f"{telling.plain(rate * 100)}%"]), formula
    if len(of) == 2:
        return Phrase("freeform.way.times", one=of[0], other=of[1]), formula
    return Phrase("freeform.way.times_all", of=of), formula


def _factor(figure: Figure) -> int:
    """Return how many yen one of what is typed is."""
    return figure.unit.factor if figure.unit is not None and figure.unit.kind == CURRENCY else 1


def signed(parts: Sequence[Figure], signs: Sequence[int | Fraction]) -> str:
    """Return the formula of what is left of some when others are taken off."""
    terms = [("-" if sign < 0 else "+") + each.cell for each, sign in zip(parts, signs, strict=True)]
    return "=" + "".join(terms).removeprefix("+")


def added(parts: Sequence[Figure]) -> tuple[Phrase, str]:
    """Return the sum of figures; cells of one line as an area."""
    formula = "=" + "+".join(each.cell for each in parts)
    if len(parts) > 2 and (len({each.where[1] for each in parts}) == 1 or len({each.where[2] for each in parts}) == 1):
        formula = f"=SUM({parts[0].cell}:{parts[-1].cell})"
    return Phrase("freeform.way.sum", of=[telling.value(each, each.value or Fraction(0)) for each in parts]), formula


def sum_of_cells(parts: Sequence[Figure]) -> Phrase:
    """Return the sum of many figures by their first and last cell: C5〜C16の合計."""
    return Phrase("freeform.way.sum_of", first=parts[0].cell, last=parts[-1].cell)


def _figure(figure: Figure, value: Fraction) -> Phrase:
    return Phrase("freeform.way.figure", label=telling.label(figure), value=telling.value(figure, value))
