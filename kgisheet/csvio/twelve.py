"""Checks that months make a year: twelve, one after the other, each once."""

from __future__ import annotations

import datetime

from ..errors import Problem
from ..language.text import Text


def check_months(found: list[tuple[datetime.date, int]], unreadable: int, source: str) -> list[Problem]:
    """Return all that is wrong with the months and the lines they are in.

    ``unreadable`` rows had no readable month: as many may be missing without further mention.
    """
    if not found:
        return (
            [] if unreadable else [_problem("no-rows", Text("月の行がありません", "there are no months"), None, source, None)]
        )
    problems: list[Problem] = []
    lines: dict[datetime.date, int] = {}
    last: datetime.date | None = None
    for month, line in found:
        if month in lines:
            what = Text(f"{_ym(month)} は{lines[month]}行目にもあります", f"{_ym(month)} is in line {lines[month]} as well")
            fix = Text("1か月を1行にしてください", "give each month one row")
            problems.append(_problem("month-twice", what, fix, source, line))
            continue
        lines[month] = line
        if last is not None and month < last:
            what = Text(f"{_ym(month)} が {_ym(last)} より後にあります", f"{_ym(month)} comes after {_ym(last)}")
            fix = Text("月の順に並べてください", "put the months in their order")
            problems.append(_problem("month-order", what, fix, source, line))
        last = max(month, last) if last else month
    return problems + _gaps(lines, unreadable, source)


def _gaps(lines: dict[datetime.date, int], unreadable: int, source: str) -> list[Problem]:
    """Return months that are missing from the twelve, or outside of them."""
    year = _year(list(lines))
    wanted = {_plus(year, each) for each in range(12)}
    outside = sorted(set(lines) - wanted)
    missing = sorted(wanted - set(lines))
    span = Text(f"{_ym(year)}から{_ym(_plus(year, 11))}", f"{_ym(year)} to {_ym(_plus(year, 11))}")
    problems = []
    if outside:
        shown = ", ".join(map(_ym, outside[:12])) + (" …" if len(outside) > 12 else "")
        problems.append(
            _problem(
                "month-outside",
                Text(f"12か月({span.ja})の外の月があります: {shown}", f"not within the twelve months ({span.en}): {shown}"),
                Text("連続する12か月だけにしてください", "keep twelve months in a row"),
                source,
                lines[outside[0]],
            )
        )
    if len(missing) > unreadable:
        shown = ", ".join(map(_ym, missing))
        problems.append(
            _problem(
                "month-missing",
                Text(
                    f"{span.ja}の12か月のうち、ない月があります: {shown}",
                    f"missing from the twelve months {span.en}: {shown}",
                ),
                Text("1か月を1行で、12か月そろえてください", "write twelve months, a row for each"),
                source,
                None,
            )
        )
    return problems


def _year(months: list[datetime.date]) -> datetime.date:
    """Return the first month of the twelve that hold the most of them; of several, the one that the file begins with, or the earliest."""

    def held(first: datetime.date) -> int:
        return sum(0 <= _distance(first, each) < 12 for each in months)

    candidates = sorted(months[:24], key=lambda each: (each != months[0], each))
    return max(candidates, key=held)


def _distance(first: datetime.date, second: datetime.date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month


def _plus(month: datetime.date, months: int) -> datetime.date:
    index = month.year * 12 + month.month - 1 + months
    return datetime.date(index // 12, index % 12 + 1, 1)


def _ym(month: datetime.date) -> str:
    return f"{month:%Y-%m}"


def _problem(code: str, what: Text, fix: Text | None, source: str, line: int | None) -> Problem:
    return Problem(code, what, fix, source, line)
