"""For tests of CSV files: the month that their year begins in, a reader's one refusal, problems as code and line."""

from __future__ import annotations

import datetime

import pytest

from kgisheet.errors import CsvError, Problem

APRIL = datetime.date(2026, 4, 1)


def refusal(read: object, *args: object) -> Problem:
    """The one problem that a file is refused with."""
    with pytest.raises(CsvError) as refused:
        read(*args)  # type: ignore[operator]
    (problem,) = refused.value.problems
    return problem


def said(found: list[Problem]) -> list[tuple[str, int | None]]:
    return [(each.code, each.line) for each in found]
