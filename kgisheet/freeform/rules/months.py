"""S09: the months of a table, in order, each once, none missing. A year may begin in any month."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ...check.finding import ERROR, LIKELY, Finding
from ...language.text import Text
from ...values.a1 import address
from ..read.page import MonthLine, Page

_NEARLY_A_YEAR = 10  # of fewer months it may be half a year or a quarter, and nothing is missing at its end


def months(page: Page) -> Iterator[Finding]:
    """Report what is wrong with the months of each table: only the first fault, since the others depend on it."""
    seen: set[tuple[tuple[int, int], ...]] = set()
    for line in page.months:
        if len(line.months) < 3 or line.months in seen:
            continue
        seen.add(line.months)
        finding = _first_wrong(line)
        if finding is not None:
            yield finding


def broken(page: Page) -> set[tuple[str, int, int]]:
    """Return the tables with incomplete months: their sum says nothing of a year."""
    return {line.table for line in page.months if len(line.months) >= 3 and _first_wrong(line) is not None}


def _first_wrong(line: MonthLine) -> Finding | None:
    numbers = [month for _, month in line.months]
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
        if missing and not set(missing) & others and sorted(numbers, key=lambda each: (each - numbers[0]) % 12) == numbers:
            return _missing(line, index, missing)
        return _disordered(line, index + 1)
    if _NEARLY_A_YEAR <= len(numbers) < 12:
        return _missing(line, len(numbers) - 1, [(numbers[-1] + each) % 12 + 1 for each in range(12 - len(numbers))])
    return None


def _twice(line: MonthLine) -> Finding | None:
    seen: dict[tuple[int, int], int] = {}
    for index, month in enumerate(line.months):
        if month in seen and (month[0] or (index - seen[month]) % 12):
            name = _name(month[1])
            gone = [each for each in range(1, 13) if len(line.months) == 12 and each not in {at for _, at in line.months}]
            also = (
                Text(
                    "。" + "、".join(f"{each}月" for each in gone) + "がありません",
                    f"; {', '.join(_name(each).en for each in gone)} is missing",
                )
                if gone
                else Text("", "")
            )
            return _finding(
                line, index,
                Text(f"{name.ja}が2回あります({_cell(line, seen[month])} と {_cell(line, index)}){also.ja}",
                     f"{name.en} appears twice ({_cell(line, seen[month])} and {_cell(line, index)}){also.en}"),
                Text("どちらかの月を直すか、行(列)を削除してください", "correct one of the months, or delete its row or column"),
                affected=(f"{line.at[seen[month]][0]}!{_cell(line, seen[month])}",),
            )  # fmt: skip
        seen[month] = index
    return None


def _missing(line: MonthLine, after: int, missing: list[int]) -> Finding:
    names_ja = "、".join(f"{each}月" for each in missing)
    names_en = ", ".join(_name(each).en for each in missing)
    there = len(line.months)
    return _finding(
        line, after,
        Text(f"{names_ja}がありません(月は{there}か月分)", f"{names_en} {'is' if len(missing) == 1 else 'are'} missing ({there} months are there)"),
        Text(f"{_cell(line, after)}の次に{names_ja}を加え、年間の合計も確かめてください", f"add {names_en} after {_cell(line, after)}, and check the year's total"),
        confidence=LIKELY, found=there, expected=12,
    )  # fmt: skip


def _disordered(line: MonthLine, index: int) -> Finding:
    now, before = _name(line.months[index][1]), _name(line.months[index - 1][1])
    return _finding(
        line, index,
        Text(f"月の順番が乱れています({before.ja}の次が{now.ja})", f"the months are out of order ({now.en} after {before.en})"),
        Text("月を順に並べ直してください。値がずれていないかも確かめてください", "put them in order, and check that the figures moved along"),
    )  # fmt: skip


def _finding(line: MonthLine, index: int, message: Text, fix: Text, confidence: str = "certain",
             found: int | None = None, expected: int | None = None, affected: tuple[str, ...] = ()) -> Finding:  # fmt: skip
    return Finding("S09", ERROR, message, fix, confidence, sheet=line.at[index][0], cell=_cell(line, index),
                   name=f"month_start[{index + 1}]", label=_name(line.months[index][1]).ja, found=found, expected=expected, affected=affected)  # fmt: skip


def _cell(line: MonthLine, index: int) -> str:
    return address(line.at[index][1], line.at[index][2])


_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _name(month: int) -> Text:
    return Text(f"{month}月", _ENGLISH[month - 1])
