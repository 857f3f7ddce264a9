"""Nothing that a workbook was worked out from stays behind it: nothing refers to itself in a circle, which only the collector would find.

A whole workbook was 100,000 objects of such garbage, and going through them a tenth of the suite's time.
"""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable

import older
import pytest
from conftest import page_and_months

from kgisheet import api

FEW = 50
"""Objects that may stay: functions that call themselves, of a template's example; a sheet has hundreds of cells."""

WORK: dict[str, Callable[[], object]] = {
    "new": lambda: api.workbook(api.plan_from_example("ja"), "ja"),
    "check": lambda: api.check(page_and_months(), "book.xlsx"),
    "monthly": lambda: api.regenerate(page_and_months(), "book.xlsx", start=datetime.date(2027, 4, 1)),
    "upgrade": lambda: api.upgrade(older.workbook("page"), "book.xlsx"),
    "extract": lambda: api.extract(page_and_months(), "book.xlsx"),
}


@pytest.mark.parametrize("command", WORK)
def test_nothing_is_left_for_the_collector(command: str) -> None:
    WORK[command]()  # what is kept for the next workbook is there now
    assert garbage(WORK[command]) < FEW


def test_a_circle_is_seen() -> None:
    def circles() -> None:
        for _ in range(FEW):
            circle: list[object] = []
            circle.append(circle)

    assert garbage(circles) == FEW


def garbage(work: Callable[[], object]) -> int:
    """How many objects only the collector takes away."""
    gc.disable()
    gc.freeze()  # what was there before isn't gone through
    try:
        work()
        return gc.collect()
    finally:
        gc.unfreeze()
        gc.enable()
