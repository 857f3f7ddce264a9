"""How a result comes about: in words, 受注数10件÷受注率20%, and as Excel's formula, =C5/C6."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ...language.catalogue import Phrase
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


def product(factors: Sequence[Figure], by: Fraction) -> tuple[Phrase, str]:
    """Return figures multiplied; ``by`` is what their units make it be off."""
    of = [_figure(each, each.value or Fraction(0)) for each in factors]
    scale = "" if by == 1 else f"*{by}" if by > 1 else f"/{1 / by}"
    if len(of) == 2:
        return Phrase("freeform.way.times", one=of[0], other=of[1]), f"={factors[0].cell}*{factors[1].cell}{scale}"
    return Phrase("freeform.way.times_all", of=of), "=" + "*".join(each.cell for each in factors) + scale


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
