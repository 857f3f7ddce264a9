"""Sheets that repeat or add up others: a line for each member's sheet, a team's sheet that is laid out as its members' are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from ..read import lexicon
from ..read.lexicon import PERIOD, TOTAL
from ..read.plane import Spot
from .judge import FITTING, Law, judged
from .law import SAME, SUM, Case
from .search import BRACKETS, NOT_ADDED, laws
from .tables import MOST_VARIABLES, PERCENT, Table, Tables, Value, Variable

_LEAST = 3
_MOST = 40
"""Sheets of one kind that are looked at together."""


def across(every: Sequence[Tables]) -> Iterator[Law]:
    """Yield the laws that tie the sheets of a workbook."""
    if len(every) > _MOST:
        return
    yield from _repeated(every)
    for group in _alike(every):
        yield from _added(group)
        if len(group) >= _LEAST:
            yield from _lines(group)


# -- what is said of a sheet on another one -----------------------------------------------


def _repeated(every: Sequence[Tables]) -> Iterator[Law]:
    """Yield that figures in the line of a sheet's name are those of that sheet with the same label."""
    titles = {lexicon.key(each.title): each for each in every}
    named = {each.title: _labelled(each) for each in every}
    for summary in every:
        cases = []
        for value in summary.values.values():
            row, col = ([each for each in spots if each.text] for spots in _names(summary, value))
            for one, others in ((row, col), (col, row)):
                source = next((titles[lexicon.key(each.text)] for each in one if lexicon.key(each.text) in titles), None)
                if source is None or source is summary:
                    continue
                found = next((its for each in others if (its := named[source.title].get(name_key(each))) is not None), None)
                if found is not None and found.kind == value.kind:
                    cases.append(Case(SAME, value, (found,)))
                    break
        if len(cases) >= _LEAST:
            law = judged(SAME, cases, lambda case: case.result.where, FITTING, 1)
            if law is not None:
                yield law


def _names(tables: Tables, value: Value) -> tuple[list[Spot], list[Spot]]:
    """Return the texts before a figure and over it, nearest first."""
    row, col = value.at
    cells = tables.cells
    return cells.rows[row].before(col)[::-1], cells.cols[col].before(row)[::-1]


def name_key(spot: Spot) -> str:
    """Return what a label says without what is in brackets, as names are compared."""
    return lexicon.key(BRACKETS.sub("", unicodedata.normalize("NFKC", spot.text)))


def _labelled(tables: Tables) -> dict[str, Value]:
    """Return the figures of a sheet by the label before them, where there is but one of the label."""
    found: dict[str, Value | None] = {}
    for value in tables.values.values():
        row, col = (next((each for each in names if each.text), None) for names in _names(tables, value))
        for label in (row, col if row is not None and row.kind in (TOTAL, PERIOD) else None):
            if label is not None:
                key = name_key(label)
                found[key] = None if key in found else value
    return {key: value for key, value in found.items() if value is not None}


# -- sheets laid out alike ------------------------------------------------------------------


def _alike(every: Sequence[Tables]) -> list[list[Tables]]:
    """Return the sheets whose figures are in the same places under mostly the same labels."""
    groups: dict[frozenset[tuple[int, int]], list[Tables]] = {}
    for each in every:
        if each.values:
            groups.setdefault(frozenset(each.values), []).append(each)
    return [group for group in groups.values() if len(group) >= _LEAST and _same_labels(group)]


def _same_labels(group: Sequence[Tables]) -> bool:
    texts = [{(at, spot.flat) for at, spot in each.texts.items()} for each in group]
    shared = set.intersection(*texts)
    return len(shared) * 2 >= max(map(len, texts))


def _added(group: Sequence[Tables]) -> Iterator[Law]:
    """Yield that one sheet is the sum of the others, cell by cell."""
    for whole in group:
        others = [each for each in group if each is not whole]
        cases = []
        for at, value in whole.values.items():
            parts = tuple(each.values[at] for each in others)
            names = " ".join(name_key(each) for spots in _names(whole, value) for each in spots[:1])
            if value.kind != PERCENT and value.number and not NOT_ADDED.search(names):
                cases.append(Case(SUM, value, parts, signs=(1,) * len(parts)))
        held = [each for each in cases if abs(float(each.exact) - each.result.number) < 1e-9 * abs(each.result.number)]
        if len(held) * 4 >= len(cases) * 3:
            law = judged(SUM, cases, lambda case: case.result.where, FITTING, len(group))
            if law is not None:
                yield law
                return


def _lines(group: Sequence[Tables]) -> Iterator[Law]:
    """Yield the laws that hold on each of several sheets, at the same places."""
    places = sorted(group[0].values)
    if len(places) > MOST_VARIABLES:
        return
    variables = []
    for index, at in enumerate(places):
        values: list[Value | None] = [each.values[at] for each in group]
        kinds = [each.kind for each in values if each is not None]
        if len(set(kinds)) == 1:
            names = _names(group[0], group[0].values[at])[0]
            variables.append(Variable(index, values, kinds[0], names[0].flat if names else "", ()))
        beside: list[Value | None] = [each.rate((at[0], at[1] + 1)) for each in group]
        if None not in beside and not any((at[0], at[1] + 1) in each.values for each in group):
            variables.append(Variable(index + 0.5, beside, PERCENT, "", (), aside=True))
    yield from laws(Table(variables, [each.title for each in group]))
