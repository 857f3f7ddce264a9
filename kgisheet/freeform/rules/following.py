"""The wording for a figure that doesn't follow from others: a result of the chain, a total, a step."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ...check.finding import Finding
from ...language.catalogue import Phrase
from ...language.text import NOTHING, Wording
from ..read.figures import Figure
from . import telling


def edited(figure: Figure) -> tuple[str, Wording]:
    """Return the code of a figure that doesn't follow, typed or calculated, and its formula."""
    return ("F01", NOTHING) if figure.formula is None else ("F02", Phrase("freeform.F02.formula", text=figure.formula))


def does_not_follow(
    figure: Figure,
    expected: Fraction,
    way: Wording,
    fix: tuple[str, str],
    /,
    *,
    code: str,
    what: Wording,
    made: Wording = NOTHING,
    right: Wording | None = None,
    is_counted: bool = True,
    **more: Any,
) -> Finding:
    """Return a figure that isn't what others make it; ``fix`` is the key of the advice, and its formula, or "" where none makes it.

    ``is_counted`` says whether a number without a unit may be one of things.
    """
    found = figure.value or Fraction(0)
    said = telling.value(figure, expected, is_counted=is_counted) if right is None else right
    return telling.finding(
        "freeform.F02.does_not_follow",
        figure,
        code=code,
        now=telling.now(figure, is_counted=is_counted),
        what=what,
        way=way,
        made=made,
        right=said,
        off=telling.off(figure, found, expected, is_counted=is_counted),
        fix=_advice(fix, said),
        found=telling.json_number(found),
        expected=telling.json_number(expected),
        difference=float(found - expected),
        **more,
    )


FIX_VALUE, FIX_FORMULA = "freeform.part.fix_value", "freeform.part.fix_formula"
_ALONE = {FIX_VALUE: "freeform.part.fix_value_alone", FIX_FORMULA: "freeform.part.fix_formula_alone"}


def _advice(fix: tuple[str, str], right: Wording) -> Phrase:
    key, formula = fix
    return Phrase(key, formula=formula, right=right) if formula else Phrase(_ALONE[key], right=right)


def fix_of(figure: Figure) -> str:
    """Return the key of the advice for a figure, typed or calculated."""
    return FIX_VALUE if figure.formula is None else FIX_FORMULA
