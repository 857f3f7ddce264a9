"""Sheets of kinds that companies use, right: silent. Each figure changed in turn is `tests/sweep_companies.py`."""

from __future__ import annotations

import pytest
import sweep_companies as companies
from conftest import some

SHEETS = companies.sheets()


@pytest.mark.parametrize("name", some(list(SHEETS), 6))
def test_a_right_sheet_is_silent(name: str) -> None:
    assert companies.alarms(SHEETS[name]) == []


@pytest.mark.parametrize("name", ["abm", "arr", "team"])
def test_each_figure_that_is_wrong_is_named(name: str) -> None:
    """Every figure of these follows from others: 40 accounts, 60 % engaged, 24; what opens, comes and goes; shares and growth."""
    cells = list(companies.changed(name, SHEETS[name]))
    missed = [
        cell for cell, value in some(cells, 8) if cell not in companies.alarms(companies.typed(SHEETS[name], cell, value))
    ]
    assert missed == []
