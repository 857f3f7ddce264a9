"""S09: the months of a table, in order, each once, none missing. A year may begin in any month."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from ...check.finding import Finding, finding
from ...formula.grid import Where
from ...language.catalogue import Phrase
from ...language.text import NOTHING
from ...values.a1 import address
from ..read.lexicon import TEXT
from ..read.page import MonthLine, Page

_NEARLY_A_YEAR = 10  # of fewer months it may be half a year or a quarter, and nothing is missing at its end


def months(page: Page) -> Iterator[Finding]:
    """Report what is wrong with the months of each table: only the first fault, since the others depend on it."""
    seen: set[tuple[tuple[int, int], ...]] = set()
    for line in (part for each in page.months for part in _tables(each, page)):
        if len(line.months) < 3 or line.months in seen:
            continue
        seen.add(line.months)
        finding = _first_wrong(line)
        if finding is not None and not _has_other_names(line, page):
            yield finding


def _tables(line: MonthLine, page: Page) -> list[MonthLine]:
    """Return the months of tables one below the other, each with its own heading, apart: they begin anew in each."""
    return [part for each in _of_sections(line, page) for part in _of_headings(each, page)]


def _of_sections(line: MonthLine, page: Page) -> Iterator[MonthLine]:
    """Yield the months of each section of a sheet apart: Jan to Mar of one table, Jul to Dec of another below it."""
    of = [page.plane.sections.get(where[1:]) for where in line.at]
    for section in dict.fromkeys(of):
        own = [at for at, each in enumerate(of) if each == section]
        yield line._replace(at=tuple(line.at[at] for at in own), months=tuple(line.months[at] for at in own))


def _of_headings(line: MonthLine, page: Page) -> list[MonthLine]:
    cuts = [
        at
        for at in range(1, len(line.months))
        if line.months[at] in line.months[:at] and _is_headed(line.at[at - 1], line.at[at], page)
    ]
    ends = [0, *(at for at in cuts if line.months[at] == line.months[0]), len(line.months)]
    return [
        line._replace(at=line.at[one:two], months=line.months[one:two]) for one, two in itertools.pairwise(ends) if two > one
    ]


def _is_headed(one: Where, other: Where, page: Page) -> bool:
    """Return whether two headings are between two months of one column, or over one row: of the next table, and of its months."""
    if one[2] == other[2]:
        texts = [each for each in page.plane.cols.get(one[2], []) if one[1] < each.row < other[1] and each.text]
    else:
        texts = [each for each in page.plane.rows.get(one[1], []) if one[2] < each.col < other[2] and each.text]
    return bool(texts)


def _has_other_names(line: MonthLine, page: Page) -> bool:
    """Return whether as many headings as there are months missing say something else in their places: the months have names of their own."""
    down = len({at[2] for at in line.at}) == 1
    head = line.at[0][2] if down else line.at[0][1]
    spots = {
        (each.row if down else each.col): each
        for each in (page.plane.cols if down else page.plane.rows).get(head, [])
        if each.text
    }
    places = [row if down else col for _, row, col in line.at]
    numbers = [month for _, month in line.months]
    for (one, other), (before, after) in zip(itertools.pairwise(places), itertools.pairwise(numbers), strict=True):
        between = [spots[each] for each in range(one + 1, other) if each in spots]
        if 1 < (after - before) % 12 == len(between) + 1 and any(each.kind == TEXT for each in between):
            return True
    missing = 12 - len(numbers)
    begin = [spots.get(places[0] - step) for step in range(1, missing + 1)]
    end = [spots.get(places[-1] + step) for step in range(1, missing + 1)]
    return 0 < missing <= 12 - _NEARLY_A_YEAR and any(
        all(each is not None and each.kind == TEXT for each in beyond) for beyond in (begin, end)
    )


def broken(page: Page) -> set[tuple[str, int, int]]:
    """Return the tables with incomplete months: their sum says nothing of a year."""
    return {line.table for line in page.months if len(line.months) >= 3 and _first_wrong(line) is not None}


def _first_wrong(line: MonthLine) -> Finding | None:
    numbers = [month for _, month in line.months]
    if not _is_calendar(numbers):
        return None
    twice = _twice(line)
    if twice is not None:
        return twice
    dated = all(year for year, _ in line.months)
    for index, (before, after) in enumerate(itertools.pairwise(numbers)):
        step = (after - before) % 12
        if dated:
            step = (line.months[index + 1][0] - line.months[index][0]) * 12 + after - before
        if step == 1:
            continue
        missing = [(before + each - 1) % 12 + 1 for each in range(1, step)] if 1 < step <= 12 else []
        others = set(numbers)
        if len(numbers) < _NEARLY_A_YEAR and sum((two - one) % 12 > 1 for one, two in itertools.pairwise(numbers)) > 1:
            return None  # dates of events
        if missing and not set(missing) & others and sorted(numbers, key=lambda each: (each - numbers[0]) % 12) == numbers:
            return _missing(line, index, missing)
        return _disordered(line, index + 1)
    if _NEARLY_A_YEAR <= len(numbers) < 12:
        return _missing(line, len(numbers) - 1, [(numbers[-1] + each) % 12 + 1 for each in range(12 - len(numbers))])
    return None


def _is_calendar(numbers: list[int]) -> bool:
    """Return whether months follow each other but for one slip or two: else they are when something takes place."""
    steps = [(after - before) % 12 for before, after in itertools.pairwise(numbers)]
    return sum(step == 1 for step in steps) * 2 >= len(steps)


def _twice(line: MonthLine) -> Finding | None:
    seen: dict[tuple[int, int], int] = {}
    for index, month in enumerate(line.months):
        if month in seen and (month[0] or (index - seen[month]) % 12):
            gone = [each for each in range(1, 13) if len(line.months) == 12 and each not in {at for _, at in line.months}]
            return _finding(
                "freeform.S09.month_twice",
                line,
                index,
                month=_name(month[1]),
                first=_cell(line, seen[month]),
                again=_cell(line, index),
                also=Phrase("freeform.S09.month_twice.also", names=[_name(each) for each in gone]) if gone else NOTHING,
                affected=(f"{line.at[seen[month]][0]}!{_cell(line, seen[month])}",),
            )
        seen[month] = index
    return None


def _missing(line: MonthLine, after: int, missing: list[int]) -> Finding:
    return _finding(
        "freeform.S09.months_missing",
        line,
        after,
        names=[_name(each) for each in missing],
        many=len(missing),
        there=len(line.months),
        after=_cell(line, after),
        found=len(line.months),
        expected=12,
    )


def _disordered(line: MonthLine, index: int) -> Finding:
    now, before = (_name(line.months[at][1]) for at in (index, index - 1))
    return _finding("freeform.S09.out_of_order", line, index, before=before, now=now)


def _finding(key: str, line: MonthLine, index: int, /, **more: Any) -> Finding:
    name, label = f"month_start[{index + 1}]", _name(line.months[index][1]).ja
    return finding(key, sheet=line.at[index][0], cell=_cell(line, index), name=name, label=label, **more)


def _cell(line: MonthLine, index: int) -> str:
    return address(line.at[index][1], line.at[index][2])


def _name(month: int) -> Phrase:
    return Phrase("freeform.label.month", month=month)
