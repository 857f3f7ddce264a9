"""Figures that are said again on another sheet: the year beside another sheet's months or their total, the company beside its products.

Another sheet's months may lead to the year's deals, and begin earlier: then the first stages of the funnel are other ones, all of
them. Only a figure between two that agree is wrong by this alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from ..read import lexicon, terms
from ..read.lexicon import MONTH, PERIOD, TOTAL
from ..read.plane import Spot
from .judge import FITTING, Law, judged
from .law import EXACT, SAME, SUM, Case
from .search import NOT_ADDED
from .spread import plain_name
from .tables import PERCENT, Tables, Value

_LEAST = 2
_PARTS = 2
_MONTHS = 3
_MOST = 12
"""Sheets of one workbook; more are a list of members, which are looked at in another way."""

_STOCK = terms.of("opening", "closing", "balance", "left", "so_far", "mean", "unique")


def again(every: Sequence[Tables]) -> Iterator[tuple[Law, bool]]:
    """Yield what is on one sheet the sum of another one's months, or what that says it is, and whether that proves a figure wrong."""
    every = [each for each in every if each.values]
    if not 1 < len(every) <= _MOST:
        return
    series = {each.title: _series(each) for each in every}
    for one, other in permutations(every, 2):
        for column in _columns(one):
            cases = [
                case
                for name, value in column.items()
                if name in series[other.title] and (case := _case(value, series[other.title][name])) is not None
            ]
            held = [each for each in cases if each.follows() == EXACT]
            failed = [each for each in cases if each not in held]
            if len(held) >= _LEAST and len(failed) <= 1 and len({each.result.exact for each in held}) > 1:
                places = [each.result.at for each in held]
                yield (
                    Law(SUM, tuple(held), tuple(failed)),
                    all(min(places) < each.result.at < max(places) for each in failed),
                )


def by_name(every: Sequence[Tables]) -> Iterator[Law]:
    """Yield what is on one sheet the others' added up, by the labels that all of them have, wherever they are."""
    every = [each for each in every if each.values]
    if not _PARTS < len(every) <= _MOST:
        return
    named = {each.title: _labelled(each) for each in every}
    for whole in every:
        others = [named[each.title] for each in every if each is not whole]
        cases = []
        for name, value in named[whole.title].items():
            parts = tuple(each[name] for each in others if name in each)
            if len(parts) == len(others) and all(each.kind == value.kind for each in parts) and value.kind != PERCENT:
                cases.append(Case(SUM, value, parts, signs=(1,) * len(parts)))
        cases = [each for each in cases if not NOT_ADDED.search(whole.name(each.result, across=False)) and each.result.number]
        held = sum(each.follows() == EXACT for each in cases)
        if held >= _MONTHS and held * 4 >= len(cases) * 3:
            law = judged(SUM, cases, lambda case: case.result.where, FITTING, len(every))
            if law is not None:
                yield law
                return


def _case(value: Value, parts: tuple[Value, ...]) -> Case | None:
    if any(each.kind != value.kind for each in parts):
        return None
    return Case(SAME, value, parts) if len(parts) == 1 else Case(SUM, value, parts, signs=(1,) * len(parts))


def _name(spot: Spot | None) -> str:
    if spot is None or spot.kind in (MONTH, PERIOD, TOTAL):
        return ""
    return "" if _STOCK.search(spot.flat) else plain_name(spot.flat) or lexicon.key(spot.flat)


def _columns(tables: Tables) -> Iterator[dict[str, Value]]:
    """Yield the figures of each column that have a label before them and no other figure beside it, by what they are called."""
    found: dict[int, dict[str, Value | None]] = {}
    for (row, col), value in tables.values.items():
        if any((row, before) in tables.values for before in range(col - 3, col)) or value.kind == PERCENT:
            continue
        name = _name(tables.cells.label(value.spot))
        if name:
            column = found.setdefault(col, {})
            column[name] = None if name in column else value
    for column in found.values():
        yield {name: value for name, value in column.items() if value is not None and value.number}


def _labelled(tables: Tables) -> dict[str, Value]:
    """Return the figures of a sheet with one column of them."""
    columns = list(_columns(tables))
    return columns[0] if len(columns) == 1 else {}


def _series(tables: Tables) -> dict[str, tuple[Value, ...]]:
    """Return the months of each row and column, or their total where there is one, by what the line is called."""
    found: dict[str, tuple[Value, ...] | None] = {}
    for across in (True, False):
        lines: dict[int, list[Value]] = {}
        for at, value in tables.values.items():
            lines.setdefault(at[0 if across else 1], []).append(value)
        for line in lines.values():
            texts = [(tables.cells.label(each.spot), tables.cells.heading(each.spot)) for each in line]
            names = {_name(label if across else head) for label, head in texts}
            over = [head if across else label for label, head in texts]
            months = [each for each, spot in zip(line, over, strict=True) if spot is not None and spot.kind == MONTH]
            whole = [each for each, spot in zip(line, over, strict=True) if spot is not None and spot.kind == TOTAL]
            if len(names) != 1 or "" in names or len(months) < _MONTHS or any(each.kind == PERCENT for each in line):
                continue
            (name,) = names
            added = (
                len(whole) == 1 and whole[0].uses == {each.where for each in months} and not any(each.uses for each in months)
            )
            its = tuple(whole) if len(whole) == 1 else tuple(months) if not whole and len(months) + 1 >= len(line) else None
            if added:
                its = tuple(months)  # the total adds up what is typed: one of those is wrong
            found[name] = its if name not in found else None
    return {name: its for name, its in found.items() if its is not None}
