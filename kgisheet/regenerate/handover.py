"""Carry-over of a year to the next one, as proposals that people may overwrite: title, deadline, and the pipeline.

Only what is certain: years in a text that can be nothing else, pipeline stages whose months all have actuals.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from ..errors import Problem
from ..filled.workbook import FilledBook
from ..language.text import Text
from ..plan.inputs import Input
from ..plan.load import Plan
from ..plan.months import months_from
from ..template.model import Flow
from ..values.regex import regex

_REIWA = 2018  # the year before the era's first

_YEAR = regex(
    r"""(?:令和|(?<![A-Z])R(?=\d{1,2}年))(?P<era>\d{1,2})
    |(?<![A-Z])FY\s?['’]?(?P<fiscal>\d{4}|\d{2})(?!\d)
    |(?<![\d.,])(?P<year>\d{4})(?![\d,]|\.\d|\s*(?:億|万|千|百万|円|件|社|回|名|人|%|％|yen|leads|deals))
    |(?<![\d.,])(?P<short>\d{2})(?=年度)""",
    re.VERBOSE | re.IGNORECASE,
)


class Pipeline(NamedTuple):
    """The open opportunities of one stage at the end of a year; None, and why, if unknown."""

    name: str
    held: Fraction | None
    missing: tuple[datetime.date, ...]


def text_of_next(text: str, first: datetime.date, years: int) -> str:
    """Return a text with its years moved on by so many; unchanged if one of them may not be a year that began with ``first``.

    ``2026年度 Web売上目標`` → ``2027年度 Web売上目標``, ``FY26`` → ``FY27``, ``令和8年度`` → ``令和9年度``.
    """
    flat = "".join(unicodedata.normalize("NFKC", each) if each.isdecimal() or "Ａ" <= each <= "ｚ" else each for each in text)
    pieces, done = [], 0
    for match in _YEAR.finditer(flat):
        kind = str(match.lastgroup)
        said, digits = int(match[kind]), len(match[kind])
        year = said + _REIWA if kind == "era" else said + first.year // 100 * 100 if digits == 2 else said
        if kind == "year" and not 1900 <= year <= 2199:
            continue
        # A year that begins in April may be called by the one that it ends in.
        if year not in (first.year, first.year + 1):
            return text
        new = str(said + years) if kind == "era" or digits == 4 else f"{(said + years) % 100:02}"
        start, end = match.span(kind)
        pieces += [text[done:start], _wide(new) if text[start:end] != flat[start:end] else new]
        done = end
    return "".join([*pieces, text[done:]])


def _wide(digits: str) -> str:
    return digits.translate({ord("0") + at: ord("０") + at for at in range(10)})


def proposals(book: FilledBook, first: datetime.date, start: datetime.date) -> Iterator[tuple[str, Input]]:
    """Return single inputs and their values for the year from ``start``; those that are calculated by a formula stay.

    ``first`` is the first month of the previous year.
    """
    years = start.year - first.year
    roles = book.roles
    for name in (roles.title, roles.approval_ask, roles.approval_deadline, roles.approval_date):  # they name the year
        if name not in book.template.cells or book.at(name).formula is not None:
            continue
        there = book.inputs.get(name)
        if name == roles.approval_date:
            if there is not None:
                yield name, None  # it was last year's goal that was approved
        elif isinstance(there, datetime.date):
            yield name, _later(there, years)
        elif isinstance(there, str) and (new := text_of_next(there, first, years)) != there:
            yield name, new


def _later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def pipelines(book: FilledBook, first: datetime.date, start: datetime.date) -> Iterator[Pipeline]:
    """Yield the stages' cases of last year that are won in the year from ``start``: those of its last months, by the lead times.

    With three months from lead to win, April's wins were leads in January, June's in March.
    """
    months = months_from(first)
    apart = (start.year - first.year) * 12 + start.month - first.month
    for flow in book.template.flows:
        name = f"opening_{flow.name}"
        ahead = book.solution.at(flow.lead, None) if flow.lead is not None else None
        typed = f"result_{flow.name}" in book.template.cells
        if name not in book.template.cells or not typed or not isinstance(ahead, Fraction) or ahead <= 0:
            continue
        wanted = range(apart - int(ahead), apart)
        found = [_actual(book, flow, at) if 0 <= at < len(months) else None for at in wanted]
        missing = tuple(_month(first, at) for at, each in zip(wanted, found, strict=True) if each is None)
        yield Pipeline(name, None if missing else sum((each for each in found if each is not None), Fraction(0)), missing)


def _actual(book: FilledBook, flow: Flow, month: int) -> Fraction | None:
    value = book.solution.at(f"result_{flow.name}", month)
    return value if isinstance(value, Fraction) else None


def _month(first: datetime.date, at: int) -> datetime.date:
    number = first.year * 12 + first.month - 1 + at
    return datetime.date(number // 12, number % 12 + 1, 1)


def handed_over(book: FilledBook, first: datetime.date, start: datetime.date) -> tuple[dict[str, Input], list[Problem]]:
    """Return the opening inputs of a new year, by name, and notes on those that are unknown."""
    found = dict(proposals(book, first, start))
    notes = []
    for name, held, missing in pipelines(book, first, start):
        found[name] = held
        if held is None:
            listed = ", ".join(f"{month:%Y-%m}" for month in missing)
            label = book.template.cells[name].full_label
            notes.append(
                Problem(
                    "pipeline-untold",
                    Text(f"{label.ja}は空欄にします: {listed} の実績がありません",
                         f"{label.en} is left blank: there are no actuals of {listed}"),
                    Text("保有している件数が分かれば入力してください", "type in what is held, where you know it"),
                    book.source,
                )
            )  # fmt: skip
    return found, notes


def still_last_year(book: FilledBook, plan: Plan, first: datetime.date, start: datetime.date) -> Iterator[Problem]:
    """Yield a plan's title that still names the previous year, though the plan is for the next one."""
    said = plan.table.get("title")
    if isinstance(said, str) and (new := text_of_next(said, first, start.year - first.year)) != said:
        yield Problem(
            "year-in-plan",
            Text(f"計画の件名が「{said}」のままです", f"the plan's title is still “{said}”"),
            Text(f"「{new}」ではありませんか", f"should it be “{new}” now?"),
            book.source,
        )
