"""The formulas of a summary's figures: blank where there is nothing to add up, or to divide by."""

from __future__ import annotations


def total(area: str) -> str:
    """Return the sum of an area."""
    return f'=IF(COUNT({area})=0,"",SUM({area}))'


def due(goals: str, actuals: str) -> str:
    """Return the sum of the goals beside which there is an actual."""
    return f'=IF(COUNT({actuals})=0,"",SUMIF({actuals},"<>",{goals}))'


def achievement(goals: str, actuals: str, due: str) -> str:
    """Return the actuals beside which there is a goal over ``due``, the goals beside which there is an actual."""
    return f'=IF(COUNT({due})=0,"",IF({due}=0,"",SUMIF({goals},"<>",{actuals})/{due}))'


_ANY = "-1E+300"
"""Below any figure: a criterion that no blank and no text meets."""


def between(upper: str, lower: str) -> str:
    """Return the rate between two columns, over the rows that have a figure in both."""
    below = f'SUMIF({upper},">{_ANY}",{lower})'
    return f'=IF({below}=0,"",SUMIF({lower},">{_ANY}",{upper})/{below})'
