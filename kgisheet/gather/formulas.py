"""The formulas of a summary's figures: blank where there is nothing to add up, or to divide by."""

from __future__ import annotations


def total(area: str) -> str:
    """Return the sum of an area."""
    return f'=IF(COUNT({area})=0,"",SUM({area}))'


def due(goals: str, actuals: str) -> str:
    """Return the sum of the goals beside which there is an actual."""
    return f'=IF(COUNT({actuals})=0,"",SUMIF({actuals},"<>",{goals}))'


def achievement(actual: str, goal: str) -> str:
    """Return an actual over its goal."""
    return f'=IF(COUNT({goal})=0,"",IF({goal}=0,"",{actual}/{goal}))'
